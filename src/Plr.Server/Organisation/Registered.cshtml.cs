using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Learners;
using Plr.Server.SignIn;

namespace Plr.Server.Portal;

/// <summary>The ULN of the learner who was registered, or who turned out to be on the register already.</summary>
[Does(PolicyAction.RegisterLearner)]
public sealed class RegisteredModel(Visit visit, FindJourneys journeys) : PageModel
{
    public Guid Id { get; private set; }

    public FindAnswers? Answers { get; private set; }

    public Uln? Uln { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        Id = id;
        Answers = await journeys.GetAsync(id, visit.Account!.Id, ct) is { Outcome: not null } answers ? answers : null;
        Uln = Answers is null ? null : Core.Learners.Uln.Parse(Answers.Uln);
        Response.StatusCode = Answers is null ? StatusCodes.Status404NotFound : Response.StatusCode;
        return Page();
    }
}
