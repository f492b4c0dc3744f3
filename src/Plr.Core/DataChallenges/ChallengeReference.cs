using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace Plr.Core.DataChallenges;

/// <summary>
/// What people say on the telephone when they mean a data challenge: 8 random characters and a check character, in groups of three. As in the
/// reference of a report, nothing in it looks or sounds like something else in it, and the alphabet's length is a prime, so that a single wrong
/// character and any two exchanged are caught. It opens nothing: it only names.
/// </summary>
public readonly record struct ChallengeReference
{
    private const string Alphabet = "34679ACDEFGHJKMNPQRTWXY";
    private const int Length = 9;
    private const int Group = 3;
    private readonly string? _characters;

    private ChallengeReference(string characters) => _characters = characters;

    /// <summary>The 9 characters without anything between them, as they are stored.</summary>
    public string Value => _characters ?? throw new InvalidOperationException("A default reference is no reference.");

    /// <summary>A new one; the store sees to it that nobody has it.</summary>
    public static ChallengeReference New()
    {
        var random = RandomNumberGenerator.GetString(Alphabet, Length - 1);
        return new(random + Alphabet.First(check => Remainder(random + check) == 0));
    }

    /// <summary>As it was printed or typed: small letters, blanks and hyphens of any kind do not matter.</summary>
    public static bool TryParse([NotNullWhen(true)] string? typed, out ChallengeReference reference)
    {
        var characters = string.Concat((typed ?? "").Where(c => !char.IsWhiteSpace(c) && c != '.' && char.GetUnicodeCategory(c) != UnicodeCategory.DashPunctuation)).ToUpperInvariant();
        var isOne = characters.Length == Length && characters.All(c => Alphabet.Contains(c, StringComparison.Ordinal)) && Remainder(characters) == 0;
        reference = isOne ? new(characters) : default;
        return isOne;
    }

    /// <summary>In groups, as it is printed: <c>3AC-7DE-FGH</c>.</summary>
    public override string ToString() => string.Join('-', Value.Chunk(Group).Select(group => new string(group)));

    // Each place has a weight of its own below 23: a change of one place, or an exchange of two, changes the remainder.
    private static int Remainder(string characters) =>
        characters.Select((character, place) => (place + 1) * Alphabet.IndexOf(character, StringComparison.Ordinal)).Sum() % Alphabet.Length;
}
