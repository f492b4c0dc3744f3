using System.Globalization;
using Plr.Core.Responses;

namespace Plr.Core.Matching;

/// <summary>
/// Learns match weights from the register itself, without anybody saying who is who (docs/explain/matching.md, "Learning without labels"). Nothing is changed: the weights are for a person
/// to review, and for a server that is told to use them. The shipped weights bound what is learned. The register is read twice: once into an index, which takes some 120 bytes
/// a learner, once for those who were drawn, who take about half a kilobyte a pair.
/// </summary>
public sealed class TrainWeights(ILearnerFeed feed, TimeProvider time)
{
    // Of levels and of names: as a person reads them.
    private const int Digits = 6;
    private const int DigitsOfNames = 4;

    /// <summary>What is asked.</summary>
    /// <param name="MostPairs">Learns from about so many pairs at most.</param>
    /// <param name="Seed">Another number draws others.</param>
    public sealed record Request(int MostPairs, ulong Seed);

    /// <summary>What came of it.</summary>
    /// <param name="Refusal">Why not; null when it was done.</param>
    /// <param name="Weights">Null when it was refused.</param>
    public sealed record Answer(ResponseCode? Refusal, MatchWeights? Weights);

    /// <summary>Learns.</summary>
    /// <param name="request">How much.</param>
    /// <param name="progress">Learners read so far, each twice.</param>
    /// <param name="access">The register's own.</param>
    /// <param name="ct">Stops.</param>
    public async Task<Answer> RunAsync(Request request, IProgress<long>? progress, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.TrainWeights, Subject.None).Refusal is { } refusal)
        {
            return new(refusal, null);
        }

        var read = 0L;
        var shipped = MatchWeights.Shipped;
        var (everybody, _) = await LearnerFollower.ReadAsync(feed, piece => progress?.Report(read += piece), access, ct);
        var drawn = RegisterSample.Draw(everybody, shipped, request.MostPairs, request.Seed, ct);
        await feed.ReadAllAsync(
            piece =>
            {
                drawn.Take(piece);
                progress?.Report(read += piece.Count);
            },
            access,
            ct);
        var sample = drawn.Compared();
        var origin = $"Learned without labels from a register, bounded by the weights {shipped.Edition}.";
        var learned = WeightTraining.Train(sample, shipped, origin, NameFrequencies.Of(everybody, shipped));
        var now = time.GetUtcNow();
        var matches = Rounded(sample.Pairs.Count == 0 ? 0 : Math.Max(0, (learned.MatchShare * sample.PairsOfPart) - 1));

        // Whoever weighs by the file itself reckons with as many strangers as a search does.
        return new(null, Rounded(FindIndex.WeightsFor(learned, Math.Max(everybody.Count, LiveIndex.FewestPeople)) with
        {
            Edition = string.Create(CultureInfo.InvariantCulture, $"trained-{now:yyyyMMdd'T'HHmmss'Z'}"),
            Training = new(now, drawn.Learners, sample.Pairs.Count, Rounded(sample.Part), matches, request.Seed, shipped.Edition!),
        }));
    }

    private static MatchWeights Rounded(MatchWeights weights) => weights with
    {
        MatchShare = Rounded(weights.MatchShare),
        RelativeShare = Rounded(weights.RelativeShare),
        TwinShare = Rounded(weights.TwinShare),
        Fields = weights.Fields.ToDictionary(pair => pair.Key, pair => new FieldWeights(Rounded(pair.Value.Match), Rounded(pair.Value.Chance), Rounded(pair.Value.Rest, DigitsOfNames))),
        Frequencies = weights.Frequencies.ToDictionary(
            table => table.Key, table => (IReadOnlyDictionary<string, double>)table.Value.ToDictionary(name => name.Key, name => Rounded(name.Value, DigitsOfNames))),
    };

    private static double[] Rounded(IReadOnlyList<double> shares) => [.. shares.Select(share => Rounded(share))];

    private static double Rounded(double share, int digits = Digits) => double.Parse(share.ToString($"G{digits}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
