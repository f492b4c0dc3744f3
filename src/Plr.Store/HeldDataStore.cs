using Plr.Core;
using Plr.Core.AccessRequests;
using Plr.Core.Audit;
using Plr.Core.DataChallenges;
using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Core.Moves;
using Plr.Core.Sharing;

namespace Plr.Store;

/// <summary>Everything about a learner in one transaction, each part as its own store reads it.</summary>
public sealed class HeldDataStore(Engine engine, AuditTrail trail, IDataChallengeStore challenges, IShareStore shares) : IHeldDataStore
{
    public Task<HeldData?> ReadAsync(Uln uln, Access access, CancellationToken ct = default) => engine.TogetherAsync(
        async session =>
        {
            if (await session.FindAsync(uln) is not { Status: LearnerStatus.Active } learner)
            {
                return null;
            }

            var ulns = await session.UlnsOfAsync(learner.Uln);
            var (details, events) = (await DetailsAsync(session, ulns), await EventsAsync(session, ulns));
            var held = new HeldData
            {
                Learner = learner,
                Details = details,
                Events = events,
                Challenges = await ChallengesAsync(uln, access, ct),
                Shares = await SharesAsync(uln, access, ct),
                Organisations = await NamesAsync(session, details, events),
            };
            await trail.AppendAsync(session, access, [new AuditNote(AuditChain.Of(learner.Uln), AuditAction.DataDownloaded, Details: AuditTrail.Details(access))]);
            return held;
        },
        ct);

    private async Task<List<ChallengeHistory>> ChallengesAsync(Uln uln, Access access, CancellationToken ct)
    {
        var histories = new List<ChallengeHistory>();
        foreach (var challenge in await challenges.ListAsync(uln, access, ct))
        {
            if (await challenges.ReadAsync(challenge.Id, _ => true, access, ct) is { } history)
            {
                histories.Add(history);
            }
        }

        return histories;
    }

    private static async Task<List<LearnerVersion>> DetailsAsync(Session session, IReadOnlyList<Uln> ulns)
    {
        var versions = new List<LearnerVersion>();
        foreach (var uln in ulns.OrderBy(one => one.Value))
        {
            versions.AddRange(await LearnerStore.ReadVersionsAsync(session, uln));
        }

        return versions;
    }

    private static async Task<List<MovedLearningEvent>> EventsAsync(Session session, IReadOnlyList<Uln> ulns)
    {
        await using var reader = await session.ReaderAsync(RecordReads.VersionsSql(session), new { ulns = session.Keys(ulns.Select(uln => uln.Value)) });
        return [.. (await RecordReads.VersionsAsync(reader)).Select(found => new MovedLearningEvent(Uln.FromValue(found.Uln), found.Version))];
    }

    private async Task<List<OwnShare>> SharesAsync(Uln uln, Access access, CancellationToken ct)
    {
        var own = new List<OwnShare>();
        foreach (var share in await shares.ListAsync(uln, access, ct))
        {
            if (await shares.GetAsync(share.Id, uln, access, ct) is { } found)
            {
                own.Add(found);
            }
        }

        return own;
    }

    private static async Task<Dictionary<Guid, string>> NamesAsync(Session session, List<LearnerVersion> details, List<MovedLearningEvent> events)
    {
        var ids = details.SelectMany(version => new[] { version.RecordedBy, version.Learner.RegisteredBy }).Concat(events.Select(moved => moved.Version.Provenance.OrganisationId)).OfType<Guid>().Distinct();
        return (await session.QueryAsync<NameRow>($"SELECT id, name FROM organisation WHERE {session.AnyOf("id", "ids")}", new { ids = session.Keys(ids) })).ToDictionary(row => row.Id, row => row.Name);
    }

    private sealed class NameRow
    {
        public Guid Id { get; init; }

        public string Name { get; init; } = "";
    }
}
