using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using DuckDB.NET.Data;
using Plr.Core.Matching;

namespace Plr.Bench;

/// <summary>
/// The duplicate scan of an invented register of which one learner in twenty-five has a second number with a fault, against DuckDB's self-join of the very same keys in the same run:
/// pairs that share a key, each once, weighed by equality of the fields, the likeliest kept.
/// </summary>
internal static class DuplicatesBench
{
    public static async Task<int> RunAsync(string[] args)
    {
        var learners = int.Parse(args.ElementAtOrDefault(0) ?? "1000000", CultureInfo.InvariantCulture);
        var folder = Directory.CreateTempSubdirectory("plr-bench").FullName;
        try
        {
            var rate = Scan(learners);
            var join = await JoinAsync(learners, Path.Combine(folder, "register.duckdb"));
            Say($"the scan is {rate / join:F1} times as fast as DuckDB's join (at least 2 times Splink's on DuckDB wanted)");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static double Scan(int learners)
    {
        var watch = Stopwatch.StartNew();
        var index = new FindIndex();
        foreach (var (number, text) in InventedRegister.WithDuplicates(learners))
        {
            index.Add(number, PreparedPerson.Of(text));
        }

        index.Seal();
        Say($"index: {index.Count} records made, prepared and sealed in {watch.Elapsed.TotalSeconds:F1} s, {(double)index.Bytes / index.Count:F1} bytes a record");
        var right = 0;
        var cpu = Environment.CpuUsage.TotalTime;
        watch.Restart();
        var report = new DuplicateScan(index, MatchWeights.Shipped).Run(pair => right += pair.Other - pair.One == 1 && InventedRegister.IsCopy(pair.Other) ? 1 : 0);
        var rate = report.People / watch.Elapsed.TotalSeconds;
        Say($"scan: {report.People} records in {watch.Elapsed.TotalSeconds:F1} s, {rate:F0} a second, {(Environment.CpuUsage.TotalTime - cpu).TotalSeconds:F1} s of CPU; {report.Blocks} blocks, {report.Looked} pairs looked at, {report.Weighed} weighed, {report.Found} found");
        Say($"scan: {100.0 * right / InventedRegister.Copies(learners):F1} % of the copies found; {report.LargeBlocks} large blocks with {report.InLargeBlocks} members; peak memory {Peak()} MiB (at most 2000 wanted at 5 million)");
        return rate;
    }

    private static async Task<double> JoinAsync(int learners, string path)
    {
        await using var connection = new DuckDBConnection($"Data Source={path}");
        await connection.OpenAsync();
        await ExecuteAsync(connection, "SET memory_limit = '6GB'; SET preserve_insertion_order = false");
        await ExecuteAsync(connection, "CREATE TABLE person (id INTEGER, given VARCHAR, family VARCHAR, born INTEGER, gender INTEGER, postcode VARCHAR); CREATE TABLE block (key UBIGINT, id INTEGER)");
        Append(connection, learners);
        var cpu = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        await ExecuteAsync(connection, "CREATE TABLE whole AS SELECT key, id FROM block WHERE key IN (SELECT key FROM block GROUP BY key HAVING count(*) BETWEEN 2 AND 400)");
        var (looked, found) = await TwoAsync(connection, Join);
        var rate = learners / watch.Elapsed.TotalSeconds;
        Say($"DuckDB: {learners} records in {watch.Elapsed.TotalSeconds:F1} s, {rate:F0} a second, {(Environment.CpuUsage.TotalTime - cpu).TotalSeconds:F1} s of CPU; {looked} pairs, {found} found (its keys and tables were made beforehand)");
        return rate;
    }

    // What a set-based scan needs at least: the pairs once each, and the levels of the fields as Splink's own models have them.
    private const string Join = """
        WITH pair AS (SELECT DISTINCT l.id AS one, r.id AS other FROM whole l JOIN whole r ON l.key = r.key AND l.id < r.id),
        weighed AS (
            SELECT CASE WHEN a.given = b.given THEN 6.5 WHEN jaro_winkler_similarity(a.given, b.given) >= 0.92 THEN 3.9 WHEN jaro_winkler_similarity(a.given, b.given) >= 0.8 THEN -0.8 ELSE -4.5 END
                 + CASE WHEN a.family = b.family THEN 9 WHEN jaro_winkler_similarity(a.family, b.family) >= 0.92 THEN 4.3 WHEN jaro_winkler_similarity(a.family, b.family) >= 0.8 THEN -0.5 ELSE -4 END
                 + CASE WHEN a.born = b.born THEN 12.1 WHEN levenshtein(a.born::VARCHAR, b.born::VARCHAR) = 1 THEN 3.8 ELSE -6.4 END
                 + CASE WHEN a.postcode = b.postcode THEN 13.5 WHEN a.postcode[1:4] = b.postcode[1:4] THEN 3.3 ELSE -2.4 END
                 + CASE WHEN a.gender = b.gender THEN 1 ELSE -4.6 END AS weight
            FROM pair JOIN person a ON a.id = one JOIN person b ON b.id = other)
        SELECT count(*), count(*) FILTER (weight > 22) FROM weighed
        """;

    private static void Append(DuckDBConnection connection, int learners)
    {
        Span<ulong> keys = stackalloc ulong[BlockingKeys.MostIndexed];
        using var people = connection.CreateAppender("person");
        using var blocks = connection.CreateAppender("block");
        foreach (var (number, text) in InventedRegister.WithDuplicates(learners))
        {
            people.CreateRow().AppendValue((int)number).AppendValue(text.GivenName).AppendValue(text.FamilyName).AppendValue(text.BirthDate).AppendValue(text.Gender).AppendValue(text.Postcode).EndRow();
            var person = PreparedPerson.Of(text with { Email = null });
            var own = keys[..BlockingKeys.Indexed(person.View, keys)];
            own.Sort();
            for (var at = 0; at < own.Length; at++)
            {
                if (at == 0 || own[at] != own[at - 1])
                {
                    blocks.CreateRow().AppendValue(own[at]).AppendValue((int)number).EndRow();
                }
            }
        }
    }

    private static async Task ExecuteAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<(long First, long Second)> TwoAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    private static long Peak() => Process.GetCurrentProcess().PeakWorkingSet64 >> 20;

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
