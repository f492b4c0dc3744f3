using Microsoft.AspNetCore.Mvc;
using Plr.Core;
using Plr.Core.DataChallenges;
using Plr.Core.LearningEvents;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.LearnerSite;

/// <summary>The first question: what is wrong. From a qualification's page (<c>?event=</c>) or from the details (<c>?about=details</c>).</summary>
[Does(PolicyAction.RaiseChallenge)]
public sealed class WhatModel(Visit visit, ProblemJourneys journeys, GetLearningEvent getEvent, Texts texts) : ProblemPage(ProblemSteps.What, visit, journeys, texts)
{
    private static readonly ChallengeType[] OfQualifications =
    [
        ChallengeType.WrongGrade, ChallengeType.WrongDate, ChallengeType.WrongQualification, ChallengeType.WrongProvider, ChallengeType.AppearsMoreThanOnce,
        ChallengeType.NotThisLearners, ChallengeType.Other,
    ];

    private static readonly ChallengeType[] OfDetails = [ChallengeType.WrongDetails, ChallengeType.DuplicateUln];

    [BindProperty]
    public string? Type { get; set; }

    public IReadOnlyList<ChallengeType> Types => Answers!.About == ProblemAbout.Details ? OfDetails : OfQualifications;

    public async Task<IActionResult> OnGetAsync(Guid? id, [FromQuery(Name = "event")] int? eventId, string? about, CancellationToken ct)
    {
        var elsewhere = await ReadOrBeginAsync(id, eventId, about, ct);
        Type = Answers?.Type?.ToString();
        return elsewhere ?? Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid? id, [FromQuery(Name = "event")] int? eventId, string? about, CancellationToken ct)
    {
        if (await ReadOrBeginAsync(id, eventId, about, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        if (Types.FirstOrDefault(type => type.ToString() == Type) is var chosen && chosen == default)
        {
            ModelState.AddModelError(nameof(Type), Texts["Problems.What.Missing"]);
            return Page();
        }

        return await SaveAsync(Answers!.OfType(chosen), ct);
    }

    private async Task<IActionResult?> ReadOrBeginAsync(Guid? id, int? eventId, string? about, CancellationToken ct)
    {
        if (id is { } journey)
        {
            return await ReadAsync(journey, ct);
        }

        if (eventId is { } wanted)
        {
            if (await getEvent.RunAsync(Visit.OwnUln, wanted, Visit.Access(), ct) is not { } found)
            {
                return NotFound();
            }

            Begin(new(ProblemAbout.Qualification, wanted, found.Event.Facts.Subject));
            return null;
        }

        if (about != "details")
        {
            return RedirectToPage("/Learner/Problems/List");
        }

        Begin(new(ProblemAbout.Details, null, null));
        return null;
    }
}
