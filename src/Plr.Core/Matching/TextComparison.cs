namespace Plr.Core.Matching;

/// <summary>How near two values are that are no names: postcodes, e-mail addresses, numbers, texts of words. Symmetric; allocates nothing.</summary>
public static class TextComparison
{
    /// <summary>Postcodes by the levels of <see cref="MatchField.Postcode"/>. What is no United Kingdom postcode is compared by its beginning.</summary>
    public static int OfPostcodes(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        if (left.IsEmpty || right.IsEmpty)
        {
            return 0;
        }

        if (left.SequenceEqual(right))
        {
            return 6;
        }

        var same = left.CommonPrefixLength(right);
        if (IsUnitedKingdom(left) && IsUnitedKingdom(right))
        {
            if (left.Length == right.Length && same >= left.Length - 2)
            {
                return 4;
            }

            return Edits.Distance(left, right, 1) == 1 ? 5
                : left[..^3].SequenceEqual(right[..^3]) ? 3
                : Area(left).SequenceEqual(Area(right)) ? 2
                : 1;
        }

        // One of few hundred forces' post offices is far from a place, whatever letters they share.
        if (left.StartsWith("BFPO") || right.StartsWith("BFPO"))
        {
            return left.StartsWith("BFPO") && right.StartsWith("BFPO") ? 2 : 1;
        }

        return Math.Min(left.Length, right.Length) >= 4 && Edits.Distance(left, right, 1) == 1 ? 5 : same >= 3 ? 4 : same == 2 ? 3 : same == 1 ? 2 : 1;
    }

    /// <summary>E-mail addresses by the levels of <see cref="MatchField.Email"/>.</summary>
    public static int OfEmails(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        if (left.IsEmpty || right.IsEmpty)
        {
            return 0;
        }

        if (left.SequenceEqual(right))
        {
            return 4;
        }

        var distance = Edits.Distance(left, right, 3);
        if (distance == 1 || (distance == 2 && Math.Min(left.Length, right.Length) >= 16))
        {
            return 3;
        }

        var local = LocalPart(left);
        return distance == 3 || (local.Length >= 4 && local.SequenceEqual(LocalPart(right))) || Edits.JaroWinkler(left, right) >= 0.92 ? 2 : 1;
    }

    /// <summary>What stands before the @.</summary>
    public static ReadOnlySpan<char> LocalPart(ReadOnlySpan<char> email)
    {
        var at = email.IndexOf('@');
        return at < 0 ? email : email[..at];
    }

    /// <summary>Numbers and codes by the levels of <see cref="MatchField.Identifier"/>.</summary>
    public static int OfIdentifiers(ReadOnlySpan<char> left, ReadOnlySpan<char> right) =>
        left.IsEmpty || right.IsEmpty ? 0 : left.SequenceEqual(right) ? 3 : Edits.Distance(left, right, 1) == 1 && left.Length > 4 ? 2 : 1;

    /// <summary>Texts of words (a place, a school, a street) by the levels of <see cref="MatchField.Address"/> and its like.</summary>
    public static int OfTexts(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        if (left.IsEmpty || right.IsEmpty)
        {
            return 0;
        }

        if (left.SequenceEqual(right))
        {
            return 4;
        }

        // Two houses of one street are not nearly one house.
        var areTwoHouses = char.IsAsciiDigit(left[0]) && char.IsAsciiDigit(right[0]) && !NameComparison.First(left).SequenceEqual(NameComparison.First(right));
        var shorter = Math.Min(left.Length, right.Length);
        var distance = Edits.Distance(left, right, 2);
        if (!areTwoHouses && ((distance == 1 && shorter >= 3) || (distance == 2 && shorter >= 6)))
        {
            return 3;
        }

        var shared = Shared(left, right);
        return !areTwoHouses && shared >= 0.66 ? 3 : shared >= 0.4 || Edits.JaroWinkler(left, right) >= 0.88 ? 2 : 1;
    }

    // The share of words that both have (Dice). A word that one has twice and the other once is shared once.
    private static double Shared(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var both = Math.Min(Among(left, right), Among(right, left));
        return 2.0 * both / (left.Count(' ') + right.Count(' ') + 2);
    }

    private static int Among(ReadOnlySpan<char> words, ReadOnlySpan<char> others)
    {
        var count = 0;
        foreach (var range in words.Split(' '))
        {
            foreach (var other in others.Split(' '))
            {
                if (words[range].SequenceEqual(others[other]))
                {
                    count++;
                    break;
                }
            }
        }

        return count;
    }

    internal static bool IsUnitedKingdom(ReadOnlySpan<char> code) =>
        code.Length is >= 5 and <= 7 && char.IsAsciiLetter(code[0]) && char.IsAsciiDigit(code[^3]) && char.IsAsciiLetter(code[^2]) && char.IsAsciiLetter(code[^1]);

    internal static ReadOnlySpan<char> Area(ReadOnlySpan<char> code) => char.IsAsciiLetter(code[1]) ? code[..2] : code[..1];
}
