using Microsoft.AspNetCore.Mvc;
using Plr.Core;
using Plr.Core.DataChallenges;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.LearnerSite;

/// <summary>The learner answers what they were asked.</summary>
[Does(PolicyAction.RaiseChallenge)]
public sealed class InformationModel(Visit visit, ViewChallenge view, GiveInformation give, Texts texts) : ChallengePage(visit, view, texts)
{
    [BindProperty]
    public string? Said { get; set; }

    /// <summary>What they were asked.</summary>
    public string? Asked => Found.Steps.LastOrDefault(step => step.Deed == ChallengeDeed.InformationAsked)?.Said;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) =>
        await ReadAsync(id, ct) ?? (Problem.State == ChallengeState.MoreInformationWanted ? Page() : ToChallenge());

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct) => await ReadAsync(id, ct) ?? After(await give.RunAsync(id, Said, Visit.Access(), ct), nameof(Said));
}
