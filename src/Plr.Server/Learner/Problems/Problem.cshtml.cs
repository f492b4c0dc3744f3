using Microsoft.AspNetCore.Mvc;
using Plr.Core;
using Plr.Core.DataChallenges;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.LearnerSite;

/// <summary>One problem that was reported: how far it is, what was said, what happened, and what the learner can do now.</summary>
[Does(PolicyAction.ViewChallenge)]
public sealed class ProblemModel(Visit visit, ViewChallenge view, Texts texts, EvidenceLimits limits) : ChallengePage(visit, view, texts)
{
    /// <summary>What the learner was asked and has not answered.</summary>
    public string? Asked => Problem.State == ChallengeState.MoreInformationWanted ? Found.Steps.LastOrDefault(step => step.Deed == ChallengeDeed.InformationAsked)?.Said : null;

    /// <summary>The last day to answer it.</summary>
    public DateOnly? AnswerBy => Problem.State == ChallengeState.MoreInformationWanted ? Problem.NextOn?.AddDays(-1) : null;

    /// <summary>Whether the learner can ask for a review.</summary>
    public bool CanBeReviewed => Problem is { State: ChallengeState.Rejected, IsReviewed: false };

    public bool CanHaveMoreFiles => Problem.IsOpen && Found.Evidence.Count < limits.Most;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) => await ReadAsync(id, ct) ?? Page();
}
