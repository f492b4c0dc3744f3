using Plr.Core.Learners;
using Plr.Core.Responses;

namespace Plr.Core.Duplicates;

/// <summary>
/// Possible duplicates and links as the store keeps them. Whoever is shown has an entry in their trail in the same transaction; linking is one transaction
/// under locks on both learners.
/// </summary>
public interface IDuplicateStore
{
    /// <summary>Adds pairs, or gives those that are there the new weight. What was told apart or leads to one learner already is passed over.</summary>
    Task<DuplicatesCounted> AddAsync(IReadOnlyList<WeighedPair> pairs, Access access, CancellationToken ct = default);

    /// <summary>Adds one pair by hand, weighed by <paramref name="weigh"/>; one that was told apart is opened again.</summary>
    /// <returns>PossibleDuplicateAdded with the pair, UlnNotFound, or SamePersonAlready.</returns>
    Task<(ResponseCode Code, Guid? Id)> AddByHandAsync(Uln one, Uln other, Func<Learner, Learner, double> weigh, Access access, CancellationToken ct = default);

    /// <summary>The pairs in a state, heaviest first. No learner is shown.</summary>
    Task<IReadOnlyList<PossibleDuplicate>> ListAsync(DuplicateState state, DuplicatesPlace? after, int take, Access access, CancellationToken ct = default);

    /// <summary>How many pairs are in a state.</summary>
    Task<int> CountAsync(DuplicateState state, Access access, CancellationToken ct = default);

    /// <summary>A pair with both learners, each with an entry in their trail. Null when there is no such pair, or one of the two is on nobody's record.</summary>
    Task<ReviewedPair?> ReviewAsync(Guid pair, Access access, CancellationToken ct = default);

    /// <summary>Says that an open pair is two persons.</summary>
    Task<ResponseCode> TellApartAsync(Guid pair, Access access, CancellationToken ct = default);

    /// <summary>Proposes to link the two of an open pair, when both are as they were seen.</summary>
    Task<(ResponseCode Code, Guid? Case)> ProposeLinkAsync(ProposeLink.Request request, Access access, CancellationToken ct = default);

    /// <summary>Proposes to give a linked learner back what is theirs.</summary>
    Task<(ResponseCode Code, Guid? Case)> ProposeUnlinkAsync(ProposeUnlink.Request request, Access access, CancellationToken ct = default);

    /// <summary>Carries a proposal out, unless the same officer made it or one of the two was changed since.</summary>
    Task<ResponseCode> ApproveAsync(Guid id, Access access, CancellationToken ct = default);

    /// <summary>Ends a proposal: refused by another officer, with an answer in words, or withdrawn by who made it.</summary>
    Task<ResponseCode> EndAsync(Guid id, LinkState end, string? answer, Access access, CancellationToken ct = default);

    /// <summary>The proposals in a state, oldest first. No learner is shown.</summary>
    Task<IReadOnlyList<LinkCase>> CasesAsync(LinkState state, int take, Access access, CancellationToken ct = default);

    /// <summary>A proposal with both learners, each with an entry in their trail.</summary>
    Task<ReviewedCase?> ReviewCaseAsync(Guid id, Access access, CancellationToken ct = default);

    /// <summary>Whom a ULN leads to and who else leads there, each with an entry in their trail; null when nobody has it.</summary>
    Task<LinkedLearners?> LinkedAsync(Uln uln, Access access, CancellationToken ct = default);
}
