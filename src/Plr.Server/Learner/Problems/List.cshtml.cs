using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.DataChallenges;
using Plr.Server.SignIn;

namespace Plr.Server.LearnerSite;

/// <summary>The problems that the learner reported, and where to report one.</summary>
[Does(PolicyAction.ViewChallenge)]
public sealed class ListModel(Visit visit, ListOwnChallenges list) : PageModel
{
    public IReadOnlyList<DataChallenge> Challenges { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct) => Challenges = await list.RunAsync(visit.OwnUln, visit.Access(), ct);
}
