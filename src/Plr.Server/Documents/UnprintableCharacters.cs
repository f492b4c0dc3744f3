using System.Globalization;
using System.Text;
using Plr.Server.Web;

namespace Plr.Server.Documents;

/// <summary>What of a text the letters of a report cannot print, said so that a reader can find it.</summary>
internal static class UnprintableCharacters
{
    /// <summary>Marks stand one over the other: with more of them on a letter they would cover the lines above. No language that we print has so many.</summary>
    public const int MostMarks = 4;

    /// <summary>Each character once, with blanks between, then letters with too many marks; empty when all can be printed.</summary>
    public static string In(IEnumerable<string> values, Texts texts)
    {
        var printed = values.Select(WrappedText.Printable).ToList();
        var missing = printed.SelectMany(value => value.EnumerateRunes()).Where(rune => !FontFace.Regular.CanPrint(rune) || !FontFace.Bold.CanPrint(rune)).Distinct().Select(Name);
        var covered = printed.SelectMany(Crowded).Distinct().Select(letter => texts["Report.Form.Marks", letter.Letter, letter.Marks]);
        return string.Join(", ", new[] { string.Join(' ', missing) }.Concat(covered).Where(said => said.Length > 0));
    }

    /// <summary>The character; for one that cannot be seen, or not by itself, its number.</summary>
    private static string Name(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => $"\u25CC{rune} ({Number(rune)})",
        UnicodeCategory.Control or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => Number(rune),
        _ when IsBlank(rune) => Number(rune),
        _ => rune.ToString(),
    };

    private static string Number(Rune rune) => string.Create(CultureInfo.InvariantCulture, $"U+{rune.Value:X4}");

    // Unicode's Default_Ignorable_Code_Point among letters: the Hangul fillers and the vowels that Khmer does not write.
    private static bool IsBlank(Rune rune) => rune.Value is 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x3164 or 0xFFA0;

    private static IEnumerable<(string Letter, int Marks)> Crowded(string value)
    {
        var (letter, marks) = ("\u25CC", 0);
        foreach (var rune in value.Normalize(NormalizationForm.FormD).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark)
            {
                marks++;
                continue;
            }

            if (marks > MostMarks)
            {
                yield return (letter, marks);
            }

            (letter, marks) = (rune.ToString(), 0);
        }

        if (marks > MostMarks)
        {
            yield return (letter, marks);
        }
    }
}
