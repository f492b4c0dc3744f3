using System.Text.Json;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Core.Audit;
using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Core.Mail;
using Plr.Core.Reports;
using Plr.Core.Responses;
using Plr.Core.Sharing;

namespace Plr.Store;

/// <summary>Shares in the database, as those who check them come to them. What is shown is read as of the moment that they came.</summary>
public sealed class ShareChecks(Engine engine, AuditTrail trail, StoreKeys keys, TimeProvider time) : IShareChecks
{
    /// <summary>How long what was opened can be seen again without counting as another look.</summary>
    private static readonly TimeSpan Open = TimeSpan.FromMinutes(30);

    private readonly ShareKeys _keys = new(keys);

    public Task<ShareOpening> OpenAsync(ShareAttempt attempt, ShareTries tries, Access access, CancellationToken ct = default) => engine.WriteAsync(
        async session =>
        {
            var now = StoredForms.Instant(time.GetUtcNow());
            var counts = new ShareTryCounts(session, _keys, attempt, tries, now);
            var mayTry = await counts.LockAsync();

            // Asked for in any case, so that nothing is told by how long the answer takes.
            var row = await FoundAsync(session, attempt);
            var learner = row is null ? (await session.LearnersAsync("uln = @nobody", new { nobody = 0L })).SingleOrDefault() : await session.FindAsync(Uln.FromValue(row.Uln));
            var isRight = row is not null && learner is { Status: LearnerStatus.Active } && (attempt.Door == ShareDoor.Link || learner.Details.DateOfBirth == attempt.DateOfBirth);
            if (!mayTry || !isRight)
            {
                await counts.WrongAsync(mayTry && attempt.Door != ShareDoor.Link);
                return new ShareOpening(ResponseCodes.ShareRefused, null);
            }

            await counts.RightAsync();
            return await LookAsync(session, row!, learner!, attempt, access, now);
        },
        ct);

    public Task<Share?> PeekAsync(string link, Access access, CancellationToken ct = default) => engine.ReadAsync(
        async session => (await FoundAsync(session, new(null, null, link, "")))?.Share, ct);

    public Task<SharedRecord?> ReadAsync(string token, Access access, CancellationToken ct = default) => engine.ReadAsync(session => SeenAsync(session, token), ct);

    public Task<bool> TellAsync(string token, string? organisation, string? emailAddress, bool isWelsh, Access access, CancellationToken ct = default) => engine.WriteAsync(
        async session => await session.ExecuteAsync(
            "UPDATE share_view SET organisation = @organisation, email_address = @emailAddress, language = @language WHERE token_hash = @hash AND open_until > @now",
            new { organisation, emailAddress, language = isWelsh ? "cy" : "en", hash = Secret.Hash(token), now = time.GetUtcNow() }) > 0,
        ct);

    public Task<(Receipt Receipt, SharedRecord Seen)?> ReceiptAsync(string token, Access access, CancellationToken ct = default) => engine.WriteAsync<(Receipt, SharedRecord)?>(
        async session =>
        {
            if (await SeenAsync(session, token) is not { Share.Terms.MayDownload: true } seen)
            {
                return null;
            }

            // One for each look: of two who ask at once, both are given the one that was kept first.
            var hash = Secret.Hash(token);
            await session.ExecuteAsync(
                "UPDATE share_view SET receipt_reference = @fresh WHERE token_hash = @hash AND receipt_reference IS NULL", new { fresh = ReportReference.New().Value, hash });
            var kept = await session.SingleOrDefaultAsync<string>("SELECT receipt_reference FROM share_view WHERE token_hash = @hash", new { hash });
            return ReportReference.TryParse(kept, out var reference) ? (new Receipt(reference, seen.SeenAt, seen.Awards.Count), seen) : null;
        },
        ct);

    public Task<ReceiptConfirmation?> ConfirmAsync(ReportReference reference, Access access, CancellationToken ct = default) => engine.WriteAsync(
        async session =>
        {
            var view = await session.SingleOrDefaultAsync<ViewRow>($"SELECT {ViewRow.Columns} FROM share_view WHERE receipt_reference = @reference", new { reference = reference.Value });
            if (view is null || await ShareAsync(session, view.ShareId) is not { } share || await session.FindAsync(share.Uln) is not { } learner)
            {
                return null;
            }

            var now = (await session.RecordAsync(learner, withWithdrawn: true, null)).Events.ToDictionary(learned => learned.Id);
            var hasChanged = view.Versions.Any(shown => !now.TryGetValue(shown[0], out var held) || held.Version != shown[1] || held.UnderDataChallenge != view.Challenges.Contains(shown[0]));
            await NoteAsync(session, learner, AuditAction.ShareConfirmed, share, access);
            return new ReceiptConfirmation(new(reference, view.SeenAt, view.Versions.Length), share.StateAt(time.GetUtcNow()), hasChanged);
        },
        ct);

    public Task<int> ForgetTriesAsync(DateTimeOffset before, CancellationToken ct = default) =>
        engine.WriteAsync(session => session.ExecuteAsync("DELETE FROM share_try WHERE last_at < @before", new { before }), ct);

