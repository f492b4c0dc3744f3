using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Server.SignIn;

namespace Plr.Server.OfficeSite;

/// <summary>The people of the register office. Whoever reads this is one of them, so the list is never empty.</summary>
[Does(PolicyAction.ManageAccounts)]
public sealed class PeopleModel(IAccountStore accounts) : PageModel
{
    private const int Most = 500;

    public IReadOnlyList<Account> Officers { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct) => Officers = await accounts.ListAsync(null, 0, Most, ct);
}
