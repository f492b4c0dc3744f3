using Plr.Core.Learners;
using Plr.Core.LearningEvents;

namespace Plr.Store;

/// <summary>How a learner's record is read within a transaction that is open; whoever reads leaves the entries.</summary>
internal static class RecordReads
{
    /// <summary>A learner's whole record, as of now or of an instant.</summary>
    public static async Task<PersonalLearningRecord> RecordAsync(this Session session, Learner learner, bool withWithdrawn, DateTimeOffset? asOf)
    {
        var versions = await session.VersionsAsync(learner.Uln, null, asOf);
        var challenged = await session.OpenChallengesAsync(learner.Uln);
        var events = versions.GroupBy(version => version.Id).Select(history => Latest([.. history], challenged))
            .Where(found => withWithdrawn || found.Facts.Status != EventStatus.Withdrawn);
        return new(learner, [.. NewestFirst(events)]);
    }

    public static LearningEvent Latest(List<LearningEventVersion> versions, HashSet<int> challenged)
    {
        var latest = versions[^1];
        return new(latest.Id, latest.Version, latest.Facts, latest.Provenance, versions[0].Provenance.RecordedAt, challenged.Contains(latest.Id));
    }

    private static IEnumerable<LearningEvent> NewestFirst(IEnumerable<LearningEvent> events) => events
        .OrderByDescending(found => found.Facts.AchievementAwardDate ?? found.Facts.ParticipationEndDate ?? DateOnly.MinValue)
        .ThenBy(found => found.Facts.Subject, StringComparer.Ordinal)
        .ThenBy(found => found.Id);

    /// <summary>Versions with the names of their organisations, by id and version.</summary>
    public static async Task<List<LearningEventVersion>> VersionsAsync(this Session session, Uln uln, int? id, DateTimeOffset? asOf)
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

    public static async Task<HashSet<int>> OpenChallengesAsync(this Session session, Uln uln) =>
        [.. await session.QueryAsync<int>("SELECT event_id FROM data_challenge WHERE uln = @uln AND event_id IS NOT NULL AND state < 10", new { uln = uln.Value })];

    private sealed record Names(Dictionary<Guid, string> ById, Dictionary<string, string> ByUkprn);

    private sealed class OrganisationRow
    {
        public Guid Id { get; init; }

        public string? Ukprn { get; init; }

        public string Name { get; init; } = "";
    }
}
