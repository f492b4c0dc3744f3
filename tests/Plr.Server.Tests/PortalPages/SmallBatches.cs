using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Server.Files;

namespace Plr.Server.Tests.PortalPages;

/// <summary>Files as organisations send them, made of a few rows.</summary>
internal static class SmallBatches
{
    public static string Registrations(string ukprn, params LearnerText[] learners) => Write(
        FileLayouts.Registrations2A,
        ["2A", "LRB.CSV", ukprn, $"{learners.Length}"],
        learners.Select(learner => new Dictionary<string, string?>
        {
            ["ULN"] = learner.Uln,
            ["GivenName"] = learner.GivenName,
            ["FamilyName"] = learner.FamilyName,
            ["LastKnownPostCode"] = learner.LastKnownPostCode,
            ["DateOfBirth"] = learner.DateOfBirth,
            ["Gender"] = learner.Gender,
            ["AbilityToShare"] = learner.AbilityToShare,
            ["VerificationType"] = learner.VerificationType,
            ["Notes"] = learner.Notes,
        }));

    public static string Achievements(string reference, params AchievementText[] achievements) => Write(
        FileLayouts.Achievements1A,
        ["1A", "AO.CSV", reference, $"{achievements.Length}"],
        achievements.Select(achievement => new Dictionary<string, string?>
        {
            ["ULN"] = achievement.Uln,
            ["GivenName"] = achievement.GivenName,
            ["FamilyName"] = achievement.FamilyName,
            ["ProviderUKPRN"] = achievement.ProviderUkprn,
            ["UnitOrQualificationReferenceNumber"] = achievement.UnitOrQualificationReferenceNumber,
            ["AchievementAwardDate"] = achievement.AchievementAwardDate,
            ["Grade"] = achievement.Grade,
            ["Action"] = achievement.Action,
            ["ActionDate"] = achievement.ActionDate,
            ["SubmissionType"] = achievement.SubmissionType,
        }));

    private static string Write(FileLayout layout, string[] header, IEnumerable<Dictionary<string, string?>> rows)
    {
        using var stream = new MemoryStream();
        using (var output = new CsvOut(stream))
        {
            output.Write([.. layout.Columns]);
            var isFirst = true;
            foreach (var row in rows)
            {
                string?[] cells = [.. layout.Columns.Select((column, place) => place < header.Length ? (isFirst ? header[place] : "") : row.GetValueOrDefault(column))];
                output.Write(cells);
                isFirst = false;
            }

            output.Flush();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
