using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core.DataChallenges;
using Plr.Core.Responses;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.LearnerSite;

/// <summary>A page about one problem that was reported. Another learner's is answered as one that does not exist.</summary>
public abstract class ChallengePage(Visit visit, ViewChallenge view, Texts texts) : PageModel
{
    public ChallengeHistory Found { get; private set; } = null!;

    public DataChallenge Problem => Found.Challenge;

    protected Visit Visit => visit;

    protected Texts Texts => texts;

    /// <summary>Reads it; with a result there is none.</summary>
    protected async Task<IActionResult?> ReadAsync(Guid id, CancellationToken ct)
    {
        if (await view.RunAsync(id, visit.Access(), ct) is not { } found)
        {
            return NotFound();
        }

        Found = found;
        return null;
    }

    protected RedirectToPageResult ToChallenge() => RedirectToPage("/Learner/Problems/Problem", new { id = Problem.Id });

    /// <summary>After a step: to the problem; or what was said is not right; or it cannot be done any more, and the problem says how it is now.</summary>
    protected IActionResult After(ChallengeAnswer answer, string property)
    {
        if (answer.Code != ResponseCodes.DetailsIncorrect)
        {
            return ToChallenge();
        }

        var finding = answer.Findings[0];
        ModelState.AddModelError(property, finding.Rule == FindingRules.Missing ? texts["Problems.Said.Missing"] : texts[$"Problems.Error.{finding.Rule.Name}", texts["Problems.Field.Said"], finding.Values[0]]);
        return Page();
    }
}
