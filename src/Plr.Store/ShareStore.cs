using Plr.Core;
using Plr.Core.Audit;
using Plr.Core.Learners;
using Plr.Core.Sharing;

namespace Plr.Store;

/// <summary>Shares in the database, as their owners come to them.</summary>
public sealed class ShareStore(Engine engine, AuditTrail trail, StoreKeys keys, TimeProvider time) : IShareStore
{
    private readonly ShareKeys _keys = new(keys);

    public Task<(Share? Added, ShareFault? Fault)> AddAsync(Uln uln, ShareTerms terms, Access access, CancellationToken ct = default) => engine.WriteAsync<(Share?, ShareFault?)>(
        async session =>
        {
            if (await session.FindAsync(uln) is not { Status: LearnerStatus.Active } learner)
            {
                return (null, ShareFault.NoLearner);
            }

            if (!await AreOnTheRecordAsync(session, learner, terms))
            {
                return (null, ShareFault.NotOnTheRecord);
            }

            var now = StoredForms.Instant(time.GetUtcNow());
            var share = new Share(Guid.CreateVersion7(now), learner.Uln, terms with { EndsAt = StoredForms.Instant(terms.EndsAt) }, now, null, 0, 1);
            await ShareRow.KeepAsync(session, _keys, share, access);
            await NoteAsync(session, learner, AuditAction.ShareMade, share, access);
            return (share, null);
        },
        ct);

    public Task<IReadOnlyList<Share>> ListAsync(Uln uln, Access access, CancellationToken ct = default) => engine.ReadAsync<IReadOnlyList<Share>>(
        async session => [.. (await OfLearnerAsync(session, uln, "true")).Select(row => row.Share).OrderByDescending(share => share.MadeAt)], ct);

    public Task<OwnShare?> GetAsync(Guid id, Uln uln, Access access, CancellationToken ct = default) => engine.ReadAsync(
        async session =>
        {
            if ((await OfLearnerAsync(session, uln, "id = @id", id)).SingleOrDefault() is not { } row)
            {
                return null;
            }

            var views = await session.QueryAsync<ViewRow>(
                "SELECT seen_at, door, organisation, receipt_reference FROM share_view WHERE share_id = @id ORDER BY seen_at DESC, id DESC", new { id });
            return new OwnShare(row.Share, _keys.Secrets(id, row.Draw), [.. views.Select(view => new ShareView(view.SeenAt, view.Door, view.Organisation, view.ReceiptReference is not null))]);
        },
        ct);

    public Task<(Share? Changed, ShareFault? Fault)> ChangeAsync(Guid id, Uln uln, int version, ShareTerms? terms, Access access, CancellationToken ct = default) => engine.WriteAsync<(Share?, ShareFault?)>(
        async session =>
        {
            if (await session.FindAsync(uln) is not { Status: LearnerStatus.Active } learner || (await OfLearnerAsync(session, uln, "id = @id", id)).SingleOrDefault() is not { Share: var held })
            {
                return (null, ShareFault.NoLearner);
            }

            if (terms is not null && !await AreOnTheRecordAsync(session, learner, terms))
            {
                return (null, ShareFault.NotOnTheRecord);
            }

            var changed = held with
            {
                Version = version + 1,
                Terms = terms is null ? held.Terms : terms with { EndsAt = StoredForms.Instant(terms.EndsAt) },
                EndedAt = terms is null ? StoredForms.Instant(time.GetUtcNow()) : null,
            };
            if (await UpdateAsync(session, changed) == 0)
            {
                return (null, ShareFault.Stale);
            }

            await NoteAsync(session, learner, terms is null ? AuditAction.ShareEnded : AuditAction.ShareChanged, changed, access);
            return (changed, null);
        },
        ct);

    private static async Task<bool> AreOnTheRecordAsync(Session session, Learner learner, ShareTerms terms)
    {
        if (terms.Events is not { } events)
        {
            return true;
        }

        var record = await session.RecordAsync(learner, withWithdrawn: true, null);
        return events.All(id => record.Events.Any(learned => learned.Id == id));
    }

    // Of two changes that read the same version, one finds it.
    private static Task<int> UpdateAsync(Session session, Share share) => session.ExecuteAsync(
        """
        UPDATE share SET version = @Version, events = @events, fields = @fields, for_whom = @ForWhom, reason = @Reason, ends_at = @EndsAt, most_views = @MostViews,
            may_download = @MayDownload, tell_me = @TellMe, ended_at = @EndedAt
        WHERE id = @Id AND version = @Version - 1 AND ended_at IS NULL
        """,
        new
        {
            share.Id,
            share.Version,
            events = ShareRow.Text(share.Terms.Events),
            fields = (int)share.Terms.Fields,
            share.Terms.ForWhom,
            share.Terms.Reason,
            share.Terms.EndsAt,
            share.Terms.MostViews,
            share.Terms.MayDownload,
            share.Terms.TellMe,
            share.EndedAt,
        });

    // Made under any of the learner's linked ULNs.
    private static async Task<IEnumerable<ShareRow>> OfLearnerAsync(Session session, Uln uln, string and, Guid? id = null)
    {
        if (await session.FindAsync(uln) is not { } learner)
        {
            return [];
        }

        var ulns = session.Keys((await session.UlnsOfAsync(learner.Uln)).Select(linked => linked.Value));
        return await session.QueryAsync<ShareRow>($"SELECT {ShareRow.Columns} FROM share WHERE {session.AnyOf("uln", "ulns")} AND {and}", new { ulns, id });
    }

    private Task NoteAsync(Session session, Learner learner, AuditAction action, Share share, Access access) =>
        trail.AppendAsync(session, access, [new AuditNote(AuditChain.Of(learner.Uln), action, Details: AuditTrail.Details(access, reason: share.Terms.ForWhom))]);

    private sealed class ViewRow
    {
        public DateTimeOffset SeenAt { get; init; }

        public ShareDoor Door { get; init; }

        public string? Organisation { get; init; }

        public string? ReceiptReference { get; init; }
    }
}
