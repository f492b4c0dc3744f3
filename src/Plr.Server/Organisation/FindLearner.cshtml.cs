using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Learners;
using Plr.Core.Responses;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.Portal;

/// <summary>Asks for a ULN and two names. What was typed goes into a journey, never into an address; the next page asks the register.</summary>
[Does(PolicyAction.FindLearner)]
public sealed class FindLearnerModel(Visit visit, FindJourneys journeys, Texts texts) : PageModel
{
    [BindProperty]
    public string? Uln { get; set; }

    [BindProperty]
    public string? GivenName { get; set; }

    [BindProperty]
    public string? FamilyName { get; set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        foreach (var finding in FindLearner.Check(new(Uln, GivenName, FamilyName)))
        {
            var field = finding.Field == "ULN" ? nameof(Uln) : finding.Field;
            ModelState.AddModelError(field, texts[$"Organisation.Find.{(finding.Rule == FindingRules.Missing ? "No" : "Bad")}{field}"]);
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        var id = await journeys.BeginAsync(visit.Account!.Id, new(Uln!.Trim(), GivenName!.Trim(), FamilyName!.Trim(), null, null), ct);
        return RedirectToPage("/Organisation/FoundLearner", new { id });
    }
}
