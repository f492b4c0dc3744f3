using Plr.Core.LearningEvents;

namespace Plr.Store;

/// <summary>
/// Of which years awarding organisations have sent results. Whoever adds events keeps it in the same transaction, as the last thing that it does: a year
/// that another transaction is adding is waited for, and nothing is then.
/// </summary>
internal static class AwardingYears
{
    /// <summary>Keeps the years of these versions; nearly always they are there already.</summary>
    public static async Task KeepAsync(Session session, IEnumerable<LearningEventVersion> versions)
    {
        var sent = versions.Select(YearOf).OfType<(Guid Organisation, int Year)>().ToHashSet();
        if (sent.Count == 0)
        {
            return;
        }

        var held = await session.QueryAsync<YearRow>(
            $"SELECT organisation_id, year FROM awarding_year WHERE {session.AnyOf("organisation_id", "ids")}", new { ids = session.Keys(sent.Select(one => one.Organisation).Distinct()) });
        sent.ExceptWith(held.Select(row => (row.OrganisationId, row.Year)));
        foreach (var (organisation, year) in sent.Order())
        {
            await session.ExecuteAsync("INSERT INTO awarding_year (organisation_id, year) VALUES (@organisation, @year) ON CONFLICT DO NOTHING", new { organisation, year });
        }
    }

    /// <summary>The earliest and the latest year of each of these organisations; one that has sent none is not among them.</summary>
    public static async Task<IReadOnlyDictionary<Guid, (int First, int Last)>> OfAsync(Session session, IEnumerable<Guid> organisations) =>
        (await session.QueryAsync<SpanRow>(
            $"SELECT organisation_id, min(year) AS earliest, max(year) AS latest FROM awarding_year WHERE {session.AnyOf("organisation_id", "ids")} GROUP BY organisation_id",
            new { ids = session.Keys(organisations) })).ToDictionary(row => row.OrganisationId, row => (row.Earliest, row.Latest));

    private static (Guid Organisation, int Year)? YearOf(LearningEventVersion version) =>
        version is { Version: 1, Facts: { Source: EventSource.AO, AchievementAwardDate: { } awarded }, Provenance.OrganisationId: { } organisation } ? (organisation, awarded.Year) : null;

    private sealed class YearRow
    {
        public Guid OrganisationId { get; init; }

        public int Year { get; init; }
    }

    private sealed class SpanRow
    {
        public Guid OrganisationId { get; init; }

        public int Earliest { get; init; }

        public int Latest { get; init; }
    }
}
