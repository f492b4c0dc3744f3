using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Audit;
using Plr.Server.Records;
using Plr.Server.SignIn;

namespace Plr.Server.LearnerSite;

/// <summary>Who looked at the learner's record, how often, since when and what for: each of them once. What the learner did themselves is left out until they ask for it.</summary>
[Does(PolicyAction.ViewOwnAudit)]
public sealed class WhoHasLookedModel(IAuditTrail trail, Visit visit, AuditWords words) : PageModel
{
    private const int PageSize = 25;

    /// <summary>Those of this page.</summary>
    public IReadOnlyList<AuditGroup> Groups { get; private set; } = [];

    public AuditWords Words => words;

    public bool WithOwn { get; private set; }

    /// <summary>From 1.</summary>
    public int Number { get; private set; } = 1;

    public int Pages { get; private set; } = 1;

    public int Total { get; private set; }

    /// <param name="own">"show" for the learner too.</param>
    /// <param name="number">The page of the list, from 1.</param>
    public async Task<IActionResult> OnGetAsync(string? own, int number = 1)
    {
        WithOwn = own == "show";
        var all = await trail.GroupsAsync(visit.OwnUln, visit.Access(), WithOwn, HttpContext.RequestAborted);
        (Total, Number, Pages) = (all.Count, number, Math.Max(1, (all.Count + PageSize - 1) / PageSize));
        if (number < 1 || number > Pages)
        {
            return NotFound();
        }

        Groups = [.. all.Skip((number - 1) * PageSize).Take(PageSize)];
        return Page();
    }
}
