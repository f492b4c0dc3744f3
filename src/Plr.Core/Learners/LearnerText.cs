namespace Plr.Core.Learners;

/// <summary>A learner's details as a face received them: still text. Null and empty are the same (DOSSIER §5.1, "nil = empty = absent").</summary>
public sealed record LearnerText
{
    public string? Uln { get; init; }

    public string? MisIdentifier { get; init; }

    public string? Title { get; init; }

    public string? GivenName { get; init; }

    public string? PreferredGivenName { get; init; }

    public string? MiddleOtherName { get; init; }

    public string? FamilyName { get; init; }

    public string? PreviousFamilyName { get; init; }

    public string? FamilyNameAtAge16 { get; init; }

    public string? SchoolAtAge16 { get; init; }

    public string? LastKnownAddressLine1 { get; init; }

    public string? LastKnownAddressLine2 { get; init; }

    public string? LastKnownAddressTown { get; init; }

    public string? LastKnownAddressCountyOrCity { get; init; }

    public string? LastKnownPostCode { get; init; }

    public string? DateOfAddressCapture { get; init; }

    public string? DateOfBirth { get; init; }

    public string? PlaceOfBirth { get; init; }

    public string? EmailAddress { get; init; }

    public string? Gender { get; init; }

    public string? Nationality { get; init; }

    public string? ScottishCandidateNumber { get; init; }

    public string? AbilityToShare { get; init; }

    public string? VerificationType { get; init; }

    public string? OtherVerificationDescription { get; init; }

    public string? Notes { get; init; }

    public string? UniqueCandidateIdentifier { get; init; }

    public string? UniquePupilNumber { get; init; }
}
