using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.SignInSite;

/// <summary>A one-time link. Opening it uses nothing up, because mail scanners open links too; pressing the button does.</summary>
[Does(PolicyAction.SignIn)]
public sealed class LinkModel(SignInByLink signIn, IAccountStore accounts, Sessions sessions, Visit visit, TimeProvider time) : PageModel
{
    /// <summary>The link's secret.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Token { get; set; }

    /// <summary>Whether the link can still be used.</summary>
    public bool IsOpen { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        // The address is a secret: it goes to no other page, ours or another's.
        Response.Headers[SecurityHeaders.ReferrerPolicy] = "no-referrer";
        IsOpen = await accounts.IsInvitationOpenAsync(Secret.Hash(Token), time.GetUtcNow(), HttpContext.RequestAborted);
        return IsOpen ? Page() : Over();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var answer = await signIn.RunAsync(new(Token, sessions.Origin(HttpContext)), visit.Access(), HttpContext.RequestAborted);
        if (answer.Session is not { } begun)
        {
            return Over();
        }

        await sessions.KeepAsync(HttpContext, begun);
        return begun.Account is { EmailAddress: not null, PasswordHash: null } && begun.Factor != FactorState.ToGive
            ? RedirectToPage("/SignIn/Password")
            : LocalRedirect(Url.Content("~" + Home.Next(begun.Account, begun.Factor, null)));
    }

    private PageResult Over()
    {
        Response.StatusCode = StatusCodes.Status410Gone;
        return Page();
    }
}
