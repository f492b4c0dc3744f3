using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Duplicates;
using Plr.Core.Responses;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.OfficeSite;

/// <summary>Asks whether a pair is really two persons, and marks it so for good.</summary>
[Does(PolicyAction.MarkNotSamePerson)]
public sealed class TellApartModel(Visit visit, MarkNotSamePerson mark, Texts texts) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public void OnGet()
    {
        // The question is all there is.
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var code = await mark.RunAsync(Id, visit.Access(), ct);
        if (code != ResponseCodes.PairNotOpen)
        {
            return code == ResponseCodes.ToldApart ? RedirectToPage("/Office/Duplicates") : StatusCode(code.Http);
        }

        ModelState.AddModelError("", texts["Codes.PairNotOpen"]);
        return Page();
    }
}
