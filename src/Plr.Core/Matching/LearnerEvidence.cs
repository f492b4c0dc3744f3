using Plr.Core.Learners;

namespace Plr.Core.Matching;

/// <summary>Evidence on learners of the register, by all that is held of them.</summary>
public static class LearnerEvidence
{
    /// <summary>On who is looked for and a learner.</summary>
    public static Judgement Judge(this Matcher matcher, PreparedPerson asked, LearnerDetails held) => matcher.Judge(asked.View, PreparedPerson.Of(held).View);

    /// <summary>On two learners.</summary>
    public static Judgement Judge(this Matcher matcher, LearnerDetails one, LearnerDetails other) => matcher.Judge(PreparedPerson.Of(one), other);
}
