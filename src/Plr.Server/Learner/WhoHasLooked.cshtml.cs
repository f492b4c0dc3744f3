using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Audit;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.LearnerSite;

/// <summary>The trail of the learner's own record in plain words. What they did themselves is left out until they ask for it.</summary>
[Does(PolicyAction.ViewOwnAudit)]
public sealed class WhoHasLookedModel(IAuditTrail trail, Visit visit, Texts texts) : PageModel
{
    private const int PageSize = 25;

    public IReadOnlyList<AuditLine> Lines { get; private set; } = [];

    public bool WithOwn { get; private set; }

    /// <summary>From 1.</summary>
    public int Number { get; private set; } = 1;

    public int Pages { get; private set; } = 1;

    public int Total { get; private set; }

    /// <param name="own">"show" for what the learner did too.</param>
    /// <param name="number">The page of the list, from 1.</param>
    public async Task<IActionResult> OnGetAsync(string? own, int number = 1)
    {
        if (number is < 1 or > 1_000_000)
        {
            return NotFound();
        }

        (WithOwn, Number) = (own == "show", number);
        (Lines, Total) = await trail.ReadAsync(visit.OwnUln, (number - 1) * PageSize, PageSize, visit.Access(), WithOwn, ct: HttpContext.RequestAborted);
        Pages = Math.Max(1, (Total + PageSize - 1) / PageSize);
        return number > Pages ? NotFound() : Page();
    }

    /// <summary>Who it was: the learner, an organisation, or the register office.</summary>
    public string Who(AuditLine line) => line switch
    {
        { ActorKind: "learner" } => texts["Audit.You"],
        { Organisation: { } name } => name,
        { ActorKind: "officer" or "register" } => texts["Audit.Office"],
        _ => texts["Audit.Somebody"],
    };
}
