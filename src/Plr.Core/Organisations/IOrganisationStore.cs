using Plr.Core.Qualifications;

namespace Plr.Core.Organisations;

/// <summary>Why an organisation could not be added.</summary>
public enum OrganisationConflict
{
    Ukprn = 1,
    OrganisationRef,
    RecognitionNumber,
}

/// <summary>Organisations as the store keeps them. Writing leaves an entry in the organisation's chain of the trail.</summary>
public interface IOrganisationStore
{
    /// <summary>Adds one; the id and the number are the store's. A number that another organisation has is a conflict.</summary>
    Task<(Organisation? Added, OrganisationConflict? Conflict)> AddAsync(string name, string? ukprn, string? organisationRef, string? recognitionNumber, Access access, CancellationToken ct = default);

    Task<Organisation?> GetAsync(Guid id, CancellationToken ct = default);

    /// <summary>By UKPRN, organisation reference or recognition number, in any case.</summary>
    Task<Organisation?> FindAsync(string code, CancellationToken ct = default);

    /// <summary>By name or number, in order of name; search is a part of either.</summary>
    Task<IReadOnlyList<Organisation>> ListAsync(string? search, int skip, int take, CancellationToken ct = default);

    Task<int> CountAsync(string? search, CancellationToken ct = default);

    /// <summary>Awarding organisations by part of a name or number, in order of name, each with the years of which it has sent results.</summary>
    Task<IReadOnlyList<ResultsSent>> AwardingAsync(string search, int take, CancellationToken ct = default);

    /// <summary>Suspends, reactivates or closes; everybody signed in for it is out at their next request.</summary>
    Task<bool> SetStatusAsync(Guid id, OrganisationStatus status, Access access, CancellationToken ct = default);

    /// <summary>Adds or changes awarding organisations by recognition number; equal ones stay. One transaction, in the order of the rows.</summary>
    Task<IReadOnlyList<ImportChange>> ImportAsync(IReadOnlyList<AwardingOrganisationEntry> entries, Access access, CancellationToken ct = default);
}
