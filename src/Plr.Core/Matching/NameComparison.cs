namespace Plr.Core.Matching;

/// <summary>How near two names are that were folded to words (<see cref="NameWords"/>). Symmetric; allocates nothing.</summary>
public static class NameComparison
{
    public const int Different = 1;
    public const int Resembles = 2;
    public const int Initial = 3;
    public const int SoundsAlike = 4;
    public const int OtherName = 5;
    public const int OneLetter = 6;
    public const int Equal = 7;

    private const double IsNear = 0.92;
    private const double HasALikeness = 0.8;
    private const double Rounding = 1e-9;
    private const int Slips = 2;

    /// <summary>Two given names: the first words count; the others are middle names.</summary>
    public static int OfGiven(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        if (left.IsEmpty || right.IsEmpty)
        {
            return 0;
        }

        var a = First(left);
        var b = First(right);
        if (a.SequenceEqual(b) || IsJoined(left, right))
        {
            return a.Length == 1 && b.Length == 1 ? Initial : Equal;
        }

        var level = OfWords(a, b);
        if (level < OtherName && (Nicknames.AreFor(a, b) || (a.Length > 1 && HasWord(right, a)) || (b.Length > 1 && HasWord(left, b))))
        {
            return OtherName;
        }

        return level;
    }

    /// <summary>Two family names: the same word in both is as good as another name of the person.</summary>
    public static int OfFamily(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        if (left.IsEmpty || right.IsEmpty)
        {
            return 0;
        }

        var level = OfWords(left, right);
        if (level >= OtherName || (!left.Contains(' ') && !right.Contains(' ')))
        {
            return level;
        }

        foreach (var range in left.Split(' '))
        {
            foreach (var other in right.Split(' '))
            {
                var part = OfWords(left[range], right[other]);
                level = Math.Max(level, part == Equal && left[range].Length > 1 ? OtherName : part == OneLetter ? SoundsAlike : 0);
            }
        }

        return level;
    }

    /// <summary>Two middle names, by the levels of <see cref="MatchField.MiddleName"/>.</summary>
    public static int OfMiddle(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        if (left.IsEmpty || right.IsEmpty)
        {
            return 0;
        }

        return OfWords(First(left), First(right)) switch
        {
            Equal => First(left).Length == 1 ? 3 : 5,
            OneLetter => 4,
            Initial => 3,
            SoundsAlike or Resembles => 2,
            _ => HasWord(left, First(right)) || HasWord(right, First(left)) || Nicknames.AreFor(First(left), First(right)) ? 4 : 1,
        };
    }

    /// <summary>The first word.</summary>
    public static ReadOnlySpan<char> First(ReadOnlySpan<char> words)
    {
        var end = words.IndexOf(' ');
        return end < 0 ? words : words[..end];
    }

    private static int OfWords(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        if (left.SequenceEqual(right) || IsJoined(left, right))
        {
            return Equal;
        }

        var shorter = Math.Min(left.Length, right.Length);
        if (shorter == 1)
        {
            return left[0] == right[0] ? Initial : Different;
        }

        // Names that have little in common, as most have, are told apart by their letters alone.
        var (only, others) = (Lacking(left, right), Lacking(right, left));
        var distance = Math.Max(only, others) > Slips ? Slips + 1 : Edits.Distance(left, right, Slips);
        if (distance == 1 && shorter >= 3)
        {
            return OneLetter;
        }

        if (distance == 2 && shorter >= 5)
        {
            return SoundsAlike;
        }

        var likeness = MostLikeness(left, right, only, others) < HasALikeness ? 0 : Edits.JaroWinkler(left, right);
        if (likeness >= IsNear || (shorter >= 3 && Sounds.Of(left) == Sounds.Of(right)))
        {
            return SoundsAlike;
        }

        return likeness >= HasALikeness ? Resembles : Different;
    }

    // How many letters of one are not in the other: each slip mends one of each at most.
    private static int Lacking(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        var letters = 0UL;
        foreach (var letter in other)
        {
            letters |= 1UL << (letter & 63);
        }

        var lacking = 0;
        foreach (var letter in one)
        {
            lacking += (int)(~letters >> (letter & 63) & 1);
        }

        return lacking;
    }

    // What Jaro and Winkler give at most to two of which so many letters have no fellow.
    private static double MostLikeness(ReadOnlySpan<char> left, ReadOnlySpan<char> right, int only, int others)
    {
        if (Math.Max(left.Length, right.Length) > Edits.MaximumLength)
        {
            return 1;
        }

        double matched = Math.Min(left.Length - only, right.Length - others);
        var most = matched <= 0 ? 0 : ((matched / left.Length) + (matched / right.Length) + 1) / 3;
        return most + (Math.Min(4, left.CommonPrefixLength(right)) * 0.1 * (1 - most)) + Rounding;
    }

    internal static bool HasWord(ReadOnlySpan<char> words, ReadOnlySpan<char> word)
    {
        foreach (var range in words.Split(' '))
        {
            if (words[range].SequenceEqual(word))
            {
                return true;
            }
        }

        return false;
    }

    // Whether only the blanks differ: Mary Jane and Maryjane, Xiao Ming and Xiaoming.
    private static bool IsJoined(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        if (!left.Contains(' ') && !right.Contains(' '))
        {
            return false;
        }

        var j = 0;
        foreach (var letter in left)
        {
            if (letter == ' ')
            {
                continue;
            }

            while (j < right.Length && right[j] == ' ')
            {
                j++;
            }

            if (j >= right.Length || right[j++] != letter)
            {
                return false;
            }
        }

        return right[j..].Trim(' ').IsEmpty;
    }
}
