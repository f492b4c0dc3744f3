using Plr.Core.Responses;

namespace Plr.Core.Learners;

/// <summary>What one ULN leads to.</summary>
/// <param name="Uln">As asked.</param>
/// <param name="MasterUln">The learner it leads to, when it was merged.</param>
/// <param name="Code">ExactMatch, MasterSubstituted or NoMatch.</param>
/// <param name="FamilyName">Of the learner it leads to, as are the others.</param>
/// <param name="Gender">0 not known, 1 male, 2 female, 9 not specified.</param>
public sealed record RetrievedUln(Uln Uln, Uln? MasterUln, ResponseCode Code, string? FamilyName, string? GivenName, DateOnly? DateOfBirth, int? Gender);

/// <summary>One learner in a report of ULNs.</summary>
public sealed record ReportedUln(Uln Uln, string FamilyName, string GivenName, DateOnly DateOfBirth);

/// <summary>A learner who was merged into another, or is their own again, with the day: the contract's MergedLearner and UnmergedLearner.</summary>
/// <param name="Master">The learner who stayed.</param>
/// <param name="Other">The one that was merged, or unmerged.</param>
/// <param name="At">When, UTC.</param>
public sealed record LinkedUlnLine(ReportedUln Master, ReportedUln Other, DateTimeOffset At);

/// <summary>A learner who was taken off the register.</summary>
/// <param name="At">When, UTC.</param>
public sealed record DeletedUln(Uln Uln, DateTimeOffset At);

/// <summary>The instants that a report covers.</summary>
/// <param name="From">From this on.</param>
/// <param name="Before">Up to, not with, this.</param>
public sealed record ReportSpan(DateTimeOffset From, DateTimeOffset Before)
{
    /// <summary>Whole days in the register's own time zone; null when the last is before the first.</summary>
    /// <param name="to">The last day, with all of it; null for up to now.</param>
    public static ReportSpan? Of(DateOnly from, DateOnly? to, TimeProvider time)
    {
        var last = to ?? DateOnly.FromDateTime(time.GetLocalNow().DateTime);
        return last < from || last == DateOnly.MaxValue ? null : new(Start(from, time), Start(last.AddDays(1), time));
    }

    /// <summary>What is wrong with days of which <see cref="Of"/> makes none.</summary>
    public static Finding Impossible { get; } = new(ResponseCodes.DetailsIncorrect, "To", FindingRules.BeforeFirstDay);

    private static DateTimeOffset Start(DateOnly day, TimeProvider time)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, time.LocalTimeZone.GetUtcOffset(midnight)).ToUniversalTime();
    }
}

/// <summary>Reports of ULNs as the store gives them. Each learner who is in one has an entry in their trail; a report of nobody has one in the organisation's.</summary>
public interface IUlnReports
{
    /// <summary>What each of these ULNs leads to, in their order.</summary>
    Task<IReadOnlyList<RetrievedUln>> RetrieveAsync(IReadOnlyList<Uln> ulns, Access access, CancellationToken ct = default);

    /// <summary>Who was merged and unmerged, oldest first; an organisation's are those of which it registered one. Null when there are more than <paramref name="most"/>.</summary>
    Task<(IReadOnlyList<LinkedUlnLine> Merged, IReadOnlyList<LinkedUlnLine> Unmerged)?> LinkedAsync(ReportSpan span, int most, Access access, CancellationToken ct = default);

    /// <summary>Who was taken off the register, oldest first; an organisation's are those that it registered. Null when there are more than <paramref name="most"/>.</summary>
    Task<IReadOnlyList<DeletedUln>?> DeletedAsync(ReportSpan span, int most, Access access, CancellationToken ct = default);
}
