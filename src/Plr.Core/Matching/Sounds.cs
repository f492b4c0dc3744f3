namespace Plr.Core.Matching;

/// <summary>
/// How a folded name sounds to an English ear, as a number: names that are misheard for each other have one sound (Clark and Clarke, Philips and
/// Fillips, Sean and Shaun, MacKay and McKay, Kowalski and Kovalsky). Made for finding, so it joins rather too much than too little.
/// </summary>
public static class Sounds
{
    private const int Longest = 6;

    /// <summary>0 for an empty name. Letters outside A to Z stand for themselves, so that names in other scripts have sounds of their own.</summary>
    public static uint Of(ReadOnlySpan<char> name)
    {
        var sound = 0u;
        var last = '\0';
        var count = 0;
        for (var at = Start(name); at < name.Length && count < Longest; at++)
        {
            var letter = Letter(name, ref at, count == 0);
            if (letter != '\0' && (letter != last || letter > 'Z'))
            {
                sound = unchecked((sound * 37) + letter - '0');
                count++;
            }

            // A vowel between two equal consonants keeps them apart; a silent H or W does not.
            last = letter == '\0' && at < name.Length && IsVowel(name[at]) ? '\0' : letter == '\0' ? last : letter;
        }

        return count == 0 && name.Length > 0 ? 1 : sound;
    }

    // Silent beginnings.
    private static int Start(ReadOnlySpan<char> name) => name switch
    {
        ['K' or 'G' or 'P', 'N', ..] => 1,
        ['W', 'R', ..] => 1,
        ['P', 'S', ..] => 1,
        _ => 0,
    };

    private static char Letter(ReadOnlySpan<char> name, ref int at, bool first)
    {
        var here = name[at];
        var next = at + 1 < name.Length ? name[at + 1] : '\0';
        switch (here)
        {
            case 'A' or 'E' or 'I' or 'O' or 'U' or 'Y':
                // J and Y are written for each other at a beginning: Yusuf, Jusuf.
                return first ? here == 'Y' && IsVowel(next) ? 'J' : 'A' : '\0';
            case 'H' or 'W':
                return here == 'W' && (first || IsVowel(next)) ? 'F' : first ? 'H' : '\0';
            case 'B':
                return 'B';
            case 'C':
                return OfC(name, ref at, next);
            case 'D':
                at += next is 'G' or 'J' ? 1 : 0;
                return next is 'G' or 'J' ? 'J' : 'T';
            case 'F' or 'V':
                return 'F';
            case 'G':
                return OfG(ref at, next, first);
            case 'J':
                return 'J';
            case 'K' or 'Q':
                at += next == 'H' ? 1 : 0;
                return 'K';
            case 'M' or 'N':
                return here;
            case 'P':
                at += next is 'H' or 'F' ? 1 : 0;
                return next is 'H' or 'F' ? 'F' : 'B';
            case 'S' or 'Z' or 'X':
                return OfS(name, ref at, next, first);
            case 'T':
                return OfT(name, ref at, next);
            default:
                return here;
        }
    }

    private static char OfC(ReadOnlySpan<char> name, ref int at, char next)
    {
        if (next == 'H')
        {
            var isHard = at + 2 < name.Length && name[at + 2] is 'R' or 'L';
            at++;
            return isHard ? 'K' : 'X';
        }

        at += next is 'K' or 'Z' ? 1 : 0;
        return next is 'E' or 'I' or 'Y' ? 'S' : next == 'Z' ? 'X' : 'K';
    }

    private static char OfG(ref int at, char next, bool first)
    {
        if (next == 'H')
        {
            at++;
            return first ? 'K' : '\0';
        }

        return next is 'E' or 'I' or 'Y' ? 'J' : 'K';
    }

    private static char OfS(ReadOnlySpan<char> name, ref int at, char next, bool first)
    {
        if (name[at] != 'X' && next == 'C' && at + 2 < name.Length && name[at + 2] == 'H')
        {
            at += 2;
            return 'X';
        }

        if (name[at] == 'S' && (next is 'H' || (next == 'Z' && first)))
        {
            at++;
            return 'X';
        }

        // Sean, Siobhan: S before E or I and A or O at a beginning.
        return name[at] == 'S' && first && next is 'E' or 'I' && at + 2 < name.Length && name[at + 2] is 'A' or 'O' ? 'X' : 'S';
    }

    private static char OfT(ReadOnlySpan<char> name, ref int at, char next)
    {
        if (next == 'H')
        {
            at++;
            return 'T';
        }

        if (next == 'C' && at + 2 < name.Length && name[at + 2] == 'H')
        {
            at += 2;
            return 'X';
        }

        return 'T';
    }

    private static bool IsVowel(char letter) => letter is 'A' or 'E' or 'I' or 'O' or 'U' or 'Y';
}
