using Plr.Core.Responses;

namespace Plr.Core.Learners;

/// <summary>One learner to register: from a page, a call, or a row of a file. Its text has been checked; the findings may already refuse it.</summary>
/// <param name="Row">The data row of the file, from 1; 1 for a page or call.</param>
public sealed record Registration(int Row, LearnerText Text, IReadOnlyList<Finding> Findings)
{
    /// <summary>Whom to weigh before a new learner is made of it; null: only who is equal in the five demographics counts.</summary>
    public LearnerLook? Look { get; init; }

    /// <summary>The rule of a search that must have come before; null for a file and for the register's own.</summary>
    public SearchRules? NeedsSearch { get; init; }

    /// <summary>The ULN that came with it, when it is one.</summary>
    public Uln? SuppliedUln { get; } = Learners.Uln.TryParse(Text.Uln, out var uln) ? uln : null;

    /// <summary>The five demographics as a key, when all five are there and right.</summary>
    public PersonKey? PersonKey { get; } = Findings.Count == 0 && LearnerRules.Date(Text.DateOfBirth) is { } born
        && LearnerRules.Code(Text.Gender) is { } gender && !string.IsNullOrEmpty(Text.LastKnownPostCode)
            ? Learners.PersonKey.Of(Text.GivenName!, Text.FamilyName!, born, gender, Text.LastKnownPostCode)
            : null;

    /// <summary>Checks the text as a registration: without a ULN it is to create one.</summary>
    public static Registration Check(int row, LearnerText text, DateOnly today) =>
        new(row, text, LearnerRules.Check(text, today, isCreate: string.IsNullOrEmpty(text.Uln)));

    /// <summary>With whom the index offers for it, when it is right and may make a new learner.</summary>
    public Registration LookedUp(LearnerLookup lookup, SearchRules? needsSearch = null) =>
        PersonKey is null || SuppliedUln is not null ? this : this with { Look = lookup.Of(LearnerRules.Details(Text)), NeedsSearch = needsSearch };
}

/// <summary>What the register holds that may be this person, read under the lock on the date of birth.</summary>
/// <param name="ByUln">The learner who has the supplied ULN, and the master when merged.</param>
/// <param name="Equal">The active learners equal in all five demographics, merged ones followed to their masters, each once.</param>
/// <param name="EqualWasMerged">Whether the only way to the one equal learner led over a merged one.</param>
/// <param name="EarlierRow">An earlier row of the same file with the same learner, and its ULN, if any.</param>
public sealed record RegistrationCandidates(
    HeldLearner? ByUln,
    IReadOnlyList<Learner> Equal,
    bool EqualWasMerged,
    (int Row, Uln? Uln)? EarlierRow)
{
    /// <summary>Others who may be this person.</summary>
    public IReadOnlyCollection<Uln> Possible { get; init; } = [];

    /// <summary>The organisation's last search for this person.</summary>
    public RecentSearch? Search { get; init; }
}

/// <summary>What is to be done with one registration.</summary>
public abstract record RegistrationDecision
{
    private RegistrationDecision()
    {
    }

    /// <summary>A new learner, a new ULN.</summary>
    public sealed record Create(LearnerDetails Details) : RegistrationDecision;

    /// <summary>The learner is there and stays as they are.</summary>
    public sealed record Keep(Learner Learner, ResponseCode Code) : RegistrationDecision;

    /// <summary>The learner is there and gets a new version.</summary>
    public sealed record Change(Learner Learner, LearnerDetails Details, ResponseCode Code) : RegistrationDecision;

    /// <summary>Nothing is done; the ULN is what goes into the output.</summary>
    public sealed record Refuse(ResponseCode Code, IReadOnlyList<Finding> Findings, string? Uln) : RegistrationDecision;
}

