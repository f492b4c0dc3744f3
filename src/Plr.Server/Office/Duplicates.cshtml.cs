using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Duplicates;
using Plr.Server.SignIn;

namespace Plr.Server.OfficeSite;

/// <summary>The work list of possible duplicates, heaviest first: ULNs only, so that nobody is shown before somebody means to look.</summary>
[Does(PolicyAction.ReviewDuplicates)]
public sealed class DuplicatesModel(Visit visit, ListPossibleDuplicates list, ListLinks links) : PageModel
{
    private const int AtOnce = 25;

    [BindProperty(SupportsGet = true)]
    public DuplicateState State { get; set; } = DuplicateState.Open;

    /// <summary>Where the page begins: weight and pair, as the page before wrote it.</summary>
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    public IReadOnlyList<PossibleDuplicate> Pairs { get; private set; } = [];

    public string? Next { get; private set; }

    /// <summary>How many proposals wait.</summary>
    public int Waiting { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!ModelState.IsValid || !Enum.IsDefined(State) || !TryRead(After, out var after))
        {
            return NotFound();
        }

        var answer = await list.RunAsync(State, after, AtOnce, visit.Access(), ct);
        (Pairs, Next) = (answer.Pairs, answer.Next is { } next ? string.Create(CultureInfo.InvariantCulture, $"{next.Weight}_{next.Id:N}") : null);
        Waiting = (await links.RunAsync(LinkState.Proposed, visit.Access(), ct)).Count;
        return Page();
    }

    private static bool TryRead(string? text, out DuplicatesPlace? place)
    {
        place = text?.Split('_') is [var weight, var id] && double.TryParse(weight, NumberStyles.Float, CultureInfo.InvariantCulture, out var bits) && Guid.TryParse(id, out var pair)
            ? new(bits, pair)
            : null;
        return text is null || place is not null;
    }
}
