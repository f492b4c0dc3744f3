using Plr.Core;
using Plr.Core.Audit;
using Plr.Core.DataChallenges;
using Plr.Core.Learners;
using Plr.Core.Responses;

namespace Plr.Store;

/// <summary>Data challenges in the database.</summary>
public sealed class DataChallengeStore(Engine engine, AuditTrail trail, TimeProvider time) : IDataChallengeStore
{
    public Task<ChallengeAnswer> AddAsync(DataChallenge challenge, Guid? journey, Func<DataChallenge, ChallengeMove> send, Access access, CancellationToken ct = default) => engine.WriteAsync(
        async session =>
        {
            if (await session.FindAsync(challenge.Uln) is not { Status: LearnerStatus.Active } learner)
            {
                return Refused(ResponseCodes.UnknownEvent);
            }

            // One after the other for one person, so that their number holds.
            await session.LockAsync(LockSpace.DataChallenge, learner.Uln.Value);
            if (await OfJourneyAsync(session, journey, challenge.RaisedBy) is { } there)
            {
                return new(ResponseCodes.ChallengeRaised, there, []);
            }

            var ulns = await session.UlnsOfAsync(learner.Uln);
            var subjects = await ChallengeRows.SubjectsAsync(session, ulns, challenge.EventId, challenge.OtherEventId);
            if (new[] { challenge.EventId, challenge.OtherEventId }.OfType<int>().Any(id => !subjects.ContainsKey(id)))
            {
                return Refused(ResponseCodes.UnknownEvent);
            }

            if (await CountOpenAsync(session, ulns) >= ChallengeRules.MostOpen)
            {
                return Refused(ResponseCodes.TooManyChallenges);
            }

            var id = Guid.CreateVersion7(challenge.RaisedAt);
            var raised = challenge with
            {
                Id = id,
                RaisedAt = StoredForms.Instant(challenge.RaisedAt),
                // Under the ULN that the event stands under, or that was asked for: unlinking gives each back its own.
                Uln = challenge.EventId is { } eventId ? subjects[eventId].Owner : challenge.Uln,
                Subject = challenge.EventId is { } one ? subjects[one].Subject : null,
                OtherSubject = challenge.OtherEventId is { } other ? subjects[other].Subject : null,
                OrganisationId = await ChallengeRows.AwardingOrganisationAsync(session, ulns, challenge.EventId),
            };
            return await AddAsync(session, raised, journey, send(raised), learner.Uln, access);
        },
        ct);

    public Task<ChallengeAnswer> MoveAsync(Guid id, Func<ChallengeInHand, ChallengeMove> decide, Access access, CancellationToken ct = default) =>
        engine.WriteAsync(session => MoveAsync(session, id, decide, access, StoredForms.Instant(time.GetUtcNow())), ct);

    public Task<IReadOnlyList<DataChallenge>> ListAsync(Uln uln, Access access, CancellationToken ct = default) => engine.WriteAsync<IReadOnlyList<DataChallenge>>(
        async session =>
        {
            if (await session.FindAsync(uln) is not { } learner)
            {
                return [];
            }

            var ulns = await session.UlnsOfAsync(learner.Uln);
            var found = await ChallengeRows.ListAsync(
                session, $"WHERE {session.AnyOf("c.uln", "ulns")} ORDER BY c.raised_at DESC, c.id DESC", new { ulns = session.Keys(ulns.Select(one => one.Value)) });
            await NoteAsync(session, access, AuditAction.ChallengeShown, [learner.Uln]);
            return found;
        },
        ct);

    public Task<ChallengeHistory?> ReadAsync(Guid id, Func<ChallengeInHand, bool> mayShow, Access access, CancellationToken ct = default) => engine.WriteAsync(
        async session =>
        {
            if (await ChallengeRows.TakeAsync(session, id, forUpdate: false) is not { } found || !mayShow(found))
            {
                return null;
            }

            await NoteAsync(session, access, AuditAction.ChallengeShown, [found.Ulns[0]]);
            return new ChallengeHistory(found.Challenge, await ChallengeRows.StepsAsync(session, id), await EvidenceRows.OfChallengeAsync(session, id));
        },
        ct);

    public Task<IReadOnlyList<DataChallenge>> ListToAnswerAsync(Guid? organisationId, int most, Access access, CancellationToken ct = default) => engine.WriteAsync(
        async session =>
        {
            var whose = organisationId is null ? "c.organisation_id IS NULL" : "c.organisation_id = @organisationId";
            var found = await ChallengeRows.ListAsync(
                session, $"WHERE {whose} AND c.state < 10 ORDER BY coalesce(c.due_on, c.expected_on), c.raised_at, c.id LIMIT @most", new { organisationId, most });
            var masters = new HashSet<Uln>();
            foreach (var uln in found.Select(one => one.Uln).Distinct())
            {
                masters.Add(await session.MasterOfAsync(uln));
            }

            await NoteAsync(session, access, AuditAction.ChallengeShown, masters);
            return found;
        },
        ct);

    public Task<IReadOnlyList<Guid>> DueAsync(DateOnly day, int most, Access access, CancellationToken ct = default) => engine.ReadAsync<IReadOnlyList<Guid>>(
        async session =>
        [
            .. await session.QueryAsync<Guid>(
                """
                SELECT id FROM data_challenge WHERE next_on <= @day
                UNION ALL SELECT id FROM data_challenge WHERE state = 1
                LIMIT @most
                """,
                new { day, most }),
        ],
        ct);

