using Plr.Core.Reports;

namespace Plr.Core.Tests.Reports;

public class ReportReferenceTests
{
    [Fact]
    public void A_reference_is_read_back_as_it_is_printed_or_typed()
    {
        var reference = ReportReference.New();

        Assert.Matches("^([34679ACDEFGHJKMNPQRTWXY]{3}-){4}[34679ACDEFGHJKMNPQRTWXY]{3}$", reference.ToString());
        foreach (var typed in new[] { reference.ToString(), reference.Value, reference.ToString().ToLowerInvariant().Replace('-', ' '), $" {reference}. ", reference.ToString().Replace('-', '\u2011'), reference.ToString().Replace('-', '–') })
        {
            Assert.True(ReportReference.TryParse(typed, out var read));
            Assert.Equal(reference, read);
        }
    }

    [Fact]
    public void One_wrong_character_or_two_exchanged_are_caught()
    {
        for (var i = 0; i < 200; i++)
        {
            var value = ReportReference.New().Value;
            for (var place = 0; place < value.Length; place++)
            {
                foreach (var other in "34679ACDEFGHJKMNPQRTWXY".Where(other => other != value[place]))
                {
                    Assert.False(ReportReference.TryParse(value[..place] + other + value[(place + 1)..], out _));
                }

                for (var second = place + 1; second < value.Length; second++)
                {
                    var exchanged = value.ToCharArray();
                    (exchanged[place], exchanged[second]) = (exchanged[second], exchanged[place]);
                    Assert.Equal(value[place] == value[second], ReportReference.TryParse(new string(exchanged), out _));
                }
            }
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("333-333-333")]
    [InlineData("000-000-000-000-000")]
    public void What_is_no_reference_is_refused(string? typed) => Assert.False(ReportReference.TryParse(typed, out _));

    [Fact]
    public void No_two_are_the_same() => Assert.Equal(2000, Enumerable.Range(0, 2000).Select(_ => ReportReference.New()).Distinct().Count());
}
