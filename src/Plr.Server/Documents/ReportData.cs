using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Plr.Core;
using Plr.Core.LearningEvents;
using Plr.Core.Reports;
using Plr.Server.Files;

namespace Plr.Server.Documents;

/// <summary>A report as data, the same in every language: docs/reference/report.md and report.schema.json say what stands where.</summary>
internal static class ReportData
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        // The file is no part of a page: letters stand as they are.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly string[] Headings =
    [
        "Reference", "MadeAt", "ULN", "GivenName", "FamilyName", "DateOfBirth", "ID", "Version", "Status", "UnderDataChallenge", "Source", "Subject", "SubjectCode", "QualificationType",
        "Level", "Grade", "AchievementAwardDate", "AwardingOrganisationName", "AwardingOrganisationRef", "AchievementProviderName", "AchievementProviderUkprn", "Credits",
        "LanguageForAssessment", "ParticipationStartDate", "ParticipationEndDate",
    ];

    public static byte[] Json(Report report, PersonalLearningRecord record, IReadOnlyList<CoverageArea> areas) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                Format = "plr-report-1",
                Reference = report.Reference.ToString(),
                MadeAt = Instant(report.MadeAt),
                AskedBy = report.AskedBy,
                Purpose = report.Purpose.Word(),
                Learner = ReportedLearner.Of(record.Learner),
                Qualifications = record.Events.Select(Qualification),
                ResultsSince = areas.Select(area => new { Area = area.Name, AreaWelsh = area.NameWelsh, area.Year }),
            },
            Form);

    public static byte[] Csv(Report report, PersonalLearningRecord record)
    {
        using var stream = new MemoryStream();
        using (var csv = new CsvOut(stream, byteOrderMark: true))
        {
            csv.Write(Headings);
            // One line at least: a table without the reference could not be confirmed.
            foreach (var learned in record.Events.DefaultIfEmpty())
            {
                csv.Write([.. Cells(report, record, learned)]);
            }
        }

        return stream.ToArray();
    }

    private static object Qualification(LearningEvent learned) => new
    {
        learned.Id,
        learned.Version,
        Status = learned.Facts.Status.ToString(),
        learned.UnderDataChallenge,
        Source = learned.Facts.Source.ToString(),
        learned.Facts.Subject,
        learned.Facts.SubjectCode,
        learned.Facts.QualificationType,
        learned.Facts.Level,
        learned.Facts.Grade,
        learned.Facts.AchievementAwardDate,
        learned.Facts.AwardingOrganisationName,
        AwardingOrganisationRef = learned.Facts.AwardingOrganisationUkprn,
        learned.Facts.AchievementProviderName,
        learned.Facts.AchievementProviderUkprn,
        learned.Facts.Credits,
        learned.Facts.LanguageForAssessment,
        learned.Facts.ParticipationStartDate,
        learned.Facts.ParticipationEndDate,
    };

    private static IEnumerable<string?> Cells(Report report, PersonalLearningRecord record, LearningEvent? learned)
    {
        var (held, facts) = (record.Learner.Details, learned?.Facts);
        return
        [
            report.Reference.ToString(), Instant(report.MadeAt), record.Learner.Uln.ToString(), held.GivenName, held.FamilyName, Day(held.DateOfBirth), Number(learned?.Id), Number(learned?.Version),
            facts?.Status.ToString(), learned is null ? null : learned.UnderDataChallenge ? "true" : "false", facts?.Source.ToString(), facts?.Subject, facts?.SubjectCode, facts?.QualificationType, facts?.Level,
            facts?.Grade, Day(facts?.AchievementAwardDate), facts?.AwardingOrganisationName, facts?.AwardingOrganisationUkprn, facts?.AchievementProviderName, facts?.AchievementProviderUkprn,
            Number(facts?.Credits), facts?.LanguageForAssessment, Day(facts?.ParticipationStartDate), Day(facts?.ParticipationEndDate),
        ];
    }

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Number(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
