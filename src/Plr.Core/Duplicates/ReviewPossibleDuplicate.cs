using Plr.Core.Learners;
using Plr.Core.Matching;
using Plr.Core.Responses;

namespace Plr.Core.Duplicates;

/// <summary>Lists the pairs of the work list, heaviest first. Only ULNs and weights: nobody is shown.</summary>
public sealed class ListPossibleDuplicates(IDuplicateStore store)
{
    /// <summary>The most pairs at once.</summary>
    public const int Most = 500;

    /// <summary>What the register answers.</summary>
    /// <param name="Refusal">Why not; null when it answers.</param>
    /// <param name="Pairs">The pairs.</param>
    /// <param name="Next">Where the next page begins; null when this is the last.</param>
    public sealed record Answer(ResponseCode? Refusal, IReadOnlyList<PossibleDuplicate> Pairs, DuplicatesPlace? Next);

    /// <summary>Lists.</summary>
    /// <param name="state">Those in this state.</param>
    /// <param name="after">Where an earlier answer said that the next page begins.</param>
    /// <param name="take">How many at most, 1 to <see cref="Most"/>.</param>
    public async Task<Answer> RunAsync(DuplicateState state, DuplicatesPlace? after, int take, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.ReviewDuplicates, Subject.None).Refusal is { } refusal)
        {
            return new(refusal, [], null);
        }

        take = Math.Clamp(take, 1, Most);
        var pairs = await store.ListAsync(state, after, take + 1, access, ct);
        return pairs.Count <= take ? new(null, pairs, null) : new(null, [.. pairs.Take(take)], new(pairs[take - 1].Weight, pairs[take - 1].Id));
    }
}

/// <summary>Shows both learners of a pair side by side, with what speaks for one person and what against. Each has an entry in their trail.</summary>
public sealed class ReviewPossibleDuplicate(IDuplicateStore store, Matcher matcher)
{
    /// <summary>What the register answers.</summary>
    /// <param name="Refusal">UnknownDuplicate, or why not; null when it shows them.</param>
    /// <param name="Pair">The pair with both learners.</param>
    /// <param name="Judgement">The evidence, line by line, as of now; the weight on the list is that of the scan.</param>
    public sealed record Answer(ResponseCode? Refusal, ReviewedPair? Pair, Judgement? Judgement);

    /// <summary>Shows.</summary>
    public async Task<Answer> RunAsync(Guid pair, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.ReviewDuplicates, Subject.None).Refusal is { } refusal)
        {
            return new(refusal, null, null);
        }

        return await store.ReviewAsync(pair, access, ct) is { } found
            ? new(null, found, matcher.Judge(found.Low.Learner.Details, found.High.Learner.Details))
            : new(ResponseCodes.UnknownDuplicate, null, null);
    }
}

/// <summary>Says that a pair is two persons, for good: no scan lists it again.</summary>
public sealed class MarkNotSamePerson(IDuplicateStore store)
{
    /// <summary>Marks.</summary>
    /// <returns>ToldApart, UnknownDuplicate, PairNotOpen, or why not.</returns>
    public async Task<ResponseCode> RunAsync(Guid pair, Access access, CancellationToken ct = default) =>
        Policy.Allow(access, PolicyAction.MarkNotSamePerson, Subject.None).Refusal ?? await store.TellApartAsync(pair, access, ct);
}
