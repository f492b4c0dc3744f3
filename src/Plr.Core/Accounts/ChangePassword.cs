using Plr.Core.Responses;

namespace Plr.Core.Accounts;

/// <summary>Sets or changes the password of whoever is signed in. Their other sessions end, and links that were not used too.</summary>
public sealed class ChangePassword(IAccountStore accounts, IPasswordHasher hasher)
{
    /// <summary>The new password (<see cref="PasswordRules"/>), and the session that goes on.</summary>
    public sealed record Request(string? Password, Guid KeepSession)
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

        if (access.Actor.AccountId is not { } account)
        {
            return new(ResponseCodes.NotAllowed, []);
        }

        var findings = PasswordRules.Check(request.Password);
        if (findings.Count > 0)
        {
            return new(ResponseCodes.DetailsIncorrect, findings);
        }

        await accounts.SetPasswordAsync(account, hasher.Hash(PasswordRules.Canonical(request.Password!)), request.KeepSession, access, ct);
        return new(ResponseCodes.PasswordSet, []);
    }
}
