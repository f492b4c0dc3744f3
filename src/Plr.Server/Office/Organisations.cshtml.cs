using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Organisations;
using Plr.Core.Text;
using Plr.Server.SignIn;

namespace Plr.Server.OfficeSite;

/// <summary>The organisations on the register, by name, a page at a time; searched by part of a name or number.</summary>
[Does(PolicyAction.ManageOrganisations)]
public sealed class OrganisationsModel(IOrganisationStore organisations) : PageModel
{
    /// <summary>On one page.</summary>
    public const int AtOnce = 50;

    private const int MostPages = 100_000;

    [BindProperty(SupportsGet = true)]
    public string? Search { get; set; }

    /// <summary>The page, from 1.</summary>
    [BindProperty(SupportsGet = true)]
    public int Number { get; set; } = 1;

    public int Total { get; private set; }

    public int First => ((Number - 1) * AtOnce) + 1;

    public int Last => First + Shown.Count - 1;

    public IReadOnlyList<Organisation> Shown { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        Number = Math.Clamp(Number, 1, MostPages);
        var search = string.IsNullOrWhiteSpace(Search) || !WireText.IsStorable(Search) ? null : Search.Trim();
        Total = await organisations.CountAsync(search, ct);
        Shown = await organisations.ListAsync(search, (Number - 1) * AtOnce, AtOnce, ct);
    }
}
