using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.LearningEvents;
using Plr.Core.Sharing;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.LearnerSite;

/// <summary>One share: what opens it, what it shows, who looked, and how to change or end it.</summary>
[Does(PolicyAction.ManageOwnShares)]
public sealed class ShareModel(ReviewShares review, GetLearningEvents getEvents, Visit visit, Settings settings, TimeProvider time) : PageModel
{
    public OwnShare Own { get; private set; } = null!;

    public Share Share => Own.Share;

    public ShareState State => Share.StateAt(time.GetUtcNow());

    public DateOnly LastDay => ShareDays.LastOf(Share.Terms.EndsAt, time);

    /// <summary>Those that were chosen; null for all.</summary>
    public IReadOnlyList<LearningEvent>? Chosen { get; private set; }

    /// <summary>The page that whoever has the code opens.</summary>
    public string CheckAddress => Address("/check");

    /// <summary>The address that opens the share without a code.</summary>
    public string Link => Address($"/check/link/{Own.Secrets.Link}");

    public (string Path, int Side) Square => QrSquare.Of(Link);

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (await review.RunAsync(id, visit.OwnUln, visit.Access(), ct) is not { } own)
        {
            return NotFound();
        }

        Own = own;
        if (own.Share.Terms.Events is { } events && (await getEvents.RunAsync(visit.OwnUln, null, visit.Access(), ct)).Record is { } record)
        {
            Chosen = [.. record.Events.Where(learned => events.Contains(learned.Id))];
        }

        return Page();
    }

    private string Address(string path) => new Uri(settings.Address(), (Languages.IsWelsh ? Languages.WelshPrefix : "") + path).ToString();
}
