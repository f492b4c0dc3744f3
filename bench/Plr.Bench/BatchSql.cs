using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using DuckDB.NET.Data;
using Npgsql;

namespace Plr.Bench;

/// <summary>The same file of searches by one set-based statement: a join for each pass, the pairs once each, put in order by edit distance and what agrees, the ten nearest of each search.</summary>
internal static class BatchSql
{
    private const string Columns = "(id INTEGER, given VARCHAR, family VARCHAR, previous VARCHAR, born INTEGER, gender INTEGER, postcode VARCHAR, sound BIGINT, previous_sound BIGINT, given_sound BIGINT, canon INTEGER, both_names BIGINT, year INTEGER, day_month INTEGER, initials INTEGER)";

    // The families of keys of the index, each a join by equality.
    private const string Join = """
        WITH pair AS (
            SELECT a.id AS row, p.id AS found FROM asked a JOIN people p ON p.postcode = a.postcode AND p.canon = a.canon
            UNION SELECT a.id, p.id FROM asked a JOIN people p ON p.given_sound = a.given_sound AND p.postcode = a.postcode
            UNION SELECT a.id, p.id FROM asked a JOIN people p ON p.sound = a.sound AND p.postcode = a.postcode
            UNION SELECT a.id, p.id FROM asked a JOIN people p ON p.given_sound = a.given_sound AND p.canon = a.canon
            UNION SELECT a.id, p.id FROM asked a JOIN people p ON p.sound = a.sound AND p.canon = a.canon
            UNION SELECT a.id, p.id FROM asked a JOIN people p ON p.sound = a.previous_sound AND p.canon = a.canon
            UNION SELECT a.id, p.id FROM asked a JOIN people p ON p.both_names = a.both_names AND p.year = a.year
            UNION SELECT a.id, p.id FROM asked a JOIN people p ON p.both_names = a.both_names AND p.day_month = a.day_month
            UNION SELECT a.id, p.id FROM asked a JOIN people p ON p.initials = a.initials AND p.canon = a.canon),
        far AS (
            SELECT row, found, levenshtein(a.given, p.given) + levenshtein(a.family, p.family) + CASE WHEN a.born = p.born THEN 0 ELSE 3 END + CASE WHEN a.postcode = p.postcode THEN 0 ELSE 3 END
                + CASE WHEN a.gender = p.gender THEN 0 ELSE 1 END AS distance
            FROM pair JOIN asked a ON a.id = row JOIN people p ON p.id = found),
        nearest AS (SELECT row, found, row_number() OVER (PARTITION BY row ORDER BY distance, found) AS place FROM far)
        SELECT row AS id, CASE WHEN count(*) > 10 THEN 'too many' ELSE 'possible' END AS outcome, string_agg(CAST(found AS VARCHAR), ' ') FILTER (WHERE place <= 10) AS candidates FROM nearest GROUP BY row
        """;

    public static async Task DuckAsync(string people, string asked, string output, List<uint> right, TimeSpan ours)
    {
        await using var connection = new DuckDBConnection("Data Source=:memory:");
        await connection.OpenAsync();
        await ExecuteAsync(connection, "SET memory_limit = '8GB'; SET preserve_insertion_order = false");
        var watch = Stopwatch.StartNew();
        await ExecuteAsync(connection, $"CREATE TABLE people {Columns}; COPY people FROM '{people}' (HEADER)");
        var loaded = watch.Elapsed;
        await ExecuteAsync(connection, $"CREATE TABLE asked {Columns}; COPY asked FROM '{asked}' (HEADER)");
        await ExecuteAsync(connection, $"COPY ({Join}) TO '{output}' (HEADER)");
        Say("DuckDB", loaded, watch.Elapsed, BatchBench.Share(output, right), ours, 1);
    }

    public static async Task PostgresAsync(string people, string asked, string output, List<uint> right, TimeSpan ours)
    {
        await using var register = await BenchRegister.OpenAsync("postgres");
        await using var connection = new NpgsqlConnection($"{register.Store.ConnectionString};Command Timeout=0");
        await connection.OpenAsync();
        await ExecuteAsync(connection, "CREATE EXTENSION fuzzystrmatch; SET work_mem = '512MB'; SET max_parallel_workers_per_gather = 2");
        var watch = Stopwatch.StartNew();
        await CopyInAsync(connection, "people", people);
        await ExecuteAsync(connection, "ANALYZE people");
        var loaded = watch.Elapsed;
        await CopyInAsync(connection, "asked", asked);
        await ExecuteAsync(connection, "ANALYZE asked");
        await using (var file = new StreamWriter(output))
        {
            using var rows = await connection.BeginTextExportAsync($"COPY ({Join}) TO STDOUT (FORMAT csv, HEADER)");
            await PourAsync(rows, file);
        }

        Say("PostgreSQL", loaded, watch.Elapsed, BatchBench.Share(output, right), ours, 10);
    }

    private static async Task CopyInAsync(NpgsqlConnection connection, string table, string path)
    {
        await ExecuteAsync(connection, $"CREATE UNLOGGED TABLE {table} {Columns}");
        using var file = new StreamReader(path);
        await using var rows = await connection.BeginTextImportAsync($"COPY {table} FROM STDIN (FORMAT csv, HEADER)");
        await PourAsync(file, rows);
    }

    private static async Task PourAsync(TextReader from, TextWriter to)
    {
        var letters = new char[1 << 18];
        for (var read = await from.ReadAsync(letters); read > 0; read = await from.ReadAsync(letters))
        {
            await to.WriteAsync(letters.AsMemory(0, read));
        }
    }

    private static async Task ExecuteAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private static void Say(string name, TimeSpan loaded, TimeSpan whole, double share, TimeSpan ours, int wanted) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name}: {whole.TotalSeconds:F1} s, of which its load of the learners {loaded.TotalSeconds:F1} s; {share:F2} % with the right learner; the index is {whole / ours:F1} times as fast, {(whole - loaded) / ours:F1} times without that load (at least {wanted} wanted)"));
}
