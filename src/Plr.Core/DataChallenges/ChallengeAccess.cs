using Plr.Core.Responses;

namespace Plr.Core.DataChallenges;

/// <summary>Asks the policy about a challenge at hand: the learner's own, one of somebody's organisation, or one that the register office has.</summary>
internal static class ChallengeAccess
{
    /// <summary>Why somebody with this access may not come to this at all, before a challenge is looked for; null when they may.</summary>
    public static ResponseCode? Refusal(PolicyAction action, Access access) =>
        Policy.MayTry(access.Actor.Roles, action, access.Actor.Factor) ? null : Policy.Allow(access, action, Subject.None).Refusal;

    /// <summary>Whether somebody may do this to the challenge. One that is not theirs is answered as one that does not exist.</summary>
    public static bool Allows(ChallengeInHand found, PolicyAction action, Access access) => Policy.Allow(access, action, SubjectOf(found, access)).IsAllowed;

    /// <summary>A step: refused without the right to it, in another state than it needs, and when somebody was quicker.</summary>
    /// <param name="version">The version that was seen; null when the state alone decides.</param>
    /// <param name="change">What else the step changes.</param>
    public static ChallengeMove Step(
        ChallengeInHand found, ChallengeDeed deed, PolicyAction action, int? version, string? said, Access access, Func<DataChallenge, DataChallenge> change)
    {
        var challenge = found.Challenge;
        if (!Allows(found, action, access))
        {
            return new(ResponseCodes.UnknownChallenge);
        }

        if (version is { } seen && seen != challenge.Version)
        {
            return new(ResponseCodes.ChallengeMovedMeanwhile);
        }

        return ChallengeStates.Next(challenge.State, deed, challenge.OrganisationId is null) is { } next
            ? new(ResponseCodes.ChallengeMoved, deed, change(challenge) with { State = next }, said)
            : new(ResponseCodes.ChallengeNotInState);
    }

    /// <summary>A decision, either way. Whoever rejected a challenge does not review it.</summary>
    public static ChallengeMove Decision(ChallengeInHand found, ChallengeDeed deed, int version, string? said, Access access)
    {
        var by = access.Actor.AccountId;
        var move = Step(found, deed, PolicyAction.AnswerChallenge, version, said, access, challenge => ChallengeClock.End(challenge) with { DecidedBy = by });
        return move.Deed is not null && found.Challenge is { IsReviewed: true, DecidedBy: { } before } && before == by ? new(ResponseCodes.OwnDecision) : move;
    }

    private static Subject SubjectOf(ChallengeInHand found, Access access)
    {
        if (access.Actor.Roles.HasFlag(Roles.Learner))
        {
            return Subject.Learner(found.Challenge.Uln) with { AskedAs = access.Actor.OwnUln is { } own && found.Ulns.Contains(own) ? own : null };
        }

        return found.Challenge.OrganisationId is { } organisation ? Subject.Of(organisation) : Subject.Learner(found.Challenge.Uln);
    }
}
