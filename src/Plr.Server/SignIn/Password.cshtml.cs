using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Core.Responses;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.SignInSite;

/// <summary>Sets the first password, after a one-time link, or changes it. The person's other sessions end.</summary>
[Does(PolicyAction.ChangePassword)]
public sealed class PasswordModel(ChangePassword change, Visit visit, Texts texts) : PageModel
{
    /// <summary>Asked for when there is one.</summary>
    [BindProperty]
    public string? Current { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    /// <summary>The name to sign in by; without one a password opens nothing.</summary>
    public string? EmailAddress => visit.Account?.EmailAddress;

    public bool IsFirst => visit.Account?.PasswordHash is null;

    /// <summary>Whoever came by a link need not know the password that there was.</summary>
    public bool NeedsCurrent => !IsFirst && visit.SignedIn is { ByLink: false };

    /// <summary>A learner may go on without: the register office can send another link. Nobody is held here who has a password already.</summary>
    public bool CanSkip => !IsFirst || visit.Roles.HasFlag(Roles.Learner);

    public string HomePath => Home.Of(visit.Roles);

    public IActionResult OnGet() => EmailAddress is null ? LocalRedirect(Url.Content("~" + HomePath)) : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (EmailAddress is null || visit.SignedIn is not { } signedIn)
        {
            return NotFound();
        }

        var answer = await change.RunAsync(new(Current, Password, signedIn), visit.Access(), HttpContext.RequestAborted);
        if (answer.Code == ResponseCodes.SignInRefused)
        {
            ModelState.AddModelError(nameof(Current), texts["SignIn.CurrentPassword.Wrong"]);
            return Page();
        }

        if (answer.Findings.Count == 0)
        {
            return RedirectToPage("/SignIn/PasswordSet");
        }

        var values = answer.Findings[0].Values.Select(value => (object)int.Parse(value, CultureInfo.InvariantCulture)).ToArray();
        ModelState.AddModelError(nameof(Password), texts[$"SignIn.NewPassword.{answer.Findings[0].Rule.Name}", values]);
        return Page();
    }
}
