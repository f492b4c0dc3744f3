using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Responses;
using Plr.Core.Sharing;
using Plr.Server.SignIn;

namespace Plr.Server.LearnerSite;

/// <summary>Asks whether a share is really to end, and ends it.</summary>
[Does(PolicyAction.ManageOwnShares)]
public sealed class ShareEndModel(ReviewShares review, ChangeShare change, Visit visit) : PageModel
{
    public Share Share { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (await review.RunAsync(id, visit.OwnUln, visit.Access(), ct) is not { Share: var share })
        {
            return NotFound();
        }

        Share = share;
        return share.EndedAt is null ? Page() : RedirectToPage("/Learner/Share", new { id });
    }

    /// <summary>Ends it, whatever was changed meanwhile: whoever ends a share wants nobody to see it.</summary>
    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        const int mostChanges = 3;
        for (var tried = 0; tried < mostChanges; tried++)
        {
            if (await review.RunAsync(id, visit.OwnUln, visit.Access(), ct) is not { Share: var share })
            {
                return NotFound();
            }

            if (share.EndedAt is not null || (await change.RunAsync(id, visit.OwnUln, share.Version, null, visit.Access(), ct)).Code == ResponseCodes.ShareChanged)
            {
                return RedirectToPage("/Learner/Share", new { id });
            }
        }

        return StatusCode(StatusCodes.Status409Conflict);
    }
}
