using Microsoft.AspNetCore.Mvc;
using Plr.Core;
using Plr.Core.DataChallenges;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.LearnerSite;

/// <summary>Asks the register office to look again at what was refused.</summary>
[Does(PolicyAction.RaiseChallenge)]
public sealed class ReviewModel(Visit visit, ViewChallenge view, AskForReview ask, Texts texts) : ChallengePage(visit, view, texts)
{
    [BindProperty]
    public string? Said { get; set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) =>
        await ReadAsync(id, ct) ?? (Problem is { State: ChallengeState.Rejected, IsReviewed: false } ? Page() : ToChallenge());

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct) => await ReadAsync(id, ct) ?? After(await ask.RunAsync(id, Said, Visit.Access(), ct), nameof(Said));
}
