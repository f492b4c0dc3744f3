using Plr.Core;
using Plr.Core.Audit;
using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Core.Reports;
using Plr.Core.Responses;
using Plr.Core.Sharing;

namespace Plr.Store;

/// <summary>Reports in the database: that they were made, and of which versions. What they say is in the record.</summary>
public sealed class ReportStore(Engine engine, AuditTrail trail, StoreKeys keys, TimeProvider time) : IReportStore
{
    private readonly ShareKeys _shareKeys = new(keys);

    public Task<ReportAnswer?> MakeAsync(
        ReportOrder order, Func<Learner, RecordDecision> decide, Func<PersonalLearningRecord, ReportAsker, ResponseCode?> judge, Access access, CancellationToken ct = default) =>
        engine.WriteAsync(
            async session =>
            {
                if (await session.FindAsync(order.Uln) is not { Status: LearnerStatus.Active } learner)
                {
                    return await NobodyAsync(session, order, access);
                }

                var decision = decide(learner);
                var record = decision.Refusal is null ? await session.RecordAsync(learner, decision.WithWithdrawn, null) : null;
                var asker = await AskerAsync(session, access);
                if ((decision.Refusal ?? judge(record!, asker)) is { } refusal)
                {
                    await NoteAsync(session, AuditChain.Of(learner.Uln), AuditAction.ReportRefused, access, null, order.Reason);
                    return new ReportAnswer(refusal, null, null);
                }

                var report = new Report(
                    ReportReference.New(), learner.Uln, StoredForms.Instant(time.GetUtcNow()), asker, access.Channel, access.Purpose,
                    order.Reason, order.Format, order.Language, ReportContents.Of(record!, decision.WithWithdrawn));
                await AddAsync(session, report, access);
                if (report.CanBeChecked)
                {
                    await LetCheckAsync(session, report, record!, access);
                }

                await NoteAsync(session, AuditChain.Of(learner.Uln), AuditAction.ReportMade, access, report.Reference.Value, order.Reason);
                return new ReportAnswer(null, report, record);
            },
            ct);

    public Task<ReportAnswer?> RepeatAsync(ReportReference reference, Func<Learner, RecordDecision> decide, Access access, CancellationToken ct = default) => engine.WriteAsync(
        async session =>
        {
            var row = await RowAsync(session, reference);
            if (row is null || await session.FindAsync(Uln.FromValue(row.Uln)) is not { Status: LearnerStatus.Active } learner)
            {
                await NoteAsync(session, await AuditTrail.ChainOfAsync(session, access), AuditAction.SearchedWithoutMatch, access, reference.Value, null);
                return null;
            }

            var report = row.Report(reference);
            var decision = decide(learner);
            var record = decision.Refusal is null ? await session.RecordAsync(learner, row.WithWithdrawn, null) : null;
            var isSame = record is not null && new ReportConfirmation(report, await ShownAsync(session, row), learner, ReportContents.Of(record, row.WithWithdrawn)).IsUnchanged;
            await NoteAsync(session, AuditChain.Of(learner.Uln), isSame ? AuditAction.RecordShown : AuditAction.ReportRefused, access, reference.Value, null);
            return isSame ? new ReportAnswer(null, report, record) : new ReportAnswer(decision.Refusal ?? ResponseCodes.RecordChanged, null, null);
        },
        ct);

    public Task<ReportConfirmation?> ConfirmAsync(ReportReference reference, Access access, CancellationToken ct = default) => engine.WriteAsync(
        async session =>
        {
            var row = await RowAsync(session, reference);
            if (row is null || await session.FindAsync(Uln.FromValue(row.Uln)) is not { } learner)
            {
                await NoteAsync(session, await AuditTrail.ChainOfAsync(session, access), AuditAction.SearchedWithoutMatch, access, reference.Value, null);
                return null;
            }

            await NoteAsync(session, AuditChain.Of(learner.Uln), AuditAction.ReportConfirmed, access, reference.Value, null);
            var now = await session.RecordAsync(learner, row.WithWithdrawn, null);
            return new ReportConfirmation(row.Report(reference), await ShownAsync(session, row), learner, ReportContents.Of(now, row.WithWithdrawn));
        },
        ct);

    // What a learner was given they hand on; an organisation's own reports stay with it. It shows the qualifications that stand in the report, as they are when somebody looks.
    private Task LetCheckAsync(Session session, Report report, PersonalLearningRecord record, Access access) => ShareRow.KeepAsync(
        session,
        _shareKeys,
        new Share(
            Guid.CreateVersion7(report.MadeAt),
            report.Uln,
            new() { Events = [.. record.Events.Select(learned => learned.Id)], Fields = ShareFields.Grade | ShareFields.Provider | ShareFields.Uln | ShareFields.DateOfBirth, EndsAt = report.MadeAt.AddDays(ShareRules.ReportDays), MayDownload = true },
            report.MadeAt,
            null,
            0,
            1)
        {
            Report = report.Reference,
        },
        access);

