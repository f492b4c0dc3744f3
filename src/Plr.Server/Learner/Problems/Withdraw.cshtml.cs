using Microsoft.AspNetCore.Mvc;
using Plr.Core;
using Plr.Core.DataChallenges;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.LearnerSite;

/// <summary>Takes a report back, after the learner was asked whether they mean it.</summary>
[Does(PolicyAction.RaiseChallenge)]
public sealed class WithdrawModel(Visit visit, ViewChallenge view, WithdrawChallenge withdraw, Texts texts) : ChallengePage(visit, view, texts)
{
    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) => await ReadAsync(id, ct) ?? (Problem.IsOpen ? Page() : ToChallenge());

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (await ReadAsync(id, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        await withdraw.RunAsync(id, Visit.Access(), ct);
        return ToChallenge();
    }
}
