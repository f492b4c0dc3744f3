using System.Globalization;
using System.Text.RegularExpressions;
using Plr.Core.Responses;
using Plr.Core.Text;

namespace Plr.Core.Learners;

/// <summary>
/// What a learner's details must be, DOSSIER §3 (facets of learner.xsd). Judged in this order; a value with several faults has one finding:
/// <list type="number">
/// <item>text can be stored and is not too long; codes are in their sets; dates are dates (RC011)</item>
/// <item>ULN, UCI and UPN are written as such (RC012)</item>
/// <item>the learner is 13 to 110 (RC013)</item>
/// <item>what creates a ULN is there: date of birth, gender, postcode, ability to share, verification type (RC006)</item>
/// </list>
/// </summary>
public static partial class LearnerRules
{
    public const int YoungestAge = 13;
    public const int OldestAge = 110;

    private static readonly string[] Genders = ["0", "1", "2", "9"];
    private static readonly string[] VerificationTypes = ["0", "1", "2", "3", "4", "5", "6", "7", "999"];
    private static readonly string[] AbilitiesToShare = ["0", "1", "2"];

    /// <summary>The text fields without a shape of their own: name as the face's columns say it, length, value.</summary>
    private static IEnumerable<(string Field, int Length, string? Value)> PlainTexts(LearnerText text) =>
    [
        ("MISIdentifier", 128, text.MisIdentifier),
        ("Title", 35, text.Title),
        ("PreferredGivenName", 35, text.PreferredGivenName),
        ("MiddleOtherName", 35, text.MiddleOtherName),
        ("PreviousFamilyName", 35, text.PreviousFamilyName),
        ("FamilyNameAt16", 35, text.FamilyNameAtAge16),
        ("SchoolAtAge16", 254, text.SchoolAtAge16),
        ("LastKnownAddressLine1", 50, text.LastKnownAddressLine1),
        ("LastKnownAddressLine2", 50, text.LastKnownAddressLine2),
        ("LastKnownAddressTown", 50, text.LastKnownAddressTown),
        ("LastKnownAddressCountyorCity", 50, text.LastKnownAddressCountyOrCity),
        ("PlaceOfBirth", 35, text.PlaceOfBirth),
        ("Nationality", 3, text.Nationality),
        ("OtherVerificationDescription", 255, text.OtherVerificationDescription),
        ("Notes", 4000, text.Notes),
    ];

    /// <summary>Checks the text of one learner. Every fault of every field is found, so that all can be put right at once.</summary>
    /// <param name="text">As the face received it.</param>
    /// <param name="today">The day on which the age counts.</param>
    /// <param name="isCreate">Whether a ULN is to be created: then what creates one must be there.</param>
    public static IReadOnlyList<Finding> Check(LearnerText text, DateOnly today, bool isCreate)
    {
        var findings = new List<Finding>();
        NamesAreThere(text, findings);
        TextsFit(text, findings);
        CodesAreInTheirSets(text, findings);
        DatesAreDates(text, findings);
        ShapesAreRight(text, findings);
        IdentifiersAreWrittenAsSuch(text, findings);
        AgeIsInRange(text, today, findings);
        if (isCreate)
        {
            WhatCreatesAUlnIsThere(text, findings);
        }

        return findings;
    }

    /// <summary>What is wrong with a date of birth and a gender that are only compared: whatever age they give, and either may be left out.</summary>
    internal static void CheckCompared(string? dateOfBirth, string? gender, List<Finding> findings)
    {
        DatesAreDates(new() { DateOfBirth = dateOfBirth }, findings);
        IsInSet("Gender", gender, Genders, findings);
    }