    private static Task<Row?> RowAsync(Session session, ReportReference reference) => session.SingleOrDefaultAsync<Row?>(
        """
        SELECT r.uln, r.made_at, r.actor_kind, r.channel, r.purpose, r.reason, r.format, r.language, r.learner_version, r.events, r.with_withdrawn, r.digest,
               coalesce(a.name, c.name) AS person, o.name AS organisation, r.machine_client_id
        FROM report r LEFT JOIN account a ON a.id = r.account_id LEFT JOIN machine_client c ON c.id = r.machine_client_id
            LEFT JOIN organisation o ON o.id = r.organisation_id
        WHERE r.reference = @reference
        """,
        new { reference = reference.Value });

    private static Task<int> AddAsync(Session session, Report report, Access access) => session.ExecuteAsync(
        """
        INSERT INTO report (reference, uln, made_at, actor_kind, account_id, machine_client_id, organisation_id, channel, purpose, reason, format, language, learner_version, events, with_withdrawn, digest)
        VALUES (@reference, @uln, @MadeAt, @kind, @account, @software, @organisation, @channel, @purpose, @Reason, @format, @language, @LearnerVersion, @Events, @WithWithdrawn, @digest)
        """,
        new
        {
            reference = report.Reference.Value,
            uln = report.Uln.Value,
            report.MadeAt,
            kind = report.AskedBy.Kind,
            account = access.Actor.AccountId,
            software = access.Actor.MachineClientId,
            organisation = access.Actor.OrganisationId,
            channel = (int)report.Channel,
            purpose = (int)report.Purpose,
            report.Reason,
            format = (int)report.Format,
            language = (int)report.Language,
            report.Contents.LearnerVersion,
            report.Contents.Events,
            report.Contents.WithWithdrawn,
            digest = report.Contents.Digest.ToArray(),
        });

    // Asking for numbers to see whose they are leaves a trace as well: in the chain of whoever has the number, although no report can be made of them.
    private async Task<ReportAnswer?> NobodyAsync(Session session, ReportOrder order, Access access)
    {
        if ((await session.LearnersAsync("uln = @uln", new { uln = order.Uln.Value })).SingleOrDefault() is not { } inactive)
        {
            await NoteAsync(session, await AuditTrail.ChainOfAsync(session, access), AuditAction.SearchedWithoutMatch, access, order.Uln.ToString(), order.Reason);
            return null;
        }

        await NoteAsync(session, AuditChain.Of(inactive.Uln), AuditAction.ReportRefused, access, null, order.Reason);
        return new ReportAnswer(ResponseCodes.LearnerNotActive, null, null);
    }

    private static async Task<Learner> ShownAsync(Session session, Row row) => LearnerContent.Read(
        await session.SingleOrDefaultAsync<string>("SELECT content FROM learner_version WHERE uln = @Uln AND version = @LearnerVersion", new { row.Uln, row.LearnerVersion })
        ?? throw new InvalidOperationException("A report shows a version that the register does not have."));

    private static async Task<ReportAsker> AskerAsync(Session session, Access access) => new(
        access.Actor.Kind,
        access.Actor.Name,
        access.Actor.OrganisationId is { } id ? await session.SingleOrDefaultAsync<string>("SELECT name FROM organisation WHERE id = @id", new { id }) : null)
    {
        IsSoftware = access.Actor.MachineClientId is not null,
    };

    private Task NoteAsync(Session session, AuditChain chain, AuditAction action, Access access, string? query, string? reason) =>
        trail.AppendAsync(session, access, [new AuditNote(chain, action, Details: AuditTrail.Details(access, query, reason))]);

    private sealed class Row
    {
        public long Uln { get; init; }

        public DateTimeOffset MadeAt { get; init; }

        public string ActorKind { get; init; } = "";

        public Channel Channel { get; init; }

        public Purpose Purpose { get; init; }

        public string? Reason { get; init; }

        public ReportFormat Format { get; init; }

        public ReportLanguage Language { get; init; }

        public int LearnerVersion { get; init; }

        public int Events { get; init; }

        public bool WithWithdrawn { get; init; }

        public byte[] Digest { get; init; } = [];

        public string? Person { get; init; }

        public string? Organisation { get; init; }

        public Guid? MachineClientId { get; init; }

        public Report Report(ReportReference reference) => new(
            reference, Core.Learners.Uln.FromValue(Uln), MadeAt, new(ActorKind, Person, Organisation) { IsSoftware = MachineClientId is not null }, Channel, Purpose, Reason, Format, Language,
            new(LearnerVersion, Events, WithWithdrawn, Digest));
    }
}
