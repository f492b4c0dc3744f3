using Plr.Core.Demo;

namespace Plr.Core.Matching;

/// <summary>
/// Learns weights from people among whom nobody has said who is who. How often levels are seen by chance comes from pairs taken at random;
/// how often in one person, by expectation and maximisation over the pairs that share a block, weighed as a part of all pairs there are, so that what
/// the blocks were made of counts no more than anything else. The shipped weights count as some pairs that were seen before: a small file
/// or a rare level cannot run away with it.
/// </summary>
public static class WeightTraining
{
    private const int Rounds = 30;
    private const int FinerRounds = 3;

    // How many relatives, and twins, a record has in the same file, as a guess that holds for schools and towns, to begin with. Twins and a person whose given name
    // differs look alike but for their numbers, so some of that guess stays beside those that are found.
    private const double RelativesOfOne = 0.3;
    private const double TwinsOfOne = 0.01;
    private const double PartOfTwins = 0.2;

    private const int RandomPairs = 400_000;
    private const int AllPairsBelow = 1_100;

    // A field does not differ in one person more than so many times as often as in the shipped weights. Relatives and namesakes agree on names and
    // differ in the rest: without a bound, a file with few fields would take them for one person and learn that persons differ.
    // The given name is what tells twins apart, so where there are more twins than this share of the matches its bound is narrower.
    private const double MostDifferent = 3;
    private const double MostDifferentGiven = 1.5;
    private const double ManyTwins = 0.02;

    // Nor is anything much rarer by chance than there.
    private const double LeastOfShipped = 0.1;

    // A register's pairs are those that searching did not prevent and that share one of nine keys: they say too little of persons who are far from themselves. No level of
    // one person is rarer than this part of the shipped.
    private const double LeastMatchOfRegister = 1.0 / 3;

    // What the shipped weights count for, in pairs: at least, and of those that were found.
    private const double LeastFaith = 20;
    private const double ShareOfFaith = 0.02;

    /// <summary>Learns from pairs that <see cref="PairFinder"/> found.</summary>
    public static MatchWeights Train(IReadOnlyList<PreparedPerson> people, IReadOnlyList<ComparedPair> pairs, MatchWeights start, string origin) =>
        Train(new() { People = people, Pairs = pairs, Random = people, Learners = people.Count }, start, origin, weights => Frequencies.Add(weights, people, pairs));

    /// <summary>Learns from a sample.</summary>
    /// <param name="sample">Of all pairs that are worth comparing, or of a part of them.</param>
    /// <param name="start">What to begin with and to be bounded by.</param>
    /// <param name="origin">Where the new weights come from, in words.</param>
    /// <param name="addFrequencies">Adds how common values are.</param>
    internal static MatchWeights Train(TrainingSample sample, MatchWeights start, string origin, Func<MatchWeights, MatchWeights> addFrequencies)
    {
        var random = new LevelTally();
        Sample(sample.Random, random);
        var patterns = sample.Pairs.GroupBy(pair => pair.Levels.Bits).Select(group => (Levels: new MatchLevels(group.Key), Count: group.LongCount())).ToArray();
        var learned = start with
        {
            Version = MatchWeights.CurrentVersion,
            Edition = null,
            Origin = origin,
            MatchShare = Math.Clamp(sample.Learners * 0.3 / sample.AllPairs, 1e-12, 0.1),
            RelativeShare = Math.Clamp(RelativesOfOne / Math.Max(1, sample.Learners), 1e-12, 0.1),
            TwinShare = Math.Clamp(TwinsOfOne / Math.Max(1, sample.Learners), 1e-12, 0.1),
        };
        learned = learned with { Fields = Maximise(start, new LevelTally(), random, sample) };
        for (var round = 0; round < Rounds; round++)
        {
            var matches = new LevelTally();
            var bits = Bits(learned);
            var prior = Math.Log2(learned.MatchShare / (1 - learned.MatchShare));
            foreach (var (levels, count) in patterns)
            {
                matches.Add(levels, count * Matcher.Probability(prior + Sum(bits, levels)));
            }

            learned = learned with
            {
                MatchShare = Math.Clamp((matches.Pairs + 1) / sample.PairsOfPart, 1e-12, 0.5),
                Fields = Maximise(start, matches, random, sample),
            };
        }

        for (var round = 0; round < FinerRounds; round++)
        {
            learned = Refine(addFrequencies(learned), sample, start, random);
        }

        return addFrequencies(learned);
    }

