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
    /// <summary>Not sent to anybody yet: only in the moment of raising, and from before there was anybody to send it to.</summary>
    Raised = 1,
    WithOrganisation = 2,
    MoreInformationWanted = 3,
    WithOffice = 4,
    Accepted = 10,
    Rejected = 11,
    Closed = 12,
    Withdrawn = 13,
}

/// <summary>A qualification that is not on the record, as the learner describes it.</summary>
/// <param name="Title">What it is.</param>
/// <param name="AwardingOrganisation">Who awarded it.</param>
/// <param name="TakenAt">The school, college or provider.</param>
/// <param name="TakenIn">When.</param>
public sealed record MissingQualification(string Title, string? AwardingOrganisation, string? TakenAt, string? TakenIn)
{
    /// <summary>Without the words: they may be personal.</summary>
    public override string ToString() => "a missing qualification";
}

/// <summary>A claim that an event, or a learner's details, are wrong.</summary>
/// <param name="Id">The challenge.</param>
/// <param name="Uln">The ULN that the event stands under, else that was asked for; of somebody with linked ULNs it may be any of them.</param>
/// <param name="EventId">The learning event; null for one that is missing, and for details.</param>
/// <param name="Type">What is claimed.</param>
/// <param name="State">How far it is.</param>
/// <param name="RaisedAt">When, UTC.</param>
/// <param name="RaisedBy">The account that raised it.</param>
/// <param name="Said">What is wrong, in the words of whoever raised it; empty when <see cref="Wanted"/> says it.</param>
public sealed record DataChallenge(Guid Id, Uln Uln, int? EventId, ChallengeType Type, ChallengeState State, DateTimeOffset RaisedAt, Guid? RaisedBy, string Said)
{
    /// <summary>What people say on the telephone. Null only for one that was raised before there were references, until it is tended.</summary>
    public ChallengeReference? Reference { get; init; }

    /// <summary>The other learning event, where two are meant.</summary>
    public int? OtherEventId { get; init; }

    /// <summary>The title of the event when the challenge was raised.</summary>
    public string? Subject { get; init; }

    /// <summary>The title of the other event.</summary>
    public string? OtherSubject { get; init; }

    /// <summary>What it should be.</summary>
    public string? Wanted { get; init; }

    /// <summary>The qualification that is missing.</summary>
    public MissingQualification? Missing { get; init; }

    /// <summary>Where messages about it go: null to the account's address or the one that the register holds, empty to nobody.</summary>
    public string? MailTo { get; init; }

    /// <summary>The organisation that has it to answer; null for the register office.</summary>
    public Guid? OrganisationId { get; init; }

    /// <summary>Its name.</summary>
    public string? OrganisationName { get; init; }

    /// <summary>Counts its steps: whoever answers says which version they saw.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The last day on which the organisation can answer; after it the register office has it.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>By when the learner can expect the answer.</summary>
    public DateOnly? ExpectedOn { get; init; }

    /// <summary>The day on which the clock has something to do.</summary>
    public DateOnly? NextOn { get; init; }

    /// <summary>How many times the organisation was reminded.</summary>
    public int Reminders { get; init; }

    /// <summary>The day on which more information was asked for, while it is waited for.</summary>
    public DateOnly? AskedOn { get; init; }

    /// <summary>Whether a rejection of it was, or is, looked at again.</summary>
    public bool IsReviewed { get; init; }

    /// <summary>The account that accepted or rejected it last.</summary>
    public Guid? DecidedBy { get; init; }

    /// <summary>Whether it is still to be answered.</summary>
    public bool IsOpen => (int)State < 10;

    /// <summary>Without the words: they may be personal.</summary>
    public override string ToString() => $"{Type} {Id}";
}
