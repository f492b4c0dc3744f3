using Plr.Core.Responses;

namespace Plr.Core.Accounts;

/// <summary>Suspends or reactivates somebody's account. Whoever is suspended is out at their next request. Nobody suspends themselves: the last officer could.</summary>
public sealed class SuspendAccount(IAccountStore accounts)
{
    /// <summary>Whose account, and what it is to be.</summary>
    public sealed record Request(Guid AccountId, AccountStatus Status);

    /// <summary>Sets the status.</summary>
    /// <returns>AccountChanged, UnknownAccount, or NotAllowed, also for one's own account.</returns>
    public async Task<ResponseCode> RunAsync(Request request, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.ManageAccounts, Subject.None) is { IsAllowed: false } decision)
        {
            return decision.Refusal!;
        }

        if (request.AccountId == access.Actor.AccountId)
        {
            return ResponseCodes.NotAllowed;
        }

        return Enum.IsDefined(request.Status) && await accounts.SetStatusAsync(request.AccountId, request.Status, access, ct)
            ? ResponseCodes.AccountChanged
            : ResponseCodes.UnknownAccount;
    }
}
