using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.DataChallenges;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.LearnerSite;

/// <summary>A file of evidence, to be saved: never shown within the site, and where something opens it all the same, in a sandbox.</summary>
[Does(PolicyAction.ViewChallenge)]
public sealed class EvidenceFileModel(Visit visit, ViewEvidence view) : PageModel
{
    public async Task<IActionResult> OnGetAsync(Guid id, Guid file, CancellationToken ct)
    {
        if (await view.RunAsync(id, file, visit.Access(), ct) is not { } found)
        {
            return NotFound();
        }

        SecurityHeaders.Sandbox(HttpContext);
        return File(found.Content, found.Evidence.Kind.MediaType(), found.Evidence.Name);
    }
}
