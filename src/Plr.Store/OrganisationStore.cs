using Plr.Core;
using Plr.Core.Audit;
using Plr.Core.Organisations;
using Plr.Core.Qualifications;

namespace Plr.Store;

/// <summary>Organisations. Whoever adds or imports holds one lock, so that a number is nobody's or one organisation's, in any case.</summary>
/// <param name="engine">Where.</param>
/// <param name="trail">Each write leaves an entry in the organisation's chain.</param>
public sealed class OrganisationStore(Engine engine, AuditTrail trail) : IOrganisationStore
{
    // 0 is no organisation's number: the lock of the list itself.
    private const long WholeList = 0;

    public Task<(Organisation? Added, OrganisationConflict? Conflict)> AddAsync(
        string name, string? ukprn, string? organisationRef, string? recognitionNumber, Access access, CancellationToken ct = default) =>
        engine.WriteAsync<(Organisation? Added, OrganisationConflict? Conflict)>(
            async session =>
            {
                await LockListAsync(session);
                var reference = organisationRef ?? ReferenceOf(recognitionNumber);
                if (await ConflictAsync(session, ukprn, reference, recognitionNumber) is { } conflict)
                {
                    return (null, conflict);
                }

                var added = new Organisation
                {
                    Id = Guid.CreateVersion7(),
                    Number = (int)(await session.NextAsync("organisation_sequence", 1))[0],
                    Name = name,
                    Status = OrganisationStatus.Active,
                    Ukprn = ukprn,
                    OrganisationRef = reference,
                    RecognitionNumber = recognitionNumber,
                };
                await session.BulkInsertAsync("organisation", OrganisationRows.WrittenColumns, [OrganisationRows.Values(added)]);
                await trail.AppendAsync(session, access, [Note(added, AuditAction.OrganisationAdded, access)]);
                return (added, null);
            },
            ct);

    public Task<Organisation?> GetAsync(Guid id, CancellationToken ct = default) =>
        engine.ReadAsync(session => OrganisationRows.GetAsync(session, id), ct);

    public Task<Organisation?> FindAsync(string code, CancellationToken ct = default) => engine.ReadAsync(
        async session => (await session.QueryAsync<Organisation>(
            $"""
            SELECT {OrganisationRows.ColumnList} FROM organisation
            WHERE upper(ukprn) = @code OR upper(organisation_ref) = @code OR upper(recognition_number) = @code
            ORDER BY number LIMIT 1
            """,
            new { code = code.ToUpperInvariant() })).FirstOrDefault(),
        ct);

    public Task<IReadOnlyList<Organisation>> ListAsync(string? search, int skip, int take, CancellationToken ct = default) =>
        engine.ReadAsync<IReadOnlyList<Organisation>>(
            async session =>
            {
                var (where, part) = OrganisationRows.Search(search);
                var order = OrganisationRows.ByName(session);
                var rows = await session.QueryAsync<Organisation>(
                    $"SELECT {OrganisationRows.ColumnList} FROM organisation {where} ORDER BY {order}, number LIMIT @take OFFSET @skip", new { part.Name, part.Code, take, skip });
                return [.. rows];
            },
            ct);

    public Task<int> CountAsync(string? search, CancellationToken ct = default) => engine.ReadAsync(
        session =>
        {
            var (where, part) = OrganisationRows.Search(search);
            return session.SingleOrDefaultAsync<int>($"SELECT count(*) FROM organisation {where}", new { part.Name, part.Code });
        },
        ct);

    public Task<IReadOnlyList<ResultsSent>> AwardingAsync(string search, int take, CancellationToken ct = default) => engine.ReadAsync<IReadOnlyList<ResultsSent>>(
        async session =>
        {
            var (where, part) = OrganisationRows.Search(search, "(recognition_number IS NOT NULL OR organisation_ref IS NOT NULL)");
            var rows = (await session.QueryAsync<Organisation>(
                $"SELECT {OrganisationRows.ColumnList} FROM organisation {where} ORDER BY {OrganisationRows.ByName(session)}, number LIMIT @take", new { part.Name, part.Code, take })).ToList();
            var years = await AwardingYears.OfAsync(session, rows.Select(row => row.Id));
            return [.. rows.Select(row => years.TryGetValue(row.Id, out var sent) ? new ResultsSent(row, sent.First, sent.Last) : new(row, null, null))];
        },
        ct);

    public Task<bool> SetStatusAsync(Guid id, OrganisationStatus status, Access access, CancellationToken ct = default) => engine.WriteAsync(
        async session =>
        {
            // Whoever gives a token locks the client first and the organisation then.
            await MachineClientStore.LockAsync(session, "organisation_id = @id", new { id });
            var changed = await session.ExecuteAsync(
                "UPDATE organisation SET status = @status, version = version + 1 WHERE id = @id AND status <> @status", new { id, status = (int)status });
            if (await OrganisationRows.GetAsync(session, id) is not { } organisation)
            {
                return false;
            }

            if (status != OrganisationStatus.Active)
            {
                await SessionRows.EndAsync(session, "account_id IN (SELECT id FROM account WHERE organisation_id = @id)", new { id });
                await session.ExecuteAsync("DELETE FROM machine_token WHERE client_id IN (SELECT id FROM machine_client WHERE organisation_id = @id)", new { id });
            }

            if (changed > 0)
            {
                await trail.AppendAsync(session, access, [Note(organisation, AuditAction.OrganisationChanged, access)]);
            }

            return true;
        },
        ct);

