using System.Runtime.InteropServices;

namespace Plr.Core.Matching;

/// <summary>Two learners who may be one person.</summary>
/// <param name="One">The number under which one was added, who came first.</param>
/// <param name="Other">That of the other.</param>
/// <param name="Weight">In bits, as of <see cref="Matcher"/>.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct DuplicatePair(uint One, uint Other, double Weight);

/// <summary>What a scan did.</summary>
/// <param name="People">How many were scanned.</param>
/// <param name="Blocks">Keys that two or more share.</param>
/// <param name="Looked">Pairs that were looked at, in each block that they share.</param>
/// <param name="Weighed">Pairs that were weighed, each once.</param>
/// <param name="Found">Pairs above the threshold.</param>
/// <param name="LargeBlocks">Blocks of which each member was compared with its neighbours only.</param>
/// <param name="InLargeBlocks">How many members those have in all.</param>
public sealed record ScanReport(int People, long Blocks, long Looked, long Weighed, long Found, long LargeBlocks, long InLargeBlocks);

/// <summary>
/// Looks through a whole index for learners who have more than one number: all pairs that share a key, never all pairs. The index's table of keys is the blocks, so that the scan needs
/// two bytes a learner beside it. A pair that shares several keys is weighed under one of them. A block of more than <see cref="LargestWhole"/> is put into the order of its
/// members' texts and each is compared with its next neighbours: two hundred thousand people of one name and birthday are the work of so many, not of their pairs.
/// </summary>
public sealed class DuplicateScan(FindIndex index, MatchWeights weights)
{
    /// <summary>Larger blocks are compared by neighbours, and counted.</summary>
    public const int LargestWhole = 400;

    internal const int Neighbours = 6;
    private const int BucketsAtOnce = 1 << 12;

    private readonly Lock _gate = new();
    private readonly HashSet<ulong> _ofLarge = [];

    /// <summary>What a pair must weigh more than, in bits.</summary>
    public double Threshold { get; init; } = MatchRun.Threshold;

    /// <summary>How many cores to use.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Gives each pair above the threshold once, in no order, one at a time. Only pairs of large blocks are held until the end.</summary>
    public ScanReport Run(Action<DuplicatePair> visit, CancellationToken ct = default)
    {
        var matcher = new Matcher(FindIndex.WeightsFor(weights, index.Count));
        var rarities = new NameRarities(index.People, matcher, Workers);
        var total = new BlockPairs.Tally();
        var chunks = (index.Table.Buckets + BucketsAtOnce - 1) / BucketsAtOnce;
        _ofLarge.Clear();
        Parallel.For(
            0,
            chunks,
            new ParallelOptions { MaxDegreeOfParallelism = Workers, CancellationToken = ct },
            () => new BlockPairs(index, matcher, rarities, Threshold, (pair, isOfLarge) => Give(pair, isOfLarge, visit)),
            (chunk, _, pairs) =>
            {
                pairs.Look(chunk * BucketsAtOnce, Math.Min(index.Table.Buckets, (chunk + 1) * BucketsAtOnce));
                return pairs;
            },
            pairs =>
            {
                lock (_gate)
                {
                    total.Add(pairs.Done);
                }
            });
        return new(index.Count, total.Blocks, total.Looked, total.Weighed, total.Found, total.LargeBlocks, total.InLargeBlocks);
    }

    private bool Give(DuplicatePair pair, bool isOfLarge, Action<DuplicatePair> visit)
    {
        lock (_gate)
        {
            // Neighbours in one large block may be neighbours in another.
            if (isOfLarge && !_ofLarge.Add(((ulong)pair.One << 32) | pair.Other))
            {
                return false;
            }

            visit(pair);
            return true;
        }
    }
}
