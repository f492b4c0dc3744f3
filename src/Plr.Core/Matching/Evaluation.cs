namespace Plr.Core.Matching;

/// <summary>What is known of who is who: a group for each record, or pairs.</summary>
public sealed class Truth
{
    private readonly int[]? _groups;
    private readonly HashSet<(int Left, int Right)>? _pairs;

    private Truth(int[]? groups, HashSet<(int Left, int Right)>? pairs, long total)
    {
        _groups = groups;
        _pairs = pairs;
        Total = total;
    }

    /// <summary>All pairs that are one person, those too that no block brings together.</summary>
    public long Total { get; }

    /// <summary>Records with one key are one person; a record with an empty key is nobody else.</summary>
    public static Truth OfGroups(IReadOnlyList<string> keys)
    {
        var numbers = new Dictionary<string, int>();
        var sizes = new Dictionary<int, long>();
        var groups = new int[keys.Count];
        for (var at = 0; at < keys.Count; at++)
        {
            if (keys[at].Length == 0 || !numbers.TryGetValue(keys[at], out var number))
            {
                number = at;
                numbers[keys[at]] = number;
            }

            groups[at] = number;
            sizes[number] = sizes.GetValueOrDefault(number) + 1;
        }

        return new(groups, null, sizes.Values.Sum(size => size * (size - 1) / 2));
    }

    /// <summary>Pairs by place, in any order.</summary>
    public static Truth OfPairs(IEnumerable<(int Left, int Right)> pairs)
    {
        var set = pairs.Where(pair => pair.Left != pair.Right).Select(pair => (Math.Min(pair.Left, pair.Right), Math.Max(pair.Left, pair.Right))).ToHashSet();
        return new(null, set, set.Count);
    }

    /// <summary>Whether two records are one person.</summary>
    public bool IsOne(int left, int right) => _groups is null ? _pairs!.Contains((Math.Min(left, right), Math.Max(left, right))) : _groups[left] == _groups[right];
}

/// <summary>How well pairs were told apart at one threshold.</summary>
/// <param name="Threshold">In bits.</param>
/// <param name="Right">Pairs said to be one person that are.</param>
/// <param name="Said">Pairs said to be one person.</param>
/// <param name="Total">Pairs that are one person.</param>
public sealed record Score(double Threshold, long Right, long Said, long Total)
{
    public double Precision => Said == 0 ? 1 : (double)Right / Said;

    public double Recall => Total == 0 ? 1 : (double)Right / Total;

    public double F1 => Said + Total == 0 ? 1 : 2.0 * Right / (Said + Total);
}

/// <summary>Measures weighed pairs against the truth. Every true pair counts, found by a block or not.</summary>
public static class Evaluation
{
    /// <summary>At one threshold: pairs that weigh more are one person.</summary>
    public static Score At(double threshold, IReadOnlyList<(int Left, int Right, double Weight)> pairs, Truth truth)
    {
        var said = pairs.Where(pair => pair.Weight > threshold).ToList();
        return new(threshold, said.LongCount(pair => truth.IsOne(pair.Left, pair.Right)), said.Count, truth.Total);
    }

    /// <summary>At the threshold with the best F1, the areas under the ROC and the precision-recall curve (average precision).</summary>
    public static (Score Best, double RocArea, double AveragePrecision) Of(IReadOnlyList<(int Left, int Right, double Weight)> pairs, Truth truth, int people)
    {
        var sorted = pairs.OrderByDescending(pair => pair.Weight).ToList();
        var best = new Score(double.PositiveInfinity, 0, 0, truth.Total);
        long right = 0;
        double area = 0;
        double precision = 0;
        double negatives = ((double)people * (people - 1) / 2) - truth.Total;
        for (var from = 0; from < sorted.Count;)
        {
            var to = from;
            long found = 0;
            while (to < sorted.Count && sorted[to].Weight == sorted[from].Weight)
            {
                found += truth.IsOne(sorted[to].Left, sorted[to].Right) ? 1 : 0;
                to++;
            }

            var wrong = to - from - found;
            area += wrong * (right + (found / 2.0));
            right += found;
            precision += found * ((double)right / to);
            var below = to < sorted.Count ? (sorted[to].Weight + sorted[from].Weight) / 2 : sorted[from].Weight - 1;
            var score = new Score(below, right, to, truth.Total);
            best = score.F1 > best.F1 ? score : best;
            from = to;
        }

        // Pairs that no block brought together come last, in no order: the line from here to the corner.
        var unseen = negatives - (sorted.Count - right);
        area += unseen * (right + ((truth.Total - right) / 2.0));
        return (best, truth.Total == 0 || negatives <= 0 ? 1 : area / (negatives * truth.Total), truth.Total == 0 ? 1 : precision / truth.Total);
    }

    /// <summary>Groups, as all the pairs inside them.</summary>
    public static Score OfGroups(double threshold, int[] groups, Truth truth)
    {
        long right = 0;
        long said = 0;
        foreach (var group in groups.Select((group, person) => (group, person)).GroupBy(pair => pair.group, pair => pair.person))
        {
            var members = group.ToArray();
            for (var i = 0; i < members.Length; i++)
            {
                for (var j = i + 1; j < members.Length; j++)
                {
                    said++;
                    right += truth.IsOne(members[i], members[j]) ? 1 : 0;
                }
            }
        }

        return new(threshold, right, said, truth.Total);
    }
}