    public Task<IReadOnlyList<ImportChange>> ImportAsync(IReadOnlyList<AwardingOrganisationEntry> entries, Access access, CancellationToken ct = default)
    {
        if (entries.DistinctBy(row => row.RecognitionNumber).Count() != entries.Count)
        {
            throw new ArgumentException("A recognition number stands twice in one import.", nameof(entries));
        }

        return engine.WriteAsync<IReadOnlyList<ImportChange>>(
            async session =>
            {
                await LockListAsync(session);
                var (changes, notes) = (new List<ImportChange>(entries.Count), new List<AuditNote>());

                // One that was added by hand under the number as its reference is that organisation.
                var held = (await OrganisationRows.WithRecognitionNumberAsync(session)).GroupBy(row => row.RecognitionNumber ?? row.OrganisationRef!, StringComparer.OrdinalIgnoreCase)
                    .ToDictionary(rows => rows.Key, rows => rows.MaxBy(row => row.RecognitionNumber is not null)!, StringComparer.OrdinalIgnoreCase);
                var news = new List<Organisation>();
                foreach (var entry in entries)
                {
                    if (!held.TryGetValue(entry.RecognitionNumber, out var before))
                    {
                        news.Add(await NewAsync(session, entry));
                        changes.Add(ImportChange.Added);
                    }
                    else if (Filled(before, entry) is var after && after != before)
                    {
                        await OrganisationRows.UpdateAsync(session, after);
                        notes.Add(Note(after, AuditAction.OrganisationChanged, access));
                        changes.Add(ImportChange.Changed);
                    }
                    else
                    {
                        changes.Add(ImportChange.Unchanged);
                    }
                }

                await session.BulkInsertAsync("organisation", OrganisationRows.WrittenColumns, news.Select(OrganisationRows.Values));
                notes.AddRange(news.Select(added => Note(added, AuditAction.OrganisationAdded, access)));
                await trail.AppendAsync(session, access, notes);
                return changes;
            },
            ct);
    }

    /// <summary>Nobody else adds organisations until the transaction ends.</summary>
    internal static Task LockListAsync(Session session) => session.LockAsync(LockSpace.Organisation, WholeList);

    private static AuditNote Note(Organisation organisation, AuditAction action, Access access) =>
        new(AuditChain.OfOrganisation(organisation.Number), action, Details: AuditTrail.Details(access));

    /// <summary>An awarding organisation's reference is its recognition number, where that has the form of one (DECISIONS, Organisation references).</summary>
    private static string? ReferenceOf(string? recognitionNumber) =>
        OrganisationRef.TryParse(recognitionNumber, out var reference) ? reference.Value : null;

    /// <summary>A reference may not be somebody else's recognition number either: both stand in the same column of a file.</summary>
    private static async Task<OrganisationConflict?> ConflictAsync(Session session, string? ukprn, string? reference, string? recognitionNumber)
    {
        const string sql = "SELECT count(*) FROM organisation WHERE upper({0}) = upper(CAST(@code AS text))";
        foreach (var (column, code, conflict) in new[]
        {
            ("ukprn", ukprn, OrganisationConflict.Ukprn),
            ("recognition_number", recognitionNumber, OrganisationConflict.RecognitionNumber),
            ("organisation_ref", recognitionNumber, OrganisationConflict.RecognitionNumber),
            ("organisation_ref", reference, OrganisationConflict.OrganisationRef),
            ("recognition_number", reference, OrganisationConflict.OrganisationRef),
        })
        {
            if (code is not null && await session.SingleOrDefaultAsync<long>(sql.Replace("{0}", column, StringComparison.Ordinal), new { code }) > 0)
            {
                return conflict;
            }
        }

        return null;
    }

    private static async Task<Organisation> NewAsync(Session session, AwardingOrganisationEntry entry)
    {
        var reference = ReferenceOf(entry.RecognitionNumber);
        var isFree = reference is not null && await ConflictAsync(session, null, reference, null) is null;
        return Filled(
            new Organisation
            {
                Id = Guid.CreateVersion7(),
                Number = (int)(await session.NextAsync("organisation_sequence", 1))[0],
                Name = entry.Name,
                Status = OrganisationStatus.Active,
                OrganisationRef = isFree ? reference : null,
                RecognitionNumber = entry.RecognitionNumber,
            },
            entry);
    }

    private static Organisation Filled(Organisation organisation, AwardingOrganisationEntry entry) => organisation with
    {
        Name = entry.Name,
        RecognitionNumber = entry.RecognitionNumber,
        LegalName = entry.LegalName,
        Acronym = entry.Acronym,
        Website = entry.Website,
        RecognitionStatus = entry.RecognitionStatus,
        RecognisedFrom = entry.RecognisedFrom,
        RecognisedTo = entry.RecognisedTo,
    };
}
