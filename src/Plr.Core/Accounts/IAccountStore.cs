namespace Plr.Core.Accounts;

/// <summary>Accounts, their one-time links and their sessions. Secrets are kept as hashes only; writing leaves entries in the trail.</summary>
public interface IAccountStore
{
    /// <summary>Adds an account; null when the e-mail address is taken, or the learner has an account.</summary>
    Task<Account?> AddAsync(Account account, Access access, CancellationToken ct = default);

    Task<Account?> GetAsync(Guid id, CancellationToken ct = default);

    /// <summary>By e-mail address, in any case.</summary>
    Task<Account?> FindAsync(string emailAddress, CancellationToken ct = default);

    /// <summary>The account that a learner already has.</summary>
    Task<Account?> FindAsync(Learners.Uln uln, CancellationToken ct = default);

    /// <summary>An organisation's accounts, or without one the officers', in order of name.</summary>
    Task<IReadOnlyList<Account>> ListAsync(Guid? organisationId, int skip, int take, CancellationToken ct = default);

    /// <summary>How many accounts there are of organisations' people and officers; learners' are not counted.</summary>
    Task<int> CountPeopleAsync(CancellationToken ct = default);

    /// <summary>Suspends or reactivates; suspension ends all sessions.</summary>
    Task<bool> SetStatusAsync(Guid id, AccountStatus status, Access access, CancellationToken ct = default);

    /// <summary>Sets the password's hash and ends all other sessions.</summary>
    Task SetPasswordAsync(Guid id, string passwordHash, Guid? keepSession, Access access, CancellationToken ct = default);

    /// <summary>
    /// Counts an attempt as wrong before it is tried, so that many at once cannot outrun the back-off, and sets the instant before which
    /// none is tried; a right one then clears both.
    /// </summary>
    /// <param name="id">The account.</param>
    /// <param name="failedBefore">The wrong attempts that were read; when others were counted since, nothing is and the answer is false.</param>
    /// <param name="lockedUntil">No attempt before this instant.</param>
    /// <param name="isRight">The password was right: clear.</param>
    /// <param name="ct">Cancels before the commit only.</param>
    Task<bool> NoteAttemptAsync(Guid id, int failedBefore, DateTimeOffset? lockedUntil, bool isRight, CancellationToken ct = default);

    /// <summary>Keeps the hash of a one-time link's token; earlier links of the account that were not used end.</summary>
    Task InviteAsync(Guid accountId, byte[] tokenHash, DateTimeOffset expiresAt, Access access, CancellationToken ct = default);

    /// <summary>
    /// Makes a one-time link for the account of an e-mail address and puts the mail that carries it into the outbox, unless there is no account that may sign in, or one was mailed a moment
    /// ago. Earlier links that were not used end.
    /// </summary>
    Task MailLinkAsync(string emailAddress, DateTimeOffset now, TimeSpan lasts, TimeSpan notSooner, Access access, CancellationToken ct = default);

    /// <summary>Uses a one-time link up: the account, once, while it lasts and the account is active; else null.</summary>
    Task<Account?> UseInvitationAsync(byte[] tokenHash, DateTimeOffset now, CancellationToken ct = default);

    /// <summary>Whether a link could still be used, without using it.</summary>
    Task<bool> IsInvitationOpenAsync(byte[] tokenHash, DateTimeOffset now, CancellationToken ct = default);

    /// <summary>Begins a session; only its key's hash is kept. A browser in which the account was not used before is told to its owner by mail once the session is whole.</summary>
    Task<Guid> BeginSessionAsync(
        Guid accountId, byte[] keyHash, DateTimeOffset now, DateTimeOffset expiresAt, bool byLink, Access access, SessionOrigin? origin = null, CancellationToken ct = default);

    /// <summary>The session with its account, while it lasts, the account is active and its organisation too; else null.</summary>
    Task<SignedIn?> SessionAsync(byte[] keyHash, DateTimeOffset now, CancellationToken ct = default);

    /// <summary>Lengthens a session that is in use.</summary>
    Task TouchSessionAsync(Guid sessionId, DateTimeOffset now, DateTimeOffset expiresAt, CancellationToken ct = default);

    Task EndSessionAsync(Guid sessionId, DateTimeOffset now, CancellationToken ct = default);

    /// <summary>Somebody's open sessions, the one begun last first.</summary>
    Task<IReadOnlyList<OpenSession>> OpenSessionsAsync(Guid accountId, DateTimeOffset now, CancellationToken ct = default);

    /// <summary>Ends one of somebody's sessions, or with null all but the one that is kept; none of anybody else's. Returns how many.</summary>
    Task<int> EndSessionsAsync(Guid accountId, Guid? sessionId, Guid keptSessionId, Access access, CancellationToken ct = default);

    /// <summary>Whether any officer exists; without one the first start prints a link.</summary>
    Task<bool> HasOfficerAsync(CancellationToken ct = default);
}
