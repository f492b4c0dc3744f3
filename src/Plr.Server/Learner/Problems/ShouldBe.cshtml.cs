using Microsoft.AspNetCore.Mvc;
using Plr.Core;
using Plr.Core.DataChallenges;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.LearnerSite;

/// <summary>The second question: what it should be, or what is wrong in the learner's own words.</summary>
[Does(PolicyAction.RaiseChallenge)]
public sealed class ShouldBeModel(Visit visit, ProblemJourneys journeys, Texts texts) : ProblemPage(ProblemSteps.ShouldBe, visit, journeys, texts)
{
    [BindProperty]
    public string? Wanted { get; set; }

    [BindProperty]
    public string? Said { get; set; }

    /// <summary>Whether there is something that it should be instead.</summary>
    public bool HasWanted => Answers?.Type is { } type && ChallengeRules.HasWanted(type);

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        var elsewhere = await ReadAsync(id, ct);
        (Wanted, Said) = (Answers?.Wanted, Answers?.Said);
        return elsewhere ?? Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (await ReadAsync(id, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        var answers = Answers! with { Wanted = HasWanted ? Wanted : null, Said = Said, HasSaidWords = true };
        Say(ChallengeRules.Check(answers.Request(Visit.OwnUln, default)), ("Wanted", nameof(Wanted), $"Problems.Wanted.Missing.{answers.Type}"), ("Said", nameof(Said), "Problems.Said.Missing"));
        return ModelState.IsValid ? await SaveAsync(answers, ct) : Page();
    }
}
