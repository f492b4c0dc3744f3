using Plr.Core.Learners;

namespace Plr.Core.Duplicates;

/// <summary>How far a possible duplicate is.</summary>
public enum DuplicateState
{
    /// <summary>Waits for an officer.</summary>
    Open = 1,

    /// <summary>One officer proposed to link the two; another is to decide.</summary>
    Proposed = 2,

    /// <summary>An officer said that the two are two persons: no scan lists them again.</summary>
    NotSamePerson = 3,

    /// <summary>The two are linked.</summary>
    Linked = 4,
}

/// <summary>Two ULNs that may be one person's, as a scan or an officer found them.</summary>
/// <param name="One">One of them.</param>
/// <param name="Other">The other.</param>
/// <param name="Weight">In bits: how much likelier one person is than two (<see cref="Matching.Judgement.Weight"/>).</param>
public sealed record WeighedPair(Uln One, Uln Other, double Weight);

/// <summary>A pair on the work list.</summary>
/// <param name="Id">Stands in pages' addresses in place of the ULNs.</param>
/// <param name="Low">The lower ULN.</param>
/// <param name="High">The higher ULN.</param>
/// <param name="Weight">In bits, to a hundredth.</param>
/// <param name="FoundAt">When it came on the list, UTC.</param>
/// <param name="State">How far it is.</param>
/// <param name="Version">Counts from 1.</param>
public sealed record PossibleDuplicate(Guid Id, Uln Low, Uln High, double Weight, DateTimeOffset FoundAt, DuplicateState State, int Version);

/// <summary>What became of the pairs of a scan.</summary>
/// <param name="Added">New on the list.</param>
/// <param name="Updated">On the list already; they have the weight of this scan.</param>
/// <param name="Passed">Not listed: told apart, linked, or one of the ULNs is on nobody's record any more.</param>
public sealed record DuplicatesCounted(int Added, int Updated, int Passed);

/// <summary>The place in the list after which a page begins.</summary>
public sealed record DuplicatesPlace(double Weight, Guid Id);

/// <summary>One of two learners who are looked at side by side.</summary>
/// <param name="Learner">As of now.</param>
/// <param name="Versions">All of them, oldest first.</param>
/// <param name="Events">How many learning events stand under this ULN and those linked to it.</param>
/// <param name="Linked">The ULNs that lead to it.</param>
public sealed record LearnerUnderReview(Learner Learner, IReadOnlyList<LearnerVersion> Versions, int Events, IReadOnlyList<Uln> Linked);

/// <summary>A pair with both learners: followed to their masters, so they may be others than the pair names.</summary>
/// <param name="Pair">The pair.</param>
/// <param name="Low">Whom the lower ULN leads to.</param>
/// <param name="High">Whom the higher ULN leads to.</param>
/// <param name="Waiting">The proposal that waits, if one does.</param>
public sealed record ReviewedPair(PossibleDuplicate Pair, LearnerUnderReview Low, LearnerUnderReview High, LinkCase? Waiting);
