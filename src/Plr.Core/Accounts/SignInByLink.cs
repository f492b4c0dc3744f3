using Plr.Core.Responses;

namespace Plr.Core.Accounts;

/// <summary>Signs somebody in by a one-time link: a learner whom the register office invited, who needs no password. A link takes the password's place, never the second factor's.</summary>
public sealed class SignInByLink(IAccountStore accounts, SessionRules sessions, TimeProvider time)
{
    /// <summary>The token that the link carries.</summary>
    public sealed record Request(string? Token, SessionOrigin? Origin = null)
    {
        /// <summary>Without the token: a record's own text would carry it into a log.</summary>
        public override string ToString() => "sign-in by link";
    }

    /// <summary>Uses the link up and signs in.</summary>
    /// <returns>SignedIn with a session, or LinkOver: used before, over, unknown, or its account or organisation is suspended.</returns>
    public async Task<SignInAnswer> RunAsync(Request request, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.SignIn, Subject.None) is { IsAllowed: false } decision)
        {
            return SignInAnswer.Refused(decision.Refusal!);
        }

        var now = time.GetUtcNow();
        return await accounts.UseInvitationAsync(Secret.Hash(request.Token), now, ct) is { } account
            ? new(ResponseCodes.SignedIn, await SessionBegun.BeginAsync(accounts, sessions, account, now, access, ct, byLink: true, request.Origin), [])
            : SignInAnswer.Refused(ResponseCodes.LinkOver);
    }
}
