using Plr.Core;
using Plr.Core.Audit;
using Plr.Core.DataChallenges;
using Plr.Core.Learners;

namespace Plr.Store;

/// <summary>Data challenges in the database.</summary>
public sealed class DataChallengeStore(Engine engine, AuditTrail trail) : IDataChallengeStore
{
    public Task<DataChallenge?> AddAsync(DataChallenge challenge, Access access, CancellationToken ct = default)
    {
        var added = challenge with { Id = Guid.CreateVersion7(challenge.RaisedAt), RaisedAt = StoredForms.Instant(challenge.RaisedAt) };
        return engine.WriteAsync(
            async session =>
            {
                // Under the ULN that the event stands under, or that was asked for: unlinking gives each back its own.
                if (await session.FindAsync(added.Uln) is not { Status: LearnerStatus.Active } learner || await OwnerAsync(session, learner.Uln, added) is not { } owner)
                {
                    return null;
                }

                var kept = added with { Uln = owner };
                await session.ExecuteAsync(
                    """
                    INSERT INTO data_challenge (id, uln, event_id, type, state, raised_at, raised_by, said)
                    VALUES (@Id, @uln, @EventId, @type, @state, @RaisedAt, @RaisedBy, @Said)
                    """,
                    new { kept.Id, uln = kept.Uln.Value, kept.EventId, type = (int)kept.Type, state = (int)kept.State, kept.RaisedAt, kept.RaisedBy, kept.Said });
                await trail.AppendAsync(
                    session, access, [new AuditNote(AuditChain.Of(learner.Uln), AuditAction.ChallengeRaised, Details: AuditTrail.Details(access))]);
                return kept;
            },
            ct);
    }

    public Task<IReadOnlyList<DataChallenge>> ListAsync(Uln uln, Access access, CancellationToken ct = default) => engine.WriteAsync<IReadOnlyList<DataChallenge>>(
        async session =>
        {
            if (await session.FindAsync(uln) is not { } learner)
            {
                return [];
            }

            var ulns = await session.UlnsOfAsync(learner.Uln);
            var rows = await session.QueryAsync<Row>(
                $"SELECT id, uln, event_id, type, state, raised_at, raised_by, said FROM data_challenge WHERE {session.AnyOf("uln", "ulns")} ORDER BY raised_at DESC, id DESC",
                new { ulns = session.Keys(ulns.Select(one => one.Value)) });
            await trail.AppendAsync(session, access, [new AuditNote(AuditChain.Of(learner.Uln), AuditAction.LearnerShown, Details: AuditTrail.Details(access))]);
            return [.. rows.Select(row => new DataChallenge(row.Id, Core.Learners.Uln.FromValue(row.Uln), row.EventId, row.Type, row.State, row.RaisedAt, row.RaisedBy, row.Said))];
        },
        ct);

    private static async Task<Uln?> OwnerAsync(Session session, Uln master, DataChallenge challenge)
    {
        if (challenge.EventId is not { } eventId)
        {
            return challenge.Uln;
        }

        var ulns = await session.UlnsOfAsync(master);
        var owners = await session.QueryAsync<long>(
            session.Each("uln", "learning_event", "uln", "ulns", "id = @eventId AND version = 1"), new { ulns = session.Keys(ulns.Select(uln => uln.Value)), eventId });
        return owners.Select(Uln.FromValue).Cast<Uln?>().FirstOrDefault();
    }

    private sealed class Row
    {
        public Guid Id { get; init; }

        public long Uln { get; init; }

        public int? EventId { get; init; }

        public ChallengeType Type { get; init; }

        public ChallengeState State { get; init; }

        public DateTimeOffset RaisedAt { get; init; }

        public Guid? RaisedBy { get; init; }

        public string Said { get; init; } = "";
    }
}
