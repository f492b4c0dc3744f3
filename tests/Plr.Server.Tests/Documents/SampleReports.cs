using System.Diagnostics;
using Plr.Core;
using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Core.Reports;
using Plr.Server.Documents;
using Plr.Server.Records;
using Plr.Server.Web;
using Plr.Testing;

namespace Plr.Server.Tests.Documents;

/// <summary>Reports of invented records, without a register, and the programs that read them.</summary>
internal static class SampleReports
{
    private static readonly Settings Settings = new();

    public static ReportWords Words { get; } = WordsOf(Settings);

    public static ReportWords WordsOf(Settings settings) => new(new Texts(), new Dates(settings), new RecordWords(new Texts(), new Dates(settings)), settings);

    /// <summary>A learner with these names.</summary>
    public static Core.Learners.Learner Learner(string givenName = "Siân", string familyName = "Pritchard") =>
        A.Registered(A.Learner(givenName, familyName) with { UniqueCandidateIdentifier = null });

    /// <summary>So many learning events, every kind of status and source among them.</summary>
    public static IReadOnlyList<LearningEvent> Events(int count) => [.. Enumerable.Range(1, count).Select(Event)];

    public static LearningEvent Event(int id) => new(
        id,
        1,
        new LearningEventFacts
        {
            Source = (id % 4) switch { 0 => EventSource.NPD, 1 => EventSource.ILR, 2 => EventSource.QCFU, _ => EventSource.AO },
            Status = (id % 7) switch { 3 => EventStatus.Provisional, 5 => EventStatus.Withdrawn, _ => EventStatus.Final },
            Subject = $"Level 3 Certificate in Hospitality Supervision {id}",
            SubjectCode = $"601/{id:0000}/5",
            QualificationType = "GCSE (9 to 1)",
            Level = "Level 3",
            Grade = id % 9 == 0 ? "Distinction" : "A*",
            AchievementAwardDate = A.Today.AddDays(-id),
            AchievementProviderName = "Coleg Dyffryn",
            AwardingOrganisationName = "Test Board",
            AwardingOrganisationUkprn = "RN0001",
            Credits = 12,
        },
        new Provenance(Clock.Noon, null, "Test Board", Channel.Batch, 1, id, AchievementAction.Create, A.Today, null),
        Clock.Noon,
        UnderDataChallenge: id % 11 == 1);

    public static Report Report(PersonalLearningRecord record, ReportFormat format = ReportFormat.Pdf, ReportLanguage language = ReportLanguage.English) => new(
        ReportReference.New(), record.Learner.Uln, Clock.Noon, new("learner", $"{record.Learner.Details.GivenName} {record.Learner.Details.FamilyName}", null), Channel.LearnerSite,
        Purpose.OwnRecord, null, format, language, ReportContents.Of(record, withWithdrawn: true));

    public static (Report Report, ReportFile File) Write(PersonalLearningRecord record, ReportFormat format = ReportFormat.Pdf, ReportLanguage language = ReportLanguage.English, Settings? settings = null)
    {
        var report = Report(record, format, language);
        return (report, new MakeReport(null!, settings is null ? Words : WordsOf(settings)).Write(report, record));
    }

    /// <summary>What a program says of a file; it must end well.</summary>
    public static string Run(byte[] file, string program, params string[] arguments)
    {
        Tools.Require(program);
        var path = Path.Combine(Path.GetTempPath(), $"plr_report_{Guid.CreateVersion7():N}.pdf");
        File.WriteAllBytes(path, file);
        try
        {
            var start = new ProcessStartInfo(program) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = System.Text.Encoding.UTF8 };
            foreach (var argument in arguments.Append(path))
            {
                start.ArgumentList.Add(argument);
            }

            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var said = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.Equal((0, ""), (process.ExitCode, errors.Result));
            return said;
        }
        finally
        {
            File.Delete(path);
        }
    }
}
