using Plr.Core;
using Plr.Core.Audit;
using Plr.Core.Qualifications;

namespace Plr.Store;

/// <summary>The register of qualifications. Rows are replaced, not versioned: the regulator's register is where their history lies.</summary>
/// <param name="engine">Where.</param>
/// <param name="trail">An import that changed something leaves one entry in the register's chain.</param>
public sealed class QualificationStore(Engine engine, AuditTrail trail) : IQualificationStore
{
    private const int ChunkRows = 5000;

    public Task<IReadOnlyList<ImportChange>> ImportAsync(IReadOnlyList<Qualification> qualifications, Access access, CancellationToken ct = default)
    {
        if (qualifications.DistinctBy(row => row.Number).Count() != qualifications.Count)
        {
            throw new ArgumentException("A number stands twice in one import.", nameof(qualifications));
        }

        return engine.WriteAsync<IReadOnlyList<ImportChange>>(
            async session =>
            {
                await session.LockAsync(LockSpace.Qualification, 0);
                var changes = new List<ImportChange>(qualifications.Count);
                foreach (var chunk in qualifications.Chunk(ChunkRows))
                {
                    changes.AddRange(await ImportChunkAsync(session, chunk));
                }

                if (changes.Exists(change => change != ImportChange.Unchanged))
                {
                    await trail.AppendAsync(session, access, [new(AuditChain.Register, AuditAction.ReferenceDataLoaded, Details: AuditTrail.Details(access))]);
                }

                return changes;
            },
            ct);
    }

    public Task<Qualification?> GetAsync(string number, CancellationToken ct = default) => engine.ReadAsync(
        session => session.SingleOrDefaultAsync<Qualification>($"SELECT {QualificationRows.ColumnList} FROM qualification WHERE number = @number", new { number }), ct);

    public Task<IReadOnlyList<Qualification>> ListAsync(string? after, string? owner, int limit, CancellationToken ct = default) =>
        engine.ReadAsync<IReadOnlyList<Qualification>>(
            async session =>
            {
                var number = session.Engine.Kind == EngineKind.Postgres ? "number COLLATE \"C\"" : "number";
                var rows = await session.QueryAsync<Qualification>(
                    $"SELECT {QualificationRows.ColumnList} FROM qualification WHERE {number} > @after {(owner is null ? "" : "AND owner_recognition_number = @owner")} ORDER BY {number} LIMIT @limit",
                    new { after = after ?? "", owner, limit });
                return [.. rows];
            },
            ct);

    public Task<int> CountAsync(CancellationToken ct = default) =>
        engine.ReadAsync(session => session.SingleOrDefaultAsync<int>("SELECT count(*) FROM qualification"), ct);

    /// <summary>What differs goes out and in again: that is one text for both engines, and as a stream.</summary>
    private static async Task<List<ImportChange>> ImportChunkAsync(Session session, Qualification[] chunk)
    {
        var held = await QualificationRows.ReadAsync(session, chunk.Select(row => row.Number));
        List<ImportChange> changes = [.. chunk.Select(row => !held.TryGetValue(row.Number, out var before)
            ? ImportChange.Added
            : before == row ? ImportChange.Unchanged : ImportChange.Changed)];
        var changed = chunk.Where((_, i) => changes[i] == ImportChange.Changed).Select(row => row.Number).ToArray();
        if (changed.Length > 0)
        {
            await session.ExecuteAsync($"DELETE FROM qualification WHERE {session.AnyOf("number", "numbers")}", new { numbers = session.Keys(changed) });
        }

        var written = chunk.Where((_, i) => changes[i] != ImportChange.Unchanged).Select(QualificationRows.Values);
        await session.BulkInsertAsync("qualification", QualificationRows.Columns, written);
        return changes;
    }
}

/// <summary>The columns of the table qualification, in the one order in which they are written and read.</summary>
internal static class QualificationRows
{
    public static IReadOnlyList<string> Columns { get; } =
    [
        "number", "title", "owner_recognition_number", "owner_name", "owner_acronym", "level", "sub_level", "eqf_level", "type", "total_credits",
        "sector_subject_area", "status", "regulation_start_date", "operational_start_date", "operational_end_date", "certification_end_date",
        "minimum_guided_learning_hours", "maximum_guided_learning_hours", "total_qualification_time", "guided_learning_hours",
        "offered_in_england", "offered_in_wales", "offered_in_northern_ireland", "overall_grading_type", "assessment_methods",
    ];

    public static string ColumnList { get; } = string.Join(", ", Columns);

    /// <summary>Those of the numbers that are on the register.</summary>
    public static async Task<Dictionary<string, Qualification>> ReadAsync(Session session, IEnumerable<string> numbers) =>
        (await session.QueryAsync<Qualification>(
            $"SELECT {ColumnList} FROM qualification WHERE {session.AnyOf("number", "numbers")}", new { numbers = session.Keys(numbers) }))
        .ToDictionary(row => row.Number);

    public static object?[] Values(Qualification row) =>
    [
        row.Number, row.Title, row.OwnerRecognitionNumber, row.OwnerName, row.OwnerAcronym, row.Level, row.SubLevel, row.EqfLevel, row.Type, row.TotalCredits,
        row.SectorSubjectArea, row.Status, row.RegulationStartDate, row.OperationalStartDate, row.OperationalEndDate, row.CertificationEndDate,
        row.MinimumGuidedLearningHours, row.MaximumGuidedLearningHours, row.TotalQualificationTime, row.GuidedLearningHours,
        row.OfferedInEngland, row.OfferedInWales, row.OfferedInNorthernIreland, row.OverallGradingType, row.AssessmentMethods,
    ];
}
