using System.Security.Cryptography;
using System.Text;
using Plr.Core;
using Plr.Core.Audit;
using Plr.Core.Batches;
using Plr.Core.Learners;
using Plr.Core.Responses;

namespace Plr.Store;

/// <summary>Learners in the database. Registering is <see cref="RegistrationRun"/>.</summary>
public sealed class LearnerStore : ILearnerStore
{
    private readonly Engine _engine;
    private readonly AuditTrail _trail;
    private readonly UlnIssuer _issuer;
    private readonly TimeProvider _time;
    private readonly Gathering<(Registration Row, Access Access), RegistrationOutcome> _registrations;
    private readonly Gathering<(LearnerSearch Search, Access Access), SearchOutcome> _searches;
    private readonly Gathering<(UlnVerification Asked, Access Access), Verified?> _verifications;

    public LearnerStore(Engine engine, AuditTrail trail, UlnIssuer issuer, TimeProvider time)
    {
        (_engine, _trail, _issuer, _time) = (engine, trail, issuer, time);
        _registrations = new(engine.Turns, rows => RegisterAsync(rows, null, isOneCall: false, CancellationToken.None));
        _searches = new(engine.Turns, asks => SearchAsync(asks, CancellationToken.None));
        _verifications = new(engine.Turns, asks => VerifyAsync(asks, CancellationToken.None));
    }

    public async Task<IReadOnlyList<RegistrationOutcome>> RegisterAsync(IReadOnlyList<Registration> rows, BatchChunk? chunk, Access access, CancellationToken ct = default) =>
        rows is [var one] && chunk is null && !_engine.IsTogether
            ? [await _registrations.AskAsync((one, access), ct)]
            : await RegisterAsync([.. rows.Select(row => (row, access))], chunk, isOneCall: true, ct);

    public async Task<SearchOutcome> SearchAsync(LearnerSearch search, Access access, CancellationToken ct = default) =>
        _engine.IsTogether ? (await SearchAsync([(search, access)], ct))[0] : await _searches.AskAsync((search, access), ct);

    public async Task<Verified?> VerifyAsync(UlnVerification asked, Access access, CancellationToken ct = default) =>
        _engine.IsTogether ? (await VerifyAsync([(asked, access)], ct))[0] : await _verifications.AskAsync((asked, access), ct);

    public Task ForgetSearchesAsync(DateTimeOffset before, Access access, CancellationToken ct = default) =>
        _engine.WriteAsync(session => session.ExecuteAsync("DELETE FROM learner_search WHERE searched_at < @before", new { before }), ct);

    public Task<UpdateOutcome> UpdateAsync(
        Uln uln,
        ReadVersions versions,
        Func<Learner, (LearnerDetails? Details, IReadOnlyList<Finding> Findings)> change,
        Access access,
        CancellationToken ct = default) => _engine.WriteAsync<UpdateOutcome>(
            async session =>
            {
                if (await session.FindAsync(uln, forUpdate: true) is not { Status: LearnerStatus.Active } held)
                {
                    return new UpdateOutcome.NotFound();
                }

                if (!versions.Includes(held.Version))
                {
                    return new UpdateOutcome.Stale(held.Version);
                }

                var (details, findings) = change(held);
                if (details is null)
                {
                    return new UpdateOutcome.Refused(findings);
                }

                if (details == held.Details)
                {
                    return new UpdateOutcome.Unchanged(held);
                }

                var next = Next(held, details, access, Now());
                await session.LockAsync(LockSpace.DateOfBirth, next.Details.DateOfBirth.DayNumber);
                await _trail.AppendAsync(session, await WriteAsync(session, [new(next, IsNew: false, null, access)], chunk: null), next.LastUpdatedAt);
                return new UpdateOutcome.Updated(next);
            },
            ct);

    public Task<Learner?> ShowAsync(Uln uln, Func<HeldLearner, bool> decide, string? query, Access access, CancellationToken ct = default) => _engine.WriteAsync(
        async session =>
        {
            var held = (await session.HeldAsync([uln.Value])).GetValueOrDefault(uln.Value);
            var learner = held is { Master.Status: LearnerStatus.Active } && decide(held) ? held.Master : null;
            var chain = learner is not null ? AuditChain.Of(learner.Uln) : await AuditTrail.ChainOfAsync(session, access);
            await _trail.AppendAsync(
                session,
                access,
                [new AuditNote(chain, learner is not null ? AuditAction.LearnerShown : AuditAction.SearchedWithoutMatch, Details: AuditTrail.Details(access, query))]);
            return learner;
        },
        ct);

    public Task<IReadOnlyList<LearnerVersion>> VersionsAsync(Uln uln, Access access, CancellationToken ct = default) => _engine.WriteAsync(
        async session =>
        {
            var versions = await ReadVersionsAsync(session, uln);
            if (versions.Count > 0)
            {
                await _trail.AppendAsync(session, access, [new AuditNote(AuditChain.Of(uln), AuditAction.LearnerShown, Details: AuditTrail.Details(access))]);
            }

            return versions;
        },
        ct);

