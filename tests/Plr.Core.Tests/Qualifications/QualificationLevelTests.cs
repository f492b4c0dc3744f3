using Plr.Core.Qualifications;

namespace Plr.Core.Tests.Qualifications;

public sealed class QualificationLevelTests
{
    [Theory]
    [InlineData("Level 2", 2, 2, 0)]
    [InlineData("level 2", 2, 2, 0)]
    [InlineData(" Level 3 ", 3, 3, 0)]
    [InlineData("Level 1/Level 2", 2, 1, 0)]
    [InlineData("Level 1/2", 2, 1, 0)]
    [InlineData("Entry 3", 0, 0, 3)]
    [InlineData("entry 3", 0, 0, 3)]
    [InlineData("Entry Level 3", 0, 0, 3)]
    [InlineData("Entry Level ", 0, 0, 0)]
    public void A_level_is_read_however_it_is_spelled(string text, int to, int from, int entry) => Assert.Equal(new(to, from, entry), QualificationLevel.Of(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Higher")]
    [InlineData("Level 9")]
    [InlineData("Level 33")]
    public void What_is_no_level_is_none(string? text) => Assert.Null(QualificationLevel.Of(text));

    [Fact]
    public void Levels_are_ordered_from_low_to_high()
    {
        string[] order = ["Entry Level", "Entry 1", "Entry Level 3", "Level 1", "Level 1/Level 2", "Level 2", "Level 3", "Level 8"];

        Assert.Equal(order, order.Reverse().OrderBy(QualificationLevel.Of));
    }
}
