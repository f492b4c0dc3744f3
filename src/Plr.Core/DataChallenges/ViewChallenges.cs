using Plr.Core.Learners;
using Plr.Core.Responses;

namespace Plr.Core.DataChallenges;

/// <summary>Lists a learner's own data challenges, newest first.</summary>
public sealed class ListOwnChallenges(IDataChallengeStore store)
{
    /// <summary>Lists; empty for whoever may not.</summary>
    public async Task<IReadOnlyList<DataChallenge>> RunAsync(Uln uln, Access access, CancellationToken ct = default) =>
        Policy.Allow(access, PolicyAction.ViewChallenge, Subject.Learner(uln)).IsAllowed ? await store.ListAsync(uln, access, ct) : [];
}

/// <summary>Lists the open data challenges that the caller's organisation, or for officers the register office, has to answer, the most urgent first.</summary>
public sealed class ListChallengesToAnswer(IDataChallengeStore store)
{
    private const int Most = 200;

    /// <summary>Lists; empty for whoever may not.</summary>
    public async Task<IReadOnlyList<DataChallenge>> RunAsync(Access access, CancellationToken ct = default)
    {
        var organisation = access.Actor.OrganisationId;
        var subject = organisation is { } id ? Subject.Of(id) : Subject.None;
        return Policy.Allow(access, PolicyAction.AnswerChallenge, subject).IsAllowed ? await store.ListToAnswerAsync(organisation, Most, access, ct) : [];
    }
}

/// <summary>Shows one data challenge with its history and evidence: to its learner, and to whoever has it to answer.</summary>
public sealed class ViewChallenge(IDataChallengeStore store)
{
    /// <summary>Shows; null when there is none or it may not be shown.</summary>
    public async Task<ChallengeHistory?> RunAsync(Guid id, Access access, CancellationToken ct = default) =>
        ChallengeAccess.Refusal(PolicyAction.ViewChallenge, access) is null
            ? await store.ReadAsync(id, found => ChallengeAccess.Allows(found, PolicyAction.ViewChallenge, access), access, ct)
            : null;
}

/// <summary>Opens one file of evidence, to whoever may see the challenge.</summary>
public sealed class ViewEvidence(IEvidenceStore store)
{
    /// <summary>Opens; null when there is none or it may not be shown.</summary>
    public async Task<EvidenceFile?> RunAsync(Guid challenge, Guid id, Access access, CancellationToken ct = default) =>
        ChallengeAccess.Refusal(PolicyAction.ViewChallenge, access) is null
            ? await store.ReadAsync(challenge, id, found => ChallengeAccess.Allows(found, PolicyAction.ViewChallenge, access), access, ct)
            : null;
}
