using Plr.Core.Organisations;
using Plr.Core.Responses;

namespace Plr.Core.Accounts;

/// <summary>
/// Signs somebody in by e-mail address and password. Whatever is wrong, the answer and the work are the same: nobody learns from it whether
/// an address has an account. Where a second factor is owed, the session opens only the way to it. After the third wrong password the account waits 5 seconds, doubling up to 15 minutes.
/// </summary>
public sealed class SignIn(IAccountStore accounts, IOrganisationStore organisations, IPasswordHasher hasher, SessionRules sessions, TimeProvider time)
{
    /// <summary>What was typed, and where.</summary>
    public sealed record Request(string? EmailAddress, string? Password, SessionOrigin? Origin = null)
    {
        /// <summary>Nothing of what was typed: a record's own text would carry the password into a log.</summary>
        public override string ToString() => "sign-in";
    }

    /// <summary>Signs in.</summary>
    /// <returns>SignedIn with a session, or SignInRefused.</returns>
    public async Task<SignInAnswer> RunAsync(Request request, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.SignIn, Subject.None) is { IsAllowed: false } decision)
        {
            return SignInAnswer.Refused(decision.Refusal!);
        }

        var now = time.GetUtcNow();
        var isPossible = PasswordRules.Check(request.Password).Count == 0;
        var account = await PasswordAttempt.CountAsync(
            accounts,
            () => string.IsNullOrWhiteSpace(request.EmailAddress) || !EmailAddresses.MayBeOne(request.EmailAddress) ? Task.FromResult<Account?>(null) : accounts.FindAsync(request.EmailAddress, ct),
            now,
            ct);
        // Always hashed: an unknown address, a suspended account and one that must wait take as long as a wrong password.
        var isRight = hasher.IsRight(isPossible ? account?.PasswordHash : null, isPossible ? PasswordRules.Canonical(request.Password!) : "");
        if (account is null || !isRight || !await IsActiveAsync(account, ct))
        {
            return SignInAnswer.Refused(ResponseCodes.SignInRefused);
        }

        await accounts.NoteAttemptAsync(account.Id, 0, null, isRight: true, ct);
        return new(ResponseCodes.SignedIn, await SessionBegun.BeginAsync(accounts, sessions, account, now, access, ct, origin: request.Origin), []);
    }

    private async Task<bool> IsActiveAsync(Account account, CancellationToken ct) => account.Status == AccountStatus.Active
        && (account.OrganisationId is not { } id || await organisations.GetAsync(id, ct) is { Status: OrganisationStatus.Active });
}
