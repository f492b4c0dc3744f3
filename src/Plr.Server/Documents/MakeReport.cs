using System.Globalization;
using Plr.Core;
using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Core.Reports;
using Plr.Server.Web;

namespace Plr.Server.Documents;

/// <summary>A report as a file. Its name tells nobody whose it is.</summary>
public sealed record ReportFile(byte[] Content, string Type, string Name);

/// <summary>Makes a report and writes its file: for every page that gives one, and for the command line.</summary>
public sealed class MakeReport(GetReport get, ReportWords words)
{
    /// <summary>Makes it.</summary>
    /// <returns>The file; null when the answer's code is another than ReportMade.</returns>
    public async Task<(GetReport.Answer Answer, ReportFile? File)> RunAsync(
        Uln uln, ReportFormat format, ReportLanguage language, string? reason, Access access, CancellationToken ct = default)
    {
        var request = new GetReport.Request(uln, format, language, reason, format == ReportFormat.Pdf ? (record, asker) => words.Unprintable(record, asker, Culture(language)) : null);
        var answer = await get.RunAsync(request, access, ct);
        return (answer, answer is { Report: { } report, Record: { } record } ? Write(report, record) : null);
    }

    /// <summary>Writes the file of a report that was made.</summary>
    public ReportFile Write(Report report, PersonalLearningRecord record) => report.Format switch
    {
        ReportFormat.Pdf => new(Languages.In(Culture(report.Language), () => ReportPdf.Write(words.Of(report, record), words)), "application/pdf", Name(report, "pdf")),
        ReportFormat.Csv => new(ReportData.Csv(report, record), "text/csv", Name(report, "csv")),
        ReportFormat.Json => new(ReportData.Json(report, record, words.Areas), "application/json", Name(report, "json")),
        _ => throw new ArgumentOutOfRangeException(nameof(report)),
    };

    private static CultureInfo Culture(ReportLanguage language) => language == ReportLanguage.Welsh ? Languages.Welsh : Languages.English;

    private static string Name(Report report, string ending) => $"personal-learning-record-{report.Reference}.{ending}";
}
