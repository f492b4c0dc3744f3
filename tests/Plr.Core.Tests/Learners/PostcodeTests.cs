using Plr.Core.Learners;

namespace Plr.Core.Tests.Learners;

public class PostcodeTests
{
    [Theory]
    [InlineData("CV4 9EE", "CV49EE")]
    [InlineData("CV49EE", "CV49EE")]
    [InlineData("sw1a 1aa", "SW1A1AA")]
    [InlineData("M3 9HA", "M39HA")]
    [InlineData("GIR 0AA", "GIR0AA")]
    [InlineData("AB12 5EQ ", "AB125EQ")]
    [InlineData("M3 9HA   ", "M39HA")]
    [InlineData("ZZ12ZZ", "ZZ12ZZ")]
    [InlineData("BFPO 1", "BFPO1")]
    [InlineData("bfpo1234", "BFPO1234")]
    [InlineData("BFPO 1234", "BFPO1234")]
    [InlineData("BFPO 12345", null)]
    [InlineData("BFPO", null)]
    [InlineData("M3  9HA", null)]
    [InlineData(" M3 9HA", null)]
    [InlineData("M3\t9HA", null)]
    [InlineData("M3 9HA\n", null)]
    [InlineData("AB12 5EQ  ", null)]
    [InlineData("CV4 9CE", null)]
    [InlineData("CV4 9IE", null)]
    [InlineData("CV4 9KE", null)]
    [InlineData("CV4 9ME", null)]
    [InlineData("CV4 9OE", null)]
    [InlineData("CV4 9VE", null)]
    [InlineData("not a code", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_postcode_has_the_pattern_of_the_wire_and_at_most_nine_characters(string? text, string? folded)
    {
        Assert.Equal(folded is not null, Postcode.TryParse(text, out var postcode));
        if (folded is not null)
        {
            Assert.Equal(text, postcode.Value);
            Assert.Equal(folded, postcode.Folded);
        }
    }

    [Fact]
    public void Case_and_blanks_make_no_other_place()
    {
        var one = Postcode.Parse("cv49ee");
        var other = Postcode.Parse("CV4 9EE");
        Assert.True(one == other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.True(one != Postcode.Parse("CV4 9EF"));
    }

    [Fact]
    public void The_letters_of_the_second_half_are_those_of_the_pattern()
    {
        var allowed = Enumerable.Range('A', 26).Select(c => (char)c).Where(c => Postcode.TryParse($"CV4 9{c}A", out _));
        Assert.Equal("ABDEFGHJLNPQRSTUWXYZ", string.Concat(allowed));
        var small = Enumerable.Range('a', 26).Select(c => (char)c).Where(c => Postcode.TryParse($"CV4 9a{c}", out _));
        Assert.Equal("abdefghjlnpqrstuwxyz", string.Concat(small));
    }

    [Fact]
    public void Any_text_can_be_folded() => Assert.Equal(("NOTACODE", ""), (Postcode.Fold("not a code"), Postcode.Fold(null)));

    [Fact]
    public void A_text_that_is_no_postcode_and_a_default_value_throw()
    {
        Assert.Throws<FormatException>(() => Postcode.Parse("nowhere"));
        Assert.Throws<InvalidOperationException>(() => default(Postcode).Value);
    }
}
