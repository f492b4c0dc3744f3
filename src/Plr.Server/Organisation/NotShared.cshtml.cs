using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Server.SignIn;

namespace Plr.Server.Portal;

/// <summary>A learner's record is not shared: what that means and what the organisation can do. Whether the learner opted out or was never asked is not told.</summary>
[Does(PolicyAction.ViewRecord)]
public sealed class NotSharedModel(Visit visit, FindJourneys journeys) : PageModel
{
    public Guid Id { get; private set; }

    public bool IsOver { get; private set; }

    public bool MayUpdate => Policy.MayTry(visit.Roles, PolicyAction.UpdateLearner);

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        Id = id;
        IsOver = await journeys.GetAsync(id, visit.Account!.Id, ct) is not { Found: not null, Purpose: not null };
        Response.StatusCode = IsOver ? StatusCodes.Status404NotFound : Response.StatusCode;
        return Page();
    }
}
