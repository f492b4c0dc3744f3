using Plr.Core;
using Plr.Core.Duplicates;
using Plr.Core.Learners;
using Plr.Server.Web;

namespace Plr.Server.Records;

/// <summary>How two learners stand to each other in one field.</summary>
public enum Agreeing
{
    Same,
    Differs,
    OneOnly,

    /// <summary>It says nothing of the person.</summary>
    NotCompared,
}

/// <summary>One field of both: the end of a key <c>Learner.Detail.…</c>, what either has, and how they agree.</summary>
public sealed record ComparedField(string Label, string? One, string? Other, Agreeing Agreeing);

/// <summary>One version of a learner in words.</summary>
/// <param name="At">When.</param>
/// <param name="Through">Through what.</param>
/// <param name="What">What happened.</param>
public sealed record VersionWords(string At, string Through, string What);

/// <summary>Two learners side by side, and what happened to each.</summary>
public sealed class SideBySide(Texts texts, Dates dates)
{
    /// <summary>Every field that at least one of them has.</summary>
    public IReadOnlyList<ComparedField> Fields(Learner one, Learner other) =>
        [.. Values(one).Zip(Values(other)).Select(pair => Compare(pair.First.Label, pair.First.Value, pair.Second.Value)).OfType<ComparedField>()];

    /// <summary>A learner's versions, the latest first.</summary>
    public IReadOnlyList<VersionWords> History(LearnerUnderReview learner) =>
        [.. learner.Versions.Select((version, index) => Words(index == 0 ? null : learner.Versions[index - 1].Learner, version)).Reverse()];

    private static ComparedField? Compare(string label, string? one, string? other) => label is "RegisteredOn" or "LastUpdatedOn" or "AbilityToShare" ? new(label, one, other, Agreeing.NotCompared) : (string.IsNullOrWhiteSpace(one), string.IsNullOrWhiteSpace(other)) switch
    {
        (true, true) => null,
        (false, false) => new(label, one, other, string.Equals(one!.Trim(), other!.Trim(), StringComparison.OrdinalIgnoreCase) ? Agreeing.Same : Agreeing.Differs),
        var (isMissing, _) => new(label, isMissing ? null : one, isMissing ? other : null, Agreeing.OneOnly),
    };

    private VersionWords Words(Learner? before, LearnerVersion version) =>
        new(dates.DayAndTime(version.RecordedAt), texts[$"Audit.Channel.{version.Channel.Word()}"], What(before, version.Learner));

    private string What(Learner? before, Learner after)
    {
        if (before is null)
        {
            return texts["Office.Version.First"];
        }

        if (before.MasterUln != after.MasterUln)
        {
            return after.MasterUln is { } master ? texts["Office.Version.Linked", master.ToDisplayString()] : texts["Office.Version.Unlinked"];
        }

        var changed = Values(before).Zip(Values(after)).Where(pair => pair.First.Value != pair.Second.Value && pair.First.Label is not "LastUpdatedOn")
            .Select(pair => texts[$"Learner.Detail.{pair.First.Label}"]).ToList();
        return changed.Count == 0 ? texts["Office.Version.Same"] : texts["Office.Version.Changed", string.Join(", ", changed)];
    }

    private IReadOnlyList<(string Label, string? Value)> Values(Learner learner)
    {
        var held = learner.Details;
        return
        [
            ("PersonTitle", held.Title),
            ("GivenName", held.GivenName),
            ("PreferredGivenName", held.PreferredGivenName),
            ("MiddleOtherName", held.MiddleOtherName),
            ("FamilyName", held.FamilyName),
            ("PreviousFamilyName", held.PreviousFamilyName),
            ("FamilyNameAtAge16", held.FamilyNameAtAge16),
            ("DateOfBirth", dates.Day(held.DateOfBirth)),
            ("PlaceOfBirth", held.PlaceOfBirth),
            ("Gender", texts.Code("Gender", held.Gender)),
            ("Nationality", held.Nationality),
            ("AddressLine1", held.LastKnownAddressLine1),
            ("AddressLine2", held.LastKnownAddressLine2),
            ("Town", held.LastKnownAddressTown),
            ("CountyOrCity", held.LastKnownAddressCountyOrCity),
            ("PostCode", held.LastKnownPostCode),
            ("DateOfAddressCapture", held.DateOfAddressCapture is { } captured ? dates.Day(captured) : null),
            ("EmailAddress", held.EmailAddress),
            ("UniqueCandidateIdentifier", held.UniqueCandidateIdentifier),
            ("UniquePupilNumber", held.UniquePupilNumber),
            ("ScottishCandidateNumber", held.ScottishCandidateNumber),
            ("SchoolAtAge16", held.SchoolAtAge16),
            ("VerificationType", texts.Code("Verification", held.VerificationType)),
            ("OtherVerificationDescription", held.OtherVerificationDescription),
            ("AbilityToShare", held.AbilityToShare is >= 0 and <= 2 ? texts[$"Office.Share.{held.AbilityToShare}"] : texts.Code("Share", held.AbilityToShare)),
            ("RegisteredOn", dates.DayAndTime(learner.CreatedAt)),
            ("LastUpdatedOn", dates.DayAndTime(learner.LastUpdatedAt)),
            ("Notes", held.Notes),
        ];
    }
}
