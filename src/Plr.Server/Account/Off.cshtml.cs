using Microsoft.AspNetCore.Mvc;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Core.Responses;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.AccountSite;

/// <summary>Turns two-step sign-in off, for those who need not have it.</summary>
[Does(PolicyAction.ManageOwnSignIn)]
public sealed class OffModel(RemoveFactor remove, SessionRules rules, Visit visit, Texts texts) : CodePage(texts)
{
    public IActionResult OnGet() => visit.Account is { HasApp: true } account && !rules.NeedsFactor(account) ? Page() : RedirectToPage("/Account/Security");

    public async Task<IActionResult> OnPostAsync()
    {
        if (!HasCode())
        {
            return Page();
        }

        var code = await remove.RunAsync(new(Code, visit.SignedIn!), visit.Access(), HttpContext.RequestAborted);
        return code == ResponseCodes.FactorNeeded || IsRight(code == ResponseCodes.FactorChanged) ? RedirectToPage("/Account/Security") : Page();
    }
}
