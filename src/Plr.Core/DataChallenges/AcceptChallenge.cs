using Plr.Core.Responses;

namespace Plr.Core.DataChallenges;

/// <summary>
/// Says that a challenge was right and that it is corrected. Where it is about a learning event, the correction comes first: an update, a withdrawal or a
/// reinstatement of that event since the challenge was raised. The event then is under challenge no longer.
/// </summary>
public sealed class AcceptChallenge(IDataChallengeStore store)
{
    /// <summary>Accepts.</summary>
    /// <param name="version">The version of the challenge that was seen.</param>
    /// <param name="said">What was corrected, in words for the learner; up to 2,000 characters.</param>
    /// <returns>ChallengeMoved, UnknownChallenge, ChallengeMovedMeanwhile, ChallengeNotInState, NotCorrectedYet, OwnDecision, DetailsIncorrect, or why not.</returns>
    public async Task<ChallengeAnswer> RunAsync(Guid id, int version, string? said, Access access, CancellationToken ct = default) =>
        ChallengeAccess.Refusal(PolicyAction.AnswerChallenge, access) is { } refusal ? new(refusal, null, [])
        : ChallengeRules.Kept(said) is { } words && ChallengeRules.CheckSaid(words) is { } finding ? new(ResponseCodes.DetailsIncorrect, null, [finding])
        : await store.MoveAsync(id, found => Decide(found, version, ChallengeRules.Kept(said), access), access, ct);

    private static ChallengeMove Decide(ChallengeInHand found, int version, string? said, Access access)
    {
        var move = ChallengeAccess.Decision(found, ChallengeDeed.Accepted, version, said, access);
        var needsChange = ChallengeRules.IsAboutEvent(found.Challenge.Type) && found.Challenge.Type != ChallengeType.Other;
        return move.Deed is not null && needsChange && !found.IsChanged ? new(ResponseCodes.NotCorrectedYet) : move;
    }
}
