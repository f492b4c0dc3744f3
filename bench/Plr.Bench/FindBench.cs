using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;
using Plr.Core.Matching;
using Plr.Store;

namespace Plr.Bench;

/// <summary>
/// Faulty searches in the find index, against the best tolerant query that PostgreSQL and SQLite have for the same searches in the same run. Beside each stands how
/// many of the searches found the right learner among the ten likeliest.
/// </summary>
internal static class FindBench
{
    private const int Answer = 10;
    private const int Searches = 200_000;
    private const int SqlSearches = 20_000;
    private const int PostgresConnections = 4;
    private const int Builds = 3;

    public static async Task<int> RunAsync(string[] args)
    {
        var learners = int.Parse(args.ElementAtOrDefault(0) ?? "1000000", CultureInfo.InvariantCulture);
        var watch = Stopwatch.StartNew();
        var index = InventedRegister.Index(learners);
        Say($"index: {learners} learners made, prepared and sealed in {watch.Elapsed.TotalSeconds:F1} s, {(double)index.Bytes / learners:F1} bytes a learner (at most 120 wanted)");
        var searches = InventedRegister.Searches(learners, Searches);
        var ours = Index(index, searches);
        foreach (var engine in (args.ElementAtOrDefault(1) ?? "sqlite,postgres").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            await CompareAsync(engine, learners, ours, searches);
        }

        return 0;
    }

    /// <summary>Only the loading of the index from a store, several times.</summary>
    public static async Task<int> LoadAsync(string[] args)
    {
        var learners = int.Parse(args.ElementAtOrDefault(1) ?? "1000000", CultureInfo.InvariantCulture);
        await using var register = await BenchRegister.OpenAsync(args.ElementAtOrDefault(0) ?? "sqlite");
        await StoredRegister.FillAsync(register.Engine, learners);
        for (var round = 0; round < Builds; round++)
        {
            await BuildAsync(register.Engine, learners);
        }

        return 0;
    }

    private static async Task BuildAsync(Engine engine, int learners)
    {
        var (bare, whole) = await StoredRegister.BuildAsync(engine, learners);
        Say($"{engine.Kind}: the learners read bare in {bare.TotalSeconds:F1} s, read and indexed in {whole.TotalSeconds:F1} s: {bare / whole:F2} times as fast (at least 0.5 wanted)");
    }

    private static async Task CompareAsync(string engine, int learners, double ours, List<FaultySearch> searches)
    {
        var isPostgres = engine == "postgres";
        await using var register = await BenchRegister.OpenAsync(engine);
        await StoredRegister.FillAsync(register.Engine, learners);
        await BuildAsync(register.Engine, learners);
        await StoredRegister.FillTolerantAsync(register.Engine, learners);
        await using var source = isPostgres ? NpgsqlDataSource.Create(register.Store.ConnectionString!) : null;
        if (source is not null)
        {
            await ExecuteAsync(source, "CREATE EXTENSION fuzzystrmatch");
            await ExecuteAsync(source, "ANALYZE tolerant");
        }

        DbConnection Open() => source is null ? new SqliteConnection($"Data Source={register.DatabaseFile};Mode=ReadOnly;Pooling=False") : source.CreateConnection();
        var connections = isPostgres ? PostgresConnections : Environment.ProcessorCount;
        foreach (var isWide in (bool[])[false, true])
        {
            await TolerantSql.RateAsync(Open, isPostgres, isWide, connections, searches.GetRange(0, SqlSearches / 5));
            var (rate, found) = await TolerantSql.RateAsync(Open, isPostgres, isWide, connections, searches.GetRange(SqlSearches / 5, SqlSearches));
            Say($"{engine}, {(isWide ? "nine" : "seven")} passes: {rate:F0} searches a second on {connections} connections, {100 * found:F2} % found; the index is {ours / rate:F1} times as fast (at least {(isPostgres ? 100 : 4)} wanted)");
        }
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }

    private static double Index(FindIndex index, List<FaultySearch> searches)
    {
        var matcher = new Matcher(FindIndex.WeightsFor(MatchWeights.Shipped, index.Count));
        var found = 0;
        Each(index, matcher, searches, ref found);
        found = 0;
        var cpu = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        Each(index, matcher, searches, ref found);
        var rate = searches.Count / watch.Elapsed.TotalSeconds;
        var own = (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / searches.Count;
        var (half, most) = Percentiles(index, matcher, searches);
        Say($"index: {rate:F0} searches a second on {Environment.ProcessorCount} cores, {own:F1} µs of CPU each, {100.0 * found / searches.Count:F2} % found; one takes {half:F1} µs at p50, {most:F1} µs at p99: {most / half:F1} times (at most 4 wanted)");
        return rate;
    }

    private static void Each(FindIndex index, Matcher matcher, List<FaultySearch> searches, ref int found)
    {
        var sum = 0;
        Parallel.For(0, Environment.ProcessorCount, worker =>
        {
            Span<Candidate> answer = stackalloc Candidate[Answer];
            var right = 0;
            for (var at = worker; at < searches.Count; at += Environment.ProcessorCount)
            {
                var all = index.Search(searches[at].Person.View, matcher, FindIndex.Possible, answer);
                right += Holds(answer[..Math.Min(all, Answer)], searches[at].Right) ? 1 : 0;
            }

            Interlocked.Add(ref sum, right);
        });
        found += sum;
    }

    private static (double Half, double Most) Percentiles(FindIndex index, Matcher matcher, List<FaultySearch> searches)
    {
        Span<Candidate> answer = stackalloc Candidate[Answer];
        var times = new long[searches.Count];
        for (var at = 0; at < times.Length; at++)
        {
            var start = Stopwatch.GetTimestamp();
            index.Search(searches[at].Person.View, matcher, FindIndex.Possible, answer);
            times[at] = Stopwatch.GetTimestamp() - start;
        }

        Array.Sort(times);
        var tick = 1e6 / Stopwatch.Frequency;
        return (times[times.Length / 2] * tick, times[times.Length * 99 / 100] * tick);
    }

    private static bool Holds(ReadOnlySpan<Candidate> answer, uint number)
    {
        foreach (var candidate in answer)
        {
            if (candidate.Number == number)
            {
                return true;
            }
        }

        return false;
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
