namespace Plr.Core.LearningEvents;

/// <summary>One achievement as a face received it: still text (DECISIONS, Files, Achievements; DOSSIER §5.4). Null and empty are the same.</summary>
public sealed record AchievementText
{
    public string? MisIdentifier { get; init; }

    public string? Uln { get; init; }

    public string? GivenName { get; init; }

    public string? FamilyName { get; init; }

    public string? DateOfBirth { get; init; }

    public string? Gender { get; init; }

    public string? LearnerPostcode { get; init; }

    public string? ProviderUkprn { get; init; }

    public string? UnitOrQualificationReferenceNumber { get; init; }

    public string? AchievementAwardDate { get; init; }

    public string? Grade { get; init; }

    public string? LanguageForAssessment { get; init; }

    public string? Action { get; init; }

    public string? ActionDate { get; init; }

    public string? ActionReason { get; init; }

    public string? SubmissionType { get; init; }
}
