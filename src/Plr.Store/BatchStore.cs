using Plr.Core;
using Plr.Core.Audit;
using Plr.Core.Batches;

namespace Plr.Store;

/// <summary>
/// Batches: the table is the queue, and a claim is a name and an instant in the batch's row. Somebody of an organisation is given that
/// organisation's batches only; of another's, it is as if there were none.
/// </summary>
/// <param name="engine">Where.</param>
/// <param name="trail">Sending a file and fetching outcomes leave an entry in the organisation's chain.</param>
/// <param name="time">When.</param>
public sealed class BatchStore(Engine engine, AuditTrail trail, TimeProvider time) : IBatchStore
{
    private const string Unfinished = "status < 2";

    public Task<(Batch Batch, bool IsNew)> SubmitAsync(
        BatchKind kind, Guid organisationId, ReceivedFile file, bool again, Access access, CancellationToken ct = default) =>
        engine.WriteAsync<(Batch Batch, bool IsNew)>(
            async session =>
            {
                var number = await OrganisationRows.NumberAsync(session, organisationId);
                await session.LockAsync(LockSpace.Organisation, number);
                if (await EarlierAsync(session, kind, organisationId, file) is { } earlier && !(again && earlier.IsFinished))
                {
                    return (earlier, false);
                }

                var batch = new Batch
                {
                    Id = (int)(await session.NextAsync("batch_sequence", 1))[0],
                    Kind = kind,
                    OrganisationId = organisationId,
                    AccountId = access.Actor.AccountId,
                    MachineClientId = access.Actor.MachineClientId,
                    FileName = file.FileName,
                    Digest = file.Digest,
                    Size = file.Size,
                    Status = BatchStatus.Waiting,
                    Channel = access.Channel,
                    RowsTotal = 0,
                    RowsDone = 0,
                    SubmittedAt = Now(),
                };
                await session.BulkInsertAsync("batch", BatchRows.SubmittedColumns, [BatchRows.Submitted(batch)]);
                await trail.AppendAsync(
                    session, access, [new(AuditChain.OfOrganisation(number), AuditAction.BatchSubmitted, Batch: batch.Id, Details: AuditTrail.Details(access))]);
                return (batch, true);
            },
            ct);

    public Task<Batch?> GetAsync(int id, Access access, CancellationToken ct = default) => engine.ReadAsync(
        async session => await BatchRows.GetAsync(session, id) is { } batch && MaySee(access, batch.OrganisationId) ? batch : null, ct);

    public Task<IReadOnlyList<Batch>> ListAsync(Guid organisationId, int limit, Access access, int? before = null, CancellationToken ct = default) =>
        engine.ReadAsync<IReadOnlyList<Batch>>(
            async session => MaySee(access, organisationId)
                ? await BatchRows.ReadAsync(session, $"WHERE organisation_id = @organisationId {(before is null ? "" : "AND id < @before")} ORDER BY id DESC LIMIT @limit", new { organisationId, limit, before })
                : [],
            ct);

    public Task<Batch?> ClaimAsync(string claimant, TimeSpan lease, CancellationToken ct = default) => ClaimAsync(null, claimant, lease, ct);

    public Task<Batch?> ClaimAsync(int id, string claimant, TimeSpan lease, CancellationToken ct = default) => ClaimAsync((int?)id, claimant, lease, ct);

    public Task<bool> ReleaseAsync(int id, Func<string, bool> isGone, CancellationToken ct = default) => engine.WriteAsync(
        async session =>
        {
            var claimant = await session.SingleOrDefaultAsync<string?>($"SELECT claimed_by FROM batch WHERE id = @id AND {Unfinished}", new { id });
            return claimant is not null && isGone(claimant) && await session.ExecuteAsync(
                "UPDATE batch SET claimed_by = NULL, claimed_until = NULL WHERE id = @id AND claimed_by = @claimant", new { id, claimant }) > 0;
        },
        ct);

