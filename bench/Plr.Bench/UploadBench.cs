using System.Diagnostics;
using System.Globalization;
using Plr.Store;

namespace Plr.Bench;

/// <summary>
/// An achievements file from the disk to the record, with rules, provenance, trail and progress, against bare bulk inserts (binary COPY,
/// prepared inserts) of the very rows that it wrote into a fresh register's same indexed tables, in the same run.
/// </summary>
internal static class UploadBench
{
    private const int Rounds = 3;
    private static readonly string[] Tables = ["learning_event", "audit_entry"];

    public static async Task<int> RunAsync(string[] args)
    {
        var engine = args.ElementAtOrDefault(0) ?? "sqlite";
        var rows = int.Parse(args.ElementAtOrDefault(1) ?? "100000", CultureInfo.InvariantCulture);
        var ratios = new List<double>();
        for (var round = 1; round <= Rounds; round++)
        {
            await using var register = await BenchRegister.OpenAsync(engine);
            await register.RegisterAsync(Math.Max(1, rows / 5));
            var path = register.WriteFile(rows);
            var whole = await register.LoadAsync(path);
            var peak = PeakMiB();
            var bare = await BareAsync(register, engine);
            ratios.Add(bare / whole);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"round {round}: {engine}, {rows} rows: whole {whole.TotalSeconds:F2} s ({rows / whole.TotalSeconds:F0}/s), bare inserts {bare.TotalSeconds:F2} s ({rows / bare.TotalSeconds:F0}/s), ratio {bare / whole:F2}, peak memory so far {peak} MiB"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median ratio {ratios.Order().ElementAt(Rounds / 2):F2} (at least 0.33 wanted)"));
        return 0;
    }

    private static async Task<TimeSpan> BareAsync(BenchRegister source, string engine)
    {
        var tables = new List<(string Table, string[] Columns, List<object?[]> Rows)>();
        foreach (var table in Tables)
        {
            tables.Add(await source.Engine.ReadAsync(session => ReadAsync(session, table)));
        }

        await using var target = await BenchRegister.OpenAsync(engine);
        var watch = Stopwatch.StartNew();
        await target.Engine.WriteAsync(async session =>
        {
            foreach (var (table, columns, rows) in tables)
            {
                await session.BulkInsertAsync(table, columns, rows);
            }

            return true;
        });
        return watch.Elapsed;
    }

    private static async Task<(string Table, string[] Columns, List<object?[]> Rows)> ReadAsync(Session session, string table)
    {
        var rows = new List<object?[]>();

        // Only what the upload wrote: events, and the entries that tell of them.
        await using var reader = await session.ReaderAsync($"SELECT * FROM {table} {(table == "audit_entry" ? "WHERE entry LIKE '%\"event-created\"%'" : "")}");
        var columns = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToArray();
        while (await reader.ReadAsync())
        {
            var values = new object?[reader.FieldCount];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = reader.IsDBNull(i) ? null : reader.GetValue(i) switch
                {
                    DateTime instant when reader.GetDataTypeName(i).StartsWith("timestamp", StringComparison.Ordinal) => new DateTimeOffset(instant, TimeSpan.Zero),
                    DateTime day => DateOnly.FromDateTime(day),
                    var value => value,
                };
            }

            rows.Add(values);
        }

        return (table, columns, rows);
    }

    private static long PeakMiB()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / (1024 * 1024);
    }
}
