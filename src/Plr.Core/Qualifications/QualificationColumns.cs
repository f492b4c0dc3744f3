using Plr.Core.Moves;

namespace Plr.Core.Qualifications;

/// <summary>The columns under which qualifications are written out: those of the register of qualifications' own download, which <see cref="ImportQualifications"/> reads.</summary>
public static class QualificationColumns
{
    public static IReadOnlyList<MoveColumn<Qualification>> All { get; } =
    [
        Of("Qualification Number", row => row.Number),
        Of("Qualification Title", row => row.Title),
        Of("Owner Organisation Recognition Number", row => row.OwnerRecognitionNumber),
        Of("Owner Organisation Name", row => row.OwnerName),
        Of("Owner Organisation Acronym", row => row.OwnerAcronym),
        Of("Qualification Level", row => row.Level),
        Of("Qualification Sub Level", row => row.SubLevel),
        Of("EQF Level", row => row.EqfLevel),
        Of("Qualification Type", row => row.Type),
        Of("Total Credits", row => MoveText.Write(row.TotalCredits)),
        Of("Qualification SSA", row => row.SectorSubjectArea),
        Of("Qualification Status", row => row.Status),
        Of("Regulation Start Date", row => MoveText.Write(row.RegulationStartDate)),
        Of("Operational Start Date", row => MoveText.Write(row.OperationalStartDate)),
        Of("Operational End Date", row => MoveText.Write(row.OperationalEndDate)),
        Of("Certification End Date", row => MoveText.Write(row.CertificationEndDate)),
        Of("Minimum Guided Learning Hours", row => MoveText.Write(row.MinimumGuidedLearningHours)),
        Of("Maximum Guided Learning Hours", row => MoveText.Write(row.MaximumGuidedLearningHours)),
        Of("Total Qualification Time", row => MoveText.Write(row.TotalQualificationTime)),
        Of("Guided Learning Hours", row => MoveText.Write(row.GuidedLearningHours)),
        Of("Offered In England", row => row.OfferedInEngland),
        Of("Offered In Wales", row => row.OfferedInWales),
        Of("Offered In Northern Ireland", row => row.OfferedInNorthernIreland),
        Of("Overall Grading Type", row => row.OverallGradingType),
        Of("Assessment Methods", row => row.AssessmentMethods),
    ];

    private static MoveColumn<Qualification> Of(string heading, Func<Qualification, string?> write) => new(heading, "As in the register's own download.", (row, _) => write(row));
}
