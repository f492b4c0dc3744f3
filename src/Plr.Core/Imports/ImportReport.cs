using Plr.Core.Qualifications;
using Plr.Core.Responses;

namespace Plr.Core.Imports;

/// <summary>A row of a register's extract. What the file looks like, only the server knows.</summary>
/// <param name="Line">The line of the file, from 1.</param>
/// <param name="Cell">The text under a heading of the extract, or null or empty where there is none.</param>
public sealed record ImportRow(long Line, Func<string, string?> Cell);

/// <summary>A row that was not taken, and why. The other rows are.</summary>
public sealed record RefusedRow(long Line, IReadOnlyList<Finding> Findings);

/// <summary>What became of an extract.</summary>
/// <param name="Code">ReferenceDataLoaded, or why nobody may load: then nothing was.</param>
/// <param name="Added">Rows that were new.</param>
/// <param name="Changed">Rows that differed from what was held.</param>
/// <param name="Unchanged">Rows that were held already.</param>
/// <param name="Refused">Rows that were not taken, in order of line.</param>
public sealed record ImportReport(ResponseCode Code, int Added, int Changed, int Unchanged, IReadOnlyList<RefusedRow> Refused)
{
    internal static ImportReport NotAllowed(ResponseCode code) => new(code, 0, 0, 0, []);

    internal static ImportReport Of(IReadOnlyList<ImportChange> changes, IReadOnlyList<RefusedRow> refused) => new(
        ResponseCodes.ReferenceDataLoaded,
        changes.Count(change => change == ImportChange.Added),
        changes.Count(change => change == ImportChange.Changed),
        changes.Count(change => change == ImportChange.Unchanged),
        refused);
}
