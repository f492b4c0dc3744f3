using Plr.Core.Imports;
using Plr.Core.Moves;
using Plr.Core.Responses;

namespace Plr.Core.Reports;

/// <summary>Takes reports in that another register made, so that this one confirms them. Each row is taken or refused by itself; what is held already stays.</summary>
public sealed class MoveReports(IMoveStore store)
{
    private const int RowsInChunk = 5_000;
    private static readonly IReadOnlyDictionary<string, ReportFormat> Formats = MoveWords.Of<ReportFormat>();
    private static readonly IReadOnlyDictionary<string, ReportLanguage> Languages = MoveWords.Of<ReportLanguage>();
    private static readonly Dictionary<string, bool> YesOrNo = new() { [MovedReport.Yes] = true, [MovedReport.No] = false };

    /// <summary>Loads.</summary>
    /// <param name="rows">The rows of the file; the headings are those of <see cref="ReportColumns"/>.</param>
    /// <param name="refused">Told of each row that is refused.</param>
    /// <param name="progress">Told how many rows are done.</param>
    public async Task<MoveReport> RunAsync(
        IEnumerable<ImportRow> rows, Action<ImportRow, IReadOnlyList<Finding>> refused, IProgress<long>? progress, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.MoveRegister, Subject.None) is { IsAllowed: false } decision)
        {
            return new(decision.Refusal, 0, 0, 0, []);
        }

        var organisations = await store.OrganisationsAsync(ct);
        var row = 0L;
        var intake = new MoveIntake<MovedReport>(
            cells => Read(new MoveCells(cells, organisations)),
            _ => (++row, 0),
            chunk => store.LoadReportsAsync(chunk, access, ct),
            refused);
        return await intake.RunAsync(rows, RowsInChunk, progress);
    }

    private static (MovedReport? Report, IReadOnlyList<Finding> Findings) Read(MoveCells cells)
    {
        if (!ReportReference.TryParse(cells.Needed("Reference"), out var reference) && cells.Findings.Count == 0)
        {
            cells.Refuse("Reference", FindingRules.BadReference);
        }

        var uln = cells.NeededUln("ULN");
        var (madeAt, askedBy, organisation) = (cells.Instant("MadeAt"), cells.Needed("AskedBy"), cells.Organisation("Organisation"));
        var (channel, purpose, reason) = (cells.Word("Via", MoveWords.Channels), cells.Word("Purpose", MoveWords.Purposes), cells.Text("Reason"));
        var (format, language, version) = (cells.Word("Format", Formats), cells.Word("Language", Languages), cells.NeededNumber("LearnerVersion"));
        var (events, withWithdrawn, digest) = (cells.Number("Events", least: 0), cells.Word("WithWithdrawn", YesOrNo), cells.Needed("Digest"));
        if (events is null && cells.Findings.Count == 0)
        {
            cells.Refuse("Events", FindingRules.Missing);
        }

        if (digest.Length != 2 * ReportContents.DigestLength || !digest.All(char.IsAsciiHexDigitLower))
        {
            cells.Refuse("Digest", FindingRules.BadDigest);
        }

        return cells.Findings.Count > 0
            ? (null, cells.Findings)
            : (new(reference, uln!.Value, madeAt, askedBy, organisation, channel, purpose, reason, format, language, version, events!.Value, withWithdrawn, digest), []);
    }
}
