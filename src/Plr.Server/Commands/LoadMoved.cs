using Plr.Core.Imports;
using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Core.Moves;
using Plr.Core.Organisations;
using Plr.Core.Reports;
using Plr.Core.Responses;
using Plr.Server.Files;

namespace Plr.Server.Commands;

/// <summary>
/// Loads a file of a register that is moved: rows are judged one by one and written in chunks, each whole or not at all. Whatever broke a
/// load off, the same command goes on: what is held already is passed over.
/// </summary>
internal sealed class LoadMoved(OpenRegister register, Surroundings around, string path, string? output)
{
    private const int RowsSaid = 1_000;
    private readonly List<string> _said = [];

    private delegate Task<MoveReport> Mover(IEnumerable<ImportRow> rows, Action<ImportRow, IReadOnlyList<Finding>> refused, IProgress<long> progress);

    public static Task<int> OrganisationsAsync(LoadMoved load, CancellationToken ct) => load.RunAsync(
        FileLayouts.Organisations,
        "organisations",
        file => file.Rows(),
        (rows, refused, progress) => load.Part<MoveOrganisations>().RunAsync(rows, refused, progress, load.Access, ct));

    public static Task<int> LearnersAsync(LoadMoved load, CancellationToken ct) => load.RunAsync(
        FileLayouts.Learners,
        "versions of learners",
        file => file.RowsBy("ULN"),
        (rows, refused, progress) => load.Part<MoveLearners>().RunAsync(rows, refused, progress, load.Access, ct));

    public static Task<int> LearningEventsAsync(LoadMoved load, CancellationToken ct) => load.RunAsync(
        FileLayouts.LearningEvents,
        "versions of learning events",
        file => file.RowsBy("ULN"),
        (rows, refused, progress) => load.Part<MoveLearningEvents>().RunAsync(rows, refused, progress, load.Access, ct));

    public static Task<int> ReportsAsync(LoadMoved load, CancellationToken ct) => load.RunAsync(
        FileLayouts.Reports,
        "reports",
        file => file.RowsBy("ULN"),
        (rows, refused, progress) => load.Part<MoveReports>().RunAsync(rows, refused, progress, load.Access, ct));

    private Core.Access Access => register.Upkeep();

    private T Part<T>()
        where T : notnull => register.Part<T>();

    private async Task<int> RunAsync(FileLayout layout, string what, Func<CsvFile, IEnumerable<CsvRow>> rowsOf, Mover move)
    {
        Output.RefuseToOverwrite(OutputPath());
        await using var stream = File.OpenRead(path);
        var (file, faults) = CsvFile.Open(stream, layout);
        if (file is null && faults is not [{ Code: FileFaultCode.NoRows }])
        {
            throw new CommandRefusedException($"{Path.GetFileName(path)} was refused: {string.Join(" ", faults)}");
        }

        // The export of a register that has none of them is headings and nothing else.
        MoveReport? report = null;
        using var refused = new RefusedRows(OutputPath(), layout);
        await Meter.RunAsync(around, $"Loading {what}", "rows", file?.RowCount ?? 0, async progress => report = await move(
            file is null ? [] : rowsOf(file).Select(row => new ImportRow(row.Line, heading => row[heading])), (row, findings) => Refuse(refused, row, findings), progress));
        return Say(report!, what, refused);
    }

    private string OutputPath() =>
        output is null ? Path.Combine(around.Folder, $"{Path.GetFileNameWithoutExtension(path)}-refused.CSV") : around.PathTo(output);

    private void Refuse(RefusedRows refused, ImportRow row, IReadOnlyList<Finding> findings)
    {
        refused.Add(row, findings);
        if (_said.Count < RowsSaid)
        {
            _said.Add($"  line {row.Line}: {string.Join("; ", findings.Select(finding => finding.Text))}");
        }
    }

    private int Say(MoveReport report, string what, RefusedRows refused)
    {
        if (report.Refusal is { } code)
        {
            throw new CommandRefusedException($"the {what} were not loaded: {code.Text}.");
        }

        around.Say($"{what}: {report.Added:N0} added, {report.AlreadyThere:N0} already there, {report.Refused:N0} refused.");
        foreach (var line in _said)
        {
            around.Say(line);
        }

        if (report.Refused > _said.Count)
        {
            around.Say($"  and {report.Refused - _said.Count:N0} more.");
        }

        if (refused.IsAny)
        {
            around.Say($"The rows that were refused are in {refused.Path}: correct them and load that file. It holds personal data.");
        }

        foreach (var uln in report.MissingMasters)
        {
            around.Say($"  {uln} is merged into a learner who is not on this register: load that learner too.");
        }

        foreach (var uln in report.ChainedMerges)
        {
            around.Say($"  {uln} is merged into a learner who is merged too: it leads to the last of them, but over no more than eight.");
        }

        return report.Refused == 0 && report.MissingMasters.Count == 0 ? ExitCodes.Done : ExitCodes.Refused;
    }
}