    public async Task<Learner?> AsOfAsync(Uln uln, DateTimeOffset instant, Access access, CancellationToken ct = default) =>
        (await VersionsAsync(uln, access, ct)).LastOrDefault(version => version.RecordedAt <= instant)?.Learner;

    /// <summary>The next version of a learner.</summary>
    internal static Learner Next(Learner held, LearnerDetails details, Access access, DateTimeOffset at) => held with
    {
        Details = details,
        TierLevel = details.VerificationType == held.Details.VerificationType ? held.TierLevel : details.TierLevel,
        Version = held.Version + 1,
        LastUpdatedAt = at,
        LastUpdatedVia = access.Channel,
    };

    /// <summary>Writes learners and their versions, and gives the notes for their trails.</summary>
    internal static async Task<List<(AuditNote Note, Access Access)>> WriteAsync(Session session, IReadOnlyList<LearnerWrite> writes, BatchChunk? chunk)
    {
        var notes = new List<(AuditNote Note, Access Access)>(writes.Count);
        var versions = new List<object?[]>(writes.Count);
        foreach (var write in writes)
        {
            var (learner, access) = (write.Learner, write.Access);
            var content = LearnerContent.Write(learner);
            var salt = RandomNumberGenerator.GetBytes(AuditForm.SaltLength);
            var made = new AuditedVersion("learner", learner.Uln.Value, learner.Version, AuditForm.SaltedHash(salt, Encoding.UTF8.GetBytes(content)));
            var action = write.Action ?? (write.IsNew ? AuditAction.LearnerRegistered : AuditAction.LearnerUpdated);
            notes.Add((new(AuditChain.Of(learner.Uln), action, made, chunk?.BatchId, write.Row, AuditTrail.Details(access)), access));
            versions.Add(
            [
                learner.Uln.Value, learner.Version, content, salt, learner.LastUpdatedAt, access.Actor.OrganisationId, (short)access.Channel,
                chunk?.BatchId, write.Row,
            ]);
        }

        await session.BulkInsertAsync("learner", LearnerRows.WrittenColumns, writes.Where(write => write.IsNew).Select(write => LearnerRows.Values(write.Learner)).ToList());
        foreach (var write in writes.Where(write => !write.IsNew))
        {
            await session.ExecuteAsync(LearnerRows.Update, LearnerRows.Arguments(write.Learner));
        }

        await session.BulkInsertAsync("learner_version", LearnerVersionRows.Columns, versions);
        return notes;
    }

    private Task<IReadOnlyList<RegistrationOutcome>> RegisterAsync(IReadOnlyList<(Registration Row, Access Access)> rows, BatchChunk? chunk, bool isOneCall, CancellationToken ct) =>
        _engine.WriteAsync(session => new RegistrationRun(session, _trail, _issuer, chunk, isOneCall, Now()).RunAsync(rows), ct);

    private Task<IReadOnlyList<SearchOutcome>> SearchAsync(IReadOnlyList<(LearnerSearch Search, Access Access)> asks, CancellationToken ct) =>
        _engine.WriteAsync(session => new SearchRun(session, _trail, Now()).RunAsync(asks), ct);

    private Task<IReadOnlyList<Verified?>> VerifyAsync(IReadOnlyList<(UlnVerification Asked, Access Access)> asks, CancellationToken ct) =>
        _engine.WriteAsync(session => new VerifyRun(session, _trail).RunAsync(asks), ct);

    internal static async Task<IReadOnlyList<LearnerVersion>> ReadVersionsAsync(Session session, Uln uln)
    {
        var rows = await session.QueryAsync<VersionRow>(
            "SELECT content, recorded_at, recorded_by, channel, batch, batch_row FROM learner_version WHERE uln = @uln ORDER BY version", new { uln = uln.Value });
        return [.. rows.Select(row => new LearnerVersion(LearnerContent.Read(row.Content), row.RecordedAt, row.RecordedBy, (Channel)row.Channel, row.Batch, row.BatchRow))];
    }

    private DateTimeOffset Now() => StoredForms.Instant(_time.GetUtcNow());

    private sealed class VersionRow
    {
        public string Content { get; init; } = "";

        public DateTimeOffset RecordedAt { get; init; }

        public Guid? RecordedBy { get; init; }

        public int Channel { get; init; }

        public int? Batch { get; init; }

        public int? BatchRow { get; init; }
    }
}

/// <summary>A learner to write: a new one, or the next version of one.</summary>
/// <param name="Row">The row of a file.</param>
/// <param name="Access">By whom, why.</param>
internal sealed record LearnerWrite(Learner Learner, bool IsNew, int? Row, Access Access)
{
    /// <summary>What the trail calls it, when it is neither a registration nor an update.</summary>
    public AuditAction? Action { get; init; }
}
