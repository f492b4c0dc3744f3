using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Sharing;
using Plr.Server.SignIn;

namespace Plr.Server.CheckSite;

/// <summary>Where a link of a share leads: a button, and nothing of anybody before it is pressed, so that programs that open every link of a mail count as nobody.</summary>
[Does(PolicyAction.CheckShare)]
public sealed class LinkModel(OpenShare open, Checker checker, TimeProvider time) : PageModel
{
    /// <summary>How the share stands; null when there is none.</summary>
    public ShareState? State { get; private set; }

    public async Task<IActionResult> OnGetAsync(string link, CancellationToken ct)
    {
        checker.Hide();
        State = (await open.PeekAsync(link, checker.Access, ct))?.StateAt(time.GetUtcNow());
        if (State is null)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
        }

        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string link, CancellationToken ct)
    {
        checker.Hide();
        var opening = await open.RunAsync(link, checker.Place, checker.Access, ct);
        if (opening.Token is { } token)
        {
            return Redirect(SharedModel.Address(Request, token));
        }

        State = opening.State;
        Response.StatusCode = opening.Code.Http;
        return Page();
    }
}
