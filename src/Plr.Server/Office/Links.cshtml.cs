using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Duplicates;
using Plr.Server.SignIn;

namespace Plr.Server.OfficeSite;

/// <summary>The proposals that wait for another officer.</summary>
[Does(PolicyAction.ReviewDuplicates)]
public sealed class LinksModel(Visit visit, ListLinks list) : PageModel
{
    public IReadOnlyList<LinkCase> Cases { get; private set; } = [];

    public bool IsOwn(LinkCase found) => found.ProposedBy == visit.Account!.Id;

    public async Task OnGetAsync(CancellationToken ct) => Cases = await list.RunAsync(LinkState.Proposed, visit.Access(), ct);
}
