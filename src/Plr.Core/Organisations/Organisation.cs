namespace Plr.Core.Organisations;

/// <summary>Whether an organisation may use the register; the register office's word.</summary>
public enum OrganisationStatus
{
    Active = 1,
    Suspended = 2,
    Closed = 3,
}

/// <summary>A school, college, provider or awarding organisation. One that is both has both numbers.</summary>
public sealed record Organisation
{
    public required Guid Id { get; init; }

    /// <summary>Its number on this register, from a sequence; it names the organisation's chain in the trail.</summary>
    public required int Number { get; init; }

    public required string Name { get; init; }

    public required OrganisationStatus Status { get; init; }

    /// <summary>UKPRN, 8 characters: a provider has one.</summary>
    public string? Ukprn { get; init; }

    /// <summary>6 characters; an awarding organisation's is its recognition number unless it was given another (DECISIONS, Organisation references).</summary>
    public string? OrganisationRef { get; init; }

    /// <summary>An awarding organisation's, such as RN5196.</summary>
    public string? RecognitionNumber { get; init; }

    public string? LegalName { get; init; }

    public string? Acronym { get; init; }

    public string? Website { get; init; }

    /// <summary>The regulator's word for an awarding organisation: Recognised, Surrendered, Withdrawn.</summary>
    public string? RecognitionStatus { get; init; }

    public DateOnly? RecognisedFrom { get; init; }

    public DateOnly? RecognisedTo { get; init; }

    public bool IsAwardingOrganisation => RecognitionNumber is not null;

    public bool IsProvider => Ukprn is not null;

    /// <summary>What its files carry in their third column: the UKPRN in registrations, the reference in achievements.</summary>
    public string OwnerCode(Batches.BatchKind kind) => (kind == Batches.BatchKind.Registrations ? Ukprn : OrganisationRef ?? RecognitionNumber) ?? Code;

    /// <summary>What names it on a command line.</summary>
    public string Code => Ukprn ?? OrganisationRef ?? RecognitionNumber ?? Name;
}

/// <summary>A row of the regulator's list of awarding organisations.</summary>
public sealed record AwardingOrganisationEntry(
    string RecognitionNumber,
    string Name,
    string? LegalName,
    string? Acronym,
    string? Website,
    string? RecognitionStatus,
    DateOnly? RecognisedFrom,
    DateOnly? RecognisedTo);
