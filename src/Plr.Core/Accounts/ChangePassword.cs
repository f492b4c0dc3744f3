using Plr.Core.Responses;

namespace Plr.Core.Accounts;

/// <summary>What the service is called, in each language: nobody's password.</summary>
public sealed record ServiceNames(IReadOnlyList<string> All);

/// <summary>
/// Sets the first password of whoever is signed in, or changes it: then the current one is asked for, with the waiting of <see cref="SignIn"/>, so
/// that an open session alone is not enough; only one that a link began needs none. Their other sessions end, and links that were not used too.
/// </summary>
public sealed class ChangePassword(IAccountStore accounts, IPasswordHasher hasher, ServiceNames names, TimeProvider time)
{
    /// <summary>The current password, if there is one; the new one (<see cref="PasswordRules"/>); and the session that goes on.</summary>
    public sealed record Request(string? Current, string? Password, SignedIn Session)
    {
        /// <summary>Without the password: a record's own text would carry it into a log.</summary>
        public override string ToString() => "change password";
    }

    /// <summary>What the register answers: PasswordSet, DetailsIncorrect with findings, or why not.</summary>
    public sealed record Answer(ResponseCode Code, IReadOnlyList<Finding> Findings);

    /// <summary>Changes it.</summary>
    public async Task<Answer> RunAsync(Request request, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.ChangePassword, Subject.None) is { IsAllowed: false } decision)
        {
            return new(decision.Refusal!, []);
        }

        if (access.Actor.AccountId is not { } id || await accounts.GetAsync(id, ct) is not { } account)
        {
            return new(ResponseCodes.NotAllowed, []);
        }

        var findings = PasswordRules.CheckNew(request.Password, [.. names.All, account.Name, account.EmailAddress]);
        if (findings.Count > 0)
        {
            return new(ResponseCodes.DetailsIncorrect, findings);
        }

        if (account.PasswordHash is not null && !request.Session.ByLink && !await PasswordAttempt.IsRightAsync(accounts, hasher, account.Id, request.Current, time.GetUtcNow(), ct))
        {
            return new(ResponseCodes.SignInRefused, []);
        }

        await accounts.SetPasswordAsync(account.Id, hasher.Hash(PasswordRules.Canonical(request.Password!)), request.Session.SessionId, access, ct);
        return new(ResponseCodes.PasswordSet, []);
    }
}
