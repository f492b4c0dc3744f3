using Plr.Core.Responses;

namespace Plr.Core.DataChallenges;

/// <summary>
/// What the clock does by itself: reminds organisations, hands over to the register office what they did not answer in time, and closes what a learner was
/// asked about and never answered. A chore; several servers may run it at once.
/// </summary>
public sealed class TendChallenges(IDataChallengeStore store, ChallengeClock clock, TimeProvider time)
{
    private const int MostInARound = 200;

    /// <summary>Does what is due; how many steps were taken.</summary>
    public async Task<int> RunAsync(Access access, CancellationToken ct = default)
    {
        if (!Policy.Allow(access, PolicyAction.TendChallenges, Subject.None).IsAllowed)
        {
            return 0;
        }

        var today = DateOnly.FromDateTime(time.GetLocalNow().DateTime);
        var taken = 0;
        foreach (var id in await store.DueAsync(today, MostInARound, access, ct))
        {
            taken += (await store.MoveAsync(id, found => Decide(found, today), access, ct)).Challenge is null ? 0 : 1;
        }

        return taken;
    }

    private ChallengeMove Decide(ChallengeInHand found, DateOnly today)
    {
        var challenge = found.Challenge;
        return clock.Due(challenge, today) is var (deed, after) && ChallengeStates.Next(challenge.State, deed, challenge.OrganisationId is null) is { } next
            ? new(ResponseCodes.ChallengeMoved, deed, after with { State = next })
            : new(ResponseCodes.ChallengeNotInState);
    }
}
