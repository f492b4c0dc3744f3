using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Core.Organisations;
using Plr.Core.Qualifications;
using Plr.Core.Reports;

namespace Plr.Core.Moves;

/// <summary>One version of a learner's learning event, as it is moved.</summary>
public sealed record MovedLearningEvent(Uln Uln, LearningEventVersion Version);

/// <summary>What can be moved.</summary>
[Flags]
public enum MoveParts
{
    None = 0,
    Organisations = 1,
    Qualifications = 1 << 1,
    Learners = 1 << 2,
    LearningEvents = 1 << 3,
    Reports = 1 << 4,
    All = Organisations | Qualifications | Learners | LearningEvents | Reports,
}

/// <summary>Where an export goes, thing by thing, each part in the order of its keys.</summary>
public interface IExportTarget
{
    void Add(Organisation organisation, MoveCodes codes);

    void Add(Qualification qualification, MoveCodes codes);

    void Add(LearnerVersion version, MoveCodes codes);

    void Add(MovedLearningEvent version, MoveCodes codes);

    void Add(MovedReport report, MoveCodes codes);
}

/// <summary>
/// A register on its way from one database to another, version by version. Each call that writes is one transaction and leaves an entry in
/// the learner's trail for every version; what is held already stays as it is, so that a load that was broken off is simply run again.
/// </summary>
public interface IMoveStore
{
    /// <summary>Adds versions of learners, in the order of ULN and version. The answers stand in the order of the rows.</summary>
    Task<IReadOnlyList<MoveOutcome>> LoadLearnersAsync(IReadOnlyList<LearnerVersion> versions, Access access, CancellationToken ct = default);

    /// <summary>Adds versions of learning events, in the order of ULN, id and version; ids that are issued later begin beyond them.</summary>
    Task<IReadOnlyList<MoveOutcome>> LoadLearningEventsAsync(IReadOnlyList<MovedLearningEvent> versions, Access access, CancellationToken ct = default);

    /// <summary>Adds organisations; ids and register numbers are this register's own.</summary>
    Task<IReadOnlyList<MoveOutcome>> LoadOrganisationsAsync(IReadOnlyList<Organisation> organisations, Access access, CancellationToken ct = default);

    /// <summary>Adds reports that the other register made. The answers stand in the order of the rows.</summary>
    Task<IReadOnlyList<MoveOutcome>> LoadReportsAsync(IReadOnlyList<MovedReport> reports, Access access, CancellationToken ct = default);

    /// <summary>The organisations' ids by each of their numbers, in capitals.</summary>
    Task<IReadOnlyDictionary<string, Guid>> OrganisationsAsync(CancellationToken ct = default);

    /// <summary>Learners, at most so many, who are merged into somebody who is not on the register.</summary>
    Task<IReadOnlyList<Uln>> MissingMastersAsync(int most, Access access, CancellationToken ct = default);

    /// <summary>Learners, at most so many, who are merged into somebody who is merged too.</summary>
    Task<IReadOnlyList<Uln>> ChainedMergesAsync(int most, Access access, CancellationToken ct = default);

    /// <summary>Notes in the register's trail that everything is read, then reads it from one snapshot.</summary>
    Task ExportAsync(MoveParts parts, IExportTarget target, Access access, CancellationToken ct = default);
}
