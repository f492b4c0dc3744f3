using Plr.Core.Imports;
using Plr.Core.Responses;

namespace Plr.Core.Qualifications;

/// <summary>
/// Loads the register of qualifications from its own CSV download. A row that cannot be read is refused by itself; all others go in
/// together. What is on the register and not in the file stays. An owner need not be a known awarding organisation. Words such as the level
/// are kept as they are written.
/// </summary>
public sealed class ImportQualifications(IQualificationStore store)
{
    private const string Number = "Qualification Number";

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

        var intake = new ImportIntake<Qualification>(Number);
        foreach (var row in rows)
        {
            var cells = new ImportCells(row);
            var qualification = Read(cells);
            intake.Take(row.Line, qualification.Number, qualification, cells);
        }

        return ImportReport.Of(await store.ImportAsync(intake.Taken, access, ct), intake.Refused);
    }

    private static Qualification Read(ImportCells cells) => new()
    {
        Number = ReadNumber(cells),
        Title = cells.Needed("Qualification Title"),
        OwnerRecognitionNumber = cells.Text("Owner Organisation Recognition Number")?.ToUpperInvariant(),
        OwnerName = cells.Text("Owner Organisation Name"),
        OwnerAcronym = cells.Text("Owner Organisation Acronym"),
        Level = cells.Text("Qualification Level"),
        SubLevel = cells.Text("Qualification Sub Level"),
        EqfLevel = cells.Text("EQF Level"),
        Type = cells.Text("Qualification Type"),
        TotalCredits = cells.Number("Total Credits"),
        SectorSubjectArea = cells.Text("Qualification SSA"),
        Status = cells.Text("Qualification Status"),
        RegulationStartDate = cells.Date("Regulation Start Date"),
        OperationalStartDate = cells.Date("Operational Start Date"),
        OperationalEndDate = cells.Date("Operational End Date"),
        CertificationEndDate = cells.Date("Certification End Date"),
        MinimumGuidedLearningHours = cells.Number("Minimum Guided Learning Hours"),
        MaximumGuidedLearningHours = cells.Number("Maximum Guided Learning Hours"),
        TotalQualificationTime = cells.Number("Total Qualification Time"),
        GuidedLearningHours = cells.Number("Guided Learning Hours"),
        OfferedInEngland = cells.Text("Offered In England"),
        OfferedInWales = cells.Text("Offered In Wales"),
        OfferedInNorthernIreland = cells.Text("Offered In Northern Ireland"),
        OverallGradingType = cells.Text("Overall Grading Type"),
        AssessmentMethods = cells.Text("Assessment Methods"),
    };

    private static string ReadNumber(ImportCells cells)
    {
        var typed = cells.Needed(Number);
        if (QualificationNumber.TryParse(typed, out var number))
        {
            return number.Value;
        }

        if (typed.Length > 0)
        {
            cells.Refuse(Number, FindingRules.BadQualificationNumber);
        }

        return "";
    }
}