/// <summary>
/// Decides a registration, in the order of DECISIONS, "Return codes of a registration row": RC011, RC012, RC013, RC006, RC008, RC009, then
/// the match. Pure: the store reads the candidates and carries the decision out in one transaction.
/// </summary>
public static class RegistrationJudge
{
    private const string FiveDemographics = "GivenName, FamilyName, DateOfBirth, Gender and LastKnownPostCode";

    public static RegistrationDecision Decide(Registration row, RegistrationCandidates candidates, Actor actor, DateTimeOffset now)
    {
        if (row.Findings.Count > 0)
        {
            return new RegistrationDecision.Refuse(Finding.FirstCode(row.Findings), row.Findings, null);
        }

        if (row.SuppliedUln is not null && !IsThisPerson(row.Text, candidates.ByUln))
        {
            var rule = candidates.ByUln is null ? FindingRules.NotOnRegister : FindingRules.DoesNotAgree;
            return Refuse(ResponseCodes.UlnNotThisPerson, new(ResponseCodes.UlnNotThisPerson, "ULN", rule), row.Text.Uln);
        }

        if (candidates.EarlierRow is { } earlier)
        {
            var repeated = new Finding(ResponseCodes.SameAsEarlierRow, "Learner", FindingRules.RowIsRepeated, $"{earlier.Row}");
            return Refuse(ResponseCodes.SameAsEarlierRow, repeated, earlier.Uln?.ToString());
        }

        if (candidates.ByUln is { } held)
        {
            return Agree(row.Text, held.Master, held.IsMerged, actor);
        }

        return candidates.Equal switch
        {
            [] => DecideNew(row, candidates, now),
            [var one] => Agree(row.Text, one, candidates.EqualWasMerged, actor),
            var several => Refuse(
                ResponseCodes.PossibleMatches,
                new(ResponseCodes.PossibleMatches, FiveDemographics, FindingRules.SeveralLearners, $"{several.Count}"),
                null),
        };
    }

    /// <summary>Nobody is equal: a page or call needs a search before, and whoever may be the person must have been shown by it. Of a file a person looks at the possible matches later.</summary>
    private static RegistrationDecision DecideNew(Registration row, RegistrationCandidates candidates, DateTimeOffset now)
    {
        if (row.NeedsSearch is { } rules && SearchFault(candidates.Search, rules, now) is { } fault)
        {
            return Refuse(ResponseCodes.SearchFirst, fault, null);
        }

        IReadOnlyCollection<Uln> shown = row.NeedsSearch is null ? [] : candidates.Search?.Shown ?? [];
        return candidates.Possible.All(shown.Contains)
            ? new RegistrationDecision.Create(LearnerRules.Details(row.Text))
            : Refuse(ResponseCodes.PossibleMatches, new(ResponseCodes.PossibleMatches, FiveDemographics, FindingRules.MayBeOnRegister), null);
    }

    private static Finding? SearchFault(RecentSearch? search, SearchRules rules, DateTimeOffset now)
    {
        if (search is null || now - search.At > rules.GoodFor)
        {
            return new(ResponseCodes.SearchFirst, FiveDemographics, FindingRules.NotSearched, $"{rules.GoodFor.TotalMinutes}");
        }

        if (search.Outcome == ResponseCodes.TooManyMatches.Name)
        {
            return new(ResponseCodes.SearchFirst, FiveDemographics, FindingRules.SearchedTooMany);
        }

        return search.Outcome == ResponseCodes.PossibleMatches.Name && now - search.At < rules.LookFor
            ? new(ResponseCodes.SearchFirst, FiveDemographics, FindingRules.SearchedJustNow, $"{rules.LookFor.TotalSeconds}")
            : null;
    }

