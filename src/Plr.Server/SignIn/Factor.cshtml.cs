using Microsoft.AspNetCore.Mvc;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Core.Responses;
using Plr.Server.AccountSite;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.SignInSite;

/// <summary>The second step of signing in: a code of the app, or a passkey of the account.</summary>
[Does(PolicyAction.GiveFactor)]
public sealed class FactorModel(GiveFactor give, GivePasskey givePasskey, Passkeys passkeys, Visit visit, Texts texts) : CodePage(texts)
{
    private readonly Texts _texts = texts;

    /// <summary>The page that was asked for before signing in.</summary>
    [BindProperty(SupportsGet = true)]
    public string? To { get; set; }

    /// <summary>There is an app, so a code of it is taken, or a recovery code.</summary>
    public bool TakesCode => visit.Account is { HasApp: true };

    public bool TakesPasskey => passkeys.AreOffered && visit.Account is { HasPasskey: true };

    public IActionResult OnGet() => visit.Factor == FactorState.ToGive ? Page() : GoOn();

    /// <summary>What the browser's passkey is asked to sign.</summary>
    public async Task<IActionResult> OnGetAskPasskeyAsync() =>
        visit is { SignedIn: { } signedIn, Factor: FactorState.ToGive } && TakesPasskey ? Content(await passkeys.AskAsync(HttpContext, signedIn), "application/json") : NotFound();

    public async Task<IActionResult> OnPostAsync()
    {
        if (visit.SignedIn is not { } signedIn)
        {
            return NotFound();
        }

        return HasCode() && IsRight(await give.RunAsync(new(Code, signedIn), visit.Access(), HttpContext.RequestAborted) == ResponseCodes.FactorGiven) ? Given(signedIn) : Page();
    }

    /// <param name="credential">What the browser's passkey signed, as JSON.</param>
    public async Task<IActionResult> OnPostPasskeyAsync(string? credential)
    {
        if (visit.SignedIn is not { } signedIn)
        {
            return NotFound();
        }

        var shown = await passkeys.ReadAsync(HttpContext, credential, signedIn);
        if (await givePasskey.RunAsync(new(shown, signedIn), visit.Access(), HttpContext.RequestAborted) == ResponseCodes.FactorGiven)
        {
            return Given(signedIn);
        }

        ModelState.AddModelError("Credential", _texts["SignIn.Passkey.Refused"]);
        return Page();
    }

    /// <summary>Whoever came by a link and has no password yet sets one now.</summary>
    private IActionResult Given(SignedIn signedIn) => signedIn is { ByLink: true, Account: { EmailAddress: not null, PasswordHash: null } } ? RedirectToPage("/SignIn/Password") : GoOn();

    private LocalRedirectResult GoOn() => LocalRedirect(Url.Content("~" + Home.Next(visit.Account!, FactorState.Done, To)));
}
