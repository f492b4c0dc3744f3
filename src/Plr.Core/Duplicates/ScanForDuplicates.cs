using System.Threading.Channels;
using Plr.Core.Learners;
using Plr.Core.Matching;
using Plr.Core.Responses;

namespace Plr.Core.Duplicates;

/// <summary>
/// Scans the whole register for learners who may be one person and puts the pairs onto the work list: all pairs that share a block of the find index, never
/// all pairs (docs/explain/matching.md). What was told apart stays apart, what is listed takes the new weight.
/// </summary>
public sealed class ScanForDuplicates(ILearnerFeed feed, AddPossibleDuplicates add, MatchWeights weights)
{
    private const int PairsAhead = 100_000;

    /// <summary>What a scan came to.</summary>
    /// <param name="Code">DuplicatesCounted, or why not.</param>
    /// <param name="Report">What was looked at; null when nothing was.</param>
    /// <param name="Counts">What became of the pairs.</param>
    public sealed record Answer(ResponseCode Code, ScanReport? Report, DuplicatesCounted Counts);

    /// <summary>Scans.</summary>
    /// <param name="threshold">Pairs that weigh more, in bits, go onto the list: above 0 one person is likelier than two.</param>
    /// <param name="progress">Learners read so far.</param>
    /// <param name="access">The register's own.</param>
    /// <param name="ct">Stops; what is listed stays, and a scan that is run again goes over all.</param>
    public async Task<Answer> RunAsync(double threshold, IProgress<long>? progress, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.AddPossibleDuplicates, Subject.None).Refusal is { } refusal)
        {
            return new(refusal, null, new(0, 0, 0));
        }

        var read = 0L;
        var (everybody, _) = await LearnerFollower.ReadAsync(feed, piece => progress?.Report(read += piece), access, ct);

        // The cores weigh while the store keeps; when it is slower they wait, and when it fails they stop.
        var pairs = System.Threading.Channels.Channel.CreateBounded<WeighedPair>(PairsAhead);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var scanning = ScanAsync(everybody, threshold, pairs.Writer, over.Token);
        try
        {
            var counted = await add.RunAsync(pairs.Reader.ReadAllAsync(ct).ToBlockingEnumerable(ct), access, ct);
            return new(counted.Code, await scanning, counted.Counts);
        }
        finally
        {
            await over.CancelAsync();
            await ((Task)scanning).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<ScanReport> ScanAsync(FindIndex everybody, double threshold, ChannelWriter<WeighedPair> pairs, CancellationToken ct)
    {
        await Task.Yield();
        try
        {
            return new DuplicateScan(everybody, weights) { Threshold = threshold }
                .Run(pair => Give(new(Uln.FromStem((int)pair.One), Uln.FromStem((int)pair.Other), pair.Weight), pairs, ct), ct);
        }
        finally
        {
            pairs.Complete();
        }
    }

    // On the thread of a core that weighs: it has nothing else to do than wait.
    private static void Give(WeighedPair pair, ChannelWriter<WeighedPair> pairs, CancellationToken ct)
    {
        while (!pairs.TryWrite(pair))
        {
            pairs.WaitToWriteAsync(ct).AsTask().GetAwaiter().GetResult();
        }
    }
}