    public Task BeginAsync(int id, int rowsTotal, CancellationToken ct = default) => engine.WriteAsync(
        session => session.ExecuteAsync($"UPDATE batch SET rows_total = @rowsTotal WHERE id = @id AND {Unfinished}", new { id, rowsTotal }), ct);

    public Task FinishAsync(int id, BatchStatus status, FileRefusal? refusal, CancellationToken ct = default) => engine.WriteAsync(
        session => session.ExecuteAsync(
            $"""
            UPDATE batch SET status = @status, refusal_fault = @Fault, refusal_line = @Line, refusal_column = @Column, refusal_text = @Text,
                finished_at = @now, claimed_by = NULL, claimed_until = NULL
            WHERE id = @id AND {Unfinished}
            """,
            new { id, status = (int)status, refusal?.Fault, refusal?.Line, refusal?.Column, refusal?.Text, now = Now() }),
        ct);

    public Task<IReadOnlyList<BatchRow>> RowsAsync(
        int id, int afterRow, int limit, bool refusedOnly, Access access, bool isContinued = false, CancellationToken ct = default) =>
        engine.WriteAsync<IReadOnlyList<BatchRow>>(
            async session =>
            {
                if (await BatchRows.GetAsync(session, id) is not { } batch || !MaySee(access, batch.OrganisationId))
                {
                    return [];
                }

                if (!isContinued)
                {
                    var number = await OrganisationRows.NumberAsync(session, batch.OrganisationId);
                    await trail.AppendAsync(session, access, [new(AuditChain.OfOrganisation(number), AuditAction.BatchFetched, Batch: id, Details: AuditTrail.Details(access))]);
                }

                return await BatchRows.OutcomesAsync(session, id, afterRow, limit, refusedOnly);
            },
            ct);

    public Task<bool> HasFileAsync(byte[] digest, CancellationToken ct = default) => engine.ReadAsync(
        async session => await session.SingleOrDefaultAsync<long>("SELECT count(*) FROM batch WHERE digest = @digest", new { digest }) > 0, ct);

    private static bool MaySee(Access access, Guid organisationId) =>
        access.Actor.OrganisationId == organisationId || (access.Actor.OrganisationId is null && access.Actor.Roles.HasFlag(Roles.Register));

    private static async Task<Batch?> EarlierAsync(Session session, BatchKind kind, Guid organisationId, ReceivedFile file)
    {
        const string where = """
            WHERE organisation_id = @organisationId AND digest = @Digest AND kind = @kind AND status NOT IN (@failed, @cancelled)
            ORDER BY id DESC LIMIT 1
            """;
        var found = await BatchRows.ReadAsync(
            session, where, new { organisationId, file.Digest, kind = (int)kind, failed = (int)BatchStatus.Failed, cancelled = (int)BatchStatus.Cancelled });
        return found.Count > 0 ? found[0] : null;
    }

    /// <summary>One statement finds, locks and claims: on PostgreSQL, two servers that look at once are given two batches or one of them none.</summary>
    private Task<Batch?> ClaimAsync(int? id, string claimant, TimeSpan lease, CancellationToken ct) => engine.WriteAsync(
        async session =>
        {
            var now = Now();
            var skip = session.Engine.Kind == EngineKind.Postgres ? "FOR UPDATE SKIP LOCKED" : "";
            var claimed = await session.SingleOrDefaultAsync<int?>(
                $"""
                UPDATE batch SET status = @inProgress, started_at = coalesce(started_at, @now), claimed_by = @claimant, claimed_until = @until
                WHERE id = (
                    SELECT id FROM batch WHERE {Unfinished} AND (claimed_until IS NULL OR claimed_until <= @now) {(id is null ? "" : "AND id = @id")}
                    ORDER BY id LIMIT 1 {skip})
                RETURNING id
                """,
                new { id, claimant, now, until = StoredForms.Instant(now + lease), inProgress = (int)BatchStatus.InProgress });
            return claimed is { } got ? await BatchRows.GetAsync(session, got) : null;
        },
        ct);

    private DateTimeOffset Now() => StoredForms.Instant(time.GetUtcNow());
}
