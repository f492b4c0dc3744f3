using Plr.Core.Matching;
using Plr.Core.Organisations;

namespace Plr.Store;

/// <summary>The columns of the table organisation, in the one order in which they are written and read.</summary>
internal static class OrganisationRows
{
    public static string ColumnList { get; } =
        "id, number, name, status, ukprn, organisation_ref, recognition_number, legal_name, acronym, website, recognition_status, recognised_from, recognised_to";

    public static IReadOnlyList<string> WrittenColumns { get; } = [.. ColumnList.Split(", "), "sort_name"];

    public static object?[] Values(Organisation row) =>
    [
        row.Id, row.Number, row.Name, (short)row.Status, row.Ukprn, row.OrganisationRef, row.RecognitionNumber, row.LegalName, row.Acronym, row.Website,
        row.RecognitionStatus, row.RecognisedFrom, row.RecognisedTo, Names.Fold(row.Name),
    ];

    public static Task<Organisation?> GetAsync(Session session, Guid id) =>
        session.SingleOrDefaultAsync<Organisation>($"SELECT {ColumnList} FROM organisation WHERE id = @id", new { id });

    /// <summary>Its number on this register, which names its chain in the trail.</summary>
    /// <exception cref="ArgumentException">There is no such organisation.</exception>
    public static async Task<int> NumberAsync(Session session, Guid id) =>
        await session.SingleOrDefaultAsync<int?>("SELECT number FROM organisation WHERE id = @id", new { id })
        ?? throw new ArgumentException("There is no such organisation.", nameof(id));

    public static Task<IEnumerable<Organisation>> WithRecognitionNumberAsync(Session session) =>
        session.QueryAsync<Organisation>($"SELECT {ColumnList} FROM organisation WHERE recognition_number IS NOT NULL OR organisation_ref IS NOT NULL");

    public static Task<IEnumerable<Organisation>> AllAsync(Session session) => session.QueryAsync<Organisation>($"SELECT {ColumnList} FROM organisation");

    /// <summary>What names it in files.</summary>
    public static IEnumerable<string> NumbersOf(Organisation row) => new[] { row.Ukprn, row.OrganisationRef, row.RecognitionNumber }.OfType<string>();

    /// <summary>Writes what an import may change.</summary>
    public static Task<int> UpdateAsync(Session session, Organisation row) => session.ExecuteAsync(
        """
        UPDATE organisation SET name = @Name, sort_name = @sortName, recognition_number = @RecognitionNumber, legal_name = @LegalName, acronym = @Acronym, website = @Website,
            recognition_status = @RecognitionStatus, recognised_from = @RecognisedFrom, recognised_to = @RecognisedTo, version = version + 1
        WHERE id = @Id
        """,
        new
        {
            row.Id,
            row.Name,
            sortName = Names.Fold(row.Name),
            row.RecognitionNumber,
            row.LegalName,
            row.Acronym,
            row.Website,
            row.RecognitionStatus,
            row.RecognisedFrom,
            row.RecognisedTo,
        });

    /// <summary>In order of folded name, by code point on both engines whatever the database's own order is.</summary>
    public static string ByName(Session session) => session.Engine.Kind == EngineKind.Postgres ? "sort_name COLLATE \"C\"" : "sort_name";

    /// <summary>The condition for a part of a name or of a number.</summary>
    /// <param name="only">What must hold too.</param>
    public static (string Where, (string? Name, string? Code) Part) Search(string? search, string only = "TRUE")
    {
        if (string.IsNullOrWhiteSpace(search))
        {
            return ($"WHERE {only}", (null, null));
        }

        var where = $"""
            WHERE {only} AND ((@Name <> '%%' AND sort_name LIKE @Name ESCAPE '!') OR upper(ukprn) LIKE @Code ESCAPE '!'
                OR upper(organisation_ref) LIKE @Code ESCAPE '!' OR upper(recognition_number) LIKE @Code ESCAPE '!')
            """;
        return (where, (Anywhere(Names.Fold(search)), Anywhere(search.Trim().ToUpperInvariant())));
    }

    private static string Anywhere(string part) => $"%{part.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal)}%";
}
