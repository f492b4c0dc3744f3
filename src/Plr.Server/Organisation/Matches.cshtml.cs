using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Learners;
using Plr.Server.SignIn;

namespace Plr.Server.Portal;

/// <summary>What a search by details came to when nobody is exactly the person: possible matches to choose from, nobody, or too many.</summary>
[Does(PolicyAction.FindLearner)]
public sealed class MatchesModel(Visit visit, FindJourneys journeys, SearchLearners search) : PageModel
{
    public Guid Id { get; private set; }

    /// <summary>Null when the search is over or somebody else's.</summary>
    public PersonSearch? Search { get; private set; }

    public bool MayRegister => Policy.MayTry(visit.Roles, PolicyAction.RegisterLearner);

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) => await ReadAsync(id, ct) switch
    {
        null => Over(),
        { IsOne: true } => RedirectToPage("/Organisation/FoundLearner", new { id }),
        _ => Page(),
    };

    /// <summary>Somebody says that this is the person.</summary>
    /// <param name="number">Which of those shown, from 1.</param>
    public async Task<IActionResult> OnPostChooseAsync(Guid id, int number, CancellationToken ct)
    {
        if (await ReadAsync(id, ct) is not { } kept)
        {
            return Over();
        }

        if (number < 1 || number > kept.Found.Count)
        {
            return Page();
        }

        var chosen = await journeys.BeginAsync(visit.Account!.Id, kept.Choose(kept.Found[number - 1]), ct);
        return RedirectToPage("/Organisation/FoundLearner", new { id = chosen });
    }

    /// <summary>Searches once more for the same person.</summary>
    public async Task<IActionResult> OnPostAgainAsync(Guid id, CancellationToken ct)
    {
        if (await ReadAsync(id, ct) is not { } kept)
        {
            return Over();
        }

        var answer = await search.RunAsync(kept.Asked, visit.Access(), ct);
        if (!PersonSearch.IsOutcome(answer.Code))
        {
            return StatusCode(answer.Code.Http);
        }

        var before = await journeys.GetAsync(id, visit.Account!.Id, ct);
        var again = PersonSearch.Of(kept.Asked, answer);
        var next = await journeys.BeginAsync(visit.Account.Id, again.Begin() with { New = before?.New }, ct);
        return RedirectToPage(again.IsOne ? "/Organisation/FoundLearner" : "/Organisation/Matches", new { id = next });
    }

    private async Task<PersonSearch?> ReadAsync(Guid id, CancellationToken ct)
    {
        Id = id;
        return Search = (await journeys.GetAsync(id, visit.Account!.Id, ct))?.Search;
    }

    private PageResult Over()
    {
        Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }
}
