using Plr.Core.Learners;
using Plr.Core.Responses;

namespace Plr.Core.Sharing;

/// <summary>A learner looks at their shares, and who looked at them.</summary>
public sealed class ReviewShares(IShareStore store)
{
    /// <summary>All of them, newest first; none for whoever may not see them.</summary>
    public async Task<IReadOnlyList<Share>> RunAsync(Uln uln, Access access, CancellationToken ct = default) =>
        Policy.Allow(access, PolicyAction.ManageOwnShares, Subject.Learner(uln)).IsAllowed ? await store.ListAsync(uln, access, ct) : [];

    /// <summary>One of them with what opens it; null when it is none of theirs.</summary>
    public async Task<OwnShare?> RunAsync(Guid id, Uln uln, Access access, CancellationToken ct = default) =>
        Policy.Allow(access, PolicyAction.ManageOwnShares, Subject.Learner(uln)).IsAllowed ? await store.GetAsync(id, uln, access, ct) : null;
}

/// <summary>A learner changes what a share lets somebody see, how long or how often, or ends it.</summary>
public sealed class ChangeShare(IShareStore store, TimeProvider time)
{
    /// <summary>What the register answers.</summary>
    /// <param name="Code">ShareChanged, ShareOver, ShareChangedMeanwhile, UnknownEvent, DetailsIncorrect, UnknownShare, or why not.</param>
    /// <param name="Share">As it is now, when it is theirs.</param>
    /// <param name="Findings">What is wrong with the terms.</param>
    public sealed record Answer(ResponseCode Code, Share? Share, IReadOnlyList<Finding> Findings);

    /// <summary>Changes it. An ended share stays ended; one that is over or used up can be made longer.</summary>
    /// <param name="id">The share.</param>
    /// <param name="uln">Whose it is.</param>
    /// <param name="version">The version that was read.</param>
    /// <param name="terms">What holds from now on; null to end it.</param>
    /// <param name="access">Who.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Answer> RunAsync(Guid id, Uln uln, int version, ShareTerms? terms, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.ManageOwnShares, Subject.Learner(uln)).Refusal is { } refusal)
        {
            return new(refusal, null, []);
        }

        if (await store.GetAsync(id, uln, access, ct) is not { Share: var held })
        {
            return new(ResponseCodes.UnknownShare, null, []);
        }

        if (held.EndedAt is not null)
        {
            return new(ResponseCodes.ShareOver, held, []);
        }

        if (terms is not null && ShareRules.Check(terms, access.Actor, time.GetUtcNow()) is { Count: > 0 } findings)
        {
            return new(ResponseCodes.DetailsIncorrect, held, findings);
        }

        var (changed, fault) = await store.ChangeAsync(id, uln, version, terms, access, ct);
        return new(changed is null ? CreateShare.CodeOf(fault) : ResponseCodes.ShareChanged, changed ?? held, []);
    }
}
