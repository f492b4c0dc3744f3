using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Server.SignIn;

namespace Plr.Server.SignInSite;

/// <summary>
/// Ends the session on the server. The forms token is asked for here and not by the framework, which would refuse somebody whose session ran
/// out while the page was open; they are signed out already and are told so.
/// </summary>
[Does(PolicyAction.SignOut)]
[IgnoreAntiforgeryToken]
public sealed class SignOutModel(Sessions sessions, Visit visit, IAntiforgery antiforgery) : PageModel
{
    public IActionResult OnGet() => RedirectToPage("/Public/Start");

    public async Task<IActionResult> OnPostAsync()
    {
        if (visit.Account is not null && !await antiforgery.IsRequestValidAsync(HttpContext))
        {
            return BadRequest();
        }

        await sessions.EndAsync(HttpContext);
        return RedirectToPage("/SignIn/SignedOut");
    }
}
