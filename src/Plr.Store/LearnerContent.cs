using System.Globalization;
using System.Text.Json;
using Plr.Core;
using Plr.Core.Audit;
using Plr.Core.Learners;

namespace Plr.Store;

/// <summary>A version of a learner as canonical JSON: what learner_version keeps and the trail's hash is of. Absent fields are absent; a field added later leaves old versions as they were.</summary>
public static class LearnerContent
{
    public static string Write(Learner learner)
    {
        var details = learner.Details;
        return new CanonicalJson().Begin()
            .Add("abilityToShare", (long)details.AbilityToShare)
            .Add("createdAt", (DateTimeOffset?)learner.CreatedAt)
            .Add("createdVia", (long)learner.CreatedVia)
            .Add("dateOfAddressCapture", details.DateOfAddressCapture)
            .Add("dateOfBirth", (DateOnly?)details.DateOfBirth)
            .Add("emailAddress", details.EmailAddress)
            .Add("familyName", details.FamilyName)
            .Add("familyNameAtAge16", details.FamilyNameAtAge16)
            .Add("gender", (long)details.Gender)
            .Add("givenName", details.GivenName)
            .Add("lastKnownAddressCountyOrCity", details.LastKnownAddressCountyOrCity)
            .Add("lastKnownAddressLine1", details.LastKnownAddressLine1)
            .Add("lastKnownAddressLine2", details.LastKnownAddressLine2)
            .Add("lastKnownAddressTown", details.LastKnownAddressTown)
            .Add("lastKnownPostCode", details.LastKnownPostCode)
            .Add("lastUpdatedAt", (DateTimeOffset?)learner.LastUpdatedAt)
            .Add("lastUpdatedVia", (long)learner.LastUpdatedVia)
            .Add("masterUln", learner.MasterUln?.Value)
            .Add("middleOtherName", details.MiddleOtherName)
            .Add("nationality", details.Nationality)
            .Add("notes", details.Notes)
            .Add("otherVerificationDescription", details.OtherVerificationDescription)
            .Add("placeOfBirth", details.PlaceOfBirth)
            .Add("preferredGivenName", details.PreferredGivenName)
            .Add("previousFamilyName", details.PreviousFamilyName)
            .Add("registeredBy", learner.RegisteredBy)
            .Add("schoolAtAge16", details.SchoolAtAge16)
            .Add("scottishCandidateNumber", details.ScottishCandidateNumber)
            .Add("status", (long)learner.Status)
            .Add("tierLevel", (long)learner.TierLevel)
            .Add("title", details.Title)
            .Add("uln", (long?)learner.Uln.Value)
            .Add("uniqueCandidateIdentifier", details.UniqueCandidateIdentifier)
            .Add("uniquePupilNumber", details.UniquePupilNumber)
            .Add("verificationType", (long)details.VerificationType)
            .Add("version", (long)learner.Version)
            .End().ToString();
    }

    public static Learner Read(string content)
    {
        using var document = JsonDocument.Parse(content);
        var json = document.RootElement;
        string? Text(string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;
        int Number(string name) => json.GetProperty(name).GetInt32();
        DateOnly? Date(string name) => Text(name) is { } text ? DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;
        DateTimeOffset At(string name) => DateTimeOffset.Parse(Text(name)!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        Uln? Number10(string name) => json.TryGetProperty(name, out var value) ? Uln.Parse(value.GetInt64().ToString(CultureInfo.InvariantCulture)) : null;
        return new Learner
        {
            Uln = Number10("uln")!.Value,
            Status = (LearnerStatus)Number("status"),
            TierLevel = Number("tierLevel"),
            MasterUln = Number10("masterUln"),
            Version = Number("version"),
            CreatedAt = At("createdAt"),
            CreatedVia = (Channel)Number("createdVia"),
            LastUpdatedAt = At("lastUpdatedAt"),
            LastUpdatedVia = (Channel)Number("lastUpdatedVia"),
            RegisteredBy = json.TryGetProperty("registeredBy", out var by) ? by.GetGuid() : null,
            Details = new LearnerDetails
            {
                AbilityToShare = Number("abilityToShare"),
                DateOfAddressCapture = Date("dateOfAddressCapture"),
                DateOfBirth = Date("dateOfBirth")!.Value,
                EmailAddress = Text("emailAddress"),
                FamilyName = Text("familyName")!,
                FamilyNameAtAge16 = Text("familyNameAtAge16"),
                Gender = Number("gender"),
                GivenName = Text("givenName")!,
                LastKnownAddressCountyOrCity = Text("lastKnownAddressCountyOrCity"),
                LastKnownAddressLine1 = Text("lastKnownAddressLine1"),
                LastKnownAddressLine2 = Text("lastKnownAddressLine2"),
                LastKnownAddressTown = Text("lastKnownAddressTown"),
                LastKnownPostCode = Text("lastKnownPostCode")!,
                MiddleOtherName = Text("middleOtherName"),
                Nationality = Text("nationality"),
                Notes = Text("notes"),
                OtherVerificationDescription = Text("otherVerificationDescription"),
                PlaceOfBirth = Text("placeOfBirth"),
                PreferredGivenName = Text("preferredGivenName"),
                PreviousFamilyName = Text("previousFamilyName"),
                SchoolAtAge16 = Text("schoolAtAge16"),
                ScottishCandidateNumber = Text("scottishCandidateNumber"),
                Title = Text("title"),
                UniqueCandidateIdentifier = Text("uniqueCandidateIdentifier"),
                UniquePupilNumber = Text("uniquePupilNumber"),
                VerificationType = Number("verificationType"),
            },
        };
    }
}
