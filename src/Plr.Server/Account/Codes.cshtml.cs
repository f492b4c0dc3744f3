using Microsoft.AspNetCore.Mvc;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Core.Responses;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.AccountSite;

/// <summary>Makes fresh recovery codes and shows them once.</summary>
[Does(PolicyAction.ManageOwnSignIn)]
public sealed class CodesModel(MakeRecoveryCodes make, Visit visit, Texts texts) : CodePage(texts)
{
    public IReadOnlyList<string> RecoveryCodes { get; private set; } = [];

    public IActionResult OnGet() => visit.Account!.HasApp ? Page() : RedirectToPage("/Account/Security");

    public async Task<IActionResult> OnPostAsync()
    {
        if (!HasCode())
        {
            return Page();
        }

        var answer = await make.RunAsync(new(Code, visit.SignedIn!), visit.Access(), HttpContext.RequestAborted);
        RecoveryCodes = answer.RecoveryCodes;
        IsRight(answer.Code == ResponseCodes.FactorChanged);
        return Page();
    }
}
