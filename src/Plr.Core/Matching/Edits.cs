namespace Plr.Core.Matching;

/// <summary>How far apart two folded texts are. Both measures are symmetric, allocate nothing and look at the first 64 letters only.</summary>
public static class Edits
{
    /// <summary>Longer texts are compared by this much of them: no name on the register is longer than 35.</summary>
    public const int MaximumLength = 64;

    /// <summary>
    /// How many letters were left out, put in, mistaken or exchanged with their neighbour (optimal string alignment: a pair that was exchanged is not
    /// edited again, so this is no metric in the strict sense: it may break the triangle inequality). Anything above the limit is limit + 1.
    /// </summary>
    public static int Distance(ReadOnlySpan<char> left, ReadOnlySpan<char> right, int limit = MaximumLength)
    {
        var same = left.CommonPrefixLength(right);
        left = Cut(left[same..]);
        right = Cut(right[same..]);
        while (left.Length > 0 && right.Length > 0 && left[^1] == right[^1])
        {
            left = left[..^1];
            right = right[..^1];
        }

        if (Math.Abs(left.Length - right.Length) > limit)
        {
            return limit + 1;
        }

        return left.Length == 0 || right.Length == 0 ? Math.Max(left.Length, right.Length) : Align(left, right, limit);
    }

    private static int Align(ReadOnlySpan<char> left, ReadOnlySpan<char> right, int limit)
    {
        var width = right.Length + 1;
        Span<int> rows = stackalloc int[3 * (MaximumLength + 1)];
        var before = rows[..width];
        var above = rows.Slice(MaximumLength + 1, width);
        var row = rows.Slice(2 * (MaximumLength + 1), width);
        for (var column = 0; column < width; column++)
        {
            above[column] = column;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            row[0] = i;
            var least = i;
            for (var j = 1; j < width; j++)
            {
                var cost = Math.Min(Math.Min(above[j], row[j - 1]) + 1, above[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    cost = Math.Min(cost, before[j - 2] + 1);
                }

                row[j] = cost;
                least = Math.Min(least, cost);
            }

            if (least > limit)
            {
                return limit + 1;
            }

            var free = before;
            before = above;
            above = row;
            row = free;
        }

        return Math.Min(above[width - 1], limit + 1);
    }

    /// <summary>Jaro's likeness with Winkler's credit for a common beginning: 1 for equal texts, 0 for texts with no letter in common.</summary>
    public static double JaroWinkler(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        left = Cut(left);
        right = Cut(right);
        if (left.Length == 0 || right.Length == 0)
        {
            return left.Length == right.Length ? 1 : 0;
        }

        if (left.SequenceEqual(right))
        {
            return 1;
        }

        // Which letter is paired with which must not depend on the order of the two texts.
        var jaro = left.Length < right.Length || (left.Length == right.Length && left.SequenceCompareTo(right) < 0) ? Jaro(left, right) : Jaro(right, left);
        var prefix = Math.Min(4, left.CommonPrefixLength(right));
        return jaro + (prefix * 0.1 * (1 - jaro));
    }

    private static double Jaro(ReadOnlySpan<char> shorter, ReadOnlySpan<char> longer)
    {
        var reach = Math.Max(0, (longer.Length / 2) - 1);
        Span<char> found = stackalloc char[MaximumLength];
        var matched = 0;
        ulong taken = 0;
        for (var i = 0; i < shorter.Length; i++)
        {
            var end = Math.Min(longer.Length - 1, i + reach);
            for (var j = Math.Max(0, i - reach); j <= end; j++)
            {
                if ((taken >> j & 1) == 0 && shorter[i] == longer[j])
                {
                    taken |= 1UL << j;
                    found[matched++] = shorter[i];
                    break;
                }
            }
        }

        if (matched == 0)
        {
            return 0;
        }

        var outOfOrder = 0;
        var next = 0;
        for (var j = 0; j < longer.Length; j++)
        {
            if ((taken >> j & 1) == 1 && longer[j] != found[next++])
            {
                outOfOrder++;
            }
        }

        double m = matched;
        return ((m / shorter.Length) + (m / longer.Length) + ((m - (outOfOrder / 2)) / m)) / 3;
    }

    private static ReadOnlySpan<char> Cut(ReadOnlySpan<char> text) => text.Length > MaximumLength ? text[..MaximumLength] : text;
}
