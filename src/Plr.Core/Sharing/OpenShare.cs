using Plr.Core.Reports;
using Plr.Core.Responses;

namespace Plr.Core.Sharing;

/// <summary>
/// Somebody opens a share: by its code and the learner's date of birth, or by its link. No account is needed. A code that is none, one of another share and a wrong date of birth are
/// answered alike and take the same; after some wrong ones the code waits, and so does the address that they came from.
/// </summary>
public sealed class OpenShare(IShareChecks store, ShareTries tries)
{
    /// <summary>By code and date of birth.</summary>
    /// <param name="code">The code.</param>
    /// <param name="dateOfBirth">The learner's.</param>
    /// <param name="place">From where: an address, of IPv6 its network.</param>
    /// <param name="access">With the purpose share check.</param>
    /// <param name="ct">Cancels.</param>
    public Task<ShareOpening> RunAsync(ShareCode code, DateOnly dateOfBirth, string place, Access access, CancellationToken ct = default) =>
        RunAsync(new ShareAttempt(code, dateOfBirth, null, place), access, ct);

    /// <summary>By the reference of a report and the date of birth.</summary>
    public Task<ShareOpening> RunAsync(ReportReference report, DateOnly dateOfBirth, string place, Access access, CancellationToken ct = default) =>
        RunAsync(new ShareAttempt(null, dateOfBirth, null, place) { Report = report }, access, ct);

    /// <summary>By link.</summary>
    public Task<ShareOpening> RunAsync(string link, string place, Access access, CancellationToken ct = default) =>
        RunAsync(new ShareAttempt(null, null, link, place), access, ct);

    /// <summary>Where a link leads, before anybody has looked: programs that open every link of a mail count as nobody.</summary>
    public async Task<Share?> PeekAsync(string link, Access access, CancellationToken ct = default) =>
        Policy.Allow(access, PolicyAction.CheckShare, Subject.None).IsAllowed ? await store.PeekAsync(link, access, ct) : null;

    private async Task<ShareOpening> RunAsync(ShareAttempt attempt, Access access, CancellationToken ct) =>
        Policy.Allow(access, PolicyAction.CheckShare, Subject.None).Refusal is { } refusal ? new(refusal, null) : await store.OpenAsync(attempt, tries, access, ct);
}
