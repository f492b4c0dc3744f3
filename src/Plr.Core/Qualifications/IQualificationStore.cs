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

    Task<int> CountAsync(CancellationToken ct = default);
}
