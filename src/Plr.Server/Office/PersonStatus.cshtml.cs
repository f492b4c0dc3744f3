using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Server.SignIn;

namespace Plr.Server.OfficeSite;

/// <summary>Asks whether an account is really to be suspended or reactivated, and does it.</summary>
[Does(PolicyAction.ManageAccounts)]
public sealed class PersonStatusModel(Visit visit, IAccountStore accounts, SuspendAccount suspend) : PageModel
{
    public Account Person { get; private set; } = null!;

    /// <summary>What it would become.</summary>
    public AccountStatus Next => Person.Status == AccountStatus.Active ? AccountStatus.Suspended : AccountStatus.Active;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (await accounts.GetAsync(id, ct) is not { Uln: null } person)
        {
            return NotFound();
        }

        Person = person;
        return Page();
    }

    /// <param name="id">Whose.</param>
    /// <param name="next">What the page that was read said it would become: pressing twice does not turn it back.</param>
    /// <param name="ct">Cancels before the commit only.</param>
    public async Task<IActionResult> OnPostAsync(Guid id, [FromForm] AccountStatus next, CancellationToken ct)
    {
        if (await OnGetAsync(id, ct) is NotFoundResult)
        {
            return NotFound();
        }

        var code = await suspend.RunAsync(new(id, next), visit.Access(), ct);
        return code.Http < StatusCodes.Status400BadRequest ? RedirectToPage("/Office/Person", new { id }) : StatusCode(code.Http);
    }
}
