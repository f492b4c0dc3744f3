namespace Plr.Core.Accounts;

/// <summary>Counts the trying of a password, with the waiting of <see cref="PasswordRules.WaitAfter"/>.</summary>
internal static class PasswordAttempt
{
    // An attempt that was counted by somebody else at the same moment is read again; more often than this is an attack.
    private const int MostReadings = 3;

    /// <summary>The account whose password may be tried now. The attempt is counted before it is made, so that many at once do not get round the waiting.</summary>
    public static async Task<Account?> CountAsync(IAccountStore accounts, Func<Task<Account?>> read, DateTimeOffset now, CancellationToken ct)
    {
        for (var reading = 0; reading < MostReadings; reading++)
        {
            var account = await read();
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

    /// <summary>Whether it is the password of somebody who is signed in; if it is, the count is cleared.</summary>
    public static async Task<bool> IsRightAsync(IAccountStore accounts, IPasswordHasher hasher, Guid accountId, string? typed, DateTimeOffset now, CancellationToken ct)
    {
        var tried = await CountAsync(accounts, () => accounts.GetAsync(accountId, ct), now, ct);
        if (tried is null || !hasher.IsRight(tried.PasswordHash, PasswordRules.Check(typed).Count == 0 ? PasswordRules.Canonical(typed!) : ""))
        {
            return false;
        }

        await accounts.NoteAttemptAsync(accountId, 0, null, isRight: true, ct);
        return true;
    }
}
