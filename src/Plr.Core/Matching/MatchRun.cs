using System.Diagnostics;

namespace Plr.Core.Matching;

/// <summary>People put into blocks, weights learned from them, their pairs weighed: what an evaluation and a scan for duplicates begin with.</summary>
public sealed class MatchRun
{
    /// <summary>What a pair must weigh to be said one person, in bits: likelier than not.</summary>
    public const double Threshold = 0;

    private MatchRun(IReadOnlyList<PreparedPerson> people, MatchWeights weights, List<(int Left, int Right, double Weight)> pairs)
    {
        People = people;
        Weights = weights;
        Matcher = new(weights);
        Pairs = pairs;
    }

    public IReadOnlyList<PreparedPerson> People { get; }

    public MatchWeights Weights { get; }

    public Matcher Matcher { get; }

    /// <summary>The pairs that shared a block.</summary>
    public IReadOnlyList<(int Left, int Right, double Weight)> Pairs { get; }

    public TimeSpan Blocking { get; private init; }

    public TimeSpan Training { get; private init; }

    public TimeSpan Weighing { get; private init; }

    /// <summary>Runs.</summary>
    /// <param name="people">The people.</param>
    /// <param name="given">Weights to use as they are; null to learn them from the people, without labels.</param>
    public static MatchRun Of(IReadOnlyList<PreparedPerson> people, MatchWeights? given = null)
    {
        var start = Stopwatch.GetTimestamp();
        var found = PairFinder.Find(people);
        var blocked = Stopwatch.GetTimestamp();
        var weights = given ?? WeightTraining.Train(people, found, MatchWeights.Shipped, $"Learned without labels from {people.Count} records.");
        var trained = Stopwatch.GetTimestamp();
        var matcher = new Matcher(weights);
        var pairs = new List<(int Left, int Right, double Weight)>(found.Count);
        foreach (var pair in found)
        {
            pairs.Add((pair.Left, pair.Right, matcher.Weigh(people[pair.Left].View, people[pair.Right].View, pair.Levels)));
        }

        return new(people, weights, pairs)
        {
            Blocking = Stopwatch.GetElapsedTime(start, blocked),
            Training = Stopwatch.GetElapsedTime(blocked, trained),
            Weighing = Stopwatch.GetElapsedTime(trained),
        };
    }

    /// <summary>The group of each person.</summary>
    public int[] Groups(double threshold = Threshold) => Grouping.Group(People, Matcher, Pairs, threshold);
}
