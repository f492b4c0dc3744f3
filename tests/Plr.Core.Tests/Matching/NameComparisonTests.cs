using FsCheck.Xunit;
using Plr.Core.Demo;
using Plr.Core.Matching;

namespace Plr.Core.Tests.Matching;

public sealed class NameComparisonTests
{
    [Theory]
    [InlineData("Anne", "ANNE", NameComparison.Equal)]
    [InlineData("Anne-Marie", "Annemarie", NameComparison.Equal)]
    [InlineData("Mary Jane", "Mary", NameComparison.Equal)]
    [InlineData("Xiao-Ming", "Xiaoming", NameComparison.Equal)]
    [InlineData("Zoë", "Zoe", NameComparison.Equal)]
    [InlineData("Robert", "Bob", NameComparison.OtherName)]
    [InlineData("Elizabeth", "Beth", NameComparison.OtherName)]
    [InlineData("Mohammed", "Muhammad", NameComparison.OtherName)]
    [InlineData("Dafydd", "David", NameComparison.OtherName)]
    [InlineData("Seán", "Shaun", NameComparison.OtherName)]
    [InlineData("Katarzyna", "Kasia", NameComparison.OtherName)]
    [InlineData("Jonathan", "Jonathn", NameComparison.OneLetter)]
    [InlineData("J", "Jonathan", NameComparison.Initial)]
    [InlineData("J", "Peter", NameComparison.Different)]
    [InlineData("Peter", "Amelia", NameComparison.Different)]
    [InlineData("", "Amelia", 0)]
    [InlineData("...", "Amelia", 0)]
    public void Given_names_agree_by_degrees(string left, string right, int level) =>
        Assert.Equal(level, NameComparison.OfGiven(NameWords.Given(left), NameWords.Given(right)));

    [Theory]
    [InlineData("O'Brien", "OBRIEN", NameComparison.Equal)]
    [InlineData("O Brien", "Ó Briain", NameComparison.SoundsAlike)]
    [InlineData("Ní Bhriain", "Ó Briain", NameComparison.Equal)]
    [InlineData("MacDonald", "McDonald", NameComparison.Equal)]
    [InlineData("Mac Donald", "McDonald", NameComparison.Equal)]
    [InlineData("Kowalska", "Kowalski", NameComparison.Equal)]
    [InlineData("Al-Hassan", "Hassan", NameComparison.Equal)]
    [InlineData("van der Berg", "Vanderberg", NameComparison.Equal)]
    [InlineData("Smith-Jones", "Smith", NameComparison.OtherName)]
    [InlineData("Smith-Jones", "Jones-Smith", NameComparison.OtherName)]
    [InlineData("Clark", "Clarke", NameComparison.OneLetter)]
    [InlineData("Phillips", "Filips", NameComparison.SoundsAlike)]
    [InlineData("Łukasz", "Lukasz", NameComparison.Equal)]
    [InlineData("Begum", "Khatun", NameComparison.Different)]
    [InlineData("Dr Smith", "Smith", NameComparison.Equal)]
    public void Family_names_agree_by_degrees(string left, string right, int level) =>
        Assert.Equal(level, NameComparison.OfFamily(NameWords.Family(left), NameWords.Family(right)));

    [Fact]
    public void A_name_that_is_only_a_title_is_a_name() => Assert.Equal("DEAN MAJOR", $"{NameWords.Given("Dean")} {NameWords.Family("Major")}");

    [Fact]
    public void A_name_of_combining_marks_is_no_name() => Assert.Equal(string.Empty, NameWords.Given(new string('\u0301', 35)));

    [Theory]
    [InlineData("\0\0")]
    [InlineData("\u202Eabc\u202C\0")]
    [InlineData("محمد")]
    [InlineData("\uD800")]
    [InlineData("'-'")]
    public void Odd_text_is_folded_without_a_fault(string name)
    {
        var words = NameWords.Family(name);
        Assert.DoesNotContain(words, char.IsControl);
        Assert.Equal(words.Length == 0 ? 0 : NameComparison.Equal, NameComparison.OfFamily(words, words) is NameComparison.Initial ? NameComparison.Equal : NameComparison.OfFamily(words, words));
    }

    [Fact]
    public void Telling_names_apart_by_their_letters_changes_no_level()
    {
        var random = new DemoRandom(7);
        string Word() => string.Concat(Enumerable.Range(0, 2 + random.Below(8)).Select(_ => (char)('A' + random.Below(random.Percent(50) ? 5 : 26))));
        for (var pair = 0; pair < 50_000; pair++)
        {
            var (left, right) = (Word(), Word());
            var (distance, likeness, shorter) = (Edits.Distance(left, right, 2), Edits.JaroWinkler(left, right), Math.Min(left.Length, right.Length));
            var level = left == right ? NameComparison.Equal
                : distance == 1 && shorter >= 3 ? NameComparison.OneLetter
                : (distance == 2 && shorter >= 5) || likeness >= 0.92 || (shorter >= 3 && Sounds.Of(left) == Sounds.Of(right)) ? NameComparison.SoundsAlike
                : likeness >= 0.8 ? NameComparison.Resembles
                : NameComparison.Different;
            Assert.True(level == NameComparison.OfFamily(left, right), $"{left} {right}");
        }
    }

    [Property]
    public bool Folding_twice_is_folding_once(string? name) =>
        NameWords.Given(name) is var given && NameWords.Given(given) == given && NameWords.Plain(name) is var plain && NameWords.Plain(plain) == plain;

    [Property]
    public bool Comparing_names_is_symmetric(string? left, string? right)
    {
        var (a, b) = (NameWords.Family(left), NameWords.Family(right));
        return NameComparison.OfFamily(a, b) == NameComparison.OfFamily(b, a) && NameComparison.OfGiven(a, b) == NameComparison.OfGiven(b, a)
            && NameComparison.OfMiddle(a, b) == NameComparison.OfMiddle(b, a);
    }

    [Fact]
    public void Every_nickname_is_folded_and_of_a_group_with_a_formal_name()
    {
        Assert.All(Nicknames.All(), names =>
        {
            Assert.True(names.Length > 1, names[0]);
            Assert.All(names, name => Assert.Equal(Names.Fold(name), name));
        });
        Assert.True(Nicknames.AreFor("BILL", "WILLIAM"));
        Assert.False(Nicknames.AreFor("WILLIAM", "WILLIAM"));
        Assert.False(Nicknames.AreFor("WILLIAM", "ROBERT"));
    }

    [Theory]
    [InlineData("CLARK", "CLARKE")]
    [InlineData("PHILIP", "FILLIP")]
    [InlineData("MCKAY", "MACKAY")]
    [InlineData("KOWALSKI", "KOVALSKY")]
    [InlineData("SEAN", "SHAUN")]
    [InlineData("WRIGHT", "RIGHT")]
    [InlineData("THOMPSON", "TOMPSON")]
    [InlineData("CATHERINE", "KATHRYN")]
    public void Names_that_are_misheard_for_each_other_have_one_sound(string left, string right) => Assert.Equal(Sounds.Of(left), Sounds.Of(right));

    [Theory]
    [InlineData("SMITH", "JONES")]
    [InlineData("KHAN", "BEGUM")]
    [InlineData("王", "李")]
    public void Other_names_have_other_sounds(string left, string right) => Assert.NotEqual(Sounds.Of(left), Sounds.Of(right));
}
