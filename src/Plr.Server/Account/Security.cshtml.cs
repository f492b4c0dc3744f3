using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Server.SignIn;

namespace Plr.Server.AccountSite;

/// <summary>One's own sign-in: the second step, passkeys, the password, and where one is signed in.</summary>
[Does(PolicyAction.ManageOwnSignIn)]
public sealed class SecurityModel(
    IAccountStore accounts, IFactorStore factors, IPasskeyStore keys, Passkeys passkeys, EndSessions end, SessionRules rules, Visit visit, TimeProvider time) : PageModel
{
    public Account Account => visit.Account!;

    public Guid Own => visit.SignedIn!.SessionId;

    public bool MayTurnOff => !rules.NeedsFactor(Account);

    public int CodesLeft { get; private set; }

    public IReadOnlyList<Passkey> Passkeys { get; private set; } = [];

    public bool MayAddPasskey => passkeys.AreOffered && Passkeys.Count < Passkey.Most;

    /// <summary>Where there are none and none can be made, nothing is said of them.</summary>
    public bool ShowsPasskeys => passkeys.AreOffered || Passkeys.Count > 0;

    public IReadOnlyList<OpenSession> Sessions { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        CodesLeft = await factors.RecoveryCodesLeftAsync(Account.Id, ct);
        Passkeys = await keys.ListAsync(Account.Id, ct);
        Sessions = [.. (await accounts.OpenSessionsAsync(Account.Id, time.GetUtcNow(), ct)).OrderByDescending(session => session.Id == Own)];
    }

    /// <param name="id">Which of one's own sessions; without, all but this one.</param>
    /// <param name="ct">Cancels before the commit only.</param>
    public async Task<IActionResult> OnPostEndAsync(Guid? id, CancellationToken ct)
    {
        // What names no session is not the wish to end all others.
        if (ModelState.IsValid)
        {
            await end.RunAsync(new(id, visit.SignedIn!), visit.Access(), ct);
        }

        return RedirectToPage(pageName: null, pageHandler: null, routeValues: null, fragment: "sessions");
    }
}
