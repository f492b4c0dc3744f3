using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Plr.Core;
using Plr.Core.LearningEvents;
using Plr.Core.Sharing;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.LearnerSite;

/// <summary>The first page of a share: which qualifications, and what of them.</summary>
[Does(PolicyAction.ManageOwnShares)]
public sealed class ShareWhatModel(Visit visit, ShareJourneys journeys, GetLearningEvents getEvents, Texts texts) : SharePage(visit, journeys)
{
    private readonly Visit _visit = visit;
    private readonly ShareJourneys _journeys = journeys;

    /// <summary>"all" or "some".</summary>
    [BindProperty]
    public string? What { get; set; }

    [BindProperty]
    public List<string> Events { get; set; } = [];

    [BindProperty]
    public List<string> Fields { get; set; } = [];

    public IReadOnlyList<LearningEvent> Qualifications { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid? id)
    {
        if (await BeginAsync(id) is { } elsewhere)
        {
            return elsewhere;
        }

        What = Answers.IsAll switch { true => "all", false => "some", null => null };
        Events = [.. Answers.Events.Select(chosen => chosen.ToString(CultureInfo.InvariantCulture))];
        Fields = [.. Enum.GetValues<ShareFields>().Where(field => field != ShareFields.None && Answers.Fields.HasFlag(field)).Select(field => field.ToString())];
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid? id)
    {
        if (await BeginAsync(id) is { } elsewhere)
        {
            return elsewhere;
        }

        // Only what is on the record: a form can send anything.
        int[] chosen = [.. Qualifications.Select(learned => learned.Id).Where(number => Events.Contains(number.ToString(CultureInfo.InvariantCulture)))];
        if (What is not ("all" or "some"))
        {
            ModelState.AddModelError(nameof(What), texts["Sharing.What.Missing"]);
        }
        else if (What == "some" && chosen.Length == 0)
        {
            ModelState.AddModelError(nameof(Events), texts["Sharing.Events.Missing"]);
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        var fields = Enum.GetValues<ShareFields>().Where(field => Fields.Contains(field.ToString())).Aggregate(ShareFields.None, (all, field) => all | field);
        var answers = Answers with { IsAll = What == "all", Events = What == "all" ? [] : chosen, Fields = fields };
        if (id is not null)
        {
            return await GoOnAsync(answers);
        }

        var begun = await _journeys.BeginAsync(_visit.Account!.Id, answers, HttpContext.RequestAborted);
        return RedirectToPage(answers.Missing!, new { id = begun });
    }

    private async Task<IActionResult?> BeginAsync(Guid? id)
    {
        if (id is { } journey && await ReadAsync(journey, "/Learner/ShareWhat") is { } elsewhere)
        {
            return elsewhere;
        }

        var answer = await getEvents.RunAsync(_visit.OwnUln, null, _visit.Access(), HttpContext.RequestAborted);
        if (answer.Record is not { } record)
        {
            return NotFound();
        }

        Qualifications = record.Events;
        return null;
    }
}
