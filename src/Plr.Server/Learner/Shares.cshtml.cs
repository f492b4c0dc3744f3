using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Sharing;
using Plr.Server.SignIn;

namespace Plr.Server.LearnerSite;

/// <summary>The learner's shares: those that are open, and those that are over.</summary>
[Does(PolicyAction.ManageOwnShares)]
public sealed class SharesModel(ReviewShares review, Visit visit, TimeProvider time) : PageModel
{
    public IReadOnlyList<Share> Open { get; private set; } = [];

    public IReadOnlyList<Share> Over { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        var all = await review.RunAsync(visit.OwnUln, visit.Access(), ct);
        Open = [.. all.Where(share => StateOf(share) == ShareState.Open)];
        Over = [.. all.Where(share => StateOf(share) != ShareState.Open)];
    }

    public ShareState StateOf(Share share) => share.StateAt(time.GetUtcNow());

    public DateOnly LastDayOf(Share share) => ShareDays.LastOf(share.Terms.EndsAt, time);
}
