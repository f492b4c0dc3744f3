using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.LearningEvents;
using Plr.Core.Responses;
using Plr.Core.Sharing;
using Plr.Server.Govuk;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.LearnerSite;

/// <summary>Makes a share longer, shorter or narrower.</summary>
[Does(PolicyAction.ManageOwnShares)]
public sealed class ShareChangeModel(ReviewShares review, ChangeShare change, GetLearningEvents getEvents, Visit visit, TimeProvider time, Texts texts) : PageModel
{
    [BindProperty]
    public DateParts LastDay { get; set; } = new();

    [BindProperty]
    public string? MostViews { get; set; }

    [BindProperty]
    public string? Download { get; set; }

    /// <summary>"yes" to be told of each look.</summary>
    [BindProperty]
    public List<string> Tell { get; set; } = [];

    /// <summary>Whether there is an address to write to.</summary>
    public bool HasAddress => visit.Account!.EmailAddress is not null;

    [BindProperty]
    public List<string> Events { get; set; } = [];

    /// <summary>The version that the form was filled with.</summary>
    [BindProperty]
    public int Version { get; set; }

    public Share Share { get; private set; } = null!;

    /// <summary>What it shows now and may show less of; empty when it shows all.</summary>
    public IReadOnlyList<LearningEvent> Chosen { get; private set; } = [];

    public int Longest => ShareRules.LongestDaysFor(visit.Actor);

    public async Task<IActionResult> OnGetAsync(Guid id)
    {
        if (await ReadAsync(id) is { } elsewhere)
        {
            return elsewhere;
        }

        Fill();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        if (await ReadAsync(id) is { } elsewhere)
        {
            return elsewhere;
        }

        if (LastDay.ToDate() is not { } last)
        {
            ModelState.AddModelError(nameof(LastDay), texts["Sharing.LastDay.Missing"]);
            return Page();
        }

        if (!ShareDays.TryViews(MostViews, out var views))
        {
            ModelState.AddModelError(nameof(MostViews), texts["Sharing.Error", texts["Sharing.Field.MostViews"], texts["Findings.NotBetween", 1, ShareRules.MostViews]]);
            return Page();
        }

        int[] kept = [.. Chosen.Select(learned => learned.Id).Where(number => Events.Contains(number.ToString(CultureInfo.InvariantCulture)))];
        var terms = Share.Terms with { Events = Share.Terms.Events is null ? null : kept, EndsAt = ShareDays.EndOf(last, time), MostViews = views, MayDownload = Download != "no", TellMe = HasAddress && Tell.Contains("yes") };
        var answer = await change.RunAsync(id, visit.OwnUln, Version, terms, visit.Access(), HttpContext.RequestAborted);
        if (answer.Code == ResponseCodes.ShareChanged)
        {
            return RedirectToPage("/Learner/Share", new { id });
        }

        SharePage.Say(ModelState, answer.Findings, texts);
        if (answer.Code == ResponseCodes.ShareChangedMeanwhile)
        {
            // The other change is in the form now, and this one can be made again over it.
            ModelState.Clear();
            Fill();
            ModelState.AddModelError("", texts["Sharing.Meanwhile"]);
        }

        return ModelState.IsValid ? RedirectToPage("/Learner/Share", new { id }) : Page();
    }

    private void Fill()
    {
        LastDay = DateParts.Of(ShareDays.LastOf(Share.Terms.EndsAt, time));
        MostViews = Share.Terms.MostViews?.ToString(CultureInfo.InvariantCulture);
        Download = Share.Terms.MayDownload ? "yes" : "no";
        Tell = Share.Terms.TellMe ? ["yes"] : [];
        Events = [.. Chosen.Select(learned => learned.Id.ToString(CultureInfo.InvariantCulture))];
        Version = Share.Version;
    }

    private async Task<IActionResult?> ReadAsync(Guid id)
    {
        var ct = HttpContext.RequestAborted;
        if (await review.RunAsync(id, visit.OwnUln, visit.Access(), ct) is not { Share: var share })
        {
            return NotFound();
        }

        Share = share;
        if (share.Terms.Events is { } events && (await getEvents.RunAsync(visit.OwnUln, null, visit.Access(), ct)).Record is { } record)
        {
            Chosen = [.. record.Events.Where(learned => events.Contains(learned.Id))];
        }

        return share.EndedAt is null ? null : RedirectToPage("/Learner/Share", new { id });
    }
}
