using Microsoft.AspNetCore.Mvc;
using Plr.Core;
using Plr.Server.Documents;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.LearnerSite;

/// <summary>The learner chooses what their report is to be, and is given it.</summary>
[Does(PolicyAction.ViewOwnRecord)]
public sealed class ReportModel(Visit visit, MakeReport make, Texts texts) : ReportPage(make, texts)
{
    public void OnGet()
    {
        // The form is all there is.
    }

    public async Task<IActionResult> OnPostAsync() => (await MakeAsync(visit.OwnUln, null, visit.Access())).Result ?? NotFound();
}
