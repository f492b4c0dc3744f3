using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Plr.Core;
using Plr.Core.Sharing;
using Plr.Server.Govuk;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.LearnerSite;

/// <summary>The third page of a share: how long, how often, and whether a receipt may be kept.</summary>
[Does(PolicyAction.ManageOwnShares)]
public sealed class ShareHowLongModel(Visit visit, ShareJourneys journeys, TimeProvider time, Texts texts) : SharePage(visit, journeys)
{
    private readonly Visit _visit = visit;

    /// <summary>A number of days, or "date".</summary>
    [BindProperty]
    public string? Long { get; set; }

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
    public bool HasAddress => _visit.Account!.EmailAddress is not null;

    /// <summary>Those that this learner may choose.</summary>
    public IEnumerable<int> Days => ShareRules.Days.Where(days => days <= Longest);

    public int Longest => ShareRules.LongestDaysFor(_visit.Actor);

    public async Task<IActionResult> OnGetAsync(Guid id)
    {
        if (await ReadAsync(id, "/Learner/ShareHowLong") is { } elsewhere)
        {
            return elsewhere;
        }

        if (Answers.LastDay is { } lastDay)
        {
            var days = lastDay.DayNumber - ShareDays.Today(time).DayNumber;
            (Long, LastDay) = Days.Contains(days) ? (days.ToString(CultureInfo.InvariantCulture), new()) : ("date", DateParts.Of(lastDay));
        }

        MostViews = Answers.MostViews?.ToString(CultureInfo.InvariantCulture);
        Download = Answers.MayDownload ? "yes" : "no";
        Tell = Answers.TellMe ? ["yes"] : [];
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        if (await ReadAsync(id, "/Learner/ShareHowLong") is { } elsewhere)
        {
            return elsewhere;
        }

        var last = Last();
        if (!ShareDays.TryViews(MostViews, out var views))
        {
            ModelState.AddModelError(nameof(MostViews), texts["Sharing.Error", texts["Sharing.Field.MostViews"], texts["Findings.NotBetween", 1, ShareRules.MostViews]]);
        }

        var answers = Answers with { LastDay = last, MostViews = views, MayDownload = Download != "no", TellMe = HasAddress && Tell.Contains("yes") };
        if (last is not null)
        {
            Say(ModelState, ShareRules.Check(answers.Terms(time), _visit.Actor, time.GetUtcNow()), texts);
        }

        return ModelState.IsValid ? await GoOnAsync(answers) : Page();
    }

    private DateOnly? Last()
    {
        if (Days.FirstOrDefault(days => days.ToString(CultureInfo.InvariantCulture) == Long) is > 0 and var chosen)
        {
            return ShareDays.Today(time).AddDays(chosen);
        }

        if (Long != "date")
        {
            ModelState.AddModelError(nameof(Long), texts["Sharing.Long.Missing"]);
            return null;
        }

        if (LastDay.ToDate() is not { } date)
        {
            ModelState.AddModelError(nameof(LastDay), texts["Sharing.LastDay.Missing"]);
            return null;
        }

        return date;
    }
}
