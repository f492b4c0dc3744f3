using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Audit;
using Plr.Server.Records;
using Plr.Server.SignIn;

namespace Plr.Server.LearnerSite;

/// <summary>Every entry of the learner's trail in plain words, or those of one who looked. What they did themselves is left out until they ask for it.</summary>
[Does(PolicyAction.ViewOwnAudit)]
public sealed class LooksModel(IAuditTrail trail, Visit visit, AuditWords words) : PageModel
{
    private const int PageSize = 25;

    public IReadOnlyList<AuditLine> Lines { get; private set; } = [];

    public AuditWords Words => words;

    public bool WithOwn { get; private set; }

    /// <summary>Whose entries these are; null for everybody's.</summary>
    public AuditWho? Of { get; private set; }

    /// <summary>In words.</summary>
    public string? OfWhom { get; private set; }

    /// <summary>From 1.</summary>
    public int Number { get; private set; } = 1;

    public int Pages { get; private set; } = 1;

    public int Total { get; private set; }

    /// <param name="own">"show" for what the learner did too.</param>
    /// <param name="who">The word of one who looked; everybody without it.</param>
    /// <param name="number">The page of the list, from 1.</param>
    public async Task<IActionResult> OnGetAsync(string? own, string? who, int number = 1)
    {
        Of = AuditWho.Parse(who);
        if (number is < 1 or > 1_000_000 || Of is null != string.IsNullOrEmpty(who))
        {
            return NotFound();
        }

        (WithOwn, Number) = (own == "show", number);
        (Lines, Total) = await trail.ReadAsync(visit.OwnUln, (number - 1) * PageSize, PageSize, visit.Access(), WithOwn, who: Of, ct: HttpContext.RequestAborted);
        Pages = Math.Max(1, (Total + PageSize - 1) / PageSize);
        if (number > Pages || (Of is not null && Total == 0))
        {
            return NotFound();
        }

        OfWhom = Of is null ? null : words.Who(Lines[0]);
        return Page();
    }
}
