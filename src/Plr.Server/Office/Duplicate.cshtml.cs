using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Duplicates;
using Plr.Core.Learners;
using Plr.Core.Matching;
using Plr.Core.Responses;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.OfficeSite;

/// <summary>Two learners side by side, each look with its entry in both trails; an officer proposes to link them, as they were seen.</summary>
[Does(PolicyAction.ReviewDuplicates)]
public sealed class DuplicateModel(Visit visit, ReviewPossibleDuplicate review, ProposeLink propose, Texts texts) : PageModel
{
    /// <summary>The ULN of who stays.</summary>
    [BindProperty]
    public string? Master { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>Each ULN with the version that the page showed.</summary>
    [BindProperty]
    public IReadOnlyList<string> Seen { get; set; } = [];

    public ReviewedPair Pair { get; private set; } = null!;

    public Judgement Judgement { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if ((await review.RunAsync(id, visit.Access(), ct)) is not { Pair: { } pair, Judgement: { } judgement })
        {
            return NotFound();
        }

        (Pair, Judgement) = (pair, judgement);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        var seen = Seen.Select(one => one.Split(' ')).Where(one => one.Length == 2).ToDictionary(one => one[0], one => one[1], StringComparer.Ordinal);
        if (Master is null || !seen.Remove(Master, out var stays) || !Uln.TryParse(Master, out var master))
        {
            ModelState.AddModelError(nameof(Master), texts["Office.Pair.MasterMissing"]);
        }
        else if (LinkReason.Check(Reason) is null)
        {
            var answer = await propose.RunAsync(new(id, master, Version(stays), Version(seen.Values.SingleOrDefault()), Reason), visit.Access(), ct);
            if (answer.Case is { } made)
            {
                return RedirectToPage("/Office/Link", new { id = made });
            }

            if (answer.Code == ResponseCodes.NotAllowed)
            {
                return StatusCode(answer.Code.Http);
            }

            ModelState.AddModelError("", texts[answer.Code == ResponseCodes.StaleVersion ? "Office.Pair.Changed" : $"Codes.{answer.Code.Name}"]);
        }

        if (LinkReason.Check(Reason) is { } finding)
        {
            ModelState.AddModelError(nameof(Reason), texts[$"Office.Reason.{finding.Rule.Name}", [.. finding.Values]]);
        }

        return await OnGetAsync(id, ct);
    }

    private static int Version(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;
}
