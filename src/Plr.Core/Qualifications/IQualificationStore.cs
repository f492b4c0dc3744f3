namespace Plr.Core.Qualifications;

/// <summary>What an import did with one row.</summary>
public enum ImportChange
{
    Added = 1,
    Changed,
    Unchanged,
}

/// <summary>The register of qualifications as the store keeps it. No person's data; the access says who loaded it.</summary>
public interface IQualificationStore
{
    /// <summary>Adds or changes qualifications by their numbers; equal ones stay. One transaction. The changes stand in the order of the rows.</summary>
    Task<IReadOnlyList<ImportChange>> ImportAsync(IReadOnlyList<Qualification> qualifications, Access access, CancellationToken ct = default);

    Task<Qualification?> GetAsync(string number, CancellationToken ct = default);

    /// <summary>Qualifications by number.</summary>
    /// <param name="after">Only those after this number; null from the first.</param>
    /// <param name="owner">Only those of the awarding organisation with this recognition number.</param>
    Task<IReadOnlyList<Qualification>> ListAsync(string? after, string? owner, int limit, CancellationToken ct = default);

    Task<int> CountAsync(CancellationToken ct = default);
}
