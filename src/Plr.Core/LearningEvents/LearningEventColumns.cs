using Plr.Core.Moves;

namespace Plr.Core.LearningEvents;

/// <summary>The columns of a file of learning events: every version of every event, with where it came from.</summary>
public static class LearningEventColumns
{
    public static IReadOnlyList<MoveColumn<MovedLearningEvent>> All { get; } =
    [
        Of("ULN", "The learner's ULN; the learner must be on the register.", row => row.Uln.ToString()),
        Of("ID", "The event's number, 1 to 2147483647; no other learner has an event of that number.", row => MoveText.Write(row.Version.Id)),
        Of("Version", "The event's version, from 1 without a gap.", row => MoveText.Write(row.Version.Version)),
        Fact("Source", "AO, NPD, ILR or QCFU.", facts => $"{facts.Source}"),
        Fact("Status", "Final, Provisional or Withdrawn.", facts => $"{facts.Status}"),
        Text("Subject", "The title.", facts => facts.Subject),
        Text("SubjectCode", "Qualification or unit number, or an old code.", facts => facts.SubjectCode),
        Text("QualificationType", "Type of the qualification.", facts => facts.QualificationType),
        Text("Level", "Level.", facts => facts.Level),
        Text("Grade", "Grade.", facts => facts.Grade),
        Fact("AchievementAwardDate", "Date of the award.", facts => MoveText.Write(facts.AchievementAwardDate)),
        Text("AchievementProviderName", "Name of the provider.", facts => facts.AchievementProviderName),
        Text("AchievementProviderUKPRN", "UKPRN of the provider.", facts => facts.AchievementProviderUkprn),
        Text("AwardingOrganisationName", "Name of the awarding organisation.", facts => facts.AwardingOrganisationName),
        Text("AwardingOrganisationUKPRN", "The awarding organisation's code, of any shape.", facts => facts.AwardingOrganisationUkprn),
        Text("CollectionType", "Collection that the event came with.", facts => facts.CollectionType),
        Text("ReturnNumber", "Return of that collection.", facts => facts.ReturnNumber),
        Text("Restriction", "Restriction on its use.", facts => facts.Restriction),
        Fact("Credits", "Credits, a whole number.", facts => MoveText.Write(facts.Credits)),
        Text("LanguageForAssessment", "Language of the assessment.", facts => facts.LanguageForAssessment),
        Fact("ParticipationStartDate", "First day of the participation.", facts => MoveText.Write(facts.ParticipationStartDate)),
        Fact("ParticipationEndDate", "Last day of the participation.", facts => MoveText.Write(facts.ParticipationEndDate)),
        Of("DateLoaded", "When this version was recorded.", row => MoveText.Write(row.Version.Provenance.RecordedAt)),
        new("Organisation", "The organisation that sent it, by its UKPRN, organisation reference or recognition number.", (row, codes) => codes.Of(row.Version.Provenance.OrganisationId)),
        Of("LoadedVia", "Through what: learner-site, portal, office, rest, soap, batch or command-line.", row => row.Version.Provenance.Channel.Word()),
        Of("Batch", "The batch that this version came with, if any.", row => MoveText.Write(row.Version.Provenance.Batch)),
        Of("BatchRow", "The row of that batch.", row => MoveText.Write(row.Version.Provenance.BatchRow)),
        Of("Action", "Create, Update, Withdraw, Reinstate or PromoteToFinal.", row => $"{row.Version.Provenance.Action}"),
        Of("ActionDate", "The day that the organisation gives for it.", row => MoveText.Write(row.Version.Provenance.ActionDate)),
        Of("Reason", "Why, in the organisation's words.", row => MoveText.Write(row.Version.Provenance.Reason)),
    ];

    private static MoveColumn<MovedLearningEvent> Of(string heading, string meaning, Func<MovedLearningEvent, string?> write) => new(heading, meaning, (row, _) => write(row));

    private static MoveColumn<MovedLearningEvent> Fact(string heading, string meaning, Func<LearningEventFacts, string?> field) => Of(heading, meaning, row => field(row.Version.Facts));

    private static MoveColumn<MovedLearningEvent> Text(string heading, string meaning, Func<LearningEventFacts, string?> field) => Fact(heading, meaning, facts => MoveText.Write(field(facts)));
}
