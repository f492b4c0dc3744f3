using Microsoft.AspNetCore.Mvc;
using Plr.Core;
using Plr.Core.DataChallenges;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.LearnerSite;

/// <summary>A qualification that is not on the record: which it is, in one step from the record.</summary>
[Does(PolicyAction.RaiseChallenge)]
public sealed class MissingModel(Visit visit, ProblemJourneys journeys, Texts texts) : ProblemPage(ProblemSteps.Missing, visit, journeys, texts)
{
    [BindProperty]
    public string? Qualification { get; set; }

    [BindProperty]
    public string? AwardingOrganisation { get; set; }

    [BindProperty]
    public string? TakenAt { get; set; }

    [BindProperty]
    public string? TakenIn { get; set; }

    [BindProperty]
    public string? Wanted { get; set; }

    [BindProperty]
    public string? Said { get; set; }

    public async Task<IActionResult> OnGetAsync(Guid? id, CancellationToken ct)
    {
        if (await ReadOrBeginAsync(id, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        (Qualification, AwardingOrganisation, TakenAt, TakenIn) = (Answers!.Missing?.Title, Answers.Missing?.AwardingOrganisation, Answers.Missing?.TakenAt, Answers.Missing?.TakenIn);
        (Wanted, Said) = (Answers.Wanted, Answers.Said);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid? id, CancellationToken ct)
    {
        if (await ReadOrBeginAsync(id, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        var answers = Answers! with { Missing = new(Qualification ?? "", AwardingOrganisation, TakenAt, TakenIn), Wanted = Wanted, Said = Said, HasSaidWords = true };
        Say(
            ChallengeRules.Check(answers.Request(Visit.OwnUln, default)),
            ("Missing.Title", nameof(Qualification), "Problems.Missing.Missing"),
            ("Missing.AwardingOrganisation", nameof(AwardingOrganisation), "Problems.Missing.Missing"),
            ("Missing.TakenAt", nameof(TakenAt), "Problems.Missing.Missing"),
            ("Missing.TakenIn", nameof(TakenIn), "Problems.Missing.Missing"),
            ("Wanted", nameof(Wanted), "Problems.Missing.Missing"),
            ("Said", nameof(Said), "Problems.Missing.Missing"));
        return ModelState.IsValid ? await SaveAsync(answers, ct) : Page();
    }

    private async Task<IActionResult?> ReadOrBeginAsync(Guid? id, CancellationToken ct)
    {
        if (id is { } journey)
        {
            return await ReadAsync(journey, ct);
        }

        Begin(new(ProblemAbout.Missing, null, null));
        return null;
    }
}
