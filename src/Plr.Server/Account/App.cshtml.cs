using Microsoft.AspNetCore.Mvc;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Core.Responses;
using Plr.Server.SignIn;
using Plr.Server.Web;

namespace Plr.Server.AccountSite;

/// <summary>Sets up an authenticator app, or another in its place, and shows the recovery codes: once, in the answer to the form.</summary>
[Does(PolicyAction.SetUpFactor)]
public sealed class AppModel(SetUpFactor setUp, IFactorStore factors, Visit visit, Settings settings, Texts texts) : CodePage(texts)
{
    private readonly Texts _texts = texts;

    /// <summary>A code of the present app; asked for when there is one.</summary>
    [BindProperty]
    public string? Current { get; set; }

    public bool HasOne => visit.Account?.HasApp is true;

    /// <summary>The session opens nothing else before this is done.</summary>
    public bool IsOwed => visit.Factor == FactorState.ToSetUp;

    public IReadOnlyList<string> RecoveryCodes { get; private set; } = [];

    public (string Path, int Side) Square => QrSquare.Of(TimedCodes.Address(Secret, Languages.IsWelsh ? settings.ServiceNameWelsh : settings.ServiceName, visit.Account!.EmailAddress ?? visit.Account.Name));

    /// <summary>The secret for typing.</summary>
    public string Typed => TimedCodes.Typed(Secret);

    private byte[] Secret => factors.Offer(visit.SignedIn!);

    public void OnGet()
    {
        // The page shows the secret; the form below sends only codes.
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (HasOne && string.IsNullOrWhiteSpace(Current))
        {
            ModelState.AddModelError(nameof(Current), _texts["SignIn.App.Current.Missing"]);
        }

        if (!HasCode() || visit.SignedIn is not { } signedIn)
        {
            return Page();
        }

        var answer = await setUp.RunAsync(new(Current, Code, signedIn), visit.Access(), HttpContext.RequestAborted);
        RecoveryCodes = answer.RecoveryCodes;
        if (answer.Code != ResponseCodes.FactorChanged)
        {
            ModelState.AddModelError(answer.IsCurrentWrong ? nameof(Current) : nameof(Code), _texts[answer.IsCurrentWrong ? "SignIn.Factor.Wrong" : "SignIn.App.Code.Wrong"]);
        }

        return Page();
    }
}
