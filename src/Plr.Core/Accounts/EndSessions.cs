using Plr.Core.Responses;

namespace Plr.Core.Accounts;

/// <summary>Ends one of one's own sessions, or all but the present one, at once.</summary>
public sealed class EndSessions(IAccountStore accounts)
{
    /// <summary>Which: null for all but this one.</summary>
    public sealed record Request(Guid? SessionId, SignedIn Session);

    /// <summary>Ends.</summary>
    /// <returns>SessionsEnded, also when it had ended already; or why not.</returns>
    public async Task<ResponseCode> RunAsync(Request request, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.ManageOwnSignIn, Subject.None) is { IsAllowed: false } decision)
        {
            return decision.Refusal!;
        }

        await accounts.EndSessionsAsync(request.Session.Account.Id, request.SessionId, request.Session.SessionId, access, ct);
        return ResponseCodes.SessionsEnded;
    }
}
