using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Learners;
using Plr.Core.Responses;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.Portal;

/// <summary>What a search led to; each has its title.</summary>
public enum FoundState
{
    Found,
    Merged,
    NoMatch,
    Over,
}

/// <summary>The learner whom a search found, asked from the register each time the page is opened: each leaves its entry in the learner's trail.</summary>
[Does(PolicyAction.FindLearner)]
public sealed class FoundLearnerModel(Visit visit, FindJourneys journeys, FindLearner find, Texts texts) : PageModel
{
    [BindProperty]
    public string? Purpose { get; set; }

    public FoundState State { get; private set; }

    public Learner? Learner { get; private set; }

    /// <summary>The ULN that was asked for.</summary>
    public string AskedFor { get; private set; } = "";

    public Guid Id { get; private set; }

    /// <summary>The search by details that led here, if one did.</summary>
    public PersonSearch? Search { get; private set; }

    /// <summary>The name of the code of a change that was just carried out; said once.</summary>
    public string? Saved { get; private set; }

    public bool MayUpdate => Policy.MayTry(visit.Roles, PolicyAction.UpdateLearner);

    public bool MayViewRecord => Policy.MayTry(visit.Roles, PolicyAction.ViewRecord);

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        Id = id;
        if (await journeys.GetAsync(id, visit.Account!.Id, ct) is not { } answers)
        {
            // Somebody else's looks like one that is over: nothing is told of it.
            State = FoundState.Over;
            Response.StatusCode = StatusCodes.Status404NotFound;
            return Page();
        }

        (Search, Saved) = (answers.Search, answers.Saved);
        if (answers.Uln.Length == 0)
        {
            // A search by details that found nobody who is the person: its own page says so.
            return RedirectToPage("/Organisation/Matches", new { id });
        }

        var answer = await find.RunAsync(new(answers.Uln, answers.GivenName, answers.FamilyName), visit.Access(), ct);
        Learner = answer.Learner;
        State = (answer.Learner, answer.Code == ResponseCodes.MasterSubstituted) switch { (null, _) => FoundState.NoMatch, (_, true) => FoundState.Merged, _ => FoundState.Found };
        AskedFor = Uln.TryParseTyped(answers.Uln, out var uln) ? uln.ToDisplayString() : "";
        await journeys.UpdateAsync(id, visit.Account.Id, answers with { Found = Learner?.Uln.ToString(), Saved = null }, ct);
        return Page();
    }

    /// <summary>Why the record is wanted; then on to it.</summary>
    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (await journeys.GetAsync(id, visit.Account!.Id, ct) is not { Found: not null } answers)
        {
            State = FoundState.Over;
            Response.StatusCode = StatusCodes.Status404NotFound;
            return Page();
        }

        if (Purpose is not (nameof(Core.Purpose.Enrolment) or nameof(Core.Purpose.AdviceAndGuidance)))
        {
            ModelState.AddModelError(nameof(Purpose), texts["Organisation.Purpose.Missing"]);
            return await OnGetAsync(id, ct);
        }

        await journeys.UpdateAsync(id, visit.Account.Id, answers with { Purpose = Enum.Parse<Purpose>(Purpose) }, ct);
        return RedirectToPage("/Organisation/LearnerRecord", new { id });
    }
}
