using Plr.Core.Organisations;
using Plr.Core.Responses;

namespace Plr.Core.Accounts;

/// <summary>
/// Signs somebody in by e-mail address and password. Whatever is wrong, the answer and the work are the same: nobody learns from it whether
/// an address has an account. After the third wrong password the account waits 5 seconds, doubling up to 15 minutes.
/// </summary>
public sealed class SignIn(IAccountStore accounts, IOrganisationStore organisations, IPasswordHasher hasher, SessionRules sessions, TimeProvider time)
{
    // An attempt that was counted by somebody else at the same moment is read again; more often than this is an attack.
    private const int MostReadings = 3;

    /// <summary>What was typed.</summary>
    public sealed record Request(string? EmailAddress, string? Password)
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
        var account = await AttemptAsync(request.EmailAddress, now, ct);
        // Always hashed: an unknown address, a suspended account and one that must wait take as long as a wrong password.
        var isRight = hasher.IsRight(isPossible ? account?.PasswordHash : null, isPossible ? PasswordRules.Canonical(request.Password!) : "");
        if (account is null || !isRight || !await IsActiveAsync(account, ct))
        {
            return SignInAnswer.Refused(ResponseCodes.SignInRefused);
        }

        await accounts.NoteAttemptAsync(account.Id, 0, null, isRight: true, ct);
        return new(ResponseCodes.SignedIn, await SessionBegun.BeginAsync(accounts, sessions, account, now, access, ct), []);
    }

    /// <summary>The account whose password may be tried now. The attempt is counted before it is made, so that many at once do not get round the waiting.</summary>
    private async Task<Account?> AttemptAsync(string? emailAddress, DateTimeOffset now, CancellationToken ct)
    {
        for (var reading = 0; reading < MostReadings; reading++)
        {
            var account = string.IsNullOrWhiteSpace(emailAddress) || !EmailAddresses.IsOne(emailAddress) ? null : await accounts.FindAsync(emailAddress, ct);
            if (account?.LockedUntil > now)
            {
                return null;
            }

            var failed = account?.FailedAttempts ?? 0;
            var wait = PasswordRules.WaitAfter(failed + 1);
            var isCounted = await accounts.NoteAttemptAsync(account?.Id ?? Guid.Empty, failed, wait > TimeSpan.Zero ? now + wait : null, isRight: false, ct);
            if (account is null || isCounted)
            {
                return account;
            }
        }

        return null;
    }

    private async Task<bool> IsActiveAsync(Account account, CancellationToken ct) => account.Status == AccountStatus.Active
        && (account.OrganisationId is not { } id || await organisations.GetAsync(id, ct) is { Status: OrganisationStatus.Active });
}