    /// <summary>The details of a text that <see cref="Check"/> found nothing against, for creating.</summary>
    public static LearnerDetails Details(LearnerText text) => new()
    {
        Title = Optional(text.Title),
        GivenName = text.GivenName!,
        MiddleOtherName = Optional(text.MiddleOtherName),
        FamilyName = text.FamilyName!,
        PreferredGivenName = Optional(text.PreferredGivenName),
        PreviousFamilyName = Optional(text.PreviousFamilyName),
        FamilyNameAtAge16 = Optional(text.FamilyNameAtAge16),
        SchoolAtAge16 = Optional(text.SchoolAtAge16),
        LastKnownAddressLine1 = Optional(text.LastKnownAddressLine1),
        LastKnownAddressLine2 = Optional(text.LastKnownAddressLine2),
        LastKnownAddressTown = Optional(text.LastKnownAddressTown),
        LastKnownAddressCountyOrCity = Optional(text.LastKnownAddressCountyOrCity),
        LastKnownPostCode = text.LastKnownPostCode!,
        DateOfAddressCapture = Date(text.DateOfAddressCapture),
        DateOfBirth = Date(text.DateOfBirth)!.Value,
        PlaceOfBirth = Optional(text.PlaceOfBirth),
        EmailAddress = Optional(text.EmailAddress),
        Gender = Code(text.Gender)!.Value,
        Nationality = Optional(text.Nationality),
        ScottishCandidateNumber = Optional(text.ScottishCandidateNumber),
        VerificationType = Code(text.VerificationType)!.Value,
        OtherVerificationDescription = Optional(text.OtherVerificationDescription),
        AbilityToShare = Code(text.AbilityToShare)!.Value,
        Notes = Optional(text.Notes),
        UniqueCandidateIdentifier = Optional(text.UniqueCandidateIdentifier),
        UniquePupilNumber = Optional(text.UniquePupilNumber),
    };

    /// <summary>Empty is absent; anything else, blanks too, is kept exactly.</summary>
    public static string? Optional(string? value) => string.IsNullOrEmpty(value) ? null : value;

    /// <summary>A date yyyy-MM-dd of the centuries 18, 19 and 20 in the real calendar, or null.</summary>
    public static DateOnly? Date(string? value) =>
        value is { Length: 10 } && DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        && date.Year is >= 1800 and < 2100 ? date : null;

    /// <summary>The number of a code that is in its set.</summary>
    public static int? Code(string? value) => string.IsNullOrEmpty(value) ? null : int.Parse(value, CultureInfo.InvariantCulture);

    private static void NamesAreThere(LearnerText text, List<Finding> findings)
    {
        foreach (var (field, value) in new[] { ("GivenName", text.GivenName), ("FamilyName", text.FamilyName) })
        {
            if (string.IsNullOrWhiteSpace(value))
            {
                findings.Add(new(ResponseCodes.IncorrectFormat, field, FindingRules.Blank));
            }
            else
            {
                TextFits(field, 35, value, findings);
            }
        }
    }

    private static void TextsFit(LearnerText text, List<Finding> findings)
    {
        foreach (var (field, length, value) in PlainTexts(text))
        {
            TextFits(field, length, value, findings, linesAllowed: field == "Notes");
        }

        if (text.VerificationType == "999" && string.IsNullOrWhiteSpace(text.OtherVerificationDescription))
        {
            findings.Add(new(ResponseCodes.IncorrectFormat, "OtherVerificationDescription", FindingRules.NeedsDescription));
        }
    }

    private static bool TextFits(string field, int length, string? value, List<Finding> findings, bool linesAllowed = false)
    {
        if (string.IsNullOrEmpty(value))
        {
            return false;
        }

        if (value.Length > length)
        {
            findings.Add(new(ResponseCodes.IncorrectFormat, field, FindingRules.TooLong, length.ToString(CultureInfo.InvariantCulture)));
            return false;
        }

        if (WireText.FirstFlaw(value, linesAllowed) is { } flaw)
        {
            findings.Add(new(ResponseCodes.IncorrectFormat, field, FindingRules.BadCharacters, (flaw.Position + 1).ToString(CultureInfo.InvariantCulture)));
            return false;
        }

        return true;
    }

    private static void CodesAreInTheirSets(LearnerText text, List<Finding> findings)
    {
        IsInSet("Gender", text.Gender, Genders, findings);
        IsInSet("AbilityToShare", text.AbilityToShare, AbilitiesToShare, findings);
        IsInSet("VerificationType", text.VerificationType, VerificationTypes, findings);
    }

