using FsCheck.Xunit;
using Plr.Core.Matching;

namespace Plr.Core.Tests.Matching;

public sealed class TextComparisonTests
{
    [Theory]
    [InlineData("CV49EE", "CV49EE", 6)]
    [InlineData("CV49EE", "CV59EE", 5)]
    [InlineData("CV49EE", "CV49EF", 4)]
    [InlineData("CV49EE", "CV49AB", 4)]
    [InlineData("CV49EE", "CV41AB", 3)]
    [InlineData("CV49EE", "CV121AB", 2)]
    [InlineData("CV49EE", "M11AA", 1)]
    [InlineData("", "M11AA", 0)]
    [InlineData("BFPO12", "BFPO13", 2)]
    [InlineData("BFPO12", "B113AB", 1)]
    [InlineData("4011", "4011", 6)]
    [InlineData("4011", "4012", 5)]
    [InlineData("75008", "75116", 3)]
    public void Postcodes_agree_by_place(string left, string right, int level)
    {
        Assert.Equal(level, TextComparison.OfPostcodes(left, right));
        Assert.Equal(level, TextComparison.OfPostcodes(right, left));
    }

    [Theory]
    [InlineData("A.SMITH@X.COM", "A.SMITH@X.COM", 4)]
    [InlineData("A.SMITH@X.COM", "A.SMTH@X.COM", 3)]
    [InlineData("A.SMITH@X.COM", "A.SMITH@OTHER.ORG", 2)]
    [InlineData("A.SMITH@X.COM", "PETER@NOWHERE.NET", 1)]
    public void Addresses_of_mail_agree_by_degrees(string left, string right, int level) => Assert.Equal(level, TextComparison.OfEmails(left, right));

    [Theory]
    [InlineData("12 HIGH STREET", "12 HIGH STREET", 4)]
    [InlineData("12 HIGH STREET", "12 HIGH STRET", 3)]
    [InlineData("12 HIGH STREET", "14 HIGH STREET", 2)]
    [InlineData("12 HIGH STREET", "7 ELM GROVE", 1)]
    public void Two_houses_of_a_street_are_not_nearly_one_house(string left, string right, int level) => Assert.Equal(level, TextComparison.OfTexts(left, right));

    [Theory]
    [InlineData("D D", "D AA")]
    [InlineData("NORTH NORTH ROAD", "NORTH ROAD ROAD")]
    public void A_word_that_stands_twice_is_shared_the_same_from_both_sides(string left, string right) => Assert.Equal(TextComparison.OfTexts(left, right), TextComparison.OfTexts(right, left));

    [Property]
    public bool Comparing_texts_is_symmetric(string? left, string? right)
    {
        var (a, b) = (NameWords.Plain(left), NameWords.Plain(right));
        return TextComparison.OfTexts(a, b) == TextComparison.OfTexts(b, a) && TextComparison.OfEmails(a, b) == TextComparison.OfEmails(b, a)
            && TextComparison.OfIdentifiers(a, b) == TextComparison.OfIdentifiers(b, a) && TextComparison.OfPostcodes(a, b) == TextComparison.OfPostcodes(b, a);
    }
}
