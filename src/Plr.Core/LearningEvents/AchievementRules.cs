using System.Globalization;
using System.Text.RegularExpressions;
using Plr.Core.Learners;
using Plr.Core.Organisations;
using Plr.Core.Qualifications;
using Plr.Core.Responses;
using Plr.Core.Text;

namespace Plr.Core.LearningEvents;

/// <summary>
/// What one achievement's fields must be by themselves (DECISIONS, "Achievement row codes"). Judged in this order, and a row may carry several:
/// <list type="number">
/// <item>what is required is there (AC001)</item>
/// <item>dates, gender, UKPRN, postcode, number and lengths are in the permitted format (AC002)</item>
/// <item>the grade is written as a grade (AC003)</item>
/// <item>action, submission type and language are known (AC004)</item>
/// <item>the ULN is a ULN (AC101)</item>
/// </list>
/// </summary>
public static partial class AchievementRules
{
    private static readonly string[] Genders = ["0", "1", "2", "9"];
    private static readonly string[] Languages = ["English", "Welsh", "Irish"];

    /// <summary>Checks one achievement by itself. Every fault is found.</summary>
    public static IReadOnlyList<Finding> Check(AchievementText text)
    {
        var findings = new List<Finding>();
        WhatIsRequiredIsThere(text, findings);
        FormatsAreRight(text, findings);
        TextsFit(text, findings);
        GradeIsWrittenAsOne(text, findings);
        CodesAreKnown(text, findings);
        UlnIsOne(text, findings);
        return findings;
    }

    /// <summary>F, P and their long forms in any case (DECISIONS, submissionType); null when it is neither.</summary>
    public static EventStatus? Status(string? submissionType) => submissionType?.ToUpperInvariant() switch
    {
        "FINAL" or "F" => EventStatus.Final,
        "PROVISIONAL" or "P" => EventStatus.Provisional,
        _ => null,
    };

    /// <summary>The action of a number 1 to 5, or null.</summary>
    public static AchievementAction? Action(string? action) =>
        action is { Length: 1 } && action[0] is >= '1' and <= '5' ? (AchievementAction)(action[0] - '0') : null;

    /// <summary>The language by its name in any case, or null.</summary>
    public static string? Language(string? language) =>
        string.IsNullOrEmpty(language) ? null : Languages.FirstOrDefault(known => string.Equals(known, language, StringComparison.OrdinalIgnoreCase));

    private static void WhatIsRequiredIsThere(AchievementText text, List<Finding> findings)
    {
        foreach (var (field, value) in (ReadOnlySpan<(string, string?)>)
        [
            ("ULN", text.Uln), ("GivenName", text.GivenName), ("FamilyName", text.FamilyName), ("ProviderUKPRN", text.ProviderUkprn),
            ("UnitOrQualificationReferenceNumber", text.UnitOrQualificationReferenceNumber), ("AchievementAwardDate", text.AchievementAwardDate),
            ("Action", text.Action), ("ActionDate", text.ActionDate),
        ])
        {
            if (string.IsNullOrWhiteSpace(value))
            {
                findings.Add(new(ResponseCodes.FieldMissing, field, FindingRules.Missing));
            }
        }
    }

    private static void FormatsAreRight(AchievementText text, List<Finding> findings)
    {
        foreach (var (field, value) in (ReadOnlySpan<(string, string?)>)
        [
            ("DateOfBirth", text.DateOfBirth), ("AchievementAwardDate", text.AchievementAwardDate), ("ActionDate", text.ActionDate),
        ])
        {
            Unless(string.IsNullOrWhiteSpace(value) || LearnerRules.Date(value) is not null, field, FindingRules.NotADate, findings);
        }

        if (!string.IsNullOrEmpty(text.Gender) && !Genders.Contains(text.Gender))
        {
            findings.Add(new(ResponseCodes.FieldFormat, "Gender", FindingRules.NotInCodeSet, string.Join(", ", Genders)));
        }

        Unless(string.IsNullOrWhiteSpace(text.ProviderUkprn) || Ukprn.TryParse(text.ProviderUkprn, out _), "ProviderUKPRN", FindingRules.BadUkprn, findings);
        Unless(string.IsNullOrEmpty(text.LearnerPostcode) || Postcode.TryParse(text.LearnerPostcode, out _), "LearnerPostcode", FindingRules.BadPostcode, findings);
        var number = text.UnitOrQualificationReferenceNumber;
        Unless(
            string.IsNullOrWhiteSpace(number) || QualificationNumber.TryParse(number, out _),
            "UnitOrQualificationReferenceNumber",
            FindingRules.BadQualificationNumber,
            findings);
    }

    private static void TextsFit(AchievementText text, List<Finding> findings)
    {
        foreach (var (field, length, value) in (ReadOnlySpan<(string, int, string?)>)
        [
            ("MISIdentifier", 128, text.MisIdentifier), ("GivenName", 35, text.GivenName), ("FamilyName", 35, text.FamilyName),
            ("ActionReason", 255, text.ActionReason),
        ])
        {
            if (value?.Length > length)
            {
                findings.Add(new(ResponseCodes.FieldFormat, field, FindingRules.TooLong, length.ToString(CultureInfo.InvariantCulture)));
            }
            else if (value is not null && WireText.FirstFlaw(value) is { } flaw)
            {
                findings.Add(new(ResponseCodes.FieldFormat, field, FindingRules.BadCharacters, (flaw.Position + 1).ToString(CultureInfo.InvariantCulture)));
            }
        }
    }

    private static void GradeIsWrittenAsOne(AchievementText text, List<Finding> findings)
    {
        if (!string.IsNullOrEmpty(text.Grade) && !GradeShape().IsMatch(text.Grade))
        {
            findings.Add(new(ResponseCodes.GradeFormat, "Grade", FindingRules.BadGrade));
        }
    }

    private static void CodesAreKnown(AchievementText text, List<Finding> findings)
    {
        var action = Action(text.Action);
        if (!string.IsNullOrWhiteSpace(text.Action) && action is null)
        {
            findings.Add(new(ResponseCodes.UnknownCode, "Action", FindingRules.NotInCodeSet, "1, 2, 3, 4, 5"));
        }

        var isTypeNeeded = action is AchievementAction.Create or AchievementAction.Update;
        if (Status(text.SubmissionType) is null && (isTypeNeeded || !string.IsNullOrEmpty(text.SubmissionType)))
        {
            findings.Add(new(ResponseCodes.UnknownCode, "SubmissionType", FindingRules.NotInCodeSet, "FINAL, F, PROVISIONAL, P"));
        }

        if (!string.IsNullOrEmpty(text.LanguageForAssessment) && Language(text.LanguageForAssessment) is null)
        {
            findings.Add(new(ResponseCodes.UnknownCode, "LanguageForAssessment", FindingRules.NotInCodeSet, string.Join(", ", Languages)));
        }
    }

    private static void UlnIsOne(AchievementText text, List<Finding> findings)
    {
        if (!string.IsNullOrWhiteSpace(text.Uln) && !Uln.TryParse(text.Uln, out _, out var fault))
        {
            findings.Add(new(ResponseCodes.NotAUln, "ULN", fault == UlnFault.TemporaryNumber ? FindingRules.TemporaryUln : FindingRules.BadUln));
        }
    }

    private static void Unless(bool isRight, string field, FindingRule rule, List<Finding> findings)
    {
        if (!isRight)
        {
            findings.Add(new(ResponseCodes.FieldFormat, field, rule));
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9*][A-Za-z0-9* /-]{0,9}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex GradeShape();
}