    private static void IsInSet(string field, string? value, string[] set, List<Finding> findings)
    {
        if (!string.IsNullOrEmpty(value) && !set.Contains(value))
        {
            findings.Add(new(ResponseCodes.IncorrectFormat, field, FindingRules.NotInCodeSet, string.Join(", ", set)));
        }
    }

    private static void DatesAreDates(LearnerText text, List<Finding> findings)
    {
        foreach (var (field, value) in new[] { ("DateOfBirth", text.DateOfBirth), ("DateOfAddressCapture", text.DateOfAddressCapture) })
        {
            if (!string.IsNullOrEmpty(value) && Date(value) is null)
            {
                findings.Add(new(ResponseCodes.IncorrectFormat, field, FindingRules.NotADate));
            }
        }
    }

    private static void ShapesAreRight(LearnerText text, List<Finding> findings)
    {
        if (!string.IsNullOrEmpty(text.LastKnownPostCode) && !Postcode.TryParse(text.LastKnownPostCode, out _))
        {
            findings.Add(new(ResponseCodes.IncorrectFormat, "LastKnownPostCode", FindingRules.BadPostcode));
        }

        if (TextFits("EmailAddress", 254, text.EmailAddress, findings) && !Email().IsMatch(text.EmailAddress!))
        {
            findings.Add(new(ResponseCodes.IncorrectFormat, "EmailAddress", FindingRules.BadEmail));
        }

        if (!string.IsNullOrEmpty(text.ScottishCandidateNumber) && !NineDigits().IsMatch(text.ScottishCandidateNumber))
        {
            findings.Add(new(ResponseCodes.IncorrectFormat, "ScottishCandidateNumber", FindingRules.BadScottishCandidateNumber));
        }
    }

    private static void IdentifiersAreWrittenAsSuch(LearnerText text, List<Finding> findings)
    {
        if (!string.IsNullOrEmpty(text.Uln) && !Uln.TryParse(text.Uln, out _, out var fault))
        {
            findings.Add(new(ResponseCodes.IncorrectIdentifier, "ULN", fault == UlnFault.TemporaryNumber ? FindingRules.TemporaryUln : FindingRules.BadUln));
        }

        if (!string.IsNullOrEmpty(text.UniqueCandidateIdentifier) && !UciShape().IsMatch(text.UniqueCandidateIdentifier))
        {
            findings.Add(new(ResponseCodes.IncorrectIdentifier, "UCI", FindingRules.BadUci));
        }

        if (!string.IsNullOrEmpty(text.UniquePupilNumber) && !UpnShape().IsMatch(text.UniquePupilNumber))
        {
            findings.Add(new(ResponseCodes.IncorrectIdentifier, "UPN", FindingRules.BadUpn));
        }
    }

    private static void AgeIsInRange(LearnerText text, DateOnly today, List<Finding> findings)
    {
        if (Date(text.DateOfBirth) is { } born && Learner.AgeOn(born, today) is < YoungestAge or > OldestAge)
        {
            findings.Add(new(ResponseCodes.OutsideAgeRange, "DateOfBirth", FindingRules.AgeOutsideRange, $"{YoungestAge}", $"{OldestAge}"));
        }
    }

    private static void WhatCreatesAUlnIsThere(LearnerText text, List<Finding> findings)
    {
        foreach (var (field, value) in (ReadOnlySpan<(string, string?)>)
        [
            ("DateOfBirth", text.DateOfBirth), ("Gender", text.Gender), ("LastKnownPostCode", text.LastKnownPostCode),
            ("AbilityToShare", text.AbilityToShare), ("VerificationType", text.VerificationType),
        ])
        {
            if (string.IsNullOrEmpty(value))
            {
                findings.Add(new(ResponseCodes.InsufficientData, field, FindingRules.Missing));
            }
        }
    }

    [GeneratedRegex(@"^[^@\s\p{C}]+@[^@\s\p{C}]+\.[A-Za-z]{2,6}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Email();

    [GeneratedRegex(@"^[0-9]{9}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NineDigits();

    [GeneratedRegex(@"^[0-9A-Za-z]{13}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UciShape();

    [GeneratedRegex(@"^[A-Za-z][0-9]{11}[0-9A-Za-z]\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UpnShape();
}