    /// <summary>One step within a transaction that is open.</summary>
    internal async Task<ChallengeAnswer> MoveAsync(Session session, Guid id, Func<ChallengeInHand, ChallengeMove> decide, Access access, DateTimeOffset at)
    {
        if (await ChallengeRows.TakeAsync(session, id, forUpdate: true) is not { } found)
        {
            return Refused(ResponseCodes.UnknownChallenge);
        }

        var before = found.Challenge;
        if (before.State == ChallengeState.Raised && before.OrganisationId is null)
        {
            found = found with { Challenge = before with { OrganisationId = await ChallengeRows.AwardingOrganisationAsync(session, found.Ulns, before.EventId) } };
        }

        var move = decide(found);
        if (move is not { Deed: { } deed, After: { } decided })
        {
            return Refused(move.Code);
        }

        var after = decided with { Version = before.Version + 1, Reference = before.Reference ?? await FreshReferenceAsync(session) };
        await ChallengeRows.UpdateAsync(session, after);
        await TellAsync(session, after, deed, move.Said, before.OrganisationId, at, found.Ulns[0], access);
        return new(move.Code, await ChallengeRows.GetAsync(session, id), []);
    }

    private async Task<ChallengeAnswer> AddAsync(Session session, DataChallenge raised, Guid? journey, ChallengeMove move, Uln master, Access access)
    {
        var sent = move.After! with { Version = 2, Reference = await FreshReferenceAsync(session) };
        if (!await ChallengeRows.InsertAsync(session, sent, journey))
        {
            // Somebody else's journey, which no page gives; or the same reference drawn twice in one moment, which is once in many centuries.
            throw new InvalidOperationException("A data challenge with this journey or reference is there already.");
        }

        await EvidenceRows.AttachAsync(session, journey, raised.RaisedBy, sent.Id);
        await TellAsync(session, sent with { Version = 1, State = ChallengeState.Raised }, ChallengeDeed.Raised, null, null, raised.RaisedAt, master, access);
        await TellAsync(session, sent, move.Deed!.Value, null, null, raised.RaisedAt, master, access);
        return new(move.Code, await ChallengeRows.GetAsync(session, sent.Id), []);
    }

    /// <summary>Writes a step down: in the challenge's history, in the learner's trail, and to whom it is told.</summary>
    private async Task TellAsync(
        Session session, DataChallenge after, ChallengeDeed deed, string? said, Guid? before, DateTimeOffset at, Uln master, Access access)
    {
        var organisation = deed == ChallengeDeed.SentToOrganisation ? after.OrganisationId : deed is ChallengeDeed.Escalated or ChallengeDeed.Reminded ? before : access.Actor.OrganisationId;
        await ChallengeRows.AddStepAsync(session, after, deed, said, organisation, at, access);
        await ChallengeMail.AddAsync(session, after, deed, before, at);
        await NoteAsync(session, access, ActionOf(deed), [master]);
    }

    private static AuditAction ActionOf(ChallengeDeed deed) => deed switch
    {
        ChallengeDeed.Raised => AuditAction.ChallengeRaised,
        ChallengeDeed.SentToOrganisation or ChallengeDeed.SentToOffice => AuditAction.ChallengeSent,
        ChallengeDeed.EvidenceAdded => AuditAction.ChallengeEvidenceAdded,
        ChallengeDeed.InformationAsked => AuditAction.ChallengeInformationAsked,
        ChallengeDeed.InformationGiven => AuditAction.ChallengeInformationGiven,
        ChallengeDeed.Reminded => AuditAction.ChallengeReminded,
        ChallengeDeed.Escalated => AuditAction.ChallengeEscalated,
        ChallengeDeed.Accepted => AuditAction.ChallengeAccepted,
        ChallengeDeed.Rejected => AuditAction.ChallengeRejected,
        ChallengeDeed.Closed => AuditAction.ChallengeClosed,
        ChallengeDeed.Withdrawn => AuditAction.ChallengeWithdrawn,
        ChallengeDeed.ReviewAsked => AuditAction.ChallengeReviewAsked,
        _ => throw new ArgumentOutOfRangeException(nameof(deed)),
    };

    private static async Task<DataChallenge?> OfJourneyAsync(Session session, Guid? journey, Guid? account) =>
        journey is null ? null : (await ChallengeRows.ListAsync(session, "WHERE c.journey_id = @journey AND c.raised_by = @account", new { journey, account })).SingleOrDefault();

    private static Task<int> CountOpenAsync(Session session, IReadOnlyList<Uln> ulns) => session.SingleOrDefaultAsync<int>(
        $"SELECT count(*) FROM data_challenge WHERE state < 10 AND {session.AnyOf("uln", "ulns")}", new { ulns = session.Keys(ulns.Select(uln => uln.Value)) });

    private static async Task<ChallengeReference> FreshReferenceAsync(Session session)
    {
        while (true)
        {
            var reference = ChallengeReference.New();
            if (await session.SingleOrDefaultAsync<int>("SELECT count(*) FROM data_challenge WHERE reference = @reference", new { reference = reference.Value }) == 0)
            {
                return reference;
            }
        }
    }

    private Task NoteAsync(Session session, Access access, AuditAction action, IEnumerable<Uln> ulns) =>
        trail.AppendAsync(session, access, [.. ulns.Select(uln => new AuditNote(AuditChain.Of(uln), action, Details: AuditTrail.Details(access)))]);

    private static ChallengeAnswer Refused(ResponseCode code) => new(code, null, []);
}
