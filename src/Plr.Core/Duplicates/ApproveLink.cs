using Plr.Core.Learners;
using Plr.Core.Matching;
using Plr.Core.Responses;

namespace Plr.Core.Duplicates;

/// <summary>
/// Carries out what another officer proposed, to link or to unlink, in one transaction under locks on both learners. Never by the officer who proposed it,
/// and not when one of the two was changed since: then the proposal is refused and made again on what is there now.
/// </summary>
public sealed class ApproveLink(IDuplicateStore store)
{
    /// <summary>Approves.</summary>
    /// <returns>LearnersLinked, LearnersUnlinked, UnknownLink, LinkDecided, OwnProposal, StaleVersion, or why not.</returns>
    public async Task<ResponseCode> RunAsync(Guid id, Access access, CancellationToken ct = default) =>
        Policy.Allow(access, PolicyAction.ApproveLink, Subject.None).Refusal ?? await store.ApproveAsync(id, access, ct);
}

/// <summary>Refuses what another officer proposed, and says why.</summary>
public sealed class RefuseLink(IDuplicateStore store)
{
    /// <summary>What the register answers.</summary>
    /// <param name="Code">LinkRefused, UnknownLink, LinkDecided, OwnProposal, DetailsIncorrect, or why not.</param>
    /// <param name="Findings">What is wrong with the words.</param>
    public sealed record Answer(ResponseCode Code, IReadOnlyList<Finding> Findings);

    /// <summary>Refuses.</summary>
    /// <param name="id">The proposal.</param>
    /// <param name="why">In words, 1 to 500 characters, for who proposed it.</param>
    public async Task<Answer> RunAsync(Guid id, string? why, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.ApproveLink, Subject.None).Refusal is { } refusal)
        {
            return new(refusal, []);
        }

        return LinkReason.Check(why) is { } finding
            ? new(ResponseCodes.DetailsIncorrect, [finding])
            : new(await store.EndAsync(id, LinkState.Refused, why!.Trim(), access, ct), []);
    }
}

/// <summary>Takes a proposal back; only who made it can.</summary>
public sealed class WithdrawLink(IDuplicateStore store)
{
    /// <summary>Withdraws.</summary>
    /// <returns>LinkWithdrawn, UnknownLink, LinkDecided, NotOwnProposal, or why not.</returns>
    public async Task<ResponseCode> RunAsync(Guid id, Access access, CancellationToken ct = default) =>
        Policy.Allow(access, PolicyAction.ProposeLink, Subject.None).Refusal ?? await store.EndAsync(id, LinkState.Withdrawn, null, access, ct);
}

/// <summary>Shows a proposal with both learners as they are now. Each has an entry in their trail.</summary>
public sealed class ReviewLink(IDuplicateStore store, Matching.Matcher matcher)
{
    /// <summary>What the register answers.</summary>
    /// <param name="Refusal">UnknownLink, or why not; null when it shows them.</param>
    /// <param name="Case">The proposal with both learners.</param>
    /// <param name="Judgement">The evidence, line by line, as of now.</param>
    public sealed record Answer(ResponseCode? Refusal, ReviewedCase? Case, Matching.Judgement? Judgement);

    /// <summary>Shows.</summary>
    public async Task<Answer> RunAsync(Guid id, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.ReviewDuplicates, Subject.None).Refusal is { } refusal)
        {
            return new(refusal, null, null);
        }

        return await store.ReviewCaseAsync(id, access, ct) is { } found
            ? new(null, found, matcher.Judge(found.Other.Learner.Details, found.Master.Learner.Details))
            : new(ResponseCodes.UnknownLink, null, null);
    }
}

/// <summary>Lists the proposals in a state, oldest first. Only ULNs: nobody is shown.</summary>
public sealed class ListLinks(IDuplicateStore store)
{
    private const int Most = 200;

    /// <summary>Lists; empty for whoever may not.</summary>
    public async Task<IReadOnlyList<LinkCase>> RunAsync(LinkState state, Access access, CancellationToken ct = default) =>
        Policy.Allow(access, PolicyAction.ReviewDuplicates, Subject.None).IsAllowed ? await store.CasesAsync(state, Most, access, ct) : [];
}

/// <summary>Shows whom a ULN leads to and who else leads there. Each has an entry in their trail.</summary>
public sealed class ViewLinks(IDuplicateStore store)
{
    /// <summary>What the register answers.</summary>
    /// <param name="Code">ExactMatch, MasterSubstituted, UlnNotFound, IncorrectIdentifier, or why not.</param>
    /// <param name="Found">The learners.</param>
    public sealed record Answer(ResponseCode Code, LinkedLearners? Found);

    /// <summary>Shows.</summary>
    /// <param name="typed">The ULN as typed.</param>
    public async Task<Answer> RunAsync(string? typed, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.ReviewDuplicates, Subject.None).Refusal is { } refusal)
        {
            return new(refusal, null);
        }

        if (!Uln.TryParseTyped(typed, out var uln))
        {
            return new(ResponseCodes.IncorrectIdentifier, null);
        }

        return await store.LinkedAsync(uln, access, ct) is { } found
            ? new(found.Master.Uln == uln ? ResponseCodes.ExactMatch : ResponseCodes.MasterSubstituted, found)
            : new(ResponseCodes.UlnNotFound, null);
    }
}
