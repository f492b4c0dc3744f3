using System.Globalization;
using Plr.Core.Matching;
using Plr.Server.Matching;

namespace Plr.Server.Commands;

/// <summary><c>plr match evaluate</c>: the matcher over a file of which it is known who is who, and the figures. All true pairs count.</summary>
internal sealed class MatchEvaluate(Surroundings around)
{
    private const int FewestOfAKind = 20;

    public sealed record Request(string People, string Map, string? Truth, string? Weights, string? SaveWeights, bool IsTableRow);

    public int Run(Request asked)
    {
        var file = Refusing(asked.People, () => PeopleFile.Read(around.PathTo(asked.People), Map(asked.Map)));
        var truth = asked.Truth is null ? OfColumn(file) : Refusing(asked.Truth, () => Truth.OfPairs(file.Pairs(around.PathTo(asked.Truth))));
        var given = asked.Weights is null ? null : Refusing(asked.Weights, () => MatchWeights.Parse(File.ReadAllText(around.PathTo(asked.Weights))));
        var run = MatchRun.Of(file.People, given);
        if (asked.SaveWeights is not null)
        {
            File.WriteAllText(around.PathTo(asked.SaveWeights), run.Weights.Print());
        }

        var figures = Figures.Of(run, truth);
        if (asked.IsTableRow)
        {
            around.Say(figures.Row(Path.GetFileNameWithoutExtension(asked.People)));
            return ExitCodes.Done;
        }

        Say(file, run, truth, figures);
        return ExitCodes.Done;
    }

    /// <summary>The figures of a run.</summary>
    internal sealed record Figures(int Records, long TruePairs, long Compared, double BlockRecall, Score Best, Score Shipped, double RocArea, double AveragePrecision, Score Grouped, Score BestGrouped)
    {
        public static Figures Of(MatchRun run, Truth truth)
        {
            var (best, area, precision) = Evaluation.Of(run.Pairs, truth, run.People.Count);
            var blocked = run.Pairs.LongCount(pair => truth.IsOne(pair.Left, pair.Right));
            var groups = new[] { -6, -4, -2, MatchRun.Threshold, 2, 4 }.Select(at => Evaluation.OfGroups(at, run.Groups(at), truth)).ToList();
            return new(
                run.People.Count, truth.Total, run.Pairs.Count, truth.Total == 0 ? 1 : (double)blocked / truth.Total, best, Evaluation.At(MatchRun.Threshold, run.Pairs, truth), area, precision,
                groups.Single(score => score.Threshold == MatchRun.Threshold), groups.MaxBy(score => score.F1)!);
        }

        /// <summary>A row of the table in the documentation.</summary>
        public string Row(string name) => string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {Records:N0} | {TruePairs:N0} | {Compared:N0} | {BlockRecall:F4} | {Best.F1:F4} | {Shipped.Precision:F4} | {Shipped.Recall:F4} | {Shipped.F1:F4} | {Grouped.F1:F4} |");
    }

    private static Truth OfColumn(PeopleFile file) => file.Persons.Exists(key => key.Length > 0)
        ? Truth.OfGroups(file.Persons)
        : throw new CommandRefusedException("nobody says who is who: name a column of the people in the map (person), or a file of pairs (--truth).");

    private PeopleMap Map(string name)
    {
        var path = around.PathTo(name);
        return PeopleMap.Parse(File.Exists(path) ? File.ReadAllText(path) : PeopleMap.Shipped(name) ?? throw new FormatException($"There is no map {name}."));
    }

    private T Refusing<T>(string name, Func<T> read)
    {
        if (!File.Exists(around.PathTo(name)))
        {
            throw new CommandRefusedException($"there is no file {name}.");
        }

        try
        {
            return read();
        }
        catch (FormatException fault)
        {
            throw new CommandRefusedException($"{name} could not be read. {fault.Message}");
        }
    }

    private void Say(PeopleFile file, MatchRun run, Truth truth, Figures figures)
    {
        around.Say($"records          {figures.Records:N0}, true pairs {figures.TruePairs:N0} of {(long)figures.Records * (figures.Records - 1) / 2:N0}");
        around.Say($"pairs compared   {figures.Compared:N0}, with {figures.BlockRecall:P2} of the true ones");
        around.Say($"time             blocks and comparison {run.Blocking.TotalSeconds:F1} s, learning {run.Training.TotalSeconds:F1} s, weighing {run.Weighing.TotalSeconds:F1} s");
        around.Say();
        around.Say("                          precision  recall      F1    at (bits)");
        Line("pairs, best threshold", figures.Best);
        Line("pairs, as shipped", figures.Shipped);
        Line("groups, best threshold", figures.BestGrouped);
        Line("groups, as shipped", figures.Grouped);
        around.Say();
        around.Say($"ROC area         {figures.RocArea:F5}");
        around.Say($"average precision {figures.AveragePrecision:F4}");
        SayFaults(file, run, truth);
    }

    private void Line(string name, Score score) => around.Say($"{name,-25} {score.Precision,9:F4} {score.Recall,8:F4} {score.F1,8:F4}    {score.Threshold:F1}");

    // Of the pairs of a person as they are with a copy that has faults: how many are said one person, by kind and by pair of kinds.
    private void SayFaults(PeopleFile file, MatchRun run, Truth truth)
    {
        var said = run.Pairs.Where(pair => pair.Weight > MatchRun.Threshold).Select(pair => (pair.Left, pair.Right)).ToHashSet();
        var kinds = new SortedDictionary<string, (int Right, int All)>(StringComparer.Ordinal);
        foreach (var rows in file.Persons.Select((key, row) => (key, row)).Where(pair => pair.key.Length > 0).GroupBy(pair => pair.key, pair => pair.row))
        {
            var original = rows.FirstOrDefault(row => file.Faults[row].Length == 0, -1);
            foreach (var copy in rows.Where(row => original >= 0 && row != original && file.Faults[row].Length > 0 && truth.IsOne(original, row)))
            {
                var isRight = said.Contains((Math.Min(original, copy), Math.Max(original, copy)));
                Count(kinds, file.Faults[copy], isRight);
            }
        }

        if (kinds.Count > 0)
        {
            around.Say();
            around.Say("recall by faults, as shipped");
        }

        foreach (var (name, (right, all)) in kinds.Where(kind => kind.Value.All >= FewestOfAKind).OrderBy(kind => (double)kind.Value.Right / kind.Value.All))
        {
            around.Say($"{(double)right / all,9:P1} of {all,6:N0}  {name}");
        }
    }

    private static void Count(SortedDictionary<string, (int Right, int All)> kinds, string faults, bool isRight)
    {
        var parts = faults.Split('+').Order(StringComparer.Ordinal).ToArray();
        var name = parts.Length > 2 ? "three and more" : string.Join(" and ", parts);
        var (right, all) = kinds.GetValueOrDefault(name);
        kinds[name] = (right + (isRight ? 1 : 0), all + 1);
    }
}
