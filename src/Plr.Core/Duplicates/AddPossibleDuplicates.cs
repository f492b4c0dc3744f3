using Plr.Core.Learners;
using Plr.Core.Matching;
using Plr.Core.Responses;

namespace Plr.Core.Duplicates;

/// <summary>
/// Takes the pairs that a scan of the register found onto the work list. A pair that was told apart, or leads to one learner already, is never listed again;
/// one that is there takes the new weight.
/// </summary>
public sealed class AddPossibleDuplicates(IDuplicateStore store)
{
    private const int PairsInChunk = 1_000;

    /// <summary>What the register answers.</summary>
    /// <param name="Code">DuplicatesCounted, or why not.</param>
    /// <param name="Counts">What became of the pairs.</param>
    public sealed record Answer(ResponseCode Code, DuplicatesCounted Counts);

    /// <summary>Adds them, a thousand in a transaction; run again after an interruption it goes on.</summary>
    public async Task<Answer> RunAsync(IEnumerable<WeighedPair> pairs, Access access, CancellationToken ct = default)
    {
        var sum = new DuplicatesCounted(0, 0, 0);
        if (Policy.Allow(access, PolicyAction.AddPossibleDuplicates, Subject.None).Refusal is { } refusal)
        {
            return new(refusal, sum);
        }

        foreach (var chunk in pairs.Where(pair => pair.One != pair.Other).Chunk(PairsInChunk))
        {
            var counts = await store.AddAsync(chunk, access, ct);
            sum = new(sum.Added + counts.Added, sum.Updated + counts.Updated, sum.Passed + counts.Passed);
        }

        return new(ResponseCodes.DuplicatesCounted, sum);
    }
}

/// <summary>An officer adds a pair by its two ULNs. What a scan would pass over, because it was told apart once, is opened again: somebody asked for it.</summary>
public sealed class NamePossibleDuplicate(IDuplicateStore store, Matcher matcher)
{
    /// <summary>The two ULNs as typed.</summary>
    public sealed record Request(string? One, string? Other);

    /// <summary>What the register answers.</summary>
    /// <param name="Code">PossibleDuplicateAdded, UlnNotFound, SamePersonAlready, DetailsIncorrect, or why not.</param>
    /// <param name="Id">The pair, when it is on the list.</param>
    /// <param name="Findings">What is wrong with what was typed.</param>
    public sealed record Answer(ResponseCode Code, Guid? Id, IReadOnlyList<Finding> Findings);

    /// <summary>Adds the pair.</summary>
    public async Task<Answer> RunAsync(Request request, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.AddPossibleDuplicates, Subject.None).Refusal is { } refusal)
        {
            return new(refusal, null, []);
        }

        var findings = new List<Finding>();
        var one = Read("One", request.One, findings);
        var other = Read("Other", request.Other, findings);
        if (findings.Count > 0)
        {
            return new(ResponseCodes.DetailsIncorrect, null, findings);
        }

        if (one == other)
        {
            return new(ResponseCodes.SamePersonAlready, null, []);
        }

        var (code, id) = await store.AddByHandAsync(one, other, (left, right) => matcher.Judge(left.Details, right.Details).Weight, access, ct);
        return new(code, id, []);
    }

    private static Uln Read(string field, string? typed, List<Finding> findings)
    {
        if (!Uln.TryParseTyped(typed, out var uln))
        {
            findings.Add(new(ResponseCodes.DetailsIncorrect, field, string.IsNullOrWhiteSpace(typed) ? FindingRules.Missing : FindingRules.BadUln));
        }

        return uln;
    }
}
