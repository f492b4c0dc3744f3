using Plr.Core.Learners;
using Plr.Core.Responses;

namespace Plr.Core.LearningEvents;

/// <summary>
/// Reads a personal learning record: a learner their own, an organisation one whose ability to share allows it (else WSEC0206). The events of
/// all linked ULNs are one record. Source: DOSSIER §2.2, §2.3, §7; DECISIONS, R9 answers.
/// </summary>
public sealed class GetLearningEvents(ILearningEventStore store)
{
    /// <summary>What the register answers.</summary>
    /// <param name="Code">ExactMatch, MasterSubstituted, UlnNotFound, NotShared, or why not.</param>
    /// <param name="Record">The record, when it may be shown.</param>
    /// <param name="AbilityToShare">The learner's, when there is one: with NotShared it says why (0 privacy notice not seen, 2 opted out).</param>
    public sealed record Answer(ResponseCode Code, PersonalLearningRecord? Record, int? AbilityToShare = null);

    /// <summary>Reads.</summary>
    /// <param name="uln">Whose record; a merged ULN leads to the master's.</param>
    /// <param name="asOf">The record as it was at this instant, UTC; null for now. Which ULNs are linked is always as of now: the events of somebody who was linked later are in it.</param>
    /// <param name="access">Who and why.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Answer> RunAsync(Uln uln, DateTimeOffset? asOf, Access access, CancellationToken ct = default)
    {
        var action = ActionOf(access);
        if (!Policy.MayTry(access.Actor.Roles, action))
        {
            return new(Policy.Allow(access, action, Subject.Learner(uln)).Refusal!, null);
        }

        int? share = null;
        var answer = await store.ReadRecordAsync(
            uln,
            asOf,
            learner =>
            {
                share = learner.Details.AbilityToShare;
                return Decide(uln, learner, access);
            },
            access,
            ct);
        return answer switch
        {
            null => new(ResponseCodes.UlnNotFound, null),
            { Refusal: { } refusal } => new(refusal, null, share),
            { Record: { } record } => new(record.Learner.Uln == uln ? ResponseCodes.ExactMatch : ResponseCodes.MasterSubstituted, record, share),
            _ => throw new InvalidOperationException("The store gave neither a record nor a refusal."),
        };
    }

    /// <summary>What somebody is given of a learner's record.</summary>
    /// <param name="asked">The ULN that was asked for and led to the learner.</param>
    internal static RecordDecision Decide(Uln asked, Learner learner, Access access) =>
        new(Policy.Allow(access, ActionOf(access), Subject.Learner(learner.Uln, learner.Shares) with { AskedAs = asked }).Refusal, ActionOf(access) == PolicyAction.ViewOwnRecord);

    private static PolicyAction ActionOf(Access access) =>
        access.Actor.Roles.HasFlag(Roles.Learner) ? PolicyAction.ViewOwnRecord : PolicyAction.ViewRecord;
}

/// <summary>Reads one learning event with where it came from and its history, under the same rules as the whole record.</summary>
public sealed class GetLearningEvent(ILearningEventStore store)
{
    /// <summary>Reads; null when there is no such event of this learner, or it may not be shown.</summary>
    public Task<EventHistory?> RunAsync(Uln uln, int id, Access access, CancellationToken ct = default) =>
        store.ReadEventAsync(uln, id, learner => GetLearningEvents.Decide(uln, learner, access), access, ct);
}
