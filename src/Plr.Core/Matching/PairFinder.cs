using System.Runtime.InteropServices;

namespace Plr.Core.Matching;

/// <summary>Two people by their places in a list, the smaller first, and how they agree.</summary>
/// <param name="Left">Place.</param>
/// <param name="Right">Place, larger than the other.</param>
/// <param name="Levels">Field by field.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ComparedPair(int Left, int Right, MatchLevels Levels);

/// <summary>
/// Which pairs of a list are worth comparing: those that share a blocking key. Small blocks are compared whole, the smallest first, until the work
/// that the list's size allows is used up; of the others each member is compared with its neighbours in the order of their texts, so that a block of
/// 200,000 people of one name and birthday costs what 200,000 people cost.
/// </summary>
public static class PairFinder
{
    private const int Neighbours = 6;
    private const int LargestWhole = 400;

    /// <summary>The pairs, each once, compared.</summary>
    public static List<ComparedPair> Find(IReadOnlyList<PreparedPerson> people)
    {
        var (keys, owners) = Keys(people);
        var ranks = Ranks(people);
        var seen = new HashSet<ulong>();
        var pairs = new List<ComparedPair>();
        var budget = people.Count * (people.Count <= 10_000 ? 200L : 100L);
        foreach (var (from, count) in Blocks(keys))
        {
            var members = owners.AsSpan(from, count);
            var cost = (long)count * (count - 1) / 2;
            var reach = count <= LargestWhole && cost <= budget ? count : Neighbours;
            if (reach < count)
            {
                members.Sort((a, b) => ranks[a].CompareTo(ranks[b]));
            }
            else
            {
                budget -= cost;
            }

            Pair(people, members, reach, seen, pairs);
        }

        return pairs;
    }

    private static void Pair(IReadOnlyList<PreparedPerson> people, ReadOnlySpan<int> members, int reach, HashSet<ulong> seen, List<ComparedPair> pairs)
    {
        for (var i = 0; i < members.Length; i++)
        {
            for (var j = i + 1; j < members.Length && j - i <= reach; j++)
            {
                var left = Math.Min(members[i], members[j]);
                var right = Math.Max(members[i], members[j]);
                if (left != right && seen.Add(((ulong)left << 32) | (uint)right))
                {
                    pairs.Add(new(left, right, Comparison.Of(people[left].View, people[right].View)));
                }
            }
        }
    }

    // The place of each person in the order of their texts.
    private static int[] Ranks(IReadOnlyList<PreparedPerson> people)
    {
        var order = Enumerable.Range(0, people.Count).ToArray();
        Array.Sort(order, (a, b) => string.CompareOrdinal(people[a].Text, people[b].Text) is var texts and not 0 ? texts : a.CompareTo(b));
        var ranks = new int[people.Count];
        for (var rank = 0; rank < order.Length; rank++)
        {
            ranks[order[rank]] = rank;
        }

        return ranks;
    }

    private static (ulong[] Keys, int[] Owners) Keys(IReadOnlyList<PreparedPerson> people)
    {
        var keys = new List<ulong>(people.Count * 32);
        var owners = new List<int>(people.Count * 32);
        var own = new HashSet<ulong>();
        for (var person = 0; person < people.Count; person++)
        {
            own.Clear();
            BlockingKeys.All(people[person].View, own);
            keys.AddRange(own);
            for (var key = 0; key < own.Count; key++)
            {
                owners.Add(person);
            }
        }

        var sorted = keys.ToArray();
        var by = owners.ToArray();
        Array.Sort(sorted, by);
        return (sorted, by);
    }

    private static List<(int From, int Count)> Blocks(ulong[] keys)
    {
        var blocks = new List<(int From, int Count)>();
        for (var from = 0; from < keys.Length;)
        {
            var to = from + 1;
            while (to < keys.Length && keys[to] == keys[from])
            {
                to++;
            }

            if (to - from > 1)
            {
                blocks.Add((from, to - from));
            }

            from = to;
        }

        // Keys of one size stay in the order of their numbers: the same list gives the same pairs.
        blocks.Sort((a, b) => a.Count != b.Count ? a.Count.CompareTo(b.Count) : a.From.CompareTo(b.From));
        return blocks;
    }
}
