using System.Text.Json.Serialization;

namespace Plr.Core.Learners;

/// <summary>What an organisation or a learner tells the register of a person: the fields of DOSSIER §3, checked. Text is kept exactly as it came, trailing blanks too.</summary>
public sealed record LearnerDetails
{
    public string? Title { get; init; }

    public required string GivenName { get; init; }

    public string? MiddleOtherName { get; init; }

    public required string FamilyName { get; init; }

    public string? PreferredGivenName { get; init; }

    public string? PreviousFamilyName { get; init; }

    public string? FamilyNameAtAge16 { get; init; }

    public string? SchoolAtAge16 { get; init; }

    public string? LastKnownAddressLine1 { get; init; }

    public string? LastKnownAddressLine2 { get; init; }

    public string? LastKnownAddressTown { get; init; }

    public string? LastKnownAddressCountyOrCity { get; init; }

    public required string LastKnownPostCode { get; init; }

    public DateOnly? DateOfAddressCapture { get; init; }

    public required DateOnly DateOfBirth { get; init; }

    public string? PlaceOfBirth { get; init; }

    public string? EmailAddress { get; init; }

    /// <summary>0 not known, 1 male, 2 female, 9 not specified.</summary>
    public required int Gender { get; init; }

    public string? Nationality { get; init; }

    /// <summary>Nine digits.</summary>
    public string? ScottishCandidateNumber { get; init; }

    /// <summary>How the identity was checked: 0 to 7 or 999 (DOSSIER §2.4).</summary>
    public required int VerificationType { get; init; }

    /// <summary>Needed when <see cref="VerificationType"/> is 999.</summary>
    public string? OtherVerificationDescription { get; init; }

    /// <summary>0 privacy notice not seen, 1 seen and able to share, 2 opted out (DOSSIER §2.3).</summary>
    public required int AbilityToShare { get; init; }

    public string? Notes { get; init; }

    /// <summary>UCI, 13 characters.</summary>
    public string? UniqueCandidateIdentifier { get; init; }

    /// <summary>UPN, 13 characters; never overwritten on a match (release 1902.01).</summary>
    public string? UniquePupilNumber { get; init; }

    /// <summary>What tells this person from others. Faces write the fields, not this.</summary>
    [JsonIgnore]
    public LearnerIdentity Identity => new(GivenName, PreferredGivenName, MiddleOtherName, FamilyName, PreviousFamilyName, FamilyNameAtAge16, DateOfBirth, Gender);

    /// <summary>Strength of the identity evidence (DECISIONS, TierLevel): 0 not checked, 1 vouched for, 2 a document was seen; 999 gives 0.</summary>
    public int TierLevel => VerificationType switch { 1 => 1, >= 2 and <= 7 => 2, _ => 0 };
}

/// <summary>The part of a learner's details by which somebody who gives a ULN is compared with its holder (DOSSIER §4.4).</summary>
public sealed record LearnerIdentity(
    string GivenName, string? PreferredGivenName, string? MiddleOtherName, string FamilyName, string? PreviousFamilyName, string? FamilyNameAtAge16, DateOnly DateOfBirth, int Gender);

/// <summary>Who has a ULN, for whoever gives it to be compared with (<see cref="Resemblance"/>).</summary>
/// <param name="Own">By the record that has the ULN.</param>
/// <param name="Master">By the master's record, when the ULN was merged.</param>
public sealed record UlnIdentity(LearnerIdentity Own, LearnerIdentity? Master = null)
{
    /// <summary>The person as they are known now.</summary>
    public LearnerIdentity Current => Master ?? Own;
}

/// <summary>DECISIONS, LearnerStatus.</summary>
public enum LearnerStatus
{
    Inactive = 0,
    Active = 1,
    Merged = 2,
}

/// <summary>A person on the register, as of one version.</summary>
public sealed record Learner
{
    public required Uln Uln { get; init; }

    public required LearnerDetails Details { get; init; }

    public required LearnerStatus Status { get; init; }

    /// <summary>Stored, so that imported records keep theirs.</summary>
    public required int TierLevel { get; init; }

    /// <summary>For a merged learner: the learner they are.</summary>
    public Uln? MasterUln { get; init; }

    /// <summary>Counts from 1; the contract's VersionNumber.</summary>
    public required int Version { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset LastUpdatedAt { get; init; }

    public required Channel CreatedVia { get; init; }

    public required Channel LastUpdatedVia { get; init; }

    /// <summary>The organisation that registered the learner, if it was one.</summary>
    public Guid? RegisteredBy { get; init; }

    /// <summary>Whether the ability to share lets organisations see the record.</summary>
    public bool Shares => Details.AbilityToShare == 1;

    /// <summary>Full years of age on a day.</summary>
    public static int AgeOn(DateOnly dateOfBirth, DateOnly day)
    {
        var years = day.Year - dateOfBirth.Year;
        return (day.Month, day.Day).CompareTo((dateOfBirth.Month, dateOfBirth.Day)) < 0 ? years - 1 : years;
    }
}

/// <summary>One version of a learner and where it came from.</summary>
public sealed record LearnerVersion(Learner Learner, DateTimeOffset RecordedAt, Guid? RecordedBy, Channel Channel, int? Batch, int? BatchRow);