    // Once more with all that the matcher knows: how rare a value is, and who may be a relative.
    private static MatchWeights Refine(MatchWeights learned, TrainingSample sample, MatchWeights start, LevelTally random)
    {
        var matcher = new Matcher(learned);
        var matches = new LevelTally();
        double relatives = 0;
        double twins = 0;
        Span<double> lines = stackalloc double[MatchFields.Count];
        foreach (var pair in sample.Pairs)
        {
            var weight = matcher.Weigh(sample.People[pair.Left].View, sample.People[pair.Right].View, pair.Levels, lines, out var rivals);
            var probability = Matcher.Probability(weight);
            matches.Add(pair.Levels, probability);
            relatives += (1 - probability) * double.Exp2(weight - rivals.Relatives);
            twins += (1 - probability) * double.Exp2(weight - rivals.Twins);
        }

        learned = learned with
        {
            MatchShare = Math.Clamp((matches.Pairs + 1) / sample.PairsOfPart, 1e-12, 0.5),
            RelativeShare = Math.Clamp(((RelativesOfOne * LeastFaith) + relatives) / sample.PairsOfPart, 1e-12, 0.1),
            TwinShare = Math.Clamp(((PartOfTwins * TwinsOfOne * sample.Learners * sample.Part / 2) + twins) / sample.PairsOfPart, 1e-12, 0.1),
            Fields = Maximise(start, matches, random, sample, twins),
        };

        // Most relatives share none of a register's keys: there are as many at least as a search reckons with.
        var usual = FindIndex.WeightsFor(start, (int)Math.Min(int.MaxValue, sample.Learners));
        return !sample.IsOfRegister
            ? learned
            : learned with { RelativeShare = Math.Max(learned.RelativeShare, usual.RelativeShare), TwinShare = Math.Max(learned.TwinShare, usual.TwinShare) };
    }

    private static double[][] Bits(MatchWeights weights) => [.. Enum.GetValues<MatchField>().Select(field => LevelBits.Of(field, weights.Fields[field]))];

    private static double Sum(double[][] bits, MatchLevels levels)
    {
        double sum = 0;
        for (var field = 0; field < MatchFields.Count; field++)
        {
            sum += bits[field][levels[(MatchField)field]];
        }

        return sum;
    }

    private static void Sample(IReadOnlyList<PreparedPerson> people, LevelTally tally)
    {
        if (people.Count < AllPairsBelow)
        {
            for (var i = 0; i < people.Count; i++)
            {
                for (var j = i + 1; j < people.Count; j++)
                {
                    tally.Add(Comparison.Of(people[i].View, people[j].View), 1);
                }
            }

            return;
        }

        var random = new DemoRandom(4);
        for (var pair = 0; pair < RandomPairs; pair++)
        {
            var i = random.Below(people.Count);
            var j = random.Below(people.Count);
            if (i != j)
            {
                tally.Add(Comparison.Of(people[i].View, people[j].View), 1);
            }
        }
    }

    private static Dictionary<MatchField, FieldWeights> Maximise(MatchWeights start, LevelTally matches, LevelTally random, TrainingSample sample, double twins = 0)
    {
        var fields = new Dictionary<MatchField, FieldWeights>();
        foreach (var field in Enum.GetValues<MatchField>())
        {
            var before = start.Fields[field];
            var count = before.Match.Count;
            var m = new double[count];
            var u = new double[count];
            var seen = matches.Known(field);
            var faith = Math.Max(LeastFaith, ShareOfFaith * seen);
            // What of the pairs at random is one person is no chance.
            var scale = random.Pairs / sample.PairsOfPart;
            var known = Math.Max(0, random.Known(field) - (scale * seen));
            for (var level = 1; level < count; level++)
            {
                m[level] = (matches[field, level] + (faith * before.Match[level])) / (seen + faith);
                var byChance = Math.Max(0, random[field, level] - (scale * matches[field, level]));
                u[level] = Math.Clamp((byChance + (LeastFaith * before.Chance[level])) / (known + LeastFaith), LeastOfShipped * before.Chance[level], 1);
            }

            Bound(m, (field == MatchField.GivenName && twins > ManyTwins * matches.Pairs ? MostDifferentGiven : MostDifferent) * before.Match[1]);
            if (sample.IsOfRegister)
            {
                Floor(m, before.Match);
            }

            fields[field] = new(m, u, before.Rest);
        }

        return fields;
    }

    private static void Bound(double[] m, double most)
    {
        var over = m[1] - most;
        if (over <= 0)
        {
            return;
        }

        var rest = 1 - m[1];
        m[1] = most;
        for (var level = 2; level < m.Length; level++)
        {
            m[level] += over * m[level] / rest;
        }
    }

    // What a level is raised by, the commonest gives.
    private static void Floor(double[] m, IReadOnlyList<double> shipped)
    {
        var most = Array.IndexOf(m, m.Max());
        for (var level = 1; level < m.Length; level++)
        {
            var least = LeastMatchOfRegister * shipped[level];
            if (level != most && m[level] < least)
            {
                m[most] -= least - m[level];
                m[level] = least;
            }
        }
    }
}
