using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core.Responses;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.LearnerSite;

/// <summary>One page of the journey of reporting a problem.</summary>
/// <param name="step">The page's own name among <see cref="ProblemSteps"/>.</param>
public abstract class ProblemPage(string step, Visit visit, ProblemJourneys journeys, Texts texts) : PageModel
{
    private static readonly string[] Longer = [nameof(FindingRules.TooLong), nameof(FindingRules.BadCharacters)];

    public Guid Id { get; private set; }

    /// <summary>What was said so far; null when the journey is over.</summary>
    public ProblemAnswers? Answers { get; private set; }

    /// <summary>Where the back link goes: to all answers for who came from there to change one.</summary>
    public string? Back => Answers is null ? Url.Page("/Learner/Problems/List")
        : Request.Query.ContainsKey("change") ? Url.Page(ProblemSteps.Check, new { id = Id })
        : ProblemSteps.Before(step, Answers) is { } before ? Url.Page(before, new { id = Id })
        : Answers.EventId is { } eventId ? Url.Page("/Learner/Qualification", new { id = eventId })
        : Url.Page(Answers.About == ProblemAbout.Details ? "/Learner/Details" : "/Learner/Record");

    protected Visit Visit => visit;

    protected Texts Texts => texts;

    protected Guid AccountId => visit.Account!.Id;

    /// <summary>Reads the answers; with a result the page is not for now: it was sent, something before it is not answered, or the journey is over.</summary>
    protected async Task<IActionResult?> ReadAsync(Guid id, CancellationToken ct)
    {
        Id = id;
        Answers = await journeys.GetAsync(id, AccountId, ct);
        if (Answers is null)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return Page();
        }

        return Answers.Challenge is { } sent ? RedirectToPage("/Learner/Problems/Problem", new { id = sent })
            : ProblemSteps.IsOpen(step, Answers) ? null
            : RedirectToPage(ProblemSteps.Next(Answers), new { id });
    }

    /// <summary>A journey that begins here.</summary>
    protected void Begin(ProblemAnswers answers) => Answers = answers;

    /// <summary>Keeps the answers and goes on to what is not answered yet; then to all answers.</summary>
    protected async Task<IActionResult> SaveAsync(ProblemAnswers answers, CancellationToken ct)
    {
        if (Id == Guid.Empty)
        {
            Id = await journeys.BeginAsync(AccountId, answers, ct);
        }
        else
        {
            await KeepAsync(answers, ct);
        }

        return RedirectToPage(ProblemSteps.Next(answers), new { id = Id });
    }

    protected Task<bool> KeepAsync(ProblemAnswers answers, CancellationToken ct) => journeys.UpdateAsync(Id, AccountId, answers, ct);

    /// <summary>Says of the findings about these fields what is wrong, each at its field.</summary>
    protected void Say(IEnumerable<Finding> findings, params (string Field, string Property, string Missing)[] fields)
    {
        foreach (var finding in findings)
        {
            if (fields.FirstOrDefault(field => field.Field == finding.Field) is { Property: { } property, Missing: var missing })
            {
                ModelState.AddModelError(
                    property,
                    Longer.Contains(finding.Rule.Name) ? texts[$"Problems.Error.{finding.Rule.Name}", texts[$"Problems.Field.{property}"], finding.Values[0]] : texts[missing]);
            }
        }
    }
}
