namespace Plr.Core.Accounts;

/// <summary>Somebody's authenticator app.</summary>
/// <param name="Secret">20 bytes; encrypted where it lies.</param>
/// <param name="LastStep">The time step of the last code that was taken.</param>
/// <param name="FailedAttempts">Wrong codes since the last right one.</param>
/// <param name="LockedUntil">No code is tried before this instant.</param>
public sealed record Authenticator(byte[] Secret, long LastStep, int FailedAttempts, DateTimeOffset? LockedUntil)
{
    /// <summary>Without the secret: a record's own text would carry it into a log.</summary>
    public override string ToString() => "authenticator";
}

/// <summary>Second factors. Codes are used by one statement with its condition, so each counts once, however many try at once.</summary>
public interface IFactorStore
{
    Task<Authenticator?> GetAsync(Guid accountId, CancellationToken ct = default);

    /// <summary>
    /// The secret that is offered to somebody who sets an app up: the same each time within one session, so that nothing waits in the database and
    /// reading the page again shows the same; another after every change.
    /// </summary>
    byte[] Offer(SignedIn session);

    /// <summary>Counts an attempt as wrong before it is tried, as <see cref="IAccountStore.NoteAttemptAsync"/> does for passwords. False: somebody else was counted meanwhile.</summary>
    Task<bool> NoteAttemptAsync(Guid accountId, int failedBefore, DateTimeOffset? lockedUntil, CancellationToken ct = default);

    /// <summary>Uses a step up: once, and none before it; the session has its second factor and attempts are cleared. False: used before.</summary>
    /// <param name="session">Whose, and where it was given.</param>
    /// <param name="step">The time step of the code.</param>
    /// <param name="now">The time.</param>
    /// <param name="access">Who.</param>
    /// <param name="ct">Cancels before the commit only.</param>
    Task<bool> UseStepAsync(SignedIn session, long step, DateTimeOffset now, Access access, CancellationToken ct = default);

    /// <summary>As above for a recovery code, in its canonical form; its owner is sent mail.</summary>
    Task<bool> UseRecoveryCodeAsync(SignedIn session, string code, DateTimeOffset now, Access access, CancellationToken ct = default);

    /// <summary>
    /// Sets an app up, or another in its place, with fresh recovery codes; the session has its second factor, the owner's other sessions end, and
    /// mail is sent. False when the second factor was changed since the session was read.
    /// </summary>
    Task<bool> SetAsync(SignedIn session, byte[] secret, long step, IReadOnlyList<string> recoveryCodes, DateTimeOffset now, Access access, CancellationToken ct = default);

    /// <summary>Puts fresh recovery codes in the place of all others.</summary>
    Task ReplaceRecoveryCodesAsync(Guid accountId, IReadOnlyList<string> recoveryCodes, Access access, CancellationToken ct = default);

    Task<int> RecoveryCodesLeftAsync(Guid accountId, CancellationToken ct = default);

    /// <summary>Removes the app with its recovery codes and sends mail; false when there was none.</summary>
    /// <param name="accountId">Whose.</param>
    /// <param name="isReset">By the register office: then passkeys are removed and all sessions end too.</param>
    /// <param name="now">The time.</param>
    /// <param name="access">Who.</param>
    /// <param name="ct">Cancels before the commit only.</param>
    Task<bool> RemoveAsync(Guid accountId, bool isReset, DateTimeOffset now, Access access, CancellationToken ct = default);
}
