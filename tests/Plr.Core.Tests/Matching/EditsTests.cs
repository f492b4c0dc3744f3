using FsCheck.Xunit;
using Plr.Core.Matching;

namespace Plr.Core.Tests.Matching;

public sealed class EditsTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("A", "", 1)]
    [InlineData("SMITH", "SMITH", 0)]
    [InlineData("SMITH", "SMYTH", 1)]
    [InlineData("SMITH", "SMIHT", 1)]
    [InlineData("SMITH", "SMIT", 1)]
    [InlineData("SMITH", "SMITHS", 1)]
    [InlineData("SMITH", "JONES", 5)]
    [InlineData("AB", "BA", 1)]
    [InlineData("CA", "ABC", 3)]
    [InlineData("KITTEN", "SITTING", 3)]
    public void A_distance_counts_letters_left_out_put_in_mistaken_and_exchanged(string left, string right, int distance) =>
        Assert.Equal(distance, Edits.Distance(left, right));

    [Fact]
    public void A_distance_above_the_limit_is_one_more_than_the_limit()
    {
        Assert.Equal(3, Edits.Distance("ALEXANDER", "BOB", 2));
        Assert.Equal(2, Edits.Distance("KITTEN", "SITTING", 1));
    }

    [Fact]
    public void Only_the_first_64_letters_of_the_rest_are_compared() =>
        Assert.Equal(64, Edits.Distance(new string('A', 1000), new string('B', 1000)));

    [Property]
    public bool A_distance_is_symmetric_and_nought_only_for_equal_texts(string? left, string? right)
    {
        var (a, b) = (Short(left), Short(right));
        var distance = Edits.Distance(a, b);
        return distance == Edits.Distance(b, a) && distance == 0 == (a == b) && distance <= Math.Max(a.Length, b.Length);
    }

    [Property]
    public bool A_likeness_is_symmetric_and_between_nought_and_one(string? left, string? right)
    {
        var (a, b) = (Short(left), Short(right));
        var likeness = Edits.JaroWinkler(a, b);
        return likeness == Edits.JaroWinkler(b, a) && likeness is >= 0 and <= 1 && (a != b || likeness == 1);
    }

    [Theory]
    [InlineData("MARTHA", "MARHTA", 0.9611)]
    [InlineData("DWAYNE", "DUANE", 0.84)]
    [InlineData("DIXON", "DICKSONX", 0.8133)]
    public void A_likeness_is_that_of_Winklers_own_examples(string left, string right, double likeness) =>
        Assert.Equal(likeness, Edits.JaroWinkler(left, right), 3);

    private static string Short(string? text) => text is null ? string.Empty : text[..Math.Min(20, text.Length)];
}
