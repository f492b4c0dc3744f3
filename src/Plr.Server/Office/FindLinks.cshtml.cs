using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Duplicates;
using Plr.Core.Responses;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.OfficeSite;

/// <summary>Whom a ULN leads to and who else leads there; an officer proposes to unlink one of them, as they were seen. The ULN is in no address.</summary>
[Does(PolicyAction.ReviewDuplicates)]
public sealed class FindLinksModel(Visit visit, ViewLinks view, ProposeUnlink propose, Texts texts) : PageModel
{
    [BindProperty]
    public string? Uln { get; set; }

    /// <summary>The ULN of who is to be their own again.</summary>
    [BindProperty]
    public string? Other { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>Each ULN with the version that the page showed, and the master's ULN if there is one.</summary>
    [BindProperty]
    public IReadOnlyList<string> Seen { get; set; } = [];

    public LinkedLearners? Found { get; private set; }

    public void OnGet()
    {
        // The form is all there is.
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var answer = await view.RunAsync(Uln, visit.Access(), ct);
        Found = answer.Found;
        if (Found is null)
        {
            ModelState.AddModelError(nameof(Uln), texts[answer.Code == ResponseCodes.UlnNotFound ? "Office.MakeReport.NotFound" : "Office.MakeReport.NotAUln"]);
        }

        return Page();
    }

    public async Task<IActionResult> OnPostUnlinkAsync(CancellationToken ct)
    {
        var seen = Seen.Select(one => one.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(one => one.Length > 1).ToDictionary(one => one[0], StringComparer.Ordinal);
        if (Other is null || !seen.TryGetValue(Other, out var chosen) || chosen.Length != 3 || !Core.Learners.Uln.TryParse(Other, out var other))
        {
            ModelState.AddModelError(nameof(Other), texts["Office.FindLinks.WhichMissing"]);
        }
        else if (LinkReason.Check(Reason) is null)
        {
            var answer = await propose.RunAsync(new(other, Version(chosen[1]), Version(seen.GetValueOrDefault(chosen[2])?[1]), Reason), visit.Access(), ct);
            if (answer.Case is { } made)
            {
                return RedirectToPage("/Office/Link", new { id = made });
            }

            ModelState.AddModelError("", texts[answer.Code == ResponseCodes.StaleVersion ? "Office.Pair.Changed" : $"Codes.{answer.Code.Name}"]);
        }

        if (LinkReason.Check(Reason) is { } finding)
        {
            ModelState.AddModelError(nameof(Reason), texts[$"Office.Reason.{finding.Rule.Name}", [.. finding.Values]]);
        }

        Found = (await view.RunAsync(Uln, visit.Access(), ct)).Found;
        return Page();
    }

    private static int Version(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;
}
