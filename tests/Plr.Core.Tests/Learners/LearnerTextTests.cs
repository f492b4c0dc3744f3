using Plr.Core.Learners;
using Plr.Testing;

namespace Plr.Core.Tests.Learners;

public sealed class LearnerTextTests
{
    [Fact]
    public void Details_written_as_text_and_read_again_are_the_same_in_every_field()
    {
        foreach (var text in new[] { A.FullLearner(), A.Learner() })
        {
            var details = LearnerRules.Details(text);
            Assert.Equal(details, LearnerRules.Details(LearnerText.Of(details)));
        }

        Assert.Equal(A.FullLearner() with { MisIdentifier = null }, LearnerText.Of(LearnerRules.Details(A.FullLearner())));
    }

    [Fact]
    public void An_update_replaces_the_versions_that_were_read_or_any()
    {
        Assert.Equal((true, false), (ReadVersions.Of(2, 3).Includes(3), ReadVersions.Of(2, 3).Includes(4)));
        Assert.Equal((true, false), (ReadVersions.Any.Includes(7), ReadVersions.Of([]).Includes(7)));
    }
}
