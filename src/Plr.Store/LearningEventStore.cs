using Plr.Core;
using Plr.Core.Audit;
using Plr.Core.Batches;
using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Core.Responses;

namespace Plr.Store;

/// <summary>Learning events in the database. Recording achievements is <see cref="AchievementRun"/>.</summary>
public sealed class LearningEventStore(Engine engine, AuditTrail trail, TimeProvider time) : ILearningEventStore
{
    public Task<IReadOnlyList<AchievementOutcome>> RecordAchievementsAsync(
        IReadOnlyList<Achievement> rows, AchievementUploader uploader, BatchChunk? chunk, Access access, CancellationToken ct = default) =>
        engine.WriteAsync(session => new AchievementRun(session, trail, uploader, access, chunk, StoredForms.Instant(time.GetUtcNow())).RunAsync(rows), ct);

    public Task<RecordAnswer?> ReadRecordAsync(Uln uln, DateTimeOffset? asOf, Func<Learner, RecordDecision> decide, Access access, CancellationToken ct = default) =>
        engine.WriteAsync(
            async session =>
            {
                if (await session.FindAsync(uln) is not { Status: LearnerStatus.Active } learner)
                {
                    // Asking for numbers to see whose they are leaves a trace as well.
                    await NoteAsync(session, await AuditTrail.ChainOfAsync(session, access), AuditAction.SearchedWithoutMatch, access, uln.ToString());
                    return null;
                }

                var decision = decide(learner);
                await NoteAsync(session, AuditChain.Of(learner.Uln), decision.Refusal is null ? AuditAction.RecordShown : AuditAction.RecordRefused, access);
                if (decision.Refusal is not null)
                {
                    return new RecordAnswer(decision.Refusal, null);
                }

                var versions = await ReadVersionsAsync(session, learner.Uln, null, asOf);
                var challenged = await OpenChallengesAsync(session, learner.Uln);
                var events = versions.GroupBy(version => version.Id).Select(history => Latest([.. history], challenged))
                    .Where(found => decision.WithWithdrawn || found.Facts.Status != EventStatus.Withdrawn);
                return new RecordAnswer(null, new PersonalLearningRecord(learner, [.. NewestFirst(events)]));
            },
            ct);

    public Task<EventHistory?> ReadEventAsync(Uln uln, int id, Func<Learner, RecordDecision> decide, Access access, CancellationToken ct = default) =>
        engine.WriteAsync(
            async session =>
            {
                if (await session.FindAsync(uln) is not { Status: LearnerStatus.Active } learner)
                {
                    return null;
                }

                var decision = decide(learner);
                if (decision.Refusal is not null)
                {
                    await NoteAsync(session, AuditChain.Of(learner.Uln), AuditAction.RecordRefused, access);
                    return null;
                }

                var versions = await ReadVersionsAsync(session, learner.Uln, id, null);
                if (versions.Count == 0 || (versions[^1].Facts.Status == EventStatus.Withdrawn && !decision.WithWithdrawn))
                {
                    return null;
                }

                await NoteAsync(session, AuditChain.Of(learner.Uln), AuditAction.EventShown, access, eventId: id);
                return new EventHistory(Latest(versions, await OpenChallengesAsync(session, learner.Uln)), versions);
            },
            ct);

    private Task NoteAsync(Session session, AuditChain chain, AuditAction action, Access access, string? query = null, int? eventId = null) =>
        trail.AppendAsync(session, access, [new AuditNote(chain, action, Details: AuditTrail.Details(access, query)) { EventId = eventId }]);

    private static LearningEvent Latest(List<LearningEventVersion> versions, HashSet<int> challenged)
    {
        var latest = versions[^1];
        return new(latest.Id, latest.Version, latest.Facts, latest.Provenance, versions[0].Provenance.RecordedAt, challenged.Contains(latest.Id));
    }

    private static IEnumerable<LearningEvent> NewestFirst(IEnumerable<LearningEvent> events) => events
        .OrderByDescending(found => found.Facts.AchievementAwardDate ?? found.Facts.ParticipationEndDate ?? DateOnly.MinValue)
        .ThenBy(found => found.Facts.Subject, StringComparer.Ordinal)
        .ThenBy(found => found.Id);

    /// <summary>Versions with the names of their organisations, by id and version.</summary>
    private static async Task<List<LearningEventVersion>> ReadVersionsAsync(Session session, Uln uln, int? id, DateTimeOffset? asOf)
    {
        var versions = new List<LearningEventVersion>();
        var sql = $"""
            SELECT {LearningEventRows.ColumnList} FROM learning_event
            WHERE uln = @uln {(id is null ? "" : "AND id = @id")} {(asOf is null ? "" : "AND recorded_at <= @asOf")} ORDER BY id, version
            """;
        await using (var reader = await session.ReaderAsync(sql, new { uln = uln.Value, id, asOf }))
        {
            while (await reader.ReadAsync())
            {
                versions.Add(LearningEventRows.Read(reader).Version);
            }
        }

        var names = await NamesAsync(session, versions);
        return [.. versions.Select(version => Named(version, names))];
    }

    private static LearningEventVersion Named(LearningEventVersion version, Names names) => version with
    {
        Facts = version.Facts.AchievementProviderName is null && version.Facts.AchievementProviderUkprn is { } ukprn
            ? version.Facts with { AchievementProviderName = names.ByUkprn.GetValueOrDefault(ukprn) }
            : version.Facts,
        Provenance = version.Provenance.OrganisationId is { } organisation
            ? version.Provenance with { OrganisationName = names.ById.GetValueOrDefault(organisation) }
            : version.Provenance,
    };

    private static async Task<Names> NamesAsync(Session session, List<LearningEventVersion> versions)
    {
        var ids = versions.Select(version => version.Provenance.OrganisationId).OfType<Guid>().Distinct().ToArray();
        var ukprns = versions.Select(version => version.Facts.AchievementProviderUkprn).OfType<string>().Distinct().ToArray();
        var rows = (await session.QueryAsync<OrganisationRow>(
            $"SELECT id, ukprn, name FROM organisation WHERE {session.AnyOf("id", "ids")} OR {session.AnyOf("ukprn", "ukprns")}",
            new { ids = session.Keys(ids), ukprns = session.Keys(ukprns) })).ToList();
        return new(rows.ToDictionary(row => row.Id, row => row.Name), rows.Where(row => row.Ukprn is not null).ToDictionary(row => row.Ukprn!, row => row.Name));
    }

    private static async Task<HashSet<int>> OpenChallengesAsync(Session session, Uln uln) =>
        [.. await session.QueryAsync<int>("SELECT event_id FROM data_challenge WHERE uln = @uln AND event_id IS NOT NULL AND state < 10", new { uln = uln.Value })];

    private sealed record Names(Dictionary<Guid, string> ById, Dictionary<string, string> ByUkprn);

    private sealed class OrganisationRow
    {
        public Guid Id { get; init; }

        public string? Ukprn { get; init; }

        public string Name { get; init; } = "";
    }
}
