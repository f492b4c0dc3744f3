using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Organisations;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.OfficeSite;

/// <summary>Adds an organisation by its name and numbers.</summary>
[Does(PolicyAction.ManageOrganisations)]
public sealed class AddOrganisationModel(Visit visit, AddOrganisation add, Texts texts) : PageModel
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Ukprn { get; set; }

    [BindProperty]
    public string? RecognitionNumber { get; set; }

    [BindProperty]
    public string? OrganisationRef { get; set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var answer = await add.RunAsync(new(Name, Ukprn, OrganisationRef, RecognitionNumber), visit.Access(), ct);
        if (answer.Organisation is { } added)
        {
            return RedirectToPage("/Office/Organisation", new { id = added.Id });
        }

        OfficeErrors.Add(ModelState, answer.Findings, texts);
        return ModelState.IsValid ? StatusCode(answer.Code.Http) : Page();
    }
}
