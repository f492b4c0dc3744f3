using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Core.Responses;
using Plr.Server.SignIn;

namespace Plr.Server.Portal;

/// <summary>The personal learning record of a learner whom a search found, or in words why it is not shown.</summary>
[Does(PolicyAction.ViewRecord)]
public sealed class LearnerRecordModel(Visit visit, FindJourneys journeys, GetLearningEvents get) : PageModel
{
    public Guid Id { get; private set; }

    public bool IsOver { get; private set; }

    /// <summary>Whether the learner is no longer on the register.</summary>
    public bool IsGone { get; private set; }

    public PersonalLearningRecord? Record { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        Id = id;
        if (await journeys.GetAsync(id, visit.Account!.Id, ct) is not { Found: { } found } answers)
        {
            IsOver = true;
            Response.StatusCode = StatusCodes.Status404NotFound;
            return Page();
        }

        if (answers.Purpose is not { } purpose)
        {
            // No record without why: the learner's page asks for it.
            return RedirectToPage("/Organisation/FoundLearner", new { id });
        }

        var answer = await get.RunAsync(Uln.Parse(found), asOf: null, visit.Access(purpose), ct);
        Record = answer.Record;
        IsGone = answer.Record is null;
        return answer.Code == ResponseCodes.NotShared ? RedirectToPage("/Organisation/NotShared", new { id }) : Page();
    }
}
