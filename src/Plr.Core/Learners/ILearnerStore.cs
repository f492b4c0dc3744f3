using Plr.Core.Batches;
using Plr.Core.Responses;

namespace Plr.Core.Learners;

/// <summary>What became of one registration.</summary>
/// <param name="Row">As in <see cref="Registration"/>.</param>
/// <param name="Code">The outcome.</param>
/// <param name="Uln">What goes into the output's ULN column.</param>
/// <param name="Findings">Why it was refused; empty when it was not.</param>
public sealed record RegistrationOutcome(int Row, ResponseCode Code, string? Uln, IReadOnlyList<Finding> Findings);

/// <summary>What became of an update.</summary>
public abstract record UpdateOutcome
{
    private UpdateOutcome()
    {
    }

    public sealed record Updated(Learner Learner) : UpdateOutcome;

    public sealed record Unchanged(Learner Learner) : UpdateOutcome;

    /// <summary>Somebody updated the learner since; the current version is told.</summary>
    public sealed record Stale(int CurrentVersion) : UpdateOutcome;

    public sealed record NotFound : UpdateOutcome;

    public sealed record Refused(IReadOnlyList<Finding> Findings) : UpdateOutcome;
}

/// <summary>Learners as the store keeps them. Each method leaves its entries in the trail in the same transaction; when the trail cannot be written nothing is given.</summary>
public interface ILearnerStore
{
    /// <summary>
    /// Decides and carries out registrations in one transaction, in their order, under locks on their dates of birth: two servers never mint
    /// two ULNs for one person. With a batch, the rows' outcomes and the batch's progress commit together with them.
    /// </summary>
    Task<IReadOnlyList<RegistrationOutcome>> RegisterAsync(IReadOnlyList<Registration> rows, BatchChunk? chunk, Access access, CancellationToken ct = default);

    /// <summary>
    /// Reads whom the search is to judge and shows whom it finds, followed to their masters, each with an entry in their trail; a search that shows nobody is written
    /// down in the organisation's. What an organisation looked for is remembered for a registration that follows (<see cref="RecentSearch"/>).
    /// </summary>
    Task<SearchOutcome> SearchAsync(LearnerSearch search, Access access, CancellationToken ct = default);

    /// <summary>Forgets searches that no registration may look back to.</summary>
    Task ForgetSearchesAsync(DateTimeOffset before, Access access, CancellationToken ct = default);

    /// <summary>Changes one learner when the current version is one that was read; every version stays readable.</summary>
    /// <param name="uln">The learner; a merged one leads to the master.</param>
    /// <param name="versions">The version that was read, or several.</param>
    /// <param name="change">Pure: the new details, or the findings against them.</param>
    /// <param name="access">Who, why.</param>
    /// <param name="ct">Cancels before the commit only.</param>
    Task<UpdateOutcome> UpdateAsync(Uln uln, ReadVersions versions, Func<Learner, (LearnerDetails? Details, IReadOnlyList<Finding> Findings)> change, Access access, CancellationToken ct = default);

    /// <summary>Shows a learner: followed to the master, with an entry in the learner's trail. Null when the ULN is on nobody's record.</summary>
    /// <param name="decide">Pure: whether the learner to whom the ULN leads may be shown for what was asked (names agree); when not, nobody is shown and the search is written down instead.</param>
    /// <param name="query">What was asked for, kept in the erasable details of the entry.</param>
    Task<Learner?> ShowAsync(Uln uln, Func<HeldLearner, bool> decide, string? query, Access access, CancellationToken ct = default);

    /// <summary>
    /// Holds what somebody says against the learner who has a ULN, and gives nothing of the learner. One entry: in the learner's trail, the master's when merged; in the
    /// organisation's when the ULN is on nobody's record, and the answer is null.
    /// </summary>
    Task<Verified?> VerifyAsync(UlnVerification asked, Access access, CancellationToken ct = default);

    /// <summary>All versions, oldest first.</summary>
    Task<IReadOnlyList<LearnerVersion>> VersionsAsync(Uln uln, Access access, CancellationToken ct = default);

    /// <summary>The learner as of an instant, or null when not yet registered then.</summary>
    Task<Learner?> AsOfAsync(Uln uln, DateTimeOffset instant, Access access, CancellationToken ct = default);
}
