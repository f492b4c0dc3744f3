using Plr.Core.Responses;

namespace Plr.Core.DataChallenges;

/// <summary>Asks the learner for more: by the organisation, or the register office, that has the challenge. The clock stands still until they answer.</summary>
public sealed class AskForInformation(IDataChallengeStore store, ChallengeClock clock, TimeProvider time)
{
    /// <summary>Asks.</summary>
    /// <param name="version">The version of the challenge that was seen.</param>
    /// <param name="said">What is wanted, 1 to 2,000 characters; the learner reads it.</param>
    /// <returns>ChallengeMoved, UnknownChallenge, ChallengeMovedMeanwhile, ChallengeNotInState, DetailsIncorrect, or why not.</returns>
    public async Task<ChallengeAnswer> RunAsync(Guid id, int version, string? said, Access access, CancellationToken ct = default)
    {
        var today = DateOnly.FromDateTime(time.GetLocalNow().DateTime);
        return ChallengeAccess.Refusal(PolicyAction.AnswerChallenge, access) is { } refusal ? new(refusal, null, [])
            : ChallengeRules.CheckSaid(said) is { } finding ? new(ResponseCodes.DetailsIncorrect, null, [finding])
            : await store.MoveAsync(
                id,
                found => ChallengeAccess.Step(
                    found, ChallengeDeed.InformationAsked, PolicyAction.AnswerChallenge, version, ChallengeRules.Kept(said), access, challenge => clock.Pause(challenge, today)),
                access,
                ct);
    }
}
