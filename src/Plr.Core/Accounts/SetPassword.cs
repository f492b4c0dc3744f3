using Plr.Core.Responses;

namespace Plr.Core.Accounts;

/// <summary>Sets a password by a one-time link and signs in. Other sessions of the account end. There is no other way to a password, and no default one.</summary>
public sealed class SetPassword(IAccountStore accounts, IPasswordHasher hasher, SessionRules sessions, TimeProvider time)
{
    /// <summary>The token that the link carries, and the new password.</summary>
    public sealed record Request(string? Token, string? Password)
    {
        /// <summary>Without token and password: a record's own text would carry them into a log.</summary>
        public override string ToString() => "set password";
    }

    /// <summary>Sets it. A password that is refused does not use the link up.</summary>
    /// <returns>PasswordSet with a session, DetailsIncorrect with findings, or LinkOver.</returns>
    public async Task<SignInAnswer> RunAsync(Request request, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.SignIn, Subject.None) is { IsAllowed: false } decision)
        {
            return SignInAnswer.Refused(decision.Refusal!);
        }

        var (now, token) = (time.GetUtcNow(), Secret.Hash(request.Token));
        // Asked first, so that nobody makes the server hash passwords without a link.
        if (!await accounts.IsInvitationOpenAsync(token, now, ct))
        {
            return SignInAnswer.Refused(ResponseCodes.LinkOver);
        }

        var findings = PasswordRules.Check(request.Password);
        if (findings.Count > 0)
        {
            return new(ResponseCodes.DetailsIncorrect, null, findings);
        }

        var hash = hasher.Hash(PasswordRules.Canonical(request.Password!));
        if (await accounts.UseInvitationAsync(token, now, ct) is not { } account)
        {
            return SignInAnswer.Refused(ResponseCodes.LinkOver);
        }

        await accounts.SetPasswordAsync(account.Id, hash, keepSession: null, access with { Actor = account.Actor }, ct);
        return new(ResponseCodes.PasswordSet, await SessionBegun.BeginAsync(accounts, sessions, account, now, access, ct), []);
    }
}
