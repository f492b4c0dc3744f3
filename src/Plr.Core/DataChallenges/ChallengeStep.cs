namespace Plr.Core.DataChallenges;

/// <summary>What was done to a data challenge.</summary>
public enum ChallengeDeed
{
    Raised = 1,
    SentToOrganisation = 2,
    SentToOffice = 3,
    EvidenceAdded = 4,
    InformationAsked = 5,
    InformationGiven = 6,
    Reminded = 7,
    Escalated = 8,
    Accepted = 9,
    Rejected = 10,
    Closed = 11,
    Withdrawn = 12,
    ReviewAsked = 13,
}

/// <summary>Who did it.</summary>
public enum ChallengeParty
{
    Learner = 1,
    Organisation = 2,
    Office = 3,

    /// <summary>The register's own clock.</summary>
    Register = 4,
}

/// <summary>One step in the history of a data challenge. Steps are only ever added.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Deed">What was done.</param>
/// <param name="State">The state that it led to.</param>
/// <param name="At">When, UTC.</param>
/// <param name="By">Who did it; persons of organisations and officers stay unnamed, the trail has them.</param>
/// <param name="Organisation">The organisation that did it, or that it was sent to.</param>
/// <param name="Said">In their words.</param>
public sealed record ChallengeStep(int Number, ChallengeDeed Deed, ChallengeState State, DateTimeOffset At, ChallengeParty By, string? Organisation, string? Said)
{
    /// <summary>Without the words: they may be personal.</summary>
    public override string ToString() => $"{Number} {Deed}";
}

/// <summary>From which state to which each deed leads. Whatever is not in the table is refused. Source: DECISIONS, "Data challenges".</summary>
public static class ChallengeStates
{
    /// <summary>A row of the table.</summary>
    /// <param name="WithOffice">Only when the register office, or only when an organisation, has it; null for both.</param>
    public sealed record Row(ChallengeState From, ChallengeDeed Deed, ChallengeState To, bool? WithOffice = null);

    public static IReadOnlyList<Row> Table { get; } =
    [
        new(ChallengeState.Raised, ChallengeDeed.SentToOrganisation, ChallengeState.WithOrganisation, WithOffice: false),
        new(ChallengeState.Raised, ChallengeDeed.SentToOffice, ChallengeState.WithOffice, WithOffice: true),
        new(ChallengeState.Raised, ChallengeDeed.EvidenceAdded, ChallengeState.Raised),
        new(ChallengeState.Raised, ChallengeDeed.Withdrawn, ChallengeState.Withdrawn),

        new(ChallengeState.WithOrganisation, ChallengeDeed.EvidenceAdded, ChallengeState.WithOrganisation),
        new(ChallengeState.WithOrganisation, ChallengeDeed.InformationAsked, ChallengeState.MoreInformationWanted),
        new(ChallengeState.WithOrganisation, ChallengeDeed.Reminded, ChallengeState.WithOrganisation),
        new(ChallengeState.WithOrganisation, ChallengeDeed.Escalated, ChallengeState.WithOffice),
        new(ChallengeState.WithOrganisation, ChallengeDeed.Accepted, ChallengeState.Accepted),
        new(ChallengeState.WithOrganisation, ChallengeDeed.Rejected, ChallengeState.Rejected),
        new(ChallengeState.WithOrganisation, ChallengeDeed.Withdrawn, ChallengeState.Withdrawn),

        new(ChallengeState.WithOffice, ChallengeDeed.EvidenceAdded, ChallengeState.WithOffice),
        new(ChallengeState.WithOffice, ChallengeDeed.InformationAsked, ChallengeState.MoreInformationWanted),
        new(ChallengeState.WithOffice, ChallengeDeed.Accepted, ChallengeState.Accepted),
        new(ChallengeState.WithOffice, ChallengeDeed.Rejected, ChallengeState.Rejected),
        new(ChallengeState.WithOffice, ChallengeDeed.Withdrawn, ChallengeState.Withdrawn),

        new(ChallengeState.MoreInformationWanted, ChallengeDeed.EvidenceAdded, ChallengeState.MoreInformationWanted),
        new(ChallengeState.MoreInformationWanted, ChallengeDeed.InformationGiven, ChallengeState.WithOrganisation, WithOffice: false),
        new(ChallengeState.MoreInformationWanted, ChallengeDeed.InformationGiven, ChallengeState.WithOffice, WithOffice: true),
        // Whoever asked may have found it out meanwhile. To reject it they hear the learner first, or wait until it is closed.
        new(ChallengeState.MoreInformationWanted, ChallengeDeed.Accepted, ChallengeState.Accepted),
        new(ChallengeState.MoreInformationWanted, ChallengeDeed.Closed, ChallengeState.Closed),
        new(ChallengeState.MoreInformationWanted, ChallengeDeed.Withdrawn, ChallengeState.Withdrawn),

        new(ChallengeState.Rejected, ChallengeDeed.ReviewAsked, ChallengeState.WithOffice),
    ];

    /// <summary>Where a deed leads; null when it cannot be done in this state.</summary>
    /// <param name="isWithOffice">Whether the register office has it to answer.</param>
    public static ChallengeState? Next(ChallengeState from, ChallengeDeed deed, bool isWithOffice) =>
        Table.FirstOrDefault(row => row.From == from && row.Deed == deed && (row.WithOffice ?? isWithOffice) == isWithOffice)?.To;
}
