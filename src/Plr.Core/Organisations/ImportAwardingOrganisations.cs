using Plr.Core.Imports;
using Plr.Core.Responses;

namespace Plr.Core.Organisations;

/// <summary>
/// Loads the awarding organisations from the regulator's own CSV download. A row that cannot be read is refused by itself; all others go in
/// together. What is on the register and not in the file stays, and the register office's own word (suspended, closed) stays too.
/// </summary>
public sealed class ImportAwardingOrganisations(IOrganisationStore store)
{
    private const string Number = "Recognition Number";

    /// <summary>Loads. Loading the same file again changes nothing.</summary>
    /// <param name="rows">The file's rows; the headings are the download's.</param>
    /// <param name="access">Who loads.</param>
    /// <param name="ct">Cancels before the commit only.</param>
    public async Task<ImportReport> RunAsync(IEnumerable<ImportRow> rows, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.LoadReferenceData, Subject.None) is { IsAllowed: false } decision)
        {
            return ImportReport.NotAllowed(decision.Refusal!);
        }

        var intake = new ImportIntake<AwardingOrganisationEntry>(Number);
        foreach (var row in rows)
        {
            var cells = new ImportCells(row);
            var entry = Read(cells);
            intake.Take(row.Line, entry.RecognitionNumber, entry, cells);
        }

        return ImportReport.Of(await store.ImportAsync(intake.Taken, access, ct), intake.Refused);
    }

    private static AwardingOrganisationEntry Read(ImportCells cells) => new(
        ReadNumber(cells),
        cells.Needed("Name"),
        cells.Text("Legal Name"),
        cells.Text("Acronym"),
        cells.Text("Website"),
        cells.Text("Ofqual Status"),
        cells.Date("Ofqual Recognised From"),
        cells.Date("Ofqual Recognised To"));

    private static string ReadNumber(ImportCells cells)
    {
        var typed = cells.Needed(Number);
        if (RecognitionNumber.TryParse(typed, out var number))
        {
            return number;
        }

        if (typed.Length > 0)
        {
            cells.Refuse(Number, FindingRules.BadRecognitionNumber);
        }

        return "";
    }
}
