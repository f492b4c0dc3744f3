using System.Collections.Frozen;
using System.Text;

namespace Plr.Core.Matching;

/// <summary>
/// The words of a name, folded (<see cref="Names.Fold"/>) and put into one way of writing: titles left off, particles joined to their name, and the
/// forms that one family name takes in a family made one: Mac and Mc, the Polish -ska and -ski, the Irish Ní and Ó, the Arabic article.
/// </summary>
public static class NameWords
{
    /// <summary>More words than this in one name are noise.</summary>
    private const int MostWords = 12;
    private const int LongestOneWord = 64;

    private static readonly FrozenSet<string> Titles = FrozenSet.ToFrozenSet(
    [
        "MR", "MRS", "MISS", "MS", "MX", "MASTER", "DR", "DOCTOR", "PROF", "PROFESSOR", "REV", "REVD", "REVEREND", "SIR", "DAME", "LADY", "LORD", "FR", "SR",
        "CAPT", "CAPTAIN", "MAJOR", "MAJ", "COL", "COLONEL", "LT", "SGT", "HON", "SHRI", "SMT", "JR", "JNR", "SNR", "ESQ", "II", "III", "IV", "BARON", "BARONESS",
        "EARL", "DUKE", "DUCHESS", "VISCOUNT", "MARQUESS", "MARQUIS", "COUNT", "COUNTESS", "BARONET", "BT", "OF", "THE", "AND", "NEE",
    ]);

    // Written apart or together with what follows.
    private static readonly FrozenSet<string> Joined = FrozenSet.ToFrozenSet(["O", "MC", "MAC", "D", "DE", "DU", "LE", "LA", "ST", "FITZ", "ABU", "ABDUL", "ABD", "VAN", "VON", "DER", "DEN", "DI", "DA", "DEL", "DELA", "AP", "AB"]);

    private static readonly FrozenSet<string> LeftOff = FrozenSet.ToFrozenSet(["AL", "EL", "UL", "BIN", "IBN", "BINT", "BEN", "BTE", "Y", "E", "I"]);

    /// <summary>The words, in their order, with one blank between them. Empty when there is no letter in it.</summary>
    public static string Given(string? name) => Folded(name, isFamily: false);

    /// <summary>As <see cref="Given"/>, with what is particular to family names.</summary>
    public static string Family(string? name) => Folded(name, isFamily: true);

    /// <summary>Any text of words: places, schools, addresses.</summary>
    public static string Plain(string? text) => string.Join(' ', Split(text, dropTitles: false));

    private static string Folded(string? name, bool isFamily)
    {
        Span<char> word = stackalloc char[LongestOneWord];
        return WriteOneWord(name, isFamily, word) is >= 0 and var length ? new(word[..length]) : Write(Split(name, dropTitles: true), isFamily);
    }

    /// <summary>
    /// Writes a name of one word of plain letters, as most are: there is nothing to fold, to leave off or to join. Less than 0 when it is none. A register is folded at each start.
    /// </summary>
    internal static int WriteOneWord(string? name, bool isFamily, Span<char> into)
    {
        if (name is null || name.Length > Math.Min(LongestOneWord, into.Length))
        {
            return name is null ? 0 : -1;
        }

        for (var at = 0; at < name.Length; at++)
        {
            var letter = name[at];
            if (!char.IsAsciiLetterOrDigit(letter))
            {
                return -1;
            }

            into[at] = char.IsAsciiLetterLower(letter) ? (char)(letter - 'a' + 'A') : letter;
        }

        return isFamily ? OneForm(into[..name.Length]) : name.Length;
    }

    private static List<string> Split(string? name, bool dropTitles)
    {
        var words = new List<string>();
        if (string.IsNullOrEmpty(name))
        {
            return words;
        }

        var word = new StringBuilder();
        var folded = name;
        for (var at = 0; at <= folded.Length && words.Count < MostWords; at++)
        {
            if (at < folded.Length && !IsBetween(folded[at]))
            {
                word.Append(folded[at]);
            }
            else if (word.Length > 0)
            {
                Take(words, word.ToString());
                word.Clear();
            }
        }

        if (dropTitles && words.Count > 1)
        {
            var all = words.ToList();
            words.RemoveAll(part => Titles.Contains(part) || char.IsAsciiDigit(part[0]));
            return words.Count > 0 ? words : all;
        }

        return words;
    }

    private static bool IsBetween(char c) => char.IsWhiteSpace(c) || char.IsControl(c) || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.DashPunctuation || c is '/' or ',' or ';' or '&' or '+' or '_' or '(' or ')';

    private static void Take(List<string> words, string word)
    {
        var letters = string.Concat(Names.Fold(word).Where(char.IsLetterOrDigit));
        if (letters.Length > 0)
        {
            words.Add(letters);
        }
    }

    private static string Write(List<string> words, bool isFamily)
    {
        var written = new List<string>(words.Count);
        for (var at = 0; at < words.Count; at++)
        {
            var word = words[at];
            if (LeftOff.Contains(word) && words.Count > 1 && isFamily)
            {
                continue;
            }

            if (isFamily && word is "NI" or "NIC" && at + 1 < words.Count)
            {
                word = (word == "NI" ? "O" : "MC") + Hardened(words[++at]);
            }

            while (isFamily && at + 1 < words.Count && Joined.Contains(words[at]))
            {
                word += words[++at];
            }

            written.Add(isFamily ? OneForm(word) : word);
        }

        return string.Join(' ', written);
    }

    // The aspirated letter after Ní and Nic: Ní Bhriain is Ó Briain's daughter.
    private static string Hardened(string word) => word.Length > 2 && word[1] == 'H' && word[0] is 'B' or 'C' or 'D' or 'F' or 'G' or 'M' or 'P' or 'S' or 'T' ? word[0] + word[2..] : word;

    private static string OneForm(string word)
    {
        Span<char> letters = word.ToCharArray();
        return new(letters[..OneForm(letters)]);
    }

    // In place; answers its length.
    private static int OneForm(Span<char> word)
    {
        if (word.Length > 5 && word.StartsWith("MAC") && word[3] is not ('A' or 'E' or 'I' or 'O' or 'U' or 'H' or 'Y'))
        {
            word[2..].CopyTo(word[1..]);
            return word.Length - 1;
        }

        if (word.Length > 4 && (word.EndsWith("SKA") || word.EndsWith("CKA")))
        {
            word[^1] = 'I';
        }

        return word.Length;
    }
}
