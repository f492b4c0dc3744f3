using System.Globalization;

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

    /// <summary>The details as they would be sent again: what is read and sent back unchanged changes nothing.</summary>
    public static LearnerText Of(LearnerDetails details) => new()
    {
        Title = details.Title,
        GivenName = details.GivenName,
        PreferredGivenName = details.PreferredGivenName,
        MiddleOtherName = details.MiddleOtherName,
        FamilyName = details.FamilyName,
        PreviousFamilyName = details.PreviousFamilyName,
        FamilyNameAtAge16 = details.FamilyNameAtAge16,
        SchoolAtAge16 = details.SchoolAtAge16,
        LastKnownAddressLine1 = details.LastKnownAddressLine1,
        LastKnownAddressLine2 = details.LastKnownAddressLine2,
        LastKnownAddressTown = details.LastKnownAddressTown,
        LastKnownAddressCountyOrCity = details.LastKnownAddressCountyOrCity,
        LastKnownPostCode = details.LastKnownPostCode,
        DateOfAddressCapture = Day(details.DateOfAddressCapture),
        DateOfBirth = Day(details.DateOfBirth),
        PlaceOfBirth = details.PlaceOfBirth,
        EmailAddress = details.EmailAddress,
        Gender = Number(details.Gender),
        Nationality = details.Nationality,
        ScottishCandidateNumber = details.ScottishCandidateNumber,
        AbilityToShare = Number(details.AbilityToShare),
        VerificationType = Number(details.VerificationType),
        OtherVerificationDescription = details.OtherVerificationDescription,
        Notes = details.Notes,
        UniqueCandidateIdentifier = details.UniqueCandidateIdentifier,
        UniquePupilNumber = details.UniquePupilNumber,
    };

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Number(int code) => code.ToString(CultureInfo.InvariantCulture);
}
