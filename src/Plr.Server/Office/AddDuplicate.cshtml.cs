using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Duplicates;
using Plr.Core.Responses;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.OfficeSite;

/// <summary>An officer puts two ULNs on the work list that they hold for one person's, and looks at them.</summary>
[Does(PolicyAction.AddPossibleDuplicates)]
public sealed class AddDuplicateModel(Visit visit, NamePossibleDuplicate name, Texts texts) : PageModel
{
    [BindProperty]
    public string? One { get; set; }

    [BindProperty]
    public string? Other { get; set; }

    public void OnGet()
    {
        // The form is all there is.
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var answer = await name.RunAsync(new(One, Other), visit.Access(), ct);
        if (answer.Id is { } pair)
        {
            return RedirectToPage("/Office/Duplicate", new { id = pair });
        }

        if (answer.Code == ResponseCodes.NotAllowed)
        {
            return StatusCode(answer.Code.Http);
        }

        foreach (var finding in answer.Findings)
        {
            ModelState.AddModelError(finding.Field, texts["Office.MakeReport.NotAUln"]);
        }

        if (answer.Findings.Count == 0)
        {
            ModelState.AddModelError("", texts[answer.Code == ResponseCodes.UlnNotFound ? "Office.AddPair.NotFound" : "Codes.SamePersonAlready"]);
        }

        return Page();
    }
}
