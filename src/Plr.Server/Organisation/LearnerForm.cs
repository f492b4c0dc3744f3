using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Plr.Core.Learners;
using Plr.Core.Responses;
using Plr.Server.Govuk;
using Plr.Server.Web;

namespace Plr.Server.Portal;

/// <summary>A learner's details as a form has them: text, and dates in three parts.</summary>
public sealed class LearnerForm
{
    public string? Title { get; set; }

    public string? GivenName { get; set; }

    public string? MiddleOtherName { get; set; }

    public string? FamilyName { get; set; }

    public string? PreferredGivenName { get; set; }

    public string? PreviousFamilyName { get; set; }

    public string? FamilyNameAtAge16 { get; set; }

    public DateParts DateOfBirth { get; set; } = new();

    public string? Gender { get; set; }

    public string? PlaceOfBirth { get; set; }

    public string? Nationality { get; set; }

    public string? LastKnownAddressLine1 { get; set; }

    public string? LastKnownAddressLine2 { get; set; }

    public string? LastKnownAddressTown { get; set; }

    public string? LastKnownAddressCountyOrCity { get; set; }

    public string? LastKnownPostCode { get; set; }

    public DateParts DateOfAddressCapture { get; set; } = new();

    public string? EmailAddress { get; set; }

    public string? SchoolAtAge16 { get; set; }

    public string? ScottishCandidateNumber { get; set; }

    public string? UniqueCandidateIdentifier { get; set; }

    public string? UniquePupilNumber { get; set; }

    public string? AbilityToShare { get; set; }

    public string? VerificationType { get; set; }

    public string? OtherVerificationDescription { get; set; }

    public string? Notes { get; set; }

    public static LearnerForm Of(LearnerText text) => new()
    {
        Title = text.Title,
        GivenName = text.GivenName,
        MiddleOtherName = text.MiddleOtherName,
        FamilyName = text.FamilyName,
        PreferredGivenName = text.PreferredGivenName,
        PreviousFamilyName = text.PreviousFamilyName,
        FamilyNameAtAge16 = text.FamilyNameAtAge16,
        DateOfBirth = Parts(text.DateOfBirth),
        Gender = text.Gender,
        PlaceOfBirth = text.PlaceOfBirth,
        Nationality = text.Nationality,
        LastKnownAddressLine1 = text.LastKnownAddressLine1,
        LastKnownAddressLine2 = text.LastKnownAddressLine2,
        LastKnownAddressTown = text.LastKnownAddressTown,
        LastKnownAddressCountyOrCity = text.LastKnownAddressCountyOrCity,
        LastKnownPostCode = text.LastKnownPostCode,
        DateOfAddressCapture = Parts(text.DateOfAddressCapture),
        EmailAddress = text.EmailAddress,
        SchoolAtAge16 = text.SchoolAtAge16,
        ScottishCandidateNumber = text.ScottishCandidateNumber,
        UniqueCandidateIdentifier = text.UniqueCandidateIdentifier,
        UniquePupilNumber = text.UniquePupilNumber,
        AbilityToShare = text.AbilityToShare,
        VerificationType = text.VerificationType,
        OtherVerificationDescription = text.OtherVerificationDescription,
        Notes = text.Notes,
    };

    public LearnerText ToText() => new()
    {
        Title = Title,
        GivenName = GivenName,
        MiddleOtherName = MiddleOtherName,
        FamilyName = FamilyName,
        PreferredGivenName = PreferredGivenName,
        PreviousFamilyName = PreviousFamilyName,
        FamilyNameAtAge16 = FamilyNameAtAge16,
        DateOfBirth = Day(DateOfBirth),
        Gender = Gender,
        PlaceOfBirth = PlaceOfBirth,
        Nationality = Nationality,
        LastKnownAddressLine1 = LastKnownAddressLine1,
        LastKnownAddressLine2 = LastKnownAddressLine2,
        LastKnownAddressTown = LastKnownAddressTown,
        LastKnownAddressCountyOrCity = LastKnownAddressCountyOrCity,
        LastKnownPostCode = LastKnownPostCode,
        DateOfAddressCapture = Day(DateOfAddressCapture),
        EmailAddress = EmailAddress,
        SchoolAtAge16 = SchoolAtAge16,
        ScottishCandidateNumber = ScottishCandidateNumber,
        UniqueCandidateIdentifier = UniqueCandidateIdentifier,
        UniquePupilNumber = UniquePupilNumber,
        AbilityToShare = AbilityToShare,
        VerificationType = VerificationType,
        OtherVerificationDescription = VerificationType == "999" ? OtherVerificationDescription : null,
        Notes = Notes,
    };

