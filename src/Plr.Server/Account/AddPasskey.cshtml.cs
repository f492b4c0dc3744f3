using Microsoft.AspNetCore.Mvc;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Core.Responses;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.AccountSite;

/// <summary>Adds a passkey: first its name and a code or the password, then, in the answer to that, the browser makes it.</summary>
[Does(PolicyAction.ManageOwnSignIn)]
public sealed class AddPasskeyModel(AskForPasskey ask, AddPasskey add, Passkeys passkeys, Visit visit, Dates dates, TimeProvider time, Texts texts) : CodePage(texts)
{
    private readonly Texts _texts = texts;

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    /// <summary>What the owner shows that it is they.</summary>
    public AskForPasskey.Proof Needs => AskForPasskey.Needs(visit.SignedIn!);

    /// <summary>What the browser is asked to make; null before.</summary>
    public string? Asked { get; private set; }

    private string DefaultName => _texts["SignIn.AddPasskey.Name.Default", dates.Day(time.GetUtcNow())];

    public IActionResult OnGet()
    {
        Name = DefaultName;
        return passkeys.AreOffered ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!passkeys.AreOffered)
        {
            return NotFound();
        }

        if (Needs == AskForPasskey.Proof.Password && string.IsNullOrEmpty(Password))
        {
            ModelState.AddModelError(nameof(Password), _texts["SignIn.Password.Missing"]);
        }

        if (Needs == AskForPasskey.Proof.Code && !HasCode())
        {
            return Page();
        }

        if (ModelState.IsValid)
        {
            await AskAsync(visit.SignedIn!);
        }

        return Page();
    }

    /// <param name="credential">What the browser made, as JSON.</param>
    public async Task<IActionResult> OnPostKeepAsync(string? credential)
    {
        var session = visit.SignedIn!;
        var made = await passkeys.ReadNewAsync(HttpContext, session, credential);
        if (await add.RunAsync(new(made, session), visit.Access(), HttpContext.RequestAborted) == ResponseCodes.PasskeyAdded)
        {
            return RedirectToPage("/Account/Security", pageHandler: null, routeValues: null, fragment: "passkeys");
        }

        // From the beginning: what was shown first counted for this one attempt.
        Name = DefaultName;
        ModelState.AddModelError("Credential", _texts["SignIn.Passkey.Refused"]);
        return Page();
    }

    private async Task AskAsync(SignedIn session)
    {
        var answer = await ask.RunAsync(new(Name, Needs == AskForPasskey.Proof.Code ? Code : Password, session), visit.Access(), HttpContext.RequestAborted);
        if (answer.Code == ResponseCodes.PasskeyAllowed)
        {
            Asked = await passkeys.AskForNewAsync(HttpContext, session, answer.Name);
        }
        else if (answer.Code == ResponseCodes.SignInRefused)
        {
            ModelState.AddModelError(nameof(Password), _texts["SignIn.CurrentPassword.Wrong"]);
        }
        else if (answer.Code == ResponseCodes.PasskeysFull)
        {
            ModelState.AddModelError("Credential", _texts["SignIn.AddPasskey.Full", Passkey.Most]);
        }
        else if (answer.Findings.Count > 0)
        {
            ModelState.AddModelError(nameof(Name), _texts["SignIn.AddPasskey.Name.Wrong", AskForPasskey.LongestName]);
        }
        else
        {
            IsRight(false);
        }
    }
}
