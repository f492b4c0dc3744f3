using Plr.Core.Responses;

namespace Plr.Core.Accounts;

/// <summary>Removes one of one's own passkeys. It takes no code: what it leaves opens no more than before, and whoever has lost a device is to be quick.</summary>
public sealed class RemovePasskey(IPasskeyStore passkeys, SessionRules rules, TimeProvider time)
{
    /// <summary>Which, and where.</summary>
    public sealed record Request(Guid PasskeyId, SignedIn Session);

    /// <summary>Removes.</summary>
    /// <returns>PasskeyRemoved; NothingChanged when there is none; FactorNeeded when it is the only second factor of somebody who must have one; or why not.</returns>
    public async Task<ResponseCode> RunAsync(Request request, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.ManageOwnSignIn, Subject.None) is { IsAllowed: false } decision)
        {
            return decision.Refusal!;
        }

        var account = request.Session.Account;
        if (!account.HasApp && rules.NeedsFactor(account) && (await passkeys.ListAsync(account.Id, ct)).Count < 2)
        {
            return ResponseCodes.FactorNeeded;
        }

        return await passkeys.RemoveAsync(account.Id, request.PasskeyId, time.GetUtcNow(), access, ct) ? ResponseCodes.PasskeyRemoved : ResponseCodes.NothingChanged;
    }
}
