using Plr.Core.Learners;
using Plr.Server.Web;

namespace Plr.Server.Portal;

/// <summary>One field of a learner's details.</summary>
/// <param name="Name">As the form has it.</param>
/// <param name="Label">The end of a key <c>Learner.Detail.…</c>.</param>
public sealed record LearnerField(string Name, string Label, Func<LearnerText, string?> Get, Func<LearnerText, string?, LearnerText> Set);

/// <summary>The fields of a learner's details in the order of the pages, and their values in words.</summary>
public sealed class LearnerFields(Texts texts, Dates dates)
{
    public static IReadOnlyList<LearnerField> All { get; } =
    [
        new("Title", "PersonTitle", text => text.Title, (text, value) => text with { Title = value }),
        new("GivenName", "GivenName", text => text.GivenName, (text, value) => text with { GivenName = value }),
        new("MiddleOtherName", "MiddleOtherName", text => text.MiddleOtherName, (text, value) => text with { MiddleOtherName = value }),
        new("FamilyName", "FamilyName", text => text.FamilyName, (text, value) => text with { FamilyName = value }),
        new("PreferredGivenName", "PreferredGivenName", text => text.PreferredGivenName, (text, value) => text with { PreferredGivenName = value }),
        new("PreviousFamilyName", "PreviousFamilyName", text => text.PreviousFamilyName, (text, value) => text with { PreviousFamilyName = value }),
        new("FamilyNameAtAge16", "FamilyNameAtAge16", text => text.FamilyNameAtAge16, (text, value) => text with { FamilyNameAtAge16 = value }),
        new("DateOfBirth", "DateOfBirth", text => text.DateOfBirth, (text, value) => text with { DateOfBirth = value }),
        new("Gender", "Gender", text => text.Gender, (text, value) => text with { Gender = value }),
        new("PlaceOfBirth", "PlaceOfBirth", text => text.PlaceOfBirth, (text, value) => text with { PlaceOfBirth = value }),
        new("Nationality", "Nationality", text => text.Nationality, (text, value) => text with { Nationality = value }),
        new("LastKnownAddressLine1", "AddressLine1", text => text.LastKnownAddressLine1, (text, value) => text with { LastKnownAddressLine1 = value }),
        new("LastKnownAddressLine2", "AddressLine2", text => text.LastKnownAddressLine2, (text, value) => text with { LastKnownAddressLine2 = value }),
        new("LastKnownAddressTown", "Town", text => text.LastKnownAddressTown, (text, value) => text with { LastKnownAddressTown = value }),
        new("LastKnownAddressCountyOrCity", "CountyOrCity", text => text.LastKnownAddressCountyOrCity, (text, value) => text with { LastKnownAddressCountyOrCity = value }),
        new("LastKnownPostCode", "PostCode", text => text.LastKnownPostCode, (text, value) => text with { LastKnownPostCode = value }),
        new("DateOfAddressCapture", "DateOfAddressCapture", text => text.DateOfAddressCapture, (text, value) => text with { DateOfAddressCapture = value }),
        new("EmailAddress", "EmailAddress", text => text.EmailAddress, (text, value) => text with { EmailAddress = value }),
        new("SchoolAtAge16", "SchoolAtAge16", text => text.SchoolAtAge16, (text, value) => text with { SchoolAtAge16 = value }),
        new("ScottishCandidateNumber", "ScottishCandidateNumber", text => text.ScottishCandidateNumber, (text, value) => text with { ScottishCandidateNumber = value }),
        new("UniqueCandidateIdentifier", "UniqueCandidateIdentifier", text => text.UniqueCandidateIdentifier, (text, value) => text with { UniqueCandidateIdentifier = value }),
        new("UniquePupilNumber", "UniquePupilNumber", text => text.UniquePupilNumber, (text, value) => text with { UniquePupilNumber = value }),
        new("AbilityToShare", "AbilityToShare", text => text.AbilityToShare, (text, value) => text with { AbilityToShare = value }),
        new("VerificationType", "VerificationType", text => text.VerificationType, (text, value) => text with { VerificationType = value }),
        new("OtherVerificationDescription", "OtherVerificationDescription", text => text.OtherVerificationDescription, (text, value) => text with { OtherVerificationDescription = value }),
        new("Notes", "Notes", text => text.Notes, (text, value) => text with { Notes = value }),
    ];

    /// <summary>The five that a search is made with.</summary>
    public static IReadOnlySet<string> Demographics { get; } = new HashSet<string>(["GivenName", "FamilyName", "DateOfBirth", "Gender", "LastKnownPostCode"], StringComparer.Ordinal);

    public string Label(LearnerField field) => texts[$"Learner.Detail.{field.Label}"];

    /// <summary>A field's value in words; null when there is none.</summary>
    public string? Words(LearnerField field, LearnerText text) => Words(field.Name, field.Get(text));

    public string? Words(string name, string? value) => (name, value) switch
    {
        (_, null or "") => null,
        ("DateOfBirth" or "DateOfAddressCapture", _) when LearnerRules.Date(value) is { } date => dates.Day(date),
        ("Gender", _) => texts.Code("Gender", LearnerRules.Code(value)!.Value),
        ("AbilityToShare", _) => texts[$"Organisation.Share.{value}"],
        ("VerificationType", _) => texts[$"Organisation.Checked.{value}"],
        _ => value,
    };
}
