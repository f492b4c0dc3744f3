using System.Globalization;

namespace Plr.Core.Text;

/// <summary>
/// Codes that are printed, typed and read out on the telephone: letters and digits of which none looks or sounds like another (no 0, 1, 2, 5, 8, and no B, I, L, O, S, U, V, Z), and a
/// check character at the end. The alphabet has 23 characters, a prime, so that a single wrong character and any two exchanged are caught.
/// </summary>
internal static class SpokenCode
{
    public const string Alphabet = "34679ACDEFGHJKMNPQRTWXY";
    private const int Group = 3;

    /// <summary>With its check character behind it.</summary>
    public static string Checked(string characters) => characters + Alphabet.First(check => Remainder(characters + check) == 0);

    /// <summary>As it was printed or typed: small letters, blanks, full stops and hyphens of any kind do not matter. Null when it is no code of this length.</summary>
    public static string? Parse(string? typed, int length)
    {
        var characters = string.Concat((typed ?? "").Where(c => !char.IsWhiteSpace(c) && c != '.' && char.GetUnicodeCategory(c) != UnicodeCategory.DashPunctuation)).ToUpperInvariant();
        return characters.Length == length && characters.All(c => Alphabet.Contains(c, StringComparison.Ordinal)) && Remainder(characters) == 0 ? characters : null;
    }

    /// <summary>In groups of three: <c>3AC-7DE-…</c>.</summary>
    public static string Grouped(string characters) => string.Join('-', characters.Chunk(Group).Select(group => new string(group)));

    // Each place has a weight of its own below 23: a change of one place, or an exchange of two, changes the remainder.
    private static int Remainder(string characters) =>
        characters.Select((character, place) => (place + 1) * Alphabet.IndexOf(character, StringComparison.Ordinal)).Sum() % Alphabet.Length;
}
