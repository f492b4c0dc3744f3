using Plr.Core.Responses;

namespace Plr.Core.DataChallenges;

/// <summary>The learner answers what they were asked. Whoever asked has the challenge again, with as many days left as when they asked.</summary>
public sealed class GiveInformation(IDataChallengeStore store, ChallengeClock clock, TimeProvider time)
{
    /// <summary>Gives.</summary>
    /// <param name="said">The answer, 1 to 2,000 characters.</param>
    /// <returns>ChallengeMoved, UnknownChallenge, ChallengeNotInState, DetailsIncorrect, or why not.</returns>
    public async Task<ChallengeAnswer> RunAsync(Guid id, string? said, Access access, CancellationToken ct = default)
    {
        var today = DateOnly.FromDateTime(time.GetLocalNow().DateTime);
        return ChallengeAccess.Refusal(PolicyAction.RaiseChallenge, access) is { } refusal ? new(refusal, null, [])
            : ChallengeRules.CheckSaid(said) is { } finding ? new(ResponseCodes.DetailsIncorrect, null, [finding])
            : await store.MoveAsync(
                id,
                found => ChallengeAccess.Step(
                    found, ChallengeDeed.InformationGiven, PolicyAction.RaiseChallenge, null, ChallengeRules.Kept(said), access, challenge => clock.Resume(challenge, today)),
                access,
                ct);
    }
}
