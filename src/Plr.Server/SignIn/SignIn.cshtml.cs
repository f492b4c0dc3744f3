using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.SignInSite;

/// <summary>E-mail address and password, or a passkey; under <c>demo</c> first of all "Who do you want to be?".</summary>
[Does(PolicyAction.SignIn)]
public sealed class SignInModel(
    Core.Accounts.SignIn signIn, SignInByPasskey byPasskey, Passkeys passkeys, IAccountStore accounts, Sessions sessions, Visit visit, Texts texts, IServiceProvider parts) : PageModel
{
    private static readonly string[] Audiences = ["learner", "organisation", "office"];

    [BindProperty]
    public string? EmailAddress { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    /// <summary>The page that was asked for before signing in.</summary>
    [BindProperty(SupportsGet = true)]
    public string? To { get; set; }

    /// <summary>Only the demo has any: whom a visitor can be, in the order of the page.</summary>
    public IReadOnlyList<DemoDoor> Doors => [.. (parts.GetService<DemoDoors>()?.All ?? []).OrderBy(door => Array.IndexOf(Audiences, door.Audience))];

    public bool TakesPasskeys => passkeys.AreOffered;

    public IActionResult OnGet() => visit.Account is { } account ? GoOn(account, visit.Factor) : Page();

    /// <summary>What a passkey is asked to sign: whichever the browser has for us. Not named as the answer is: that page, read again, is to be a page.</summary>
    public async Task<IActionResult> OnGetAskPasskeyAsync() => TakesPasskeys ? Content(await passkeys.AskAsync(HttpContext), "application/json") : NotFound();

    public async Task<IActionResult> OnPostAsync()
    {
        if (string.IsNullOrWhiteSpace(EmailAddress))
        {
            ModelState.AddModelError(nameof(EmailAddress), texts["SignIn.EmailAddress.Missing"]);
        }

        if (string.IsNullOrEmpty(Password))
        {
            ModelState.AddModelError(nameof(Password), texts["SignIn.Password.Missing"]);
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        var answer = await signIn.RunAsync(new(EmailAddress, Password, sessions.Origin(HttpContext)), visit.Access(), HttpContext.RequestAborted);
        if (answer.Session is not { } begun)
        {
            // One message for whatever was wrong, waiting included: nobody learns from it whether the address has an account.
            ModelState.AddModelError(nameof(EmailAddress), texts["SignIn.Refused"]);
            return Page();
        }

        await sessions.KeepAsync(HttpContext, begun);
        return GoOn(begun.Account, begun.Factor);
    }

    /// <param name="credential">What the browser's passkey signed, as JSON.</param>
    public async Task<IActionResult> OnPostPasskeyAsync(string? credential)
    {
        var shown = await passkeys.ReadAsync(HttpContext, credential);
        var answer = await byPasskey.RunAsync(new(shown, sessions.Origin(HttpContext)), visit.Access(), HttpContext.RequestAborted);
        if (answer.Session is not { } begun)
        {
            ModelState.AddModelError(nameof(credential), texts["SignIn.Passkey.Refused"]);
            return Page();
        }

        await sessions.KeepAsync(HttpContext, begun);
        return GoOn(begun.Account, begun.Factor);
    }

    /// <summary>Becomes somebody of the demo. Without the demo's doors there is no such thing.</summary>
    public async Task<IActionResult> OnPostBeAsync(Guid account)
    {
        if (Doors.All(door => door.AccountId != account) || await accounts.GetAsync(account) is not { Status: AccountStatus.Active } chosen)
        {
            return NotFound();
        }

        await sessions.BeginAsync(HttpContext, chosen);
        return GoOn(chosen, FactorState.Done);
    }

    private LocalRedirectResult GoOn(Account account, FactorState factor) => LocalRedirect(Url.Content("~" + Home.Next(account, factor, To)));
}
