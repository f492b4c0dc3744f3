using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Learners;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.Portal;

/// <summary>Asks for a person's details and searches the register once; what came of it is kept in the journey and the next page shows it.</summary>
[Does(PolicyAction.FindLearner)]
public sealed class FindByDetailsModel(Visit visit, FindJourneys journeys, SearchLearners search, Texts texts) : PageModel
{
    [BindProperty]
    public LearnerForm Form { get; set; } = new();

    /// <summary>With the details of an earlier search, to change or complete them.</summary>
    public async Task OnGetAsync(Guid? id, CancellationToken ct)
    {
        if (id is { } journey && await journeys.GetAsync(journey, visit.Account!.Id, ct) is { Search: { } earlier })
        {
            Form = LearnerForm.Of(LearnerForm.TextOf(earlier.Asked));
        }
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var asked = Form.ToSearch();
        var answer = await search.RunAsync(asked, visit.Access(), ct);
        if (answer.Findings.Count > 0)
        {
            LearnerForm.Say(ModelState, answer.Findings, nameof(Form), texts);
            return Page();
        }

        if (!PersonSearch.IsOutcome(answer.Code))
        {
            return StatusCode(answer.Code.Http);
        }

        var found = PersonSearch.Of(asked, answer);
        var id = await journeys.BeginAsync(visit.Account!.Id, found.Begin(), ct);
        return RedirectToPage(found.IsOne ? "/Organisation/FoundLearner" : "/Organisation/Matches", new { id });
    }
}
