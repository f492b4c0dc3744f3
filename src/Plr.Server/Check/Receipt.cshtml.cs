using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Reports;
using Plr.Core.Sharing;
using Plr.Server.Documents;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.CheckSite;

/// <summary>Confirms a receipt by its reference, without showing again what was seen.</summary>
[Does(PolicyAction.CheckShare)]
public sealed class ReceiptModel(ViewSharedRecord view, Checker checker, MakeReceipt make, Texts texts) : PageModel
{
    [BindProperty]
    public string? Reference { get; set; }

    public ReceiptConfirmation? Found { get; private set; }

    public bool IsUnknown { get; private set; }

    public void OnGet()
    {
        // The form is all there is.
    }

    /// <summary>The public key that receipts are signed with, as a JSON web key.</summary>
    public IActionResult OnGetKey() => Content(make.PublicKey, "application/jwk+json");

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!ReportReference.TryParse(Reference, out _))
        {
            ModelState.AddModelError(nameof(Reference), texts["Check.Reference.NotOne"]);
            return Page();
        }

        Found = await view.ConfirmAsync(Reference, checker.Access, ct);
        IsUnknown = Found is null;
        return Page();
    }
}
