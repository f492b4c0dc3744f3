using Plr.Core.Learners;

namespace Plr.Core.DataChallenges;

/// <summary>What a data challenge claims (DECISIONS, "Data challenges"); below 10 about the learner's details, from 10 about learning events.</summary>
public enum ChallengeType
{
    DuplicateUln = 1,
    WrongDetails = 2,
    WrongGrade = 10,
    WrongDate = 11,
    WrongQualification = 12,
    NotThisLearners = 13,
    AppearsMoreThanOnce = 14,
    Missing = 15,
    WrongProvider = 16,
    Other = 17,
}

/// <summary>How far a data challenge is (DECISIONS, "Data challenges"). Numbers below 10 are open: the event shows "under data challenge".</summary>
public enum ChallengeState
{
    Raised = 1,
    WithOrganisation = 2,
    MoreInformationWanted = 3,
    Accepted = 10,
    Rejected = 11,
    Closed = 12,
    Withdrawn = 13,
}

/// <summary>A claim that an event, or a learner's details, are wrong.</summary>
/// <param name="Id">The challenge.</param>
/// <param name="Uln">The ULN that the event stands under, else that was asked for; of somebody with linked ULNs it may be any of them.</param>
/// <param name="EventId">The learning event; null for one that is missing, and for details.</param>
/// <param name="Type">What is claimed.</param>
/// <param name="State">How far it is.</param>
/// <param name="RaisedAt">When, UTC.</param>
/// <param name="RaisedBy">The account that raised it.</param>
/// <param name="Said">What is wrong, in the words of whoever raised it.</param>
public sealed record DataChallenge(Guid Id, Uln Uln, int? EventId, ChallengeType Type, ChallengeState State, DateTimeOffset RaisedAt, Guid? RaisedBy, string Said)
{
    /// <summary>Whether it is still to be answered.</summary>
    public bool IsOpen => (int)State < 10;

    /// <summary>Without the words: they may be personal.</summary>
    public override string ToString() => $"{Type} {Id}";
}
