using Plr.Core.Learners;

namespace Plr.Core.Duplicates;

/// <summary>What is proposed.</summary>
public enum LinkKind
{
    Link = 1,
    Unlink = 2,
}

/// <summary>How far a proposal is.</summary>
public enum LinkState
{
    Proposed = 1,
    CarriedOut = 2,
    Refused = 3,
    Withdrawn = 4,
}

/// <summary>A proposal to link two learners, or to unlink them: one officer makes it, another decides.</summary>
/// <param name="Id">Stands in pages' addresses.</param>
/// <param name="Kind">To link or to unlink.</param>
/// <param name="Other">The learner who is to lead to the master, or to be their own again.</param>
/// <param name="OtherVersion">The version that the proposer saw.</param>
/// <param name="Master">The learner who stays.</param>
/// <param name="MasterVersion">The version that the proposer saw.</param>
/// <param name="State">How far it is.</param>
/// <param name="Reason">Why, in the proposer's words.</param>
/// <param name="ProposedAt">When, UTC.</param>
/// <param name="ProposedBy">The proposer's account.</param>
public sealed record LinkCase(
    Guid Id, LinkKind Kind, Uln Other, int OtherVersion, Uln Master, int MasterVersion, LinkState State, string Reason, DateTimeOffset ProposedAt, Guid ProposedBy)
{
    /// <summary>The pair of the work list that it came from, if it did.</summary>
    public Guid? PairId { get; init; }

    /// <summary>The proposer's name.</summary>
    public string? Proposer { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Who decided it.</summary>
    public string? Decider { get; init; }

    /// <summary>Why it was refused, in the words of who refused it.</summary>
    public string? Answer { get; init; }

    /// <summary>Without the reason: it is in somebody's own words.</summary>
    public override string ToString() => $"{Kind} {Id} {State}";
}

/// <summary>A proposal with both learners as they are now.</summary>
/// <param name="Case">The proposal.</param>
/// <param name="Other">The learner who is to lead to the master, or to be their own again.</param>
/// <param name="Master">The learner who stays.</param>
public sealed record ReviewedCase(LinkCase Case, LearnerUnderReview Other, LearnerUnderReview Master)
{
    /// <summary>Whether one of the two was changed since it was proposed: then it cannot be carried out.</summary>
    public bool IsStale => Case.State == LinkState.Proposed && (Other.Learner.Version != Case.OtherVersion || Master.Learner.Version != Case.MasterVersion);
}

/// <summary>A learner with those who are linked to them.</summary>
/// <param name="Incoming">The ULN that was asked for.</param>
/// <param name="Master">Whom it leads to.</param>
/// <param name="Linked">The learners who lead there, each as of now.</param>
public sealed record LinkedLearners(Uln Incoming, Learner Master, IReadOnlyList<Learner> Linked);
