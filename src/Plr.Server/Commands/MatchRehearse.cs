using System.Diagnostics;
using Plr.Core.Matching;
using Plr.Core.Matching.Synthesis;

namespace Plr.Server.Commands;

/// <summary><c>plr match rehearse</c>: how often the right learner is found, in a register of invented people.</summary>
internal static class MatchRehearse
{
    private const int WorstPairs = 20;
    private const int EverydayFaults = 7;

    public static int Run(Surroundings around, int learners, int searches, ulong seed, MatchWeights weights)
    {
        var start = Stopwatch.GetTimestamp();
        var rehearsal = new FindRehearsal(learners, seed, weights);
        around.Say($"{Surroundings.Many(learners, "invented learner")} made and indexed in {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s, {(double)rehearsal.Index.Bytes / learners:F1} bytes each");
        around.Say();
        around.Say($"{"what is wrong",-34} {"searches",8}   found   first offered  exact");
        var one = rehearsal.One(searches).ToList();
        one.ForEach(line => Line(around, line));
        var faults = one.Skip(1).ToList();
        Line(around, Sum("one everyday fault", faults.Take(EverydayFaults)));
        Line(around, Sum("one fault", faults));
        var two = rehearsal.Two(Math.Max(1, searches / 5)).ToList();
        Line(around, Sum("two faults of different kinds", two));
        Line(around, rehearsal.Strangers(Math.Max(searches, 100) * 100));
        Line(around, rehearsal.Twins(searches));
        around.Say();
        around.Say("The pairs of kinds that are found least:");
        foreach (var line in two.OrderBy(line => (double)line.Found / Math.Max(1, line.Searches)).Take(WorstPairs))
        {
            Line(around, line);
        }

        return ExitCodes.Done;
    }

    private static Rehearsed Sum(string name, IEnumerable<Rehearsed> lines) => lines.Aggregate(
        new Rehearsed(name, 0, 0, 0, 0, 0),
        (sum, line) => new(name, sum.Searches + line.Searches, sum.Found + line.Found, sum.First + line.First, sum.Offered + line.Offered, sum.Exact + line.Exact));

    private static void Line(Surroundings around, Rehearsed line)
    {
        double all = Math.Max(1, line.Searches);
        around.Say($"{line.Name,-34} {line.Searches,8:N0} {100 * line.Found / all,6:F2}% {100 * line.First / all,6:F2}% {100 * line.Offered / all,6:F2}% {line.Exact,6:N0}");
    }
}
