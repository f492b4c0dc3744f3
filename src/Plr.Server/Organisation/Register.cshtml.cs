using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Learners;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.Portal;

/// <summary>The rest of a new learner's details. Those that were searched with are fixed: to change them is to search again.</summary>
[Does(PolicyAction.RegisterLearner)]
public sealed class RegisterModel(Visit visit, FindJourneys journeys, TimeProvider time, Texts texts) : PageModel
{
    [BindProperty]
    public LearnerForm Form { get; set; } = new();

    public Guid Id { get; private set; }

    /// <summary>Whom the search looked for; null when it is over.</summary>
    public LearnerText? Asked { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        var (answers, elsewhere) = await ReadAsync(id, ct);
        if (answers is { Outcome: not null })
        {
            return RedirectToPage("/Organisation/Registered", new { id });
        }

        Form = LearnerForm.Of(answers?.New ?? Asked ?? new());
        return elsewhere ?? Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        var (answers, elsewhere) = await ReadAsync(id, ct);
        if (answers is null || elsewhere is not null)
        {
            return elsewhere ?? Page();
        }

        var learner = Form.ToText() with
        {
            GivenName = Asked!.GivenName,
            FamilyName = Asked.FamilyName,
            DateOfBirth = Asked.DateOfBirth,
            Gender = Asked.Gender,
            LastKnownPostCode = Asked.LastKnownPostCode,
        };
        LearnerForm.Say(ModelState, LearnerRules.Check(learner, DateOnly.FromDateTime(time.GetLocalNow().DateTime), isCreate: true), nameof(Form), texts);
        if (!ModelState.IsValid)
        {
            return Page();
        }

        var next = await journeys.BeginAsync(visit.Account!.Id, answers.Search!.Begin() with { New = learner }, ct);
        return RedirectToPage("/Organisation/RegisterCheck", new { id = next });
    }

    private async Task<(FindAnswers? Answers, IActionResult? Elsewhere)> ReadAsync(Guid id, CancellationToken ct)
    {
        Id = id;
        var answers = await journeys.GetAsync(id, visit.Account!.Id, ct);
        switch (answers)
        {
            case { Search: { } search } when search.IsOne || search.IsTooMany:
                return (answers, RedirectToPage("/Organisation/Matches", new { id }));
            case { Search: { } search }:
                Asked = LearnerForm.TextOf(search.Asked);
                return (answers, null);
            default:
                Response.StatusCode = StatusCodes.Status404NotFound;
                return (null, null);
        }
    }
}
