using Microsoft.AspNetCore.Mvc;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Core.Responses;
using Plr.Server.AccountSite;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.SignInSite;

/// <summary>The second step of signing in.</summary>
[Does(PolicyAction.GiveFactor)]
public sealed class FactorModel(GiveFactor give, Visit visit, Texts texts) : CodePage(texts)
{
    /// <summary>The page that was asked for before signing in.</summary>
    [BindProperty(SupportsGet = true)]
    public string? To { get; set; }

    public IActionResult OnGet() => visit.Factor == FactorState.ToGive ? Page() : GoOn();

    public async Task<IActionResult> OnPostAsync()
    {
        if (visit.SignedIn is not { } signedIn)
        {
            return NotFound();
        }

        if (!HasCode() || !IsRight(await give.RunAsync(new(Code, signedIn), visit.Access(), HttpContext.RequestAborted) == ResponseCodes.FactorGiven))
        {
            return Page();
        }

        // Whoever came by a link and has no password yet sets one now.
        return signedIn is { ByLink: true, Account: { EmailAddress: not null, PasswordHash: null } } ? RedirectToPage("/SignIn/Password") : GoOn();
    }

    private LocalRedirectResult GoOn() => LocalRedirect(Url.Content("~" + Home.Next(visit.Account!, FactorState.Done, To)));
}
