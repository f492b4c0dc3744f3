using Microsoft.AspNetCore.Mvc;
using Plr.Core;
using Plr.Core.LearningEvents;
using Plr.Core.Responses;
using Plr.Core.Sharing;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.LearnerSite;

/// <summary>The answers together, and the button that makes the share.</summary>
[Does(PolicyAction.ManageOwnShares)]
public sealed class ShareCheckModel(Visit visit, ShareJourneys journeys, GetLearningEvents getEvents, CreateShare create, TimeProvider time, Texts texts) : SharePage(visit, journeys)
{
    private readonly Visit _visit = visit;
    private readonly ShareJourneys _journeys = journeys;

    /// <summary>Those that were chosen.</summary>
    public IReadOnlyList<LearningEvent> Chosen { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid id) => await BeginAsync(id) ?? Page();

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        if (await BeginAsync(id) is { } elsewhere)
        {
            return elsewhere;
        }

        var answer = await create.RunAsync(_visit.OwnUln, Answers.Terms(time), _visit.Access(), HttpContext.RequestAborted);
        if (answer.Share is { } share)
        {
            await _journeys.UpdateAsync(id, _visit.Account!.Id, Answers with { Made = share.Id }, CancellationToken.None);
            return RedirectToPage("/Learner/Share", new { id = share.Id });
        }

        // A day that was right when it was chosen may be over by now.
        Say(ModelState, answer.Findings, texts);
        if (answer.Findings.Count == 0)
        {
            ModelState.AddModelError("", texts[answer.Code == ResponseCodes.TooManyShares ? "Sharing.TooMany" : "Sharing.NotMade"]);
        }

        return Page();
    }

    private async Task<IActionResult?> BeginAsync(Guid id)
    {
        if (await ReadAsync(id, "/Learner/ShareCheck") is { } elsewhere)
        {
            return elsewhere;
        }

        var answer = await getEvents.RunAsync(_visit.OwnUln, null, _visit.Access(), HttpContext.RequestAborted);
        if (answer.Record is not { } record)
        {
            return NotFound();
        }

        Chosen = [.. record.Events.Where(learned => Answers.Events.Contains(learned.Id))];
        return null;
    }
}
