using Plr.Core.Imports;
using Plr.Core.Organisations;
using Plr.Core.Qualifications;
using Plr.Core.Responses;
using Plr.Server.Files;

namespace Plr.Server.Commands;

/// <summary>Loads extracts of the registers of qualifications and awarding organisations, and says what was added, changed and refused.</summary>
internal static class LoadExtract
{
    public static Task<int> QualificationsAsync(OpenRegister register, string path, Surroundings around, CancellationToken ct) =>
        LoadAsync(path, FileLayouts.Qualifications, "qualifications", around, rows => register.Part<ImportQualifications>().RunAsync(rows, register.Upkeep(), ct));

    public static Task<int> AwardingOrganisationsAsync(OpenRegister register, string path, Surroundings around, CancellationToken ct) => LoadAsync(
        path,
        FileLayouts.AwardingOrganisations,
        "awarding organisations",
        around,
        rows => register.Part<ImportAwardingOrganisations>().RunAsync(rows, register.Upkeep(), ct));

    private static async Task<int> LoadAsync(string path, FileLayout layout, string what, Surroundings around, Func<IEnumerable<ImportRow>, Task<ImportReport>> import)
    {
        await using var stream = File.OpenRead(path);
        var (file, faults) = CsvFile.Open(stream, layout);
        if (file is null)
        {
            throw new CommandRefusedException($"{Path.GetFileName(path)} was refused: {string.Join(" ", faults)}");
        }

        ImportReport? report = null;
        await Meter.RunAsync(around, $"Loading {what}", "rows", file.RowCount, async progress => report = await import(Rows(file, progress)));
        return Say(report!, what, around);
    }

    private static IEnumerable<ImportRow> Rows(CsvFile file, IProgress<long> progress)
    {
        foreach (var row in file.Rows())
        {
            yield return new ImportRow(row.Line, heading => row[heading]);
            progress.Report(row.Number);
        }
    }

    private static int Say(ImportReport report, string what, Surroundings around)
    {
        if (report.Code != ResponseCodes.ReferenceDataLoaded)
        {
            throw new CommandRefusedException($"the {what} were not loaded: {report.Code.Text}.");
        }

        around.Say($"{what}: {report.Added:N0} added, {report.Changed:N0} changed, {report.Unchanged:N0} unchanged, {report.Refused.Count:N0} refused.");
        foreach (var refused in report.Refused)
        {
            around.Say($"  line {refused.Line}: {string.Join("; ", refused.Findings.Select(finding => finding.Text))}");
        }

        return report.Refused.Count == 0 ? ExitCodes.Done : ExitCodes.Refused;
    }
}
