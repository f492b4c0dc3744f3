using Plr.Core.DataChallenges;

namespace Plr.Core.Tests.DataChallenges;

public class ChallengeReferenceTests
{
    private const string Alphabet = "34679ACDEFGHJKMNPQRTWXY";

    [Fact]
    public void What_is_printed_is_read_however_it_is_typed()
    {
        var reference = ChallengeReference.New();

        Assert.Matches("^[34679ACDEFGHJKMNPQRTWXY]{3}(-[34679ACDEFGHJKMNPQRTWXY]{3}){2}$", reference.ToString());
        foreach (var typed in new[] { reference.ToString(), reference.Value, $" {reference.ToString().ToLowerInvariant().Replace('-', ' ')} ", reference.ToString().Replace('-', '–') })
        {
            Assert.True(ChallengeReference.TryParse(typed, out var read));
            Assert.Equal(reference, read);
        }
    }

    [Fact]
    public void One_wrong_character_and_two_exchanged_are_caught()
    {
        var value = ChallengeReference.New().Value;
        for (var place = 0; place < value.Length; place++)
        {
            foreach (var other in Alphabet.Where(c => c != value[place]))
            {
                Assert.False(ChallengeReference.TryParse(value[..place] + other + value[(place + 1)..], out _));
            }

            for (var second = place + 1; second < value.Length; second++)
            {
                var exchanged = value.ToCharArray();
                (exchanged[place], exchanged[second]) = (exchanged[second], exchanged[place]);
                Assert.Equal(value[place] == value[second], ChallengeReference.TryParse(new string(exchanged), out _));
            }
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("333-333")]
    [InlineData("333-333-3333")]
    [InlineData("0BI-LOS-UVZ")]
    public void What_is_none_is_not_read(string? typed) => Assert.False(ChallengeReference.TryParse(typed, out _));
}