    /// <summary>The form as a search asks: without blanks around what was typed.</summary>
    public SearchLearners.Request ToSearch() => new()
    {
        GivenName = GivenName?.Trim(),
        FamilyName = FamilyName?.Trim(),
        DateOfBirth = Day(DateOfBirth),
        Gender = Gender,
        LastKnownPostCode = LastKnownPostCode?.Trim(),
        PreviousFamilyName = PreviousFamilyName?.Trim(),
        SchoolAtAge16 = SchoolAtAge16?.Trim(),
        PlaceOfBirth = PlaceOfBirth?.Trim(),
        EmailAddress = EmailAddress?.Trim(),
    };

    /// <summary>A search as the learner whom it looks for.</summary>
    public static LearnerText TextOf(SearchLearners.Request asked) => new()
    {
        GivenName = asked.GivenName,
        FamilyName = asked.FamilyName,
        DateOfBirth = asked.DateOfBirth,
        Gender = asked.Gender,
        LastKnownPostCode = asked.LastKnownPostCode,
        PreviousFamilyName = asked.PreviousFamilyName,
        SchoolAtAge16 = asked.SchoolAtAge16,
        PlaceOfBirth = asked.PlaceOfBirth,
        EmailAddress = asked.EmailAddress,
    };

    /// <summary>Puts findings at the fields of a form that is the property <paramref name="form"/> of its page.</summary>
    public static void Say(ModelStateDictionary modelState, IEnumerable<Finding> findings, string form, Texts texts)
    {
        foreach (var finding in findings)
        {
            var field = LearnerFields.All.FirstOrDefault(one => one.Name == NameOf(finding.Field));
            modelState.AddModelError(field is null ? "" : $"{form}.{field.Name}", Words(finding, field, texts));
        }
    }

    private static string Words(Finding finding, LearnerField? field, Texts texts) => (finding.Rule, field) switch
    {
        (_, null) => texts["Office.Error", finding.Field, texts[$"Findings.{finding.Rule.Name}", [.. finding.Values]]],
        var (rule, one) when rule == FindingRules.Missing || rule == FindingRules.Blank => texts[$"Organisation.Need.{one.Name}"],
        var (rule, one) when rule == FindingRules.NotADate || rule == FindingRules.AgeOutsideRange || rule == FindingRules.NeedsDescription || rule == FindingRules.ShareChange =>
            texts[$"Organisation.Wrong.{rule.Name}", [.. finding.Values]],
        var (rule, one) when rule == FindingRules.NotInCodeSet => texts[$"Organisation.Need.{one.Name}"],
        var (rule, one) => texts["Office.Error", texts[$"Learner.Detail.{one.Label}"], texts[$"Findings.{rule.Name}", [.. finding.Values]]],
    };

    private static string NameOf(string field) => field switch
    {
        "FamilyNameAt16" => nameof(FamilyNameAtAge16),
        "LastKnownAddressCountyorCity" => nameof(LastKnownAddressCountyOrCity),
        "UCI" => nameof(UniqueCandidateIdentifier),
        "UPN" => nameof(UniquePupilNumber),
        _ => field,
    };

    private static DateParts Parts(string? day) => LearnerRules.Date(day) is { } date ? DateParts.Of(date) : new();

    // What is no date of the calendar stays no date.
    private static string? Day(DateParts parts) => parts.IsEmpty ? null : parts.ToDate()?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "?";
}
