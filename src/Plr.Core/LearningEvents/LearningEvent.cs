using Plr.Core.Learners;

namespace Plr.Core.LearningEvents;

/// <summary>Where a learning event comes from (DOSSIER §7).</summary>
public enum EventSource
{
    /// <summary>An awarding organisation, directly.</summary>
    AO = 1,

    /// <summary>Exam results by school.</summary>
    NPD = 2,

    /// <summary>Participation from the individualised learner record.</summary>
    ILR = 3,

    /// <summary>A unit of the qualifications and credit framework.</summary>
    QCFU = 4,
}

/// <summary>DECISIONS, "Status of an event".</summary>
public enum EventStatus
{
    Final = 1,
    Provisional = 2,
    Withdrawn = 3,
}

/// <summary>DECISIONS, Achievement Action.</summary>
public enum AchievementAction
{
    Create = 1,
    Update = 2,
    Withdraw = 3,
    Reinstate = 4,
    PromoteToFinal = 5,
}

/// <summary>The facts of one learning event: DOSSIER §7's fields by their names. Absent is null; empty is empty, as imported records keep both.</summary>
public sealed record LearningEventFacts
{
    public required EventSource Source { get; init; }

    public required EventStatus Status { get; init; }

    /// <summary>The title.</summary>
    public required string Subject { get; init; }

    /// <summary>Qualification or unit number with obliques, or an old 8-character code.</summary>
    public required string SubjectCode { get; init; }

    public string? QualificationType { get; init; }

    public string? Level { get; init; }

    public string? Grade { get; init; }

    public DateOnly? AchievementAwardDate { get; init; }

    public string? AchievementProviderName { get; init; }

    public string? AchievementProviderUkprn { get; init; }

    public string? AwardingOrganisationName { get; init; }

    /// <summary>Not a UKPRN: the 6-character code of an awarding organisation; imported codes of other shapes stay as they came.</summary>
    public string? AwardingOrganisationUkprn { get; init; }

    public string? CollectionType { get; init; }

    public string? ReturnNumber { get; init; }

    public string? Restriction { get; init; }

    public long Credits { get; init; }

    public string? LanguageForAssessment { get; init; }

    public DateOnly? ParticipationStartDate { get; init; }

    public DateOnly? ParticipationEndDate { get; init; }
}

/// <summary>Where a version came from: who said so, when, why, and through which file or call.</summary>
/// <param name="RecordedAt">When the register took it in, UTC.</param>
/// <param name="OrganisationId">The organisation that sent it; null for the register office.</param>
/// <param name="OrganisationName">Its name.</param>
/// <param name="Channel">Through what.</param>
/// <param name="Batch">The file, if it was one.</param>
/// <param name="BatchRow">Its data row, from 1.</param>
/// <param name="Action">What was done.</param>
/// <param name="ActionDate">The day that the organisation gives for it.</param>
/// <param name="Reason">Why, in the organisation's words.</param>
public sealed record Provenance(
    DateTimeOffset RecordedAt,
    Guid? OrganisationId,
    string? OrganisationName,
    Channel Channel,
    int? Batch,
    int? BatchRow,
    AchievementAction Action,
    DateOnly? ActionDate,
    string? Reason);

/// <summary>One version of a learning event. Versions are only ever added (DESIGN §6, Permanent record).</summary>
/// <param name="Id">The event's number, the contract's ID.</param>
/// <param name="Version">Counts from 1.</param>
public sealed record LearningEventVersion(int Id, int Version, LearningEventFacts Facts, Provenance Provenance);

/// <summary>One achievement or participation, as of its latest version.</summary>
/// <param name="DateLoaded">When its first version came in.</param>
/// <param name="UnderDataChallenge">Whether a data challenge about it is open.</param>
public sealed record LearningEvent(int Id, int Version, LearningEventFacts Facts, Provenance Latest, DateTimeOffset DateLoaded, bool UnderDataChallenge);

/// <summary>All of one learner's events, newest award first.</summary>
public sealed record PersonalLearningRecord(Learner Learner, IReadOnlyList<LearningEvent> Events);
