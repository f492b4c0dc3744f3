using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Plr.Store;

namespace Plr.Bench;

/// <summary>
/// An achievements file from the disk to the record, with rules, provenance, trail and progress, against bare bulk inserts (binary COPY,
/// prepared inserts) of the very rows that it wrote, in the order of the file, into a fresh register's same indexed tables, in the same run.
/// Beside it stands what the bare inserts take when somebody has sorted the rows by the tables' keys for them.
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
            var written = await register.Engine.ReadAsync(ReadAsync);
            var bare = await BareAsync(written, engine, inFileOrder: true);
            var sorted = await BareAsync(written, engine, inFileOrder: false);
            ratios.Add(bare / whole);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"round {round}: {engine}, {rows} rows: whole {whole.TotalSeconds:F2} s ({rows / whole.TotalSeconds:F0}/s), bare inserts {bare.TotalSeconds:F2} s ({rows / bare.TotalSeconds:F0}/s), ratio {bare / whole:F2}; bare inserts of sorted rows {sorted.TotalSeconds:F2} s, ratio {sorted / whole:F2}"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median ratio {ratios.Order().ElementAt(Rounds / 2):F2} (at least 0.33 wanted)"));
        return 0;
    }

    private static async Task<TimeSpan> BareAsync(List<Table> tables, string engine, bool inFileOrder)
    {
        await using var target = await BenchRegister.OpenAsync(engine);
        var all = tables.Select(table => (table.Name, table.Columns, Rows: inFileOrder ? table.Rows.OrderBy(row => row.Line).ToList() : table.Rows)).ToList();
        var watch = Stopwatch.StartNew();
        await target.Engine.WriteAsync(async session =>
        {
            foreach (var (name, columns, rows) in all)
            {
                await session.BulkInsertAsync(name, columns, rows.Select(row => row.Values));
            }

            return true;
        });
        return watch.Elapsed;
    }

    /// <summary>What the upload wrote, in the order of the tables' keys: events, and the entries that tell of them.</summary>
    private static async Task<List<Table>> ReadAsync(Session session)
    {
        var tables = new List<Table>();
        foreach (var name in Tables)
        {
            await using var reader = await session.ReaderAsync($"SELECT * FROM {name} ORDER BY 1, 2");
            var columns = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToArray();
            var rows = new List<(int Line, object?[] Values)>();
            while (await reader.ReadAsync())
            {
                object?[] values = [.. Enumerable.Range(0, columns.Length).Select(i => Value(reader, i))];
                if (LineOf(columns, values) is { } line)
                {
                    rows.Add((line, values));
                }
            }

            tables.Add(new(name, columns, rows));
        }

        return tables;
    }

    private static object? Value(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetValue(column) switch
    {
        DateTime instant when reader.GetDataTypeName(column).StartsWith("timestamp", StringComparison.Ordinal) => new DateTimeOffset(instant, TimeSpan.Zero),
        DateTime day => DateOnly.FromDateTime(day),
        var value => value,
    };

    /// <summary>The row of the file that a row of a table came from; null when it did not come from the file.</summary>
    private static int? LineOf(string[] columns, object?[] values)
    {
        if (Array.IndexOf(columns, "batch_row") is >= 0 and var column)
        {
            return Convert.ToInt32(values[column], CultureInfo.InvariantCulture);
        }

        using var entry = JsonDocument.Parse((string)values[Array.IndexOf(columns, "entry")]!);
        return entry.RootElement.TryGetProperty("batchRow", out var row) ? row.GetInt32() : null;
    }

    private sealed record Table(string Name, string[] Columns, List<(int Line, object?[] Values)> Rows);
}
