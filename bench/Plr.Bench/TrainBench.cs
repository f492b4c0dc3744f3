using System.Diagnostics;
using System.Globalization;
using Plr.Core;
using Plr.Core.Learners;
using Plr.Core.Matching;

namespace Plr.Bench;

/// <summary>Learning match weights from the invented register of <see cref="DuplicatesBench"/>: how long it takes, the making of the people left out, and the memory at its peak.</summary>
internal static class TrainBench
{
    public static async Task<int> RunAsync(string[] args)
    {
        var learners = int.Parse(args.ElementAtOrDefault(0) ?? "1000000", CultureInfo.InvariantCulture);
        var pairs = int.Parse(args.ElementAtOrDefault(1) ?? "200000", CultureInfo.InvariantCulture);
        var feed = new InventedFeed(learners);
        var watch = Stopwatch.StartNew();
        var weights = (await new TrainWeights(feed, TimeProvider.System).RunAsync(new(pairs, 1), null, Access.Upkeep("bench"))).Weights!;
        var note = weights.Training!;
        Say($"train: {note.Learners} learners in {watch.Elapsed.TotalSeconds:F1} s, of which {feed.Making.TotalSeconds:F1} s made them twice; {note.Pairs} pairs of {note.PartOfBlocks:P1} of the blocks");
        Say($"train: as many as {note.Matches / note.PartOfBlocks:F0} pairs of one person, of {InventedRegister.Copies(learners)} copies; {weights.Frequencies.Values.Sum(table => table.Count)} names");
        Say($"train: peak memory {Process.GetCurrentProcess().PeakWorkingSet64 / 1024 / 1024} MiB");
        return 0;
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private sealed class InventedFeed(int learners) : ILearnerFeed
    {
        private const int InOnePiece = 4096;

        public TimeSpan Making { get; private set; }

        public Task<FeedPoint> ReadAllAsync(Action<IReadOnlyList<FeedLearner>> take, Access access, CancellationToken ct = default)
        {
            var watch = Stopwatch.StartNew();
            foreach (var piece in InventedRegister.WithDuplicates(learners).Chunk(InOnePiece))
            {
                FeedLearner[] made = [.. piece.Select(person => new FeedLearner(UlnOf(person.Number), person.Text))];
                Making += watch.Elapsed;
                take(made);
                watch.Restart();
            }

            return Task.FromResult(new FeedPoint(1, []));
        }

        public Task<(IReadOnlyList<FeedLearner> Changed, FeedPoint Point)> ReadChangesAsync(FeedPoint since, Access access, CancellationToken ct = default) => throw new NotSupportedException();

        public Task<long> EstimateAsync(Access access, CancellationToken ct = default) => Task.FromResult((long)learners);

        public Task ForgetAsync(DateTimeOffset before, Access access, CancellationToken ct = default) => throw new NotSupportedException();

        // Of two stems that follow each other, one begins a ULN at least.
        private static Uln UlnOf(uint number) => Uln.TryFromStem(100_000_000 + (2 * (int)number), out var uln) ? uln : Uln.FromStem(100_000_001 + (2 * (int)number));
    }
}
