using System.Diagnostics;
using System.Globalization;
using Plr.Core;
using Plr.Core.Learners;
using Plr.Core.LearningEvents;

namespace Plr.Bench;

/// <summary>Reading a record with its entry in the trail, durable before it is given: one reader, then 32 at once.</summary>
internal static class RecordBench
{
    public static async Task<int> RunAsync(string[] args)
    {
        var engine = args.ElementAtOrDefault(0) ?? "sqlite";
        var events = int.Parse(args.ElementAtOrDefault(1) ?? "30", CultureInfo.InvariantCulture);
        const int learners = 200;
        await using var register = await BenchRegister.OpenAsync(engine);
        await register.RegisterAsync(learners);
        await register.LoadAsync(register.WriteFile(learners * events));
        var ulns = register.Learners.Select(learner => Uln.Parse(learner.Uln)).ToArray();
        var read = register.Get<GetLearningEvents>();

        async Task OneAsync(int i)
        {
            var uln = ulns[i % ulns.Length];
            var access = new Access(new Actor(Roles.Learner, null, "Bench", null, uln), Channel.LearnerSite, Purpose.OwnRecord, "bench");
            var answer = await read.RunAsync(uln, null, access);
            if (answer.Record?.Events.Count != events)
            {
                throw new InvalidOperationException($"Not {events} events but {answer.Record?.Events.Count}: {answer.Code}.");
            }
        }

        for (var i = 0; i < 200; i++)
        {
            await OneAsync(i);
        }

        var times = new List<double>();
        for (var i = 0; i < 1000; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await OneAsync(i);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        times.Sort();
        var watch = Stopwatch.StartNew();
        await Parallel.ForAsync(0, 4000, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, _) => await OneAsync(i));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{engine}, record of {events} events with its entry in the trail: median {times[500]:F2} ms, p95 {times[950]:F2} ms; 32 at once: {4000 / watch.Elapsed.TotalSeconds:F0} records/s"));
        await PageAsync(register, ulns[0], engine, events);
        return 0;
    }

    /// <summary>The learner's own page of the same record, over loopback with the session read and the trail written each time.</summary>
    private static async Task PageAsync(BenchRegister register, Uln uln, string engine, int events)
    {
        using var client = await register.SignInAsync(uln);
        var times = new List<double>();
        var length = 0;
        for (var i = 0; i < 700; i++)
        {
            var start = Stopwatch.GetTimestamp();
            length = (await client.GetStringAsync(new Uri("learner", UriKind.Relative))).Length;
            if (i >= 200)
            {
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        times.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{engine}, page /learner of {events} events ({length / 1024} KiB): median {times[250]:F2} ms, p95 {times[475]:F2} ms"));
    }
}
