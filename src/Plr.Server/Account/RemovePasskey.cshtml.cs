using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Core.Responses;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.AccountSite;

/// <summary>Removes one of one's own passkeys.</summary>
[Does(PolicyAction.ManageOwnSignIn)]
public sealed class RemovePasskeyModel(RemovePasskey remove, IPasskeyStore passkeys, Visit visit, Texts texts) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>The name that its owner gave it.</summary>
    public string Name { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync() => await IsThereAsync() ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await IsThereAsync())
        {
            return NotFound();
        }

        if (await remove.RunAsync(new(Id, visit.SignedIn!), visit.Access(), HttpContext.RequestAborted) == ResponseCodes.FactorNeeded)
        {
            ModelState.AddModelError("Credential", texts["SignIn.RemovePasskey.Needed"]);
            return Page();
        }

        return RedirectToPage("/Account/Security", pageHandler: null, routeValues: null, fragment: "passkeys");
    }

    private async Task<bool> IsThereAsync()
    {
        var found = (await passkeys.ListAsync(visit.Account!.Id, HttpContext.RequestAborted)).FirstOrDefault(passkey => passkey.Id == Id);
        Name = found?.Name ?? "";
        return found is not null;
    }
}
