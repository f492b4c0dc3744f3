using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Core.Responses;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.SignInSite;

/// <summary>Asks for an e-mail address and sends a one-time link to it. What comes is the same whether there is such an account or not.</summary>
[Does(PolicyAction.SignIn)]
public sealed class SendLinkModel(SendSignInLink send, Visit visit, Texts texts) : PageModel
{
    [BindProperty]
    public string? EmailAddress { get; set; }

    public bool IsSent { get; private set; }

    public void OnGet()
    {
        // The form is all there is.
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var (code, findings) = await send.RunAsync(EmailAddress, visit.Access(), ct);
        if (findings.Count > 0)
        {
            ModelState.AddModelError(nameof(EmailAddress), texts[string.IsNullOrWhiteSpace(EmailAddress) ? "SignIn.EmailAddress.Missing" : "SignIn.SendLink.NotOne"]);
        }

        IsSent = code == ResponseCodes.LinkSent;
        return Page();
    }
}
