using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Net.Http.Headers;
using Plr.Core;
using Plr.Core.AccessRequests;
using Plr.Server.Documents;
using Plr.Server.SignIn;

namespace Plr.Server.LearnerSite;

/// <summary>The learner takes everything that is held about them.</summary>
[Does(PolicyAction.ViewOwnRecord)]
public sealed class DataModel(GiveHeldData give, HeldDataZip zip, Visit visit) : PageModel
{
    public void OnGet()
    {
        // The button is all there is.
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if ((await give.RunAsync(visit.OwnUln, visit.Access(), ct)).Held is not { } held)
        {
            return NotFound();
        }

        Response.ContentType = "application/zip";
        Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = HeldDataZip.Name }.ToString();
        await zip.WriteAsync(Response.Body, visit.OwnUln, held, visit.Access(), ct);
        return new EmptyResult();
    }
}
