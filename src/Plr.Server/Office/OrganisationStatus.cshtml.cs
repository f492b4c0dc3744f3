using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Organisations;
using Plr.Server.SignIn;

namespace Plr.Server.OfficeSite;

/// <summary>Asks whether an organisation is really to be suspended or reactivated, and does it.</summary>
[Does(PolicyAction.ManageOrganisations)]
public sealed class OrganisationStatusModel(Visit visit, IOrganisationStore organisations, SuspendOrganisation suspend) : PageModel
{
    public Organisation Organisation { get; private set; } = null!;

    /// <summary>What it would become.</summary>
    public OrganisationStatus Next => Organisation.Status == OrganisationStatus.Active ? OrganisationStatus.Suspended : OrganisationStatus.Active;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (await organisations.GetAsync(id, ct) is not { } organisation)
        {
            return NotFound();
        }

        Organisation = organisation;
        return Page();
    }

    /// <param name="id">Which.</param>
    /// <param name="next">What the page that was read said it would become: pressing twice does not turn it back.</param>
    /// <param name="ct">Cancels before the commit only.</param>
    public async Task<IActionResult> OnPostAsync(Guid id, [FromForm] OrganisationStatus next, CancellationToken ct)
    {
        var code = await suspend.RunAsync(new(id, next), visit.Access(), ct);
        return code.Http < StatusCodes.Status400BadRequest ? RedirectToPage("/Office/Organisation", new { id }) : StatusCode(code.Http);
    }
}
