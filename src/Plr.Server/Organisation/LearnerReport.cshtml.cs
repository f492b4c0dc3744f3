using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Plr.Core;
using Plr.Core.Learners;
using Plr.Core.Responses;
using Plr.Server.Documents;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.Portal;

/// <summary>A report of the record of a learner whom a search found, for the purpose that was given for looking at it.</summary>
[Does(PolicyAction.ViewRecord)]
public sealed class LearnerReportModel(Visit visit, FindJourneys journeys, MakeReport make, Texts texts) : ReportPage(make, texts)
{
    private string _found = "";
    private Purpose _purpose;

    public Guid Id { get; private set; }

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        Id = Guid.Parse((string)RouteData.Values["id"]!);
        if (await journeys.GetAsync(Id, visit.Account!.Id, context.HttpContext.RequestAborted) is not { Found: { } found } answers)
        {
            context.Result = NotFound();
            return;
        }

        if (answers.Purpose is not { } purpose)
        {
            // No report without why: the learner's page asks for it.
            context.Result = RedirectToPage("/Organisation/FoundLearner", new { Id });
            return;
        }

        (_found, _purpose) = (found, purpose);
        await next();
    }

    public void OnGet()
    {
        // The form is all there is.
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var (answer, result) = await MakeAsync(Uln.Parse(_found), null, visit.Access(_purpose));
        // The page of the record says in words why it is not shown.
        return result ?? (answer!.Code == ResponseCodes.NotShared ? RedirectToPage("/Organisation/LearnerRecord", new { Id }) : StatusCode(answer.Code.Http));
    }
}
