using Microsoft.AspNetCore.Mvc;
using Plr.Core;
using Plr.Core.Sharing;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.LearnerSite;

/// <summary>The second page of a share: for whom and what for.</summary>
[Does(PolicyAction.ManageOwnShares)]
public sealed class ShareForWhomModel(Visit visit, ShareJourneys journeys, Texts texts) : SharePage(visit, journeys)
{
    /// <summary>"anyone" or "named".</summary>
    [BindProperty]
    public string? Who { get; set; }

    [BindProperty]
    public string? ForWhom { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public async Task<IActionResult> OnGetAsync(Guid id)
    {
        if (await ReadAsync(id, "/Learner/ShareForWhom") is { } elsewhere)
        {
            return elsewhere;
        }

        (Who, ForWhom, Reason) = (Answers.IsForAnyone switch { true => "anyone", false => "named", null => null }, Answers.ForWhom, Answers.Reason);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        if (await ReadAsync(id, "/Learner/ShareForWhom") is { } elsewhere)
        {
            return elsewhere;
        }

        if (Who is not ("anyone" or "named"))
        {
            ModelState.AddModelError(nameof(Who), texts["Sharing.Who.Missing"]);
        }
        else if (Who == "named" && string.IsNullOrWhiteSpace(ForWhom))
        {
            ModelState.AddModelError(nameof(ForWhom), texts["Sharing.ForWhom.Missing"]);
        }

        Say(ModelState, Who == "named" ? ShareRules.CheckText("ForWhom", ForWhom) : [], texts);
        Say(ModelState, ShareRules.CheckText("Reason", Reason), texts);
        return ModelState.IsValid ? await GoOnAsync(Answers with { IsForAnyone = Who == "anyone", ForWhom = Who == "named" ? ForWhom!.Trim() : null, Reason = Reason?.Trim() }) : Page();
    }
}
