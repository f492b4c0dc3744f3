using System.Numerics;
using System.Runtime.InteropServices;
using Plr.Core.Demo;

namespace Plr.Core.Matching;

/// <summary>
/// Draws what weights are learned from out of a register that is in an index: pairs of blocks at random until there are enough, and people at random. A pair belongs to one of the blocks
/// that it shares, so each has the same chance to be drawn. The same register and seed draw the same, in whatever order the learners were read.
/// </summary>
internal sealed class RegisterSample
{
    /// <summary>People at random, at most about: how often levels are seen by chance is told by pairs of them.</summary>
    public const int RandomPeople = 20_000;

    // Who weighs less by the shipped weights is one person in a thousand times at most: such pairs would fill the sample and say nothing.
    private const double Threshold = -10;

    private readonly HashSet<(uint Low, uint High)> _pairs = [];
    private readonly HashSet<uint> _random = [];
    private readonly HashSet<uint> _wanted = [];
    private readonly Dictionary<uint, PreparedPerson> _people = [];

    private RegisterSample(int learners) => Learners = learners;

    /// <summary>How many are on the register.</summary>
    public int Learners { get; }

    /// <summary>Which part of the blocks was drawn.</summary>
    public double Part { get; private set; } = 1;

    /// <summary>Draws.</summary>
    /// <param name="index">Everybody, sealed.</param>
    /// <param name="shipped">Says which pairs are worth learning from.</param>
    /// <param name="mostPairs">Stops at the block in which so many are reached.</param>
    /// <param name="seed">Another number draws others.</param>
    /// <param name="ct">Stops between blocks.</param>
    public static RegisterSample Draw(FindIndex index, MatchWeights shipped, int mostPairs, ulong seed, CancellationToken ct)
    {
        var sample = new RegisterSample(index.Count);
        var random = new DemoRandom(seed);
        sample.DrawPairs(index, shipped, mostPairs, random, ct);
        sample.DrawPeople(index, seed);
        sample._wanted.UnionWith(sample._random);
        foreach (var (low, high) in sample._pairs)
        {
            sample._wanted.Add(low);
            sample._wanted.Add(high);
        }

        return sample;
    }

    private void DrawPairs(FindIndex index, MatchWeights shipped, int mostPairs, DemoRandom random, CancellationToken ct)
    {
        var buckets = index.Table.Buckets;
        var matcher = new Matcher(FindIndex.WeightsFor(shipped, index.Count));
        var blocks = new BlockPairs(index, matcher, new(index.People, matcher, Environment.ProcessorCount), Threshold, (pair, _) => _pairs.Add((Math.Min(pair.One, pair.Other), Math.Max(pair.One, pair.Other))));

        var (at, step) = (random.Below(buckets), StepOf(random, buckets));
        for (var done = 0; done < buckets; done++)
        {
            if (_pairs.Count >= mostPairs)
            {
                Part = (double)done / buckets;
                return;
            }

            ct.ThrowIfCancellationRequested();
            blocks.Look(at, at + 1);
            at = (int)(((long)at + step) % buckets);
        }
    }

    // Steps of a length that has no divisor in common with their number come to each once.
    private static int StepOf(DemoRandom random, int buckets)
    {
        int step;
        do
        {
            step = 1 + random.Below(buckets);
        }
        while (BigInteger.GreatestCommonDivisor(step, buckets) != 1);
        return step;
    }

    private void DrawPeople(FindIndex index, ulong seed)
    {
        for (var place = 0; place < index.Count; place++)
        {
            var number = index.People.Number(place);
            if (index.Count <= RandomPeople || new DemoRandom(unchecked((seed * 0x9E3779B97F4A7C15) ^ number)).Below(index.Count) < RandomPeople)
            {
                _random.Add(number);
            }
        }
    }

    /// <summary>Takes whoever was drawn out of a piece of the register, with all that it tells of them: the index holds less.</summary>
    public void Take(IReadOnlyList<FeedLearner> piece)
    {
        foreach (var learner in piece)
        {
            var number = (uint)learner.Uln.Stem;
            if (_wanted.Contains(number) && learner.Text is { } text)
            {
                _people[number] = PreparedPerson.Of(text);
            }
        }
    }

    /// <summary>The sample, compared. Who went from the register meanwhile is not in it.</summary>
    public TrainingSample Compared()
    {
        var numbers = _people.Keys.Order().ToList();
        var people = numbers.ConvertAll(number => _people[number]);
        var places = numbers.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        var pairs = new List<ComparedPair>(_pairs.Count);
        foreach (var (low, high) in _pairs.Order())
        {
            if (places.TryGetValue(low, out var left) && places.TryGetValue(high, out var right))
            {
                pairs.Add(new(left, right, Comparison.Of(people[left].View, people[right].View)));
            }
        }

        return new()
        {
            People = people,
            Pairs = pairs,
            Random = [.. numbers.Where(_random.Contains).Select(number => _people[number])],
            Learners = Learners,
            Part = Part,
            IsOfRegister = true,
        };
    }
}
