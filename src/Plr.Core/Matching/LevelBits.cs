namespace Plr.Core.Matching;

/// <summary>What each level of a field's agreement is worth.</summary>
public static class LevelBits
{
    /// <summary>
    /// The weights of a field's levels in bits. A better level never weighs less than a worse one, whatever few pairs taught: neighbours that are out of order
    /// are joined. Whether names are swapped is no agreement: it costs what swapping is rare.
    /// </summary>
    public static double[] Of(MatchField field, FieldWeights weights)
    {
        var bits = new double[weights.Match.Count];
        if (field == MatchField.NameOrder)
        {
            bits[1] = Math.Min(-1, Math.Log2(weights.Match[1]));
            return bits;
        }

        for (var level = 1; level < bits.Length; level++)
        {
            bits[level] = Math.Log2(weights.Match[level] / weights.Chance[level]);
        }

        // Pools adjacent violators, each level as heavy as it is seen.
        for (var from = 1; from < bits.Length; from++)
        {
            for (var level = from; level > 1 && bits[level] < bits[level - 1]; level--)
            {
                Pool(weights, bits, level);
            }
        }

        return bits;
    }

    private static void Pool(FieldWeights weights, double[] bits, int level)
    {
        var first = level - 1;
        while (first > 1 && bits[first - 1] == bits[level - 1])
        {
            first--;
        }

        var last = level;
        while (last + 1 < bits.Length && bits[last + 1] == bits[level])
        {
            last++;
        }

        double m = 0;
        double u = 0;
        for (var at = first; at <= last; at++)
        {
            m += weights.Match[at];
            u += weights.Chance[at];
        }

        bits.AsSpan(first, last - first + 1).Fill(Math.Log2(m / u));
    }
}
