using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Reports;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.OfficeSite;

/// <summary>An officer confirms a report to somebody who holds it: when it was made, for whom, by whom, and whether the record has changed.</summary>
[Does(PolicyAction.ConfirmReport)]
public sealed class ReportsModel(Visit visit, ConfirmReport confirm, Texts texts) : PageModel
{
    [BindProperty]
    public string? Reference { get; set; }

    public ReportConfirmation? Found { get; private set; }

    public bool IsUnknown { get; private set; }

    public void OnGet()
    {
        // The form is all there is.
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!ReportReference.TryParse(Reference, out _))
        {
            ModelState.AddModelError(nameof(Reference), texts["Office.Reports.NotOne"]);
            return Page();
        }

        Found = (await confirm.RunAsync(Reference, visit.Access(), ct)).Found;
        IsUnknown = Found is null;
        if (Found is not null)
        {
            // The form is there for another one.
            ModelState.Clear();
            Reference = null;
        }

        return Page();
    }
}
