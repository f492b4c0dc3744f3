using Plr.Core.Responses;

namespace Plr.Core.DataChallenges;

/// <summary>
/// The learner asks the register office to look again at a challenge that was rejected; once. It is open again, and whoever rejected it does not decide.
/// </summary>
public sealed class AskForReview(IDataChallengeStore store, ChallengeClock clock, TimeProvider time)
{
    /// <summary>Asks.</summary>
    /// <param name="said">Why the answer is not right, 1 to 2,000 characters.</param>
    /// <returns>ChallengeMoved, UnknownChallenge, ChallengeNotInState, ReviewedAlready, DetailsIncorrect, or why not.</returns>
    public async Task<ChallengeAnswer> RunAsync(Guid id, string? said, Access access, CancellationToken ct = default)
    {
        return ChallengeAccess.Refusal(PolicyAction.RaiseChallenge, access) is { } refusal ? new(refusal, null, [])
            : ChallengeRules.CheckSaid(said) is { } finding ? new(ResponseCodes.DetailsIncorrect, null, [finding])
            : await store.MoveAsync(id, found => Decide(found, ChallengeRules.Kept(said), access), access, ct);
    }

    private ChallengeMove Decide(ChallengeInHand found, string? said, Access access)
    {
        var today = DateOnly.FromDateTime(time.GetLocalNow().DateTime);
        var move = ChallengeAccess.Step(
            found,
            ChallengeDeed.ReviewAsked,
            PolicyAction.RaiseChallenge,
            null,
            said,
            access,
            challenge => ChallengeClock.HandOver(challenge) with { IsReviewed = true, ExpectedOn = clock.Expected(today) });
        return move.Deed is not null && found.Challenge.IsReviewed ? new(ResponseCodes.ReviewedAlready) : move;
    }
}
