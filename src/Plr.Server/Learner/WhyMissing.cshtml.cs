using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Organisations;
using Plr.Core.Text;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.LearnerSite;

/// <summary>
/// Why something may be missing, from what the register has: since when results are held, and what an awarding organisation has sent. Nothing of the
/// learner is read.
/// </summary>
[Does(PolicyAction.ViewOwnRecord)]
public sealed class WhyMissingModel(IOrganisationStore organisations, Texts texts, Dates dates, TimeProvider time) : PageModel
{
    /// <summary>On the page.</summary>
    public const int Most = 10;

    /// <summary>A part of the name or number of the awarding organisation that the learner asks about.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Awarding { get; set; }

    /// <summary>Those that were found; null when nothing was asked.</summary>
    public IReadOnlyList<ResultsSent>? Found { get; private set; }

    public bool HasMore { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(Awarding))
        {
            return;
        }

        var found = WireText.IsStorable(Awarding) ? await organisations.AwardingAsync(Awarding.Trim(), Most + 1, ct) : [];
        (Found, HasMore) = ([.. found.Take(Most)], found.Count > Most);
    }

    /// <summary>What it has sent.</summary>
    public string WhatItSent(ResultsSent sent) => sent switch
    {
        { First: { } first, Last: { } last } when first < last => texts["MyRecord.Missing.Sent", $"{first}", $"{last}"],
        { First: { } only } => texts["MyRecord.Missing.SentOne", $"{only}"],
        _ => texts["MyRecord.Missing.NotSent"],
    };

    /// <summary>Since when it awards no regulated qualifications any more; null while it does.</summary>
    public string? Ended(ResultsSent sent) =>
        sent.Organisation.RecognisedTo is { } last && last < DateOnly.FromDateTime(time.GetLocalNow().DateTime) ? texts["MyRecord.Missing.Ended", dates.Day(last)] : null;
}
