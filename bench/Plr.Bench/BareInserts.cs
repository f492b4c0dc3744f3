using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Plr.Store;

namespace Plr.Bench;

/// <summary>Bare bulk inserts (binary COPY, prepared inserts) of rows that the register wrote, into a fresh register's same indexed tables.</summary>
internal static class BareInserts
{
    private static readonly string[] Tables = ["learning_event", "audit_entry"];

    public static async Task<TimeSpan> RunAsync(List<Table> tables, string engine, bool inFileOrder)
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

    /// <summary>What was written, in the order of the tables' keys: events, and the entries that tell of them.</summary>
    /// <param name="action">The action of those entries; null: those that name a row of a batch.</param>
    public static async Task<List<Table>> ReadAsync(Session session, string? action)
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
                if (LineOf(columns, values, action) is { } line)
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
    private static int? LineOf(string[] columns, object?[] values, string? action)
    {
        if (Array.IndexOf(columns, "batch_row") is >= 0 and var column)
        {
            return Convert.ToInt32(values[column], CultureInfo.InvariantCulture);
        }

        using var entry = JsonDocument.Parse((string)values[Array.IndexOf(columns, "entry")]!);
        if (action is not null)
        {
            return entry.RootElement.GetProperty("action").GetString() == action ? 0 : null;
        }

        return entry.RootElement.TryGetProperty("batchRow", out var row) ? row.GetInt32() : null;
    }

    public sealed record Table(string Name, string[] Columns, List<(int Line, object?[] Values)> Rows);
}
