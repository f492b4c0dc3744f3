using Plr.Core;
using Plr.Core.Batches;

namespace Plr.Store;

/// <summary>How the tables batch, batch_count and batch_row are read and written.</summary>
internal static class BatchRows
{
    public static IReadOnlyList<string> SubmittedColumns { get; } =
        ["id", "kind", "organisation_id", "account_id", "machine_client_id", "file_name", "digest", "size", "status", "channel", "submitted_at"];

    public static object?[] Submitted(Batch batch) =>
    [
        batch.Id, (short)batch.Kind, batch.OrganisationId, batch.AccountId, batch.MachineClientId, batch.FileName, batch.Digest, batch.Size, (short)batch.Status,
        (short)batch.Channel, batch.SubmittedAt,
    ];

    public static async Task<Batch?> GetAsync(Session session, int id)
    {
        var found = await ReadAsync(session, "WHERE id = @id", new { id });
        return found.Count > 0 ? found[0] : null;
    }

    public static async Task<IReadOnlyList<Batch>> ReadAsync(Session session, string where, object args)
    {
        var rows = (await session.QueryAsync<Row>(
            $"""
            SELECT id, kind, organisation_id, account_id, machine_client_id, file_name, digest, size, status, channel, rows_total, rows_done, refusal_fault, refusal_line,
                refusal_column, refusal_text, submitted_at, started_at, finished_at
            FROM batch {where}
            """,
            args)).ToList();
        var counts = (await session.QueryAsync<CountRow>(
            $"SELECT batch_id, name, rows AS number FROM batch_count WHERE {session.AnyOf("batch_id", "ids")} ORDER BY name",
            new { ids = session.Keys(rows.Select(row => (long)row.Id)) })).ToLookup(count => count.BatchId);
        return [.. rows.Select(row => row.ToBatch(counts[row.Id].ToDictionary(count => count.Name, count => count.Number)))];
    }

    public static async Task<IReadOnlyList<BatchRow>> OutcomesAsync(Session session, int id, int afterRow, int limit, bool refusedOnly)
    {
        var rows = await session.QueryAsync<OutcomeRow>(
            $"""
            SELECT r.row AS number, r.line, r.code, r.uln, r.findings FROM batch_row r
            WHERE r.batch_id = @id AND r.row > @afterRow {(refusedOnly ? "AND r.findings IS NOT NULL" : "")}
            ORDER BY r.row LIMIT @limit
            """,
            new { id, afterRow, limit });
        return [.. rows.Select(row => new BatchRow(row.Number, BatchRowForm.Code(row.Code), row.Uln, BatchRowForm.Read(row.Findings)) { Line = row.Line })];
    }

    private sealed class Row
    {
        public int Id { get; init; }

        public BatchKind Kind { get; init; }

        public Guid OrganisationId { get; init; }

        public Guid? AccountId { get; init; }

        public Guid? MachineClientId { get; init; }

        public string FileName { get; init; } = "";

        public byte[] Digest { get; init; } = [];

        public long Size { get; init; }

        public BatchStatus Status { get; init; }

        public Channel Channel { get; init; }

        public int RowsTotal { get; init; }

        public int RowsDone { get; init; }

        public string? RefusalFault { get; init; }

        public int? RefusalLine { get; init; }

        public int? RefusalColumn { get; init; }

        public string? RefusalText { get; init; }

        public DateTimeOffset SubmittedAt { get; init; }

        public DateTimeOffset? StartedAt { get; init; }

        public DateTimeOffset? FinishedAt { get; init; }

        public Batch ToBatch(IReadOnlyDictionary<string, int> counts) => new()
        {
            Id = Id,
            Kind = Kind,
            OrganisationId = OrganisationId,
            AccountId = AccountId,
            MachineClientId = MachineClientId,
            FileName = FileName,
            Digest = Digest,
            Size = Size,
            Status = Status,
            Channel = Channel,
            RowsTotal = RowsTotal,
            RowsDone = RowsDone,
            Refusal = RefusalFault is null ? null : new FileRefusal(RefusalFault, RefusalLine ?? 0, RefusalColumn ?? 0, RefusalText ?? ""),
            SubmittedAt = SubmittedAt,
            StartedAt = StartedAt,
            FinishedAt = FinishedAt,
            Counts = counts,
        };
    }

    private sealed class CountRow
    {
        public int BatchId { get; init; }

        public string Name { get; init; } = "";

        public int Number { get; init; }
    }

    private sealed class OutcomeRow
    {
        public int Line { get; init; }

        public int Number { get; init; }

        public string Code { get; init; } = "";

        public string? Uln { get; init; }

        public string? Findings { get; init; }
    }
}
