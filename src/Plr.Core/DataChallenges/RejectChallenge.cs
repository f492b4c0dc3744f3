using Plr.Core.Responses;

namespace Plr.Core.DataChallenges;

/// <summary>Says that the record is right as it is, and why. The learner can ask the register office to look at it again.</summary>
public sealed class RejectChallenge(IDataChallengeStore store)
{
    /// <summary>Rejects.</summary>
    /// <param name="version">The version of the challenge that was seen.</param>
    /// <param name="said">Why, 1 to 2,000 characters; the learner reads it.</param>
    /// <returns>ChallengeMoved, UnknownChallenge, ChallengeMovedMeanwhile, ChallengeNotInState, OwnDecision, DetailsIncorrect, or why not.</returns>
    public async Task<ChallengeAnswer> RunAsync(Guid id, int version, string? said, Access access, CancellationToken ct = default) =>
        ChallengeAccess.Refusal(PolicyAction.AnswerChallenge, access) is { } refusal ? new(refusal, null, [])
        : ChallengeRules.CheckSaid(said) is { } finding ? new(ResponseCodes.DetailsIncorrect, null, [finding])
        : await store.MoveAsync(id, found => ChallengeAccess.Decision(found, ChallengeDeed.Rejected, version, ChallengeRules.Kept(said), access), access, ct);
}
