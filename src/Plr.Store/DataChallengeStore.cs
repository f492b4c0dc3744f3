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
                if (await session.FindAsync(added.Uln) is not { Status: LearnerStatus.Active } learner || !await HasEventAsync(session, learner.Uln, added.EventId))
                {
                    return null;
                }

                var kept = added with { Uln = learner.Uln };
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

            var rows = await session.QueryAsync<Row>(
                "SELECT id, event_id, type, state, raised_at, raised_by, said FROM data_challenge WHERE uln = @uln ORDER BY raised_at DESC, id DESC", new { uln = learner.Uln.Value });
            await trail.AppendAsync(session, access, [new AuditNote(AuditChain.Of(learner.Uln), AuditAction.LearnerShown, Details: AuditTrail.Details(access))]);
            return [.. rows.Select(row => new DataChallenge(row.Id, learner.Uln, row.EventId, row.Type, row.State, row.RaisedAt, row.RaisedBy, row.Said))];
        },
        ct);

    private static async Task<bool> HasEventAsync(Session session, Uln uln, int? eventId) =>
        eventId is null || await session.SingleOrDefaultAsync<long>("SELECT count(*) FROM learning_event WHERE uln = @uln AND id = @eventId", new { uln = uln.Value, eventId }) > 0;

    private sealed class Row
    {
        public Guid Id { get; init; }

        public int? EventId { get; init; }

        public ChallengeType Type { get; init; }

        public ChallengeState State { get; init; }

        public DateTimeOffset RaisedAt { get; init; }

        public Guid? RaisedBy { get; init; }

        public string Said { get; init; } = "";
    }
}
