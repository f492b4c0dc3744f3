namespace Plr.Core.Accounts;

/// <summary>
/// Tries a code of the second factor, with the waiting of <see cref="PasswordRules.WaitAfter"/>. It is counted apart from passwords: whoever has the
/// password could clear a common count with it and go on guessing.
/// </summary>
internal static class FactorAttempt
{
    private const int Digits = 6;
    private const int MostReadings = 3;

    /// <summary>Whether the code is right; if it is, it is used up, and the session has its second factor.</summary>
    public static async Task<bool> IsRightAsync(IFactorStore factors, ITimedCodes codes, SignedIn session, string? typed, DateTimeOffset now, Access access, CancellationToken ct)
    {
        var digits = string.Concat((typed ?? "").Where(c => !char.IsWhiteSpace(c) && c != '-'));
        var isTimed = digits.Length == Digits && digits.All(char.IsAsciiDigit);
        var recovery = isTimed ? null : RecoveryCode.Canonical(typed);
        if ((!isTimed && recovery is null) || await CountAsync(factors, session.Account.Id, now, ct) is not { } app)
        {
            return false;
        }

        if (recovery is not null)
        {
            return await factors.UseRecoveryCodeAsync(session, recovery, now, access, ct);
        }

        return codes.StepOf(app.Secret, digits, now) is { } step && await factors.UseStepAsync(session, step, now, access, ct);
    }

    /// <summary>The app whose code may be tried now; counted before it is tried, so that many at once do not get round the waiting.</summary>
    private static async Task<Authenticator?> CountAsync(IFactorStore factors, Guid accountId, DateTimeOffset now, CancellationToken ct)
    {
        for (var reading = 0; reading < MostReadings; reading++)
        {
            if (await factors.GetAsync(accountId, ct) is not { } app || app.LockedUntil > now)
            {
                return null;
            }

            var wait = PasswordRules.WaitAfter(app.FailedAttempts + 1);
            if (await factors.NoteAttemptAsync(accountId, app.FailedAttempts, wait > TimeSpan.Zero ? now + wait : null, ct))
            {
                return app;
            }
        }

        return null;
    }
}
