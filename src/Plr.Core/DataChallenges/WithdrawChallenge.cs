using Plr.Core.Responses;

namespace Plr.Core.DataChallenges;

/// <summary>The learner takes a challenge back while it is open. It stays in their list, and nothing of the record changes.</summary>
public sealed class WithdrawChallenge(IDataChallengeStore store)
{
    /// <summary>Withdraws.</summary>
    /// <returns>ChallengeMoved, UnknownChallenge, ChallengeNotInState, or why not.</returns>
    public async Task<ChallengeAnswer> RunAsync(Guid id, Access access, CancellationToken ct = default) =>
        ChallengeAccess.Refusal(PolicyAction.RaiseChallenge, access) is { } refusal
            ? new(refusal, null, [])
            : await store.MoveAsync(id, found => ChallengeAccess.Step(found, ChallengeDeed.Withdrawn, PolicyAction.RaiseChallenge, null, null, access, ChallengeClock.End), access, ct);
}
