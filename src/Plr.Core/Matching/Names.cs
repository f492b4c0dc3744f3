using System.Buffers;
using System.Globalization;
using System.Text;

namespace Plr.Core.Matching;

/// <summary>How names are compared. Both ways are the same in every culture and on every machine, because folded names are stored.</summary>
public static class Names
{
    // Letters that Unicode does not take apart into a plain letter and a mark.
    private static readonly Dictionary<char, string> Spelt = new()
    {
        ['ß'] = "SS",
        ['ẞ'] = "SS",
        ['Æ'] = "AE",
        ['æ'] = "AE",
        ['Œ'] = "OE",
        ['œ'] = "OE",
        ['Ø'] = "O",
        ['ø'] = "O",
        ['Ł'] = "L",
        ['ł'] = "L",
        ['Đ'] = "D",
        ['đ'] = "D",
        ['Ð'] = "D",
        ['ð'] = "D",
        ['Þ'] = "TH",
        ['þ'] = "TH",
        ['ı'] = "I",
        ['Ħ'] = "H",
        ['ħ'] = "H",
        ['Ŧ'] = "T",
        ['ŧ'] = "T",
        ['Ŋ'] = "N",
        ['ŋ'] = "N",
        ['ĸ'] = "K",
        ['ſ'] = "S",
        ['Ə'] = "E",
        ['ə'] = "E",
        ['Ɖ'] = "D",
        ['ɖ'] = "D",
        ['Ɗ'] = "D",
        ['ɗ'] = "D",
        ['Ɓ'] = "B",
        ['ɓ'] = "B",
        ['Ƙ'] = "K",
        ['ƙ'] = "K",
        ['Ɛ'] = "E",
        ['ɛ'] = "E",
        ['Ɔ'] = "O",
        ['ɔ'] = "O",
    };

    // Apostrophes as keyboards, word processors and transliterations write them; full stops and the middle dot of Catalan; minus signs.
    private static readonly SearchValues<char> LeftOut = SearchValues.Create("'‘’‛ʹʻʼʽˈ′`´\"“”.·−⁃");

    /// <summary>
    /// What is left of a name when the ways of writing it are taken away: capital letters, no accents, hyphens, apostrophes, full stops or
    /// blanks, special letters spelt with plain ones (Ł as L, Æ as AE, ß as SS, Þ as TH). Empty when nothing else was in it.
    /// For finding; it never decides alone that two names are the same (dossier 4.2).
    /// </summary>
    public static string Fold(string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            return string.Empty;
        }

        var folded = new StringBuilder(name.Length + 4);
        foreach (var rune in Decomposed(name).EnumerateRunes())
        {
            Append(folded, rune);
        }

        return folded.ToString();
    }

    /// <summary>
    /// Whether two names are the same in an exact match: capital and small letters are one, outer blanks do not count, and a letter with its
    /// accent is one however it is encoded; everything else does count (dossier 4.2).
    /// </summary>
    public static bool EqualIgnoringCase(string? left, string? right) =>
        string.Equals(Composed(left), Composed(right), StringComparison.OrdinalIgnoreCase);

    private static void Append(StringBuilder folded, Rune rune)
    {
        if (rune.IsBmp && Spelt.TryGetValue((char)rune.Value, out var letters))
        {
            folded.Append(letters);
        }
        else if (!IsLeftOut(rune))
        {
            folded.Append(Rune.ToUpperInvariant(rune));
        }
    }

    private static bool IsLeftOut(Rune rune) =>
        (rune.IsBmp && LeftOut.Contains((char)rune.Value)) || Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.DashPunctuation
            or UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.ModifierLetter;

    private static string Decomposed(string name) => Ascii.IsValid(name) ? name : WellFormed(name).Normalize(NormalizationForm.FormKD);

    /// <summary>Without outer blanks, and a letter with its accent as one character.</summary>
    internal static string Composed(string? name)
    {
        var inner = name is null ? string.Empty : name.Trim();
        return Ascii.IsValid(inner) ? inner : WellFormed(inner).Normalize(NormalizationForm.FormC);
    }

    // Normalising throws on a lone surrogate. None can be stored, but a search may be asked for anything.
    private static string WellFormed(string name) =>
        string.Concat(name.EnumerateRunes().Select(rune => rune.ToString()));
}
