namespace Plr.Core.Qualifications;

/// <summary>One qualification or unit of the register of qualifications: the columns of the Ofqual register's own CSV download.</summary>
public sealed record Qualification
{
    /// <summary>With obliques: <c>600/1166/X</c>.</summary>
    public required string Number { get; init; }

    public required string Title { get; init; }

    /// <summary>The awarding organisation's recognition number; null when the register names no owner.</summary>
    public string? OwnerRecognitionNumber { get; init; }

    public string? OwnerName { get; init; }

    public string? OwnerAcronym { get; init; }

    public string? Level { get; init; }

    public string? SubLevel { get; init; }

    public string? EqfLevel { get; init; }

    public string? Type { get; init; }

    public int? TotalCredits { get; init; }

    public string? SectorSubjectArea { get; init; }

    /// <summary>The register's status word; it never rejects an achievement, only the dates do (DECISIONS, rule 3).</summary>
    public string? Status { get; init; }

    public DateOnly? RegulationStartDate { get; init; }

    public DateOnly? OperationalStartDate { get; init; }

    public DateOnly? OperationalEndDate { get; init; }

    public DateOnly? CertificationEndDate { get; init; }

    /// <summary>Hours.</summary>
    public int? MinimumGuidedLearningHours { get; init; }

    /// <summary>Hours.</summary>
    public int? MaximumGuidedLearningHours { get; init; }

    /// <summary>Hours.</summary>
    public int? TotalQualificationTime { get; init; }

    /// <summary>Hours.</summary>
    public int? GuidedLearningHours { get; init; }

    public string? OfferedInEngland { get; init; }

    public string? OfferedInWales { get; init; }

    public string? OfferedInNorthernIreland { get; init; }

    public string? OverallGradingType { get; init; }

    public string? AssessmentMethods { get; init; }

    /// <summary>Whether it could be awarded on a day: from its operational start to its operational end, or its certification end where that is later. Dates that are not known are not checked.</summary>
    public bool IsOfferedOn(DateOnly day) => (OperationalStartDate is not { } start || day >= start) && (LastAwardDate is not { } end || day <= end);

    /// <summary>The last day on which it could be awarded, when the register has one.</summary>
    public DateOnly? LastAwardDate => (OperationalEndDate, CertificationEndDate) switch
    {
        ({ } operational, { } certification) => certification > operational ? certification : operational,
        (_, { } certification) => certification,
        _ => OperationalEndDate,
    };
}
