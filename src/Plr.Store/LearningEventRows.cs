using System.Data.Common;
using Plr.Core;
using Plr.Core.Audit;
using Plr.Core.LearningEvents;

namespace Plr.Store;

/// <summary>The columns of the table learning_event, in the one order in which they are written and read.</summary>
internal static class LearningEventRows
{
    public static IReadOnlyList<string> Columns { get; } =
    [
        "uln", "id", "version", "source", "status", "subject", "subject_code", "qualification_type", "level", "grade", "achievement_award_date",
        "achievement_provider_name", "achievement_provider_ukprn", "awarding_organisation_name", "awarding_organisation_ukprn", "collection_type",
        "return_number", "restriction", "credits", "language_for_assessment", "participation_start_date", "participation_end_date", "recorded_at",
        "organisation_id", "channel", "batch", "batch_row", "action", "action_date", "reason",
    ];

    public static string ColumnList { get; } = string.Join(", ", Columns);

    public static IReadOnlyList<string> WrittenColumns { get; } = [.. Columns, "salt"];

    /// <param name="row">The columns in their order.</param>
    /// <param name="withNames">Whether the names of the organisation and of the provider stand behind them.</param>
    public static (long Uln, LearningEventVersion Version) Read(DbDataReader row, bool withNames = false) => (row.GetInt64(0), new LearningEventVersion(
        row.GetInt32(1),
        row.GetInt32(2),
        new LearningEventFacts
        {
            Source = (EventSource)row.GetInt32(3),
            Status = (EventStatus)row.GetInt32(4),
            Subject = row.GetString(5),
            SubjectCode = row.GetString(6),
            QualificationType = Text(row, 7),
            Level = Text(row, 8),
            Grade = Text(row, 9),
            AchievementAwardDate = Date(row, 10),
            AchievementProviderName = Text(row, 11) ?? (withNames ? Text(row, Columns.Count + 1) : null),
            AchievementProviderUkprn = Text(row, 12),
            AwardingOrganisationName = Text(row, 13),
            AwardingOrganisationUkprn = Text(row, 14),
            CollectionType = Text(row, 15),
            ReturnNumber = Text(row, 16),
            Restriction = Text(row, 17),
            Credits = row.GetInt64(18),
            LanguageForAssessment = Text(row, 19),
            ParticipationStartDate = Date(row, 20),
            ParticipationEndDate = Date(row, 21),
        },
        new Provenance(
            row.GetFieldValue<DateTimeOffset>(22),
            row.IsDBNull(23) ? null : row.GetFieldValue<Guid>(23),
            withNames ? Text(row, Columns.Count) : null,
            (Channel)row.GetInt32(24),
            row.IsDBNull(25) ? null : row.GetInt32(25),
            row.IsDBNull(26) ? null : row.GetInt32(26),
            (AchievementAction)row.GetInt32(27),
            Date(row, 28),
            Text(row, 29))));

    /// <summary>Adds the values of <see cref="WrittenColumns"/>.</summary>
    public static void Write(BulkRow row, long uln, LearningEventVersion version, byte[] salt)
    {
        var (facts, from) = (version.Facts, version.Provenance);
        row.Add(uln);
        row.Add(version.Id);
        row.Add(version.Version);
        row.Add((long)facts.Source);
        row.Add((long)facts.Status);
        row.Add(facts.Subject);
        row.Add(facts.SubjectCode);
        row.Add(facts.QualificationType);
        row.Add(facts.Level);
        row.Add(facts.Grade);
        row.Add(facts.AchievementAwardDate);
        row.Add(facts.AchievementProviderName);
        row.Add(facts.AchievementProviderUkprn);
        row.Add(facts.AwardingOrganisationName);
        row.Add(facts.AwardingOrganisationUkprn);
        row.Add(facts.CollectionType);
        row.Add(facts.ReturnNumber);
        row.Add(facts.Restriction);
        row.Add(facts.Credits);
        row.Add(facts.LanguageForAssessment);
        row.Add(facts.ParticipationStartDate);
        row.Add(facts.ParticipationEndDate);
        row.Add(from.RecordedAt);
        row.Add(from.OrganisationId);
        row.Add((long)from.Channel);
        row.Add(from.Batch);
        row.Add(from.BatchRow);
        row.Add((long)from.Action);
        row.Add(from.ActionDate);
        row.Add(from.Reason);
        row.Add(salt);
    }

    private static DateOnly? Date(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateOnly>(column);

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}

/// <summary>A version of a learning event as canonical JSON: what the trail's hash is of.</summary>
internal static class LearningEventContent
{
    [ThreadStatic]
    private static CanonicalJson? _json;

    /// <summary>The bytes stay valid until the thread's next call.</summary>
    public static CanonicalJson Write(LearningEventVersion version)
    {
        var (facts, from) = (version.Facts, version.Provenance);
        return (_json ??= new CanonicalJson()).Begin()
            .Add("achievementAwardDate", facts.AchievementAwardDate)
            .Add("achievementProviderName", facts.AchievementProviderName)
            .Add("achievementProviderUkprn", facts.AchievementProviderUkprn)
            .Add("action", (long)from.Action)
            .Add("actionDate", from.ActionDate)
            .Add("awardingOrganisationName", facts.AwardingOrganisationName)
            .Add("awardingOrganisationUkprn", facts.AwardingOrganisationUkprn)
            .Add("batch", from.Batch)
            .Add("batchRow", from.BatchRow)
            .Add("channel", (long)from.Channel)
            .Add("collectionType", facts.CollectionType)
            .Add("credits", (long?)facts.Credits)
            .Add("grade", facts.Grade)
            .Add("id", (long)version.Id)
            .Add("languageForAssessment", facts.LanguageForAssessment)
            .Add("level", facts.Level)
            .Add("organisation", from.OrganisationId)
            .Add("participationEndDate", facts.ParticipationEndDate)
            .Add("participationStartDate", facts.ParticipationStartDate)
            .Add("qualificationType", facts.QualificationType)
            .Add("reason", from.Reason)
            .Add("recordedAt", (DateTimeOffset?)from.RecordedAt)
            .Add("restriction", facts.Restriction)
            .Add("returnNumber", facts.ReturnNumber)
            .Add("source", (long)facts.Source)
            .Add("status", (long)facts.Status)
            .Add("subject", facts.Subject)
            .Add("subjectCode", facts.SubjectCode)
            .Add("version", (long)version.Version)
            .End();
    }
}
