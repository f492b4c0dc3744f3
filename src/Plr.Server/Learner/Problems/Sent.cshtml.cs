using Microsoft.AspNetCore.Mvc;
using Plr.Core;
using Plr.Core.DataChallenges;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.LearnerSite;

/// <summary>It is sent: the reference, who has it, by when, and what happens next.</summary>
[Does(PolicyAction.ViewChallenge)]
public sealed class SentModel(Visit visit, ViewChallenge view, Texts texts) : ChallengePage(visit, view, texts)
{
    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) => await ReadAsync(id, ct) ?? Page();
}
