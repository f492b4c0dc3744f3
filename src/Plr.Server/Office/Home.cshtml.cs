using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Core.Duplicates;
using Plr.Core.Organisations;
using Plr.Core.Qualifications;
using Plr.Server.SignIn;

namespace Plr.Server.OfficeSite;

/// <summary>What the register holds, in counts, and the ways to it that this officer has.</summary>
[Does(PolicyAction.UseOffice)]
public sealed class HomeModel(Visit visit, IOrganisationStore organisations, IAccountStore accounts, IQualificationStore qualifications, IDuplicateStore duplicates)
    : PageModel
{
    /// <summary>By the name of the texts: the page, when this officer may open it, and how many there are.</summary>
    public IReadOnlyList<(string Name, string? Page, int? Count)> Doors { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct) => Doors =
    [
        ("Organisations", PageFor("/Office/Organisations", PolicyAction.ManageOrganisations), await organisations.CountAsync(null, ct)),
        ("People", PageFor("/Office/People", PolicyAction.ManageAccounts), await accounts.CountPeopleAsync(ct)),
        ("Qualifications", null, await qualifications.CountAsync(ct)),
        ("Duplicates", PageFor("/Office/Duplicates", PolicyAction.ReviewDuplicates), await duplicates.CountAsync(DuplicateState.Open, visit.Access(), ct)),
        ("Reports", PageFor("/Office/Reports", PolicyAction.ConfirmReport), null),
        ("Trail", PageFor("/Office/Trail", PolicyAction.CheckTrail), null),
    ];

    private string? PageFor(string page, PolicyAction action) => Policy.MayTry(visit.Roles, action) ? page : null;
}
