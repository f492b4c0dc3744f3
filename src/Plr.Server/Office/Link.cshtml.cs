using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Duplicates;
using Plr.Core.Matching;
using Plr.Core.Responses;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.OfficeSite;

/// <summary>A proposal to link or unlink with both learners as they are now; another officer approves or refuses it, who made it withdraws it.</summary>
[Does(PolicyAction.ReviewDuplicates)]
public sealed class LinkModel(Visit visit, ReviewLink review, ApproveLink approve, RefuseLink refuse, WithdrawLink withdraw, Texts texts) : PageModel
{
    [BindProperty]
    public string? Why { get; set; }

    public ReviewedCase Found { get; private set; } = null!;

    public Judgement Judgement { get; private set; } = null!;

    public bool IsOwn => Found.Case.ProposedBy == visit.Account!.Id;

    public bool MayDecide => Policy.MayTry(visit.Roles, PolicyAction.ApproveLink);

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if ((await review.RunAsync(id, visit.Access(), ct)) is not { Case: { } found, Judgement: { } judgement })
        {
            return NotFound();
        }

        (Found, Judgement) = (found, judgement);
        return Page();
    }

    public async Task<IActionResult> OnPostApproveAsync(Guid id, CancellationToken ct) => await AfterAsync(id, await approve.RunAsync(id, visit.Access(), ct), ct);

    public async Task<IActionResult> OnPostWithdrawAsync(Guid id, CancellationToken ct) => await AfterAsync(id, await withdraw.RunAsync(id, visit.Access(), ct), ct);

    public async Task<IActionResult> OnPostRefuseAsync(Guid id, CancellationToken ct)
    {
        var answer = await refuse.RunAsync(id, Why, visit.Access(), ct);
        foreach (var finding in answer.Findings)
        {
            ModelState.AddModelError(nameof(Why), texts[$"Office.Reason.{finding.Rule.Name}", [.. finding.Values]]);
        }

        return answer.Findings.Count > 0 ? await OnGetAsync(id, ct) : await AfterAsync(id, answer.Code, ct);
    }

    /// <summary>The page tells by its state what became of it; what somebody else did meanwhile is said as an error.</summary>
    private async Task<IActionResult> AfterAsync(Guid id, ResponseCode code, CancellationToken ct)
    {
        if (code.Http < StatusCodes.Status400BadRequest)
        {
            return RedirectToPage(new { id });
        }

        if (code != ResponseCodes.StaleVersion && code != ResponseCodes.LinkDecided)
        {
            return StatusCode(code.Http);
        }

        ModelState.AddModelError("", texts[code == ResponseCodes.StaleVersion ? "Office.Link.Stale" : "Codes.LinkDecided"]);
        return await OnGetAsync(id, ct);
    }
}
