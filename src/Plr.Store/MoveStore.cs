using Plr.Core;
using Plr.Core.Audit;
using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Core.Moves;
using Plr.Core.Organisations;
using Plr.Core.Qualifications;
using Plr.Core.Reports;

namespace Plr.Store;

/// <summary>A register on its way from one database to another: loading in chunks, exporting as one stream.</summary>
public sealed class MoveStore(Engine engine, AuditTrail trail) : IMoveStore
{
    public Task<IReadOnlyList<MoveOutcome>> LoadLearnersAsync(IReadOnlyList<LearnerVersion> versions, Access access, CancellationToken ct = default) =>
        engine.WriteAsync(session => new LearnerMove(session, trail, access).RunAsync(versions), ct);

    public Task<IReadOnlyList<MoveOutcome>> LoadLearningEventsAsync(IReadOnlyList<MovedLearningEvent> versions, Access access, CancellationToken ct = default) =>
        engine.WriteAsync(session => new LearningEventMove(session, trail, access).RunAsync(versions), ct);

    public Task<IReadOnlyList<MoveOutcome>> LoadOrganisationsAsync(IReadOnlyList<Organisation> organisations, Access access, CancellationToken ct = default) =>
        engine.WriteAsync(session => new OrganisationMove(session, trail, access).RunAsync(organisations), ct);

    public Task<IReadOnlyList<MoveOutcome>> LoadReportsAsync(IReadOnlyList<MovedReport> reports, Access access, CancellationToken ct = default) =>
        engine.WriteAsync(session => new ReportMove(session, trail, access).RunAsync(reports), ct);

    public Task<IReadOnlyDictionary<string, Guid>> OrganisationsAsync(CancellationToken ct = default) => engine.ReadAsync<IReadOnlyDictionary<string, Guid>>(
        async session => (await OrganisationRows.AllAsync(session))
            .SelectMany(row => OrganisationRows.NumbersOf(row).Select(number => (Number: number.ToUpperInvariant(), row.Id)))
            .DistinctBy(pair => pair.Number)
            .ToDictionary(pair => pair.Number, pair => pair.Id),
        ct);

    public Task<IReadOnlyList<Uln>> MissingMastersAsync(int most, Access access, CancellationToken ct = default) => engine.ReadAsync<IReadOnlyList<Uln>>(
        async session =>
        {
            session.TimeoutSeconds = 0;
            var ulns = await session.QueryAsync<long>(
                """
                SELECT l.uln FROM learner l WHERE l.master_uln IS NOT NULL AND NOT EXISTS (SELECT 1 FROM learner m WHERE m.uln = l.master_uln)
                ORDER BY l.uln LIMIT @most
                """,
                new { most });
            return [.. ulns.Select(Uln.FromValue)];
        },
        ct);

    public Task<IReadOnlyList<Uln>> ChainedMergesAsync(int most, Access access, CancellationToken ct = default) => engine.ReadAsync<IReadOnlyList<Uln>>(
        async session =>
        {
            session.TimeoutSeconds = 0;
            var ulns = await session.QueryAsync<long>(
                "SELECT l.uln FROM learner l JOIN learner m ON m.uln = l.master_uln WHERE m.master_uln IS NOT NULL ORDER BY l.uln LIMIT @most", new { most });
            return [.. ulns.Select(Uln.FromValue)];
        },
        ct);

    public async Task ExportAsync(MoveParts parts, IExportTarget target, Access access, CancellationToken ct = default)
    {
        // Written down first: whoever exports everything has read everything, even if the last row never comes.
        await trail.NoteAsync(new(AuditChain.Register, AuditAction.RegisterExported, Details: AuditTrail.Details(access)), access, ct);
        await engine.ReadAsync(
            async session =>
            {
                session.TimeoutSeconds = 0;
                await new RegisterRead(session, target).RunAsync(parts, ct);
                return true;
            },
            ct);
    }
}

/// <summary>Reads a whole register in one transaction, each table in the order of its key, so that two registers with the same contents give the same.</summary>
internal sealed class RegisterRead(Session session, IExportTarget target)
{
    public async Task RunAsync(MoveParts parts, CancellationToken ct)
    {
        var organisations = (await OrganisationRows.AllAsync(session)).ToList();
        var codes = new MoveCodes(organisations.Where(row => OrganisationRows.NumbersOf(row).Any()).ToDictionary(row => row.Id, row => row.Code));
        foreach (var organisation in organisations.Where(_ => parts.HasFlag(MoveParts.Organisations)).OrderBy(row => row.Code, StringComparer.Ordinal))
        {
            target.Add(organisation, codes);
        }

        if (parts.HasFlag(MoveParts.Qualifications))
        {
            var byNumber = session.Engine.Kind == EngineKind.Postgres ? "number COLLATE \"C\"" : "number";
            await QualificationsAsync($"SELECT {QualificationRows.ColumnList} FROM qualification ORDER BY {byNumber}", codes);
        }

        if (parts.HasFlag(MoveParts.Learners))
        {
            await using var rows = await session.ReaderAsync(
                "SELECT content, recorded_at, recorded_by, channel, batch, batch_row FROM learner_version ORDER BY uln, version");
            while (await rows.ReadAsync(ct))
            {
                target.Add(LearnerVersionRows.Read(rows, 0), codes);
            }
        }

        if (parts.HasFlag(MoveParts.LearningEvents))
        {
            await using var rows = await session.ReaderAsync($"SELECT {LearningEventRows.ColumnList} FROM learning_event ORDER BY uln, id, version");
            while (await rows.ReadAsync(ct))
            {
                var (uln, version) = LearningEventRows.Read(rows);
                target.Add(new MovedLearningEvent(Uln.FromValue(uln), version), codes);
            }
        }

        if (parts.HasFlag(MoveParts.Reports))
        {
            // References are capital letters and digits: the same order wherever it is asked for in bytes.
            var byReference = session.Engine.Kind == EngineKind.Postgres ? "reference COLLATE \"C\"" : "reference";
            await using var rows = await session.ReaderAsync($"SELECT {ReportMove.ColumnList} FROM report ORDER BY uln, {byReference}");
            while (await rows.ReadAsync(ct))
            {
                target.Add(ReportMove.Read(rows), codes);
            }
        }
    }

    // A register has tens of thousands of them, not millions.
    private async Task QualificationsAsync(string sql, MoveCodes codes)
    {
        foreach (var qualification in await session.QueryAsync<Qualification>(sql))
        {
            target.Add(qualification, codes);
        }
    }
}
