using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Core.Organisations;
using Plr.Core.Reports;

namespace Plr.Server.Files;

/// <summary>The files that can be read (decisions, "Files"; dossier 6.1).</summary>
public static class FileLayouts
{
    /// <summary>Learner registration, version 2A: the 30 columns of dossier 6.1, with their own spellings of two of them.</summary>
    public static FileLayout Registrations2A { get; } = FileLayout.Batch(
        "learner registration (2A)",
        "2A",
        [
            "FileVersion", "FileName", "UKPRN", "LearnerRecordCount", "ULN", "MISIdentifier", "Title", "GivenName", "PreferredGivenName",
            "MiddleOtherName", "FamilyName", "PreviousFamilyName", "FamilyNameAt16", "SchoolAtAge16", "LastKnownAddressLine1",
            "LastKnownAddressLine2", "LastKnownAddressTown", "LastKnownAddressCountyorCity", "LastKnownPostCode", "DateOfAddressCapture",
            "DateOfBirth", "PlaceOfBirth", "EmailAddress", "Gender", "Nationality", "ScottishCandidateNumber", "AbilityToShare",
            "VerificationType", "OtherVerificationDescription", "Notes",
        ],
        ["ReturnCode", "ReturnText"]);

    /// <summary>Achievements of an awarding organisation, version 1A.</summary>
    public static FileLayout Achievements1A { get; } = FileLayout.Batch(
        "achievements (1A)",
        "1A",
        [
            "FileVersion", "FileName", "OrganisationRef", "AchievementRecordCount", "MISIdentifier", "ULN", "GivenName", "FamilyName",
            "DateOfBirth", "Gender", "LearnerPostcode", "ProviderUKPRN", "UnitOrQualificationReferenceNumber", "AchievementAwardDate",
            "Grade", "LanguageForAssessment", "Action", "ActionDate", "ActionReason", "SubmissionType",
        ],
        ["ErrorClass", "ErrorCode", "ErrorText"]);

    /// <summary>The qualifications of the Ofqual register, as it gives them out; other columns are ignored.</summary>
    public static FileLayout Qualifications { get; } = FileLayout.Extract(
        "register of qualifications",
        [
            "Qualification Number", "Qualification Title", "Owner Organisation Recognition Number", "Owner Organisation Name",
            "Owner Organisation Acronym", "Qualification Level", "Qualification Sub Level", "EQF Level", "Qualification Type",
            "Total Credits", "Qualification SSA", "Qualification Status", "Regulation Start Date", "Operational Start Date",
            "Operational End Date", "Certification End Date", "Minimum Guided Learning Hours", "Maximum Guided Learning Hours",
            "Total Qualification Time", "Guided Learning Hours", "Offered In England", "Offered In Wales",
            "Offered In Northern Ireland", "Overall Grading Type", "Assessment Methods",
        ]);

    /// <summary>The awarding organisations of the Ofqual register, as it gives them out; other columns are ignored.</summary>
    public static FileLayout AwardingOrganisations { get; } = FileLayout.Extract(
        "register of awarding organisations",
        [
            "Recognition Number", "Name", "Legal Name", "Acronym", "Email", "Website", "Head Office Address Line 1",
            "Head Office Address Line 2", "Head Office Address Town/City", "Head Office Address County", "Head Office Address Postcode",
            "Head Office Address Country", "Head Office Address Telephone Number", "Ofqual Status", "Ofqual Recognised From",
            "Ofqual Recognised To", "CCEA Regulation Status", "CCEA Regulation Recognised From", "CCEA Regulation Recognised To",
        ]);

    /// <summary>Organisations of a register that is moved.</summary>
    public static FileLayout Organisations { get; } = FileLayout.Extract("organisations of a register", [.. OrganisationColumns.All.Select(column => column.Heading)]);

    /// <summary>Every version of every learner of a register that is moved.</summary>
    public static FileLayout Learners { get; } = FileLayout.Extract("learners of a register", [.. LearnerColumns.All.Select(column => column.Heading)]);

    /// <summary>Every version of every learning event of a register that is moved.</summary>
    public static FileLayout LearningEvents { get; } = FileLayout.Extract("learning events of a register", [.. LearningEventColumns.All.Select(column => column.Heading)]);

    /// <summary>Every report that a register made that is moved.</summary>
    public static FileLayout Reports { get; } = FileLayout.Extract("reports of a register", [.. ReportColumns.All.Select(column => column.Heading)]);

    /// <summary>Every kind of file.</summary>
    public static IReadOnlyList<FileLayout> All { get; } = [Registrations2A, Achievements1A, Qualifications, AwardingOrganisations, Organisations, Learners, LearningEvents, Reports];
}
