using System.Data.Common;
using Plr.Core.Learners;
using Plr.Core.LearningEvents;

namespace Plr.Store;

/// <summary>A record to read.</summary>
/// <param name="Learner">Whose.</param>
/// <param name="WithWithdrawn">Whether withdrawn events are in it.</param>
/// <param name="AsOf">As it was at this instant, UTC; null for now.</param>
internal sealed record RecordWanted(Learner Learner, bool WithWithdrawn, DateTimeOffset? AsOf)
{
    /// <summary>The record, of all versions of the learner's events, each event's oldest first.</summary>
    public PersonalLearningRecord Of(IEnumerable<LearningEventVersion> versions, HashSet<int> challenged)
    {
        var until = AsOf is { } instant ? StoredForms.Instant(instant) : DateTimeOffset.MaxValue;
        var first = new Dictionary<int, LearningEventVersion>();
        var latest = new Dictionary<int, LearningEventVersion>();
        foreach (var version in versions)
        {
            if (version.Provenance.RecordedAt <= until)
            {
                first.TryAdd(version.Id, version);
                latest[version.Id] = version;
            }
        }

        var events = new List<LearningEvent>(latest.Count);
        foreach (var (id, version) in latest)
        {
            if (WithWithdrawn || version.Facts.Status != EventStatus.Withdrawn)
            {
                events.Add(RecordReads.Event(first[id], version, challenged));
            }
        }

        events.Sort(NewestFirst);
        return new(Learner, events);
    }

    private static int NewestFirst(LearningEvent one, LearningEvent other)
    {
        var byDate = Day(other).CompareTo(Day(one));
        var order = byDate != 0 ? byDate : string.CompareOrdinal(one.Facts.Subject, other.Facts.Subject);
        return order != 0 ? order : one.Id.CompareTo(other.Id);
    }

    private static DateOnly Day(LearningEvent found) => found.Facts.AchievementAwardDate ?? found.Facts.ParticipationEndDate ?? DateOnly.MinValue;
}

/// <summary>How a learner's record is read within a transaction that is open; whoever reads leaves the entries.</summary>
internal static class RecordReads
{
    private const string NamedColumns = "found.*, o.name, p.name";

    // The provider's name where the event does not say it.
    private const string Names = """
        LEFT JOIN organisation o ON o.id = found.organisation_id
        LEFT JOIN organisation p ON p.ukprn = found.achievement_provider_ukprn AND found.achievement_provider_name IS NULL
        """;

    /// <summary>All versions of the learning events of the learners <c>@ulns</c>, with the names of their organisations; of an event by version.</summary>
    public static string VersionsSql(Session session) =>
        $"SELECT {NamedColumns} FROM ({session.Each(LearningEventRows.ColumnList, "learning_event", "uln", "ulns", "TRUE")}) AS found {Names} ORDER BY found.uln, found.id, found.version";

    /// <summary>The events of the learners <c>@ulns</c> under an open data challenge.</summary>
    public static string ChallengesSql(Session session) => session.Each("event_id, other_event_id", "data_challenge", "uln", "ulns", "event_id IS NOT NULL AND state < 10");

    /// <summary>A learner's whole record, with the events of all ULNs that lead to them, as of now or of an instant.</summary>
    public static async Task<PersonalLearningRecord> RecordAsync(this Session session, Learner learner, bool withWithdrawn, DateTimeOffset? asOf)
    {
        await using var reader = await session.ReaderAsync($"{VersionsSql(session)}; {ChallengesSql(session)}", new { ulns = session.Keys((await session.UlnsOfAsync(learner.Uln)).Select(uln => uln.Value)) });
        var versions = await VersionsAsync(reader);
        await reader.NextResultAsync();
        return new RecordWanted(learner, withWithdrawn, asOf).Of(versions.Select(found => found.Version), await ChallengesAsync(reader));
    }

    /// <summary>Versions of one learning event with the names of their organisations, oldest first.</summary>
    /// <param name="ulns">Of the person whose event it is.</param>
    public static async Task<List<LearningEventVersion>> VersionsAsync(this Session session, IReadOnlyList<Uln> ulns, int id)
    {
        await using var reader = await session.ReaderAsync(
            $"SELECT {NamedColumns} FROM ({session.Each(LearningEventRows.ColumnList, "learning_event", "uln", "ulns", "id = @id")}) AS found {Names} ORDER BY found.version",
            new { ulns = session.Keys(ulns.Select(uln => uln.Value)), id });
        return [.. (await VersionsAsync(reader)).Select(found => found.Version)];
    }

    public static async Task<HashSet<int>> OpenChallengesAsync(this Session session, IReadOnlyList<Uln> ulns)
    {
        await using var reader = await session.ReaderAsync(ChallengesSql(session), new { ulns = session.Keys(ulns.Select(uln => uln.Value)) });
        return await ChallengesAsync(reader);
    }

    public static LearningEvent Event(LearningEventVersion first, LearningEventVersion latest, HashSet<int> challenged) =>
        new(latest.Id, latest.Version, latest.Facts, latest.Provenance, first.Provenance.RecordedAt, challenged.Contains(latest.Id));

    /// <summary>The rows of <see cref="VersionsSql"/>.</summary>
    public static async Task<List<(long Uln, LearningEventVersion Version)>> VersionsAsync(DbDataReader reader)
    {
        var versions = new List<(long Uln, LearningEventVersion Version)>();
        while (await reader.ReadAsync())
        {
            versions.Add(LearningEventRows.Read(reader, withNames: true));
        }

        return versions;
    }

    /// <summary>The rows of <see cref="ChallengesSql"/>.</summary>
    public static async Task<HashSet<int>> ChallengesAsync(DbDataReader reader)
    {
        var challenged = new HashSet<int>();
        while (await reader.ReadAsync())
        {
            challenged.Add(reader.GetInt32(0));
            if (!await reader.IsDBNullAsync(1))
            {
                challenged.Add(reader.GetInt32(1));
            }
        }

        return challenged;
    }
}
