using Plr.Core.Responses;

namespace Plr.Core.Learners;

/// <summary>
/// Says who was merged and who unmerged in a span of days: getMergedUnmergedULNsReport of the contract (DOSSIER §5.2). The register office hears of everybody, an
/// organisation of those of whom it registered one. The day of a merge is that of the version that made it, also for merges that came from another register; of
/// unmerging, the day on which it was approved here.
/// </summary>
public sealed class ReportMergedUlns(IUlnReports reports, TimeProvider time)
{
    /// <summary>The most learners in one report.</summary>
    public const int Most = 5_000;

    /// <summary>What the register answers.</summary>
    /// <param name="Code">UlnsReported, NoUlnsForReport, ReportTooLong, DetailsIncorrect, or why not.</param>
    public sealed record Answer(ResponseCode Code, IReadOnlyList<LinkedUlnLine> Merged, IReadOnlyList<LinkedUlnLine> Unmerged)
    {
        /// <summary>What is wrong with what was asked.</summary>
        public IReadOnlyList<Finding> Findings { get; init; } = [];
    }

    /// <summary>Reports.</summary>
    /// <param name="from">The first day, in the register's time zone.</param>
    /// <param name="to">The last day; null for up to now.</param>
    public async Task<Answer> RunAsync(DateOnly from, DateOnly? to, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.ReportUlns, Subject.None).Refusal is { } refusal)
        {
            return new(refusal, [], []);
        }

        if (ReportSpan.Of(from, to, time) is not { } span)
        {
            return new(ResponseCodes.DetailsIncorrect, [], []) { Findings = [ReportSpan.Impossible] };
        }

        return await reports.LinkedAsync(span, Most, access, ct) is not { } found
            ? new(ResponseCodes.ReportTooLong, [], [])
            : new(found.Merged.Count + found.Unmerged.Count == 0 ? ResponseCodes.NoUlnsForReport : ResponseCodes.UlnsReported, found.Merged, found.Unmerged);
    }
}

/// <summary>Says who was taken off the register in a span of days: getDeletedULNsReport of the contract (DOSSIER §5.2), for the same readers.</summary>
public sealed class ReportDeletedUlns(IUlnReports reports, TimeProvider time)
{
    /// <summary>What the register answers.</summary>
    /// <param name="Code">UlnsReported, NoUlnsForReport, ReportTooLong, DetailsIncorrect, or why not.</param>
    public sealed record Answer(ResponseCode Code, IReadOnlyList<DeletedUln> Deleted)
    {
        /// <summary>What is wrong with what was asked.</summary>
        public IReadOnlyList<Finding> Findings { get; init; } = [];
    }

    /// <summary>Reports.</summary>
    /// <param name="from">The first day, in the register's time zone.</param>
    /// <param name="to">The last day; null for up to now.</param>
    public async Task<Answer> RunAsync(DateOnly from, DateOnly? to, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.ReportUlns, Subject.None).Refusal is { } refusal)
        {
            return new(refusal, []);
        }

        if (ReportSpan.Of(from, to, time) is not { } span)
        {
            return new(ResponseCodes.DetailsIncorrect, []) { Findings = [ReportSpan.Impossible] };
        }

        return await reports.DeletedAsync(span, ReportMergedUlns.Most, access, ct) is not { } found
            ? new(ResponseCodes.ReportTooLong, [])
            : new(found.Count == 0 ? ResponseCodes.NoUlnsForReport : ResponseCodes.UlnsReported, found);
    }
}
