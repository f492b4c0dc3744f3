using System.Text.Json;
using Plr.Core.Audit;
using Plr.Core.Learners;

namespace Plr.Store;

/// <summary>How a learner's entries are read. Of somebody with linked ULNs the chains of all of them are one list, by time.</summary>
internal static class AuditReads
{
    /// <summary>A learner's entries, newest first, with their number in all.</summary>
    public static async Task<(IReadOnlyList<AuditLine> Lines, int Total)> ReadAsync(Session session, Uln uln, int skip, int take, bool withOwn, AuditPlace? before, AuditWho? who)
    {
        var chains = await ChainsAsync(session, uln);
        var whose = who is null ? Whose(withOwn) : $"AND {WhoSql(session)} = @who";
        var older = before switch
        {
            null => "",
            { At: null } => "AND e.sequence < @sequence",
            _ => "AND (e.recorded_at < @at OR (e.recorded_at = @at AND (e.chain > @chain OR (e.chain = @chain AND e.sequence < @sequence))))",
        };
        var order = chains.Length == 1 ? "e.sequence DESC" : "e.recorded_at DESC, e.chain, e.sequence DESC";
        var args = new { chains = session.Keys(chains), take, skip, who = who?.Word, sequence = before?.Sequence, at = before?.At, chain = chains[Math.Clamp(before?.Chain ?? 0, 0, chains.Length - 1)] };
        var ofThese = OfThese(session, chains);
        var total = await session.SingleOrDefaultAsync<long>($"SELECT count(*) FROM audit_entry e WHERE {ofThese} {whose}", args);
        var rows = await session.QueryAsync<LineRow>(
            $"""
            SELECT e.chain, e.sequence, e.recorded_at, e.entry, d.details
            FROM audit_entry e LEFT JOIN audit_detail d ON d.chain = e.chain AND d.sequence = e.sequence
            WHERE {ofThese} {whose} {older} ORDER BY {order} LIMIT @take OFFSET @skip
            """,
            args);
        var entries = rows.ToList();
        var names = await OrganisationNamesAsync(session, entries.Select(row => row.Organisation).OfType<Guid>());
        return ([.. entries.Select(row => chains.Length == 1 ? Line(row, names) : Line(row, names) with { Place = new(row.Sequence, row.RecordedAt, Array.IndexOf(chains, row.Chain)) })], checked((int)total));
    }

    /// <summary>A learner's entries by who made them, the latest first.</summary>
    public static async Task<IReadOnlyList<AuditGroup>> GroupsAsync(Session session, Uln uln, bool withOwn)
    {
        var chains = await ChainsAsync(session, uln);
        var rows = (await session.QueryAsync<GroupRow>(
            $"""
            SELECT who, action, purpose, count(*) AS times, min(recorded_at) AS first_at, max(recorded_at) AS last_at
            FROM (
                SELECT {WhoSql(session)} AS who, {session.JsonText("e.entry", "action")} AS action, {session.JsonText("e.entry", "purpose")} AS purpose, e.recorded_at
                FROM audit_entry e WHERE {OfThese(session, chains)} {Whose(withOwn)}
            ) AS looked
            GROUP BY who, action, purpose
            """,
            new { chains = session.Keys(chains), chain = chains[0] })).ToList();
        var names = await OrganisationNamesAsync(session, rows.Select(row => new AuditWho(row.Who).Organisation).OfType<Guid>());
        return [.. rows.GroupBy(row => row.Who).Select(group => Group([.. group.OrderByDescending(row => row.LastAt)], names)).OrderByDescending(group => group.Last).ThenBy(group => group.Who.Word, StringComparer.Ordinal)];
    }

    // Rows of one, the latest first.
    private static AuditGroup Group(List<GroupRow> rows, Dictionary<Guid, string> names)
    {
        var who = new AuditWho(rows[0].Who);
        return new(
            who,
            who.Organisation is { } organisation && names.TryGetValue(organisation, out var name) ? name : null,
            checked((int)rows.Sum(row => row.Times)),
            rows.Min(row => row.FirstAt),
            rows[0].LastAt,
            [.. rows.Select(row => row.Action).Distinct()],
            [.. rows.Select(row => row.Purpose).Distinct()]);
    }

    private static async Task<long[]> ChainsAsync(Session session, Uln uln) => [.. (await session.UlnsOfAsync(await session.MasterOfAsync(uln))).Select(one => one.Value).Order()];

    private static string OfThese(Session session, long[] chains) => chains.Length == 1 ? "e.chain = @chain" : session.AnyOf("e.chain", "chains");

    // Entries are canonical JSON: the actor is written in exactly one way.
    private static string Whose(bool withOwn) => withOwn ? "" : """AND e.entry NOT LIKE '%"actor":"learner"%'""";

    // Whom a learner is told that an entry is of: an AuditWho's word.
    private static string WhoSql(Session session) =>
        $"""
        CASE WHEN {session.JsonText("e.entry", "actor")} = 'learner' THEN 'you'
             WHEN {session.JsonText("e.entry", "organisation")} IS NOT NULL THEN {session.JsonText("e.entry", "organisation")}
             WHEN {session.JsonText("e.entry", "actor")} IN ('officer', 'register') THEN 'office'
             ELSE 'somebody' END
        """;

    private static async Task<Dictionary<Guid, string>> OrganisationNamesAsync(Session session, IEnumerable<Guid> organisations)
    {
        var ids = organisations.Distinct().ToArray();
        return ids.Length == 0
            ? []
            : (await session.QueryAsync<NameRow>($"SELECT id, name FROM organisation WHERE {session.AnyOf("id", "ids")}", new { ids = session.Keys(ids) }))
                .ToDictionary(row => row.Id, row => row.Name);
    }

    private static AuditLine Line(LineRow row, Dictionary<Guid, string> names)
    {
        var entry = row.Parsed;
        string? Text(string name) => entry.TryGetProperty(name, out var value) ? value.GetString() : null;
        var person = row.Details is null ? null : JsonDocument.Parse(row.Details).RootElement.TryGetProperty("person", out var name) ? name.GetString() : null;
        return new AuditLine(
            row.Sequence,
            row.RecordedAt,
            Text("action")!,
            Text("actor")!,
            row.Organisation is { } organisation && names.TryGetValue(organisation, out var known) ? known : null,
            person,
            Text("channel")!,
            Text("purpose")!,
            entry.TryGetProperty("id", out var id) && Text("table") == "learning_event" ? id.GetInt32() : null);
    }

    private sealed class LineRow
    {
        private JsonElement? _parsed;

        public long Chain { get; init; }

        public int Sequence { get; init; }

        public DateTimeOffset RecordedAt { get; init; }

        public string Entry { get; init; } = "";

        public string? Details { get; init; }

        public JsonElement Parsed => _parsed ??= JsonDocument.Parse(Entry).RootElement;

        public Guid? Organisation => Parsed.TryGetProperty("organisation", out var id) ? id.GetGuid() : null;
    }

    private sealed class GroupRow
    {
        public string Who { get; init; } = "";

        public string Action { get; init; } = "";

        public string Purpose { get; init; } = "";

        public long Times { get; init; }

        public DateTimeOffset FirstAt { get; init; }

        public DateTimeOffset LastAt { get; init; }
    }

    private sealed class NameRow
    {
        public Guid Id { get; init; }

        public string Name { get; init; } = "";
    }
}
