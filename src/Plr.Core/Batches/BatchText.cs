using Plr.Core.Learners;
using Plr.Core.LearningEvents;

namespace Plr.Core.Batches;

/// <summary>Rows of files as text of the domain. Headings: DOSSIER §6.1 (2A) and DECISIONS, Files (achievements).</summary>
public static class BatchText
{
    public static LearnerText Learner(BatchFileRow row) => new()
    {
        Uln = row.Cell("ULN"),
        MisIdentifier = row.Cell("MISIdentifier"),
        Title = row.Cell("Title"),
        GivenName = row.Cell("GivenName"),
        PreferredGivenName = row.Cell("PreferredGivenName"),
        MiddleOtherName = row.Cell("MiddleOtherName"),
        FamilyName = row.Cell("FamilyName"),
        PreviousFamilyName = row.Cell("PreviousFamilyName"),
        FamilyNameAtAge16 = row.Cell("FamilyNameAt16"),
        SchoolAtAge16 = row.Cell("SchoolAtAge16"),
        LastKnownAddressLine1 = row.Cell("LastKnownAddressLine1"),
        LastKnownAddressLine2 = row.Cell("LastKnownAddressLine2"),
        LastKnownAddressTown = row.Cell("LastKnownAddressTown"),
        LastKnownAddressCountyOrCity = row.Cell("LastKnownAddressCountyorCity"),
        LastKnownPostCode = row.Cell("LastKnownPostCode"),
        DateOfAddressCapture = row.Cell("DateOfAddressCapture"),
        DateOfBirth = row.Cell("DateOfBirth"),
        PlaceOfBirth = row.Cell("PlaceOfBirth"),
        EmailAddress = row.Cell("EmailAddress"),
        Gender = row.Cell("Gender"),
        Nationality = row.Cell("Nationality"),
        ScottishCandidateNumber = row.Cell("ScottishCandidateNumber"),
        AbilityToShare = row.Cell("AbilityToShare"),
        VerificationType = row.Cell("VerificationType"),
        OtherVerificationDescription = row.Cell("OtherVerificationDescription"),
        Notes = row.Cell("Notes"),
    };

    public static AchievementText Achievement(BatchFileRow row) => new()
    {
        MisIdentifier = row.Cell("MISIdentifier"),
        Uln = row.Cell("ULN"),
        GivenName = row.Cell("GivenName"),
        FamilyName = row.Cell("FamilyName"),
        DateOfBirth = row.Cell("DateOfBirth"),
        Gender = row.Cell("Gender"),
        LearnerPostcode = row.Cell("LearnerPostcode"),
        ProviderUkprn = row.Cell("ProviderUKPRN"),
        UnitOrQualificationReferenceNumber = row.Cell("UnitOrQualificationReferenceNumber"),
        AchievementAwardDate = row.Cell("AchievementAwardDate"),
        Grade = row.Cell("Grade"),
        LanguageForAssessment = row.Cell("LanguageForAssessment"),
        Action = row.Cell("Action"),
        ActionDate = row.Cell("ActionDate"),
        ActionReason = row.Cell("ActionReason"),
        SubmissionType = row.Cell("SubmissionType"),
    };
}
