using Plr.Core.Organisations;

namespace Plr.Core.Tests.Organisations;

public class OrganisationNumbersTests
{
    [Theory]
    [InlineData("10000001", true)]
    [InlineData("TEST0045", false)]
    [InlineData("20000001", false)]
    [InlineData("1000000a", false)]
    public void A_UKPRN_has_eight_letters_or_digits_and_a_real_one_is_1_and_seven_digits(string text, bool real)
    {
        var ukprn = Ukprn.Parse(text);
        Assert.Equal(text, ukprn.Value);
        Assert.Equal(text, ukprn.ToString());
        Assert.Equal(real, ukprn.IsRealUkprn);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1000001")]
    [InlineData("100000011")]
    [InlineData("10000 01")]
    [InlineData("1000000é")]
    [InlineData("1000000٣")]
    public void Another_text_is_no_UKPRN(string? text)
    {
        Assert.False(Ukprn.TryParse(text, out _));
        Assert.Throws<FormatException>(() => Ukprn.Parse(text!));
    }

    [Theory]
    [InlineData("RN5196")]
    [InlineData("UNKNWN")]
    [InlineData("100060")]
    [InlineData("ab12CD")]
    public void An_organisation_reference_has_six_letters_or_digits(string text)
    {
        var reference = OrganisationRef.Parse(text);
        Assert.Equal(text, reference.Value);
        Assert.Equal(text, reference.ToString());
        Assert.True(OrganisationRef.TryParse(text, out var again));
        Assert.Equal(reference, again);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("RN519")]
    [InlineData("RN51967")]
    [InlineData("RN-196")]
    [InlineData("RN519 ")]
    public void Another_text_is_no_organisation_reference(string? text)
    {
        Assert.False(OrganisationRef.TryParse(text, out _));
        Assert.Throws<FormatException>(() => OrganisationRef.Parse(text!));
    }

    [Fact]
    public void Default_values_throw_when_they_are_used()
    {
        Assert.Throws<InvalidOperationException>(() => default(Ukprn).Value);
        Assert.Throws<InvalidOperationException>(() => default(Ukprn).IsRealUkprn);
        Assert.Throws<InvalidOperationException>(() => default(OrganisationRef).Value);
    }
}
