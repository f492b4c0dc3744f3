using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Reports;
using Plr.Core.Responses;
using Plr.Core.Sharing;
using Plr.Server.Govuk;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.CheckSite;

/// <summary>Asks for a share code and the learner's date of birth. No account is needed.</summary>
[Does(PolicyAction.CheckShare)]
public sealed class StartModel(OpenShare open, Checker checker, Texts texts) : PageModel
{
    [BindProperty]
    public string? Code { get; set; }

    [BindProperty]
    public DateParts DateOfBirth { get; set; } = new();

    /// <summary>With a share that is over: why.</summary>
    public ShareState? Over { get; private set; }

    /// <param name="reference">Of a report, as its square says.</param>
    public void OnGet(string? reference) => Code = ReportReference.TryParse(reference, out var report) ? report.ToString() : null;

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var isReport = ReportReference.TryParse(Code, out var report);
        if (!ShareCode.TryParse(Code, out var code) && !isReport)
        {
            ModelState.AddModelError(nameof(Code), texts[string.IsNullOrWhiteSpace(Code) ? "Check.Code.Missing" : "Check.Code.NotOne"]);
        }

        if (DateOfBirth.ToDate() is not { } born)
        {
            ModelState.AddModelError(nameof(DateOfBirth), texts["Check.DateOfBirth.Missing"]);
            return Page();
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        var opening = isReport ? await open.RunAsync(report, born, checker.Place, checker.Access, ct) : await open.RunAsync(code, born, checker.Place, checker.Access, ct);
        if (opening.Token is { } token)
        {
            return Redirect(SharedModel.Address(Request, token));
        }

        Over = opening.State;
        if (opening.Code == ResponseCodes.ShareRefused)
        {
            ModelState.AddModelError(nameof(Code), texts["Check.Refused"]);
        }

        return Page();
    }
}
