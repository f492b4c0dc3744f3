using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Learners;
using Plr.Core.Responses;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.Portal;

/// <summary>All answers once more; then the learner is registered, or it is said why not.</summary>
[Does(PolicyAction.RegisterLearner)]
public sealed class RegisterCheckModel(Visit visit, FindJourneys journeys, RegisterLearner register, Texts texts) : PageModel
{
    public Guid Id { get; private set; }

    /// <summary>The learner to register; null when the journey is over.</summary>
    public LearnerText? Learner { get; private set; }

    /// <summary>The name of the code when the search must be made again: somebody has come onto the register since, or it is too long ago.</summary>
    public string? Meanwhile { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        var answers = await ReadAsync(id, ct);
        return Elsewhere(answers) is { } elsewhere ? elsewhere : Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        var answers = await ReadAsync(id, ct);
        if (answers?.New is null || Elsewhere(answers) is not null)
        {
            return Elsewhere(answers) is { } elsewhere ? elsewhere : Page();
        }

        var answer = await register.RunAsync(answers.New, visit.Access(), ct);
        if (answer.Code == ResponseCodes.NotAllowed)
        {
            return StatusCode(answer.Code.Http);
        }

        if (answer is { Findings.Count: 0, Uln: { } uln })
        {
            var registered = answers with { Uln = uln, GivenName = answers.New.GivenName!, FamilyName = answers.New.FamilyName!, Found = uln, Outcome = answer.Code.Name };
            await journeys.UpdateAsync(id, visit.Account!.Id, registered, ct);
            return RedirectToPage("/Organisation/Registered", new { id });
        }

        Refuse(answer);
        return Page();
    }

    private void Refuse(RegisterLearner.Answer answer)
    {
        if (answer.Findings is [{ } finding] && finding.Rule == FindingRules.SearchedJustNow)
        {
            ModelState.AddModelError("", texts["Organisation.Register.TooSoon", [.. finding.Values]]);
        }
        else if (answer.Code == ResponseCodes.PossibleMatches || answer.Code == ResponseCodes.SearchFirst)
        {
            Meanwhile = answer.Code.Name;
        }
        else
        {
            LearnerForm.Say(ModelState, answer.Findings, "Form", texts);
        }
    }

    private async Task<FindAnswers?> ReadAsync(Guid id, CancellationToken ct)
    {
        Id = id;
        var answers = await journeys.GetAsync(id, visit.Account!.Id, ct);
        Learner = answers?.New;
        return answers;
    }

    /// <summary>A learner who is registered is not registered again, and a step that was left out comes first.</summary>
    private RedirectToPageResult? Elsewhere(FindAnswers? answers)
    {
        if (answers is { Outcome: not null })
        {
            return RedirectToPage("/Organisation/Registered", new { id = Id });
        }

        if (answers is { New: null, Search: not null })
        {
            return RedirectToPage("/Organisation/Register", new { id = Id });
        }

        Response.StatusCode = Learner is null ? StatusCodes.Status404NotFound : Response.StatusCode;
        return null;
    }
}