    public Task<int> ForgetAddressesAsync(DateTimeOffset before, CancellationToken ct = default) => engine.WriteAsync(
        session => session.ExecuteAsync(
            "UPDATE share_view SET email_address = NULL, organisation = NULL, language = NULL WHERE seen_at < @before AND (email_address IS NOT NULL OR organisation IS NOT NULL)", new { before }),
        ct);

    private Task<ShareRow?> FoundAsync(Session session, ShareAttempt attempt) => session.SingleOrDefaultAsync<ShareRow>(
        $"SELECT {ShareRow.Columns} FROM share WHERE {attempt.Door switch { ShareDoor.Report => "report_reference", ShareDoor.Code => "code_hash", _ => "link_hash" }} = @opens",
        new { opens = attempt switch { { Report: { } report } => (object)report.Value, { Code: { } code } => _keys.Hash(code), _ => _keys.HashOfLink(attempt.Link) } });

    private async Task<ShareOpening> LookAsync(Session session, ShareRow row, Learner learner, ShareAttempt attempt, Access access, DateTimeOffset now)
    {
        // The condition again, where it counts: of two who take the last look at once, one has it.
        var isOpened = await session.ExecuteAsync(
            "UPDATE share SET views = views + 1 WHERE id = @Id AND ended_at IS NULL AND ends_at > @now AND (most_views IS NULL OR views < most_views)", new { row.Id, now }) > 0;
        if (!isOpened)
        {
            var state = (await ShareAsync(session, row.Id))!.StateAt(now);
            return new(ResponseCodes.ShareOver, null, state == ShareState.Open ? ShareState.UsedUp : state);
        }

        // As of the moment that the page and the receipt will say: a correction that committed while this waited comes with the next look.
        var record = await session.RecordAsync(learner, withWithdrawn: true, now);
        var shown = row.Share.Shown(record.Events);
        var token = Secret.New();
        await session.ExecuteAsync(
            """
            INSERT INTO share_view (id, share_id, token_hash, door, seen_at, open_until, shown, challenged)
            VALUES (@id, @share, @hash, @door, @now, @until, @shown, @challenged)
            """,
            new
            {
                id = Guid.CreateVersion7(now),
                share = row.Id,
                hash = Secret.Hash(token),
                door = (int)attempt.Door,
                now,
                until = now + Open,
                shown = JsonSerializer.Serialize(shown.Select(learned => new[] { learned.Id, learned.Version })),
                challenged = JsonSerializer.Serialize(shown.Where(learned => learned.UnderDataChallenge).Select(learned => learned.Id)),
            });
        await NoteAsync(session, learner, AuditAction.ShareSeen, row.Share, access);
        if (row is { TellMe: true, MadeBy: { } account })
        {
            await OutboxStore.AddAsync(session, account, MailKind.ShareSeen, now);
        }

        return new(ResponseCodes.ShareOpened, token);
    }

    private async Task<SharedRecord?> SeenAsync(Session session, string token)
    {
        var view = await session.SingleOrDefaultAsync<ViewRow>(
            $"SELECT {ViewRow.Columns} FROM share_view WHERE token_hash = @hash AND open_until > @now", new { hash = Secret.Hash(token), now = time.GetUtcNow() });
        if (view is null || await ShareAsync(session, view.ShareId) is not { } share || share.EndedAt is not null || await session.FindAsync(share.Uln) is not { Status: LearnerStatus.Active } learner)
        {
            return null;
        }

        // What was shown, and no more, whatever the learner has added to the share since.
        var shown = view.Versions.ToDictionary(pair => pair[0]);
        var record = await session.RecordAsync(learner, withWithdrawn: true, view.SeenAt);
        LearningEvent[] events = [.. record.Events.Where(learned => shown.ContainsKey(learned.Id)).Select(learned => learned with { UnderDataChallenge = view.Challenges.Contains(learned.Id) })];
        return SharedRecord.Of(share with { Terms = share.Terms with { Events = [.. shown.Keys] } }, view.SeenAt, view.OpenUntil, record with { Events = events }) with { IsTold = view.EmailAddress is not null };
    }

    private static async Task<Share?> ShareAsync(Session session, Guid id) =>
        (await session.SingleOrDefaultAsync<ShareRow>($"SELECT {ShareRow.Columns} FROM share WHERE id = @id", new { id }))?.Share;

    private Task NoteAsync(Session session, Learner learner, AuditAction action, Share share, Access access) =>
        trail.AppendAsync(session, access, [new AuditNote(AuditChain.Of(learner.Uln), action, Details: AuditTrail.Details(access, reason: share.Terms.ForWhom))]);

    private sealed class ViewRow
    {
        public const string Columns = "share_id, seen_at, open_until, shown, challenged, email_address";

        public Guid ShareId { get; init; }

        public DateTimeOffset SeenAt { get; init; }

        public DateTimeOffset OpenUntil { get; init; }

        public string Shown { get; init; } = "";

        public string Challenged { get; init; } = "";

        public string? EmailAddress { get; init; }

        public int[][] Versions => JsonSerializer.Deserialize<int[][]>(Shown)!;

        public int[] Challenges => JsonSerializer.Deserialize<int[]>(Challenged)!;
    }
}
