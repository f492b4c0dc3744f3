using System.Data.Common;
using Plr.Core.Learners;

namespace Plr.Store;

/// <summary>What organisations looked for lately, one row for an organisation and the key of five demographics (DECISIONS, "Find before register").</summary>
internal static class RecentSearches
{
    private static readonly string[] Columns = ["organisation_id", "person_key", "outcome", "shown", "searched_at"];

    /// <summary>Remembers searches; of several for one person by one organisation the last.</summary>
    public static Task KeepAsync(Session session, IEnumerable<(Guid Organisation, PersonKey Key, SearchOutcome Outcome)> searches, DateTimeOffset at) =>
        session.BulkReplaceAsync(
            "learner_search",
            Columns,
            "organisation_id, person_key",
            searches.GroupBy(search => (search.Organisation, search.Key.Number)).Select(same => same.Last()).OrderBy(search => search.Key.Number).ThenBy(search => search.Organisation).ToList(),
            (row, search) =>
            {
                row.Add(search.Organisation);
                row.Add(search.Key.Number);
                row.Add(search.Outcome.Code.Name);
                row.Add(string.Join(' ', search.Outcome.Found.Select(found => found.Learner.Uln)));
                row.Add(at);
            });

    /// <summary>The last searches for persons of the keys <c>@keys</c>.</summary>
    public static string ReadSql(Session session) => $"SELECT {string.Join(", ", Columns)} FROM learner_search WHERE {session.AnyOf("person_key", "keys")}";

    /// <summary>The rows of <see cref="ReadSql"/>, by organisation and key.</summary>
    public static async Task<Dictionary<(Guid Organisation, long Key), RecentSearch>> ReadAsync(DbDataReader reader)
    {
        var searches = new Dictionary<(Guid, long), RecentSearch>();
        while (await reader.ReadAsync())
        {
            Uln[] shown = [.. reader.GetString(3).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Uln.Parse)];
            searches.Add((reader.GetFieldValue<Guid>(0), reader.GetInt64(1)), new(reader.GetString(2), shown, reader.GetFieldValue<DateTimeOffset>(4)));
        }

        return searches;
    }
}
