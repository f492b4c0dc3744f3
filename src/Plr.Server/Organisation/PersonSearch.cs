using Plr.Core.Learners;
using Plr.Core.Matching;
using Plr.Core.Responses;

namespace Plr.Server.Portal;

/// <summary>A search by personal details and its answer, kept so that a page can be opened again without asking the register again.</summary>
/// <param name="Asked">As typed.</param>
/// <param name="Code">The name of the outcome's code.</param>
/// <param name="Found">Who was shown, the likeliest first.</param>
/// <param name="SawAll">Whether the whole register was looked at; false while it is still loading.</param>
public sealed record PersonSearch(SearchLearners.Request Asked, string Code, IReadOnlyList<Candidate> Found, bool SawAll)
{
    public bool IsPossible => Code == ResponseCodes.PossibleMatches.Name;

    public bool IsTooMany => Code == ResponseCodes.TooManyMatches.Name;

    /// <summary>Whether one learner is the person: equal, or linked to one who is.</summary>
    public bool IsOne => Code == ResponseCodes.ExactMatch.Name || Code == ResponseCodes.MasterSubstituted.Name;

    /// <summary>Whether a search came to this; anything else is a refusal.</summary>
    public static bool IsOutcome(ResponseCode code) =>
        code == ResponseCodes.NoMatch || code == ResponseCodes.TooManyMatches || code == ResponseCodes.PossibleMatches || code == ResponseCodes.ExactMatch || code == ResponseCodes.MasterSubstituted;

    public static PersonSearch Of(SearchLearners.Request asked, SearchLearners.Answer answer) =>
        new(asked, answer.Code.Name, [.. answer.Found.Select(Candidate.Of)], answer.Position is not null);

    /// <summary>The journey with this search in it, and with the learner when there is one only.</summary>
    public FindAnswers Begin() => Begun with { Search = this };

    /// <summary>The journey with the learner whom somebody chose.</summary>
    public FindAnswers Choose(Candidate one) => new(one.By ?? one.Uln, one.GivenName, one.FamilyName, null, null) { Search = this };

    private FindAnswers Begun => IsOne ? Choose(Found[0]) : new("", Asked.GivenName!, Asked.FamilyName!, null, null);

    /// <summary>Without the person.</summary>
    public override string ToString() => $"search: {Code}";
}

/// <summary>Somebody who may be the person: ULN and the five demographics, which is what the policy shows of them, and how they agree.</summary>
/// <param name="By">The linked ULN by which they were found, if it was one.</param>
/// <param name="Weight">In bits.</param>
/// <param name="Agreements">How each of the five agrees; of other fields nothing is told.</param>
public sealed record Candidate(
    string Uln, string? By, string GivenName, string FamilyName, DateOnly DateOfBirth, int Gender, string PostCode, double Weight, IReadOnlyList<FieldAgreement> Agreements)
{
    private const double Most = 1_000;

    private static readonly MatchField[] Told = [MatchField.GivenName, MatchField.FamilyName, MatchField.BirthDate, MatchField.Gender, MatchField.Postcode];

    public static Candidate Of(FoundLearner found)
    {
        var held = found.Learner.Details;
        return new(
            found.Learner.Uln.ToString(),
            found.By?.ToString(),
            held.GivenName,
            held.FamilyName,
            held.DateOfBirth,
            held.Gender,
            held.LastKnownPostCode,
            Math.Clamp(found.Judgement.Weight, -Most, Most),
            [.. found.Judgement.Lines.Where(line => Told.Contains(line.Field)).Select(line => new FieldAgreement(line.Field, line.Level))]);
    }

    /// <summary>Without the person.</summary>
    public override string ToString() => "candidate";
}

/// <summary>How a field agrees.</summary>
public sealed record FieldAgreement(MatchField Field, int Level);