    /// <summary>What stored details become when optional cells come with a match: an empty cell leaves what is stored, UPN and the five demographics are never overwritten.</summary>
    public static LearnerDetails Merge(LearnerDetails held, LearnerText text) => held with
    {
        Title = LearnerRules.Optional(text.Title) ?? held.Title,
        MiddleOtherName = LearnerRules.Optional(text.MiddleOtherName) ?? held.MiddleOtherName,
        PreferredGivenName = LearnerRules.Optional(text.PreferredGivenName) ?? held.PreferredGivenName,
        PreviousFamilyName = LearnerRules.Optional(text.PreviousFamilyName) ?? held.PreviousFamilyName,
        FamilyNameAtAge16 = LearnerRules.Optional(text.FamilyNameAtAge16) ?? held.FamilyNameAtAge16,
        SchoolAtAge16 = LearnerRules.Optional(text.SchoolAtAge16) ?? held.SchoolAtAge16,
        LastKnownAddressLine1 = LearnerRules.Optional(text.LastKnownAddressLine1) ?? held.LastKnownAddressLine1,
        LastKnownAddressLine2 = LearnerRules.Optional(text.LastKnownAddressLine2) ?? held.LastKnownAddressLine2,
        LastKnownAddressTown = LearnerRules.Optional(text.LastKnownAddressTown) ?? held.LastKnownAddressTown,
        LastKnownAddressCountyOrCity = LearnerRules.Optional(text.LastKnownAddressCountyOrCity) ?? held.LastKnownAddressCountyOrCity,
        DateOfAddressCapture = LearnerRules.Date(text.DateOfAddressCapture) ?? held.DateOfAddressCapture,
        PlaceOfBirth = LearnerRules.Optional(text.PlaceOfBirth) ?? held.PlaceOfBirth,
        EmailAddress = LearnerRules.Optional(text.EmailAddress) ?? held.EmailAddress,
        Nationality = LearnerRules.Optional(text.Nationality) ?? held.Nationality,
        ScottishCandidateNumber = LearnerRules.Optional(text.ScottishCandidateNumber) ?? held.ScottishCandidateNumber,
        VerificationType = LearnerRules.Code(text.VerificationType) is { } type and not 0 ? type : held.VerificationType,
        OtherVerificationDescription = LearnerRules.Optional(text.OtherVerificationDescription) ?? held.OtherVerificationDescription,
        AbilityToShare = LearnerRules.Code(text.AbilityToShare) ?? held.AbilityToShare,
        Notes = LearnerRules.Optional(text.Notes) ?? held.Notes,
        UniqueCandidateIdentifier = LearnerRules.Optional(text.UniqueCandidateIdentifier) ?? held.UniqueCandidateIdentifier,
        UniquePupilNumber = held.UniquePupilNumber ?? LearnerRules.Optional(text.UniquePupilNumber),
    };

    private static bool IsThisPerson(LearnerText text, HeldLearner? held) =>
        held is not null
        && Resemblance.Of(held.Identity, text.GivenName!, text.FamilyName!, LearnerRules.Date(text.DateOfBirth), LearnerRules.Code(text.Gender)) != Agreement.None;

    private static RegistrationDecision Agree(LearnerText text, Learner held, bool wasMerged, Actor actor)
    {
        var asked = LearnerRules.Code(text.AbilityToShare) ?? held.Details.AbilityToShare;
        if (!ShareChange.IsAllowed(held.Details.AbilityToShare, asked, actor, isNewNoticeGiven: false))
        {
            var change = new Finding(ResponseCodes.ShareChangeNotAllowed, "AbilityToShare", FindingRules.ShareChange, $"{held.Details.AbilityToShare}", $"{asked}");
            return Refuse(ResponseCodes.ShareChangeNotAllowed, change, held.Uln.ToString());
        }

        var merged = Merge(held.Details, text);
        if (merged == held.Details)
        {
            return new RegistrationDecision.Keep(held, wasMerged ? ResponseCodes.MasterSubstituted : ResponseCodes.ExactMatch);
        }

        return new RegistrationDecision.Change(held, merged, wasMerged ? ResponseCodes.MasterSubstituted : ResponseCodes.LearnerUpdated);
    }

    private static RegistrationDecision.Refuse Refuse(ResponseCode code, Finding finding, string? uln) => new(code, [finding], uln);
}
