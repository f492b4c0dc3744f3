using Plr.Core;
using Plr.Core.Accounts;
using Plr.Core.Audit;
using Plr.Core.Learners;

namespace Plr.Store;

/// <summary>Accounts, one-time links and sessions. A link is used, and an attempt counted, by one statement with its condition: once, however many try at once.</summary>
/// <param name="engine">Where.</param>
/// <param name="trail">Writes leave an entry in the chain of the account's learner, of its organisation, or for officers of the register.</param>
public sealed class AccountStore(Engine engine, AuditTrail trail, StoreKeys keys) : IAccountStore
{
    public Task<Account?> AddAsync(Account account, Access access, CancellationToken ct = default)
    {
        var added = account with { EmailAddress = AccountRows.EmailAddress(account.EmailAddress), CreatedAt = StoredForms.Instant(account.CreatedAt) };
        return engine.WriteAsync(
            async session =>
            {
                if (!await AccountRows.InsertAsync(session, added))
                {
                    return null;
                }

                await NoteAsync(session, added, AuditAction.AccountAdded, access);
                return added;
            },
            ct);
    }

    public Task<Account?> GetAsync(Guid id, CancellationToken ct = default) =>
        engine.ReadAsync(session => AccountRows.ReadAsync(session, "a.id = @id", new { id }), ct);

    public Task<Account?> FindAsync(string emailAddress, CancellationToken ct = default) => engine.ReadAsync(
        session => AccountRows.ReadAsync(session, "a.email_address = @email", new { email = AccountRows.EmailAddress(emailAddress) }), ct);

    public Task<Account?> FindAsync(Uln uln, CancellationToken ct = default) =>
        engine.ReadAsync(session => AccountRows.ReadAsync(session, "a.uln = @uln", new { uln = uln.Value }), ct);

    public Task<IReadOnlyList<Account>> ListAsync(Guid? organisationId, int skip, int take, CancellationToken ct = default) =>
        engine.ReadAsync<IReadOnlyList<Account>>(
            async session =>
            {
                var whose = organisationId is null ? "a.organisation_id IS NULL AND a.uln IS NULL" : "a.organisation_id = @organisationId";
                var byName = session.Engine.Kind == EngineKind.Postgres ? "a.name COLLATE \"C\"" : "a.name";
                var rows = await session.QueryAsync<AccountRows.Row>(
                    $"SELECT {AccountRows.ColumnList} FROM account a WHERE {whose} ORDER BY {byName}, a.id LIMIT @take OFFSET @skip",
                    new { organisationId, take, skip });
                return [.. rows.Select(row => row.ToAccount())];
            },
            ct);

    public Task<int> CountPeopleAsync(CancellationToken ct = default) =>
        engine.ReadAsync(async session => await session.SingleOrDefaultAsync<int?>("SELECT count(*) FROM account WHERE uln IS NULL") ?? 0, ct);

    public Task<bool> SetStatusAsync(Guid id, AccountStatus status, Access access, CancellationToken ct = default) => engine.WriteAsync(
        async session =>
        {
            if (await AccountRows.LockAsync(session, id) is not { } account)
            {
                return false;
            }

            if (account.Status != status)
            {
                await session.ExecuteAsync("UPDATE account SET status = @status WHERE id = @id", new { id, status = (int)status });
                await NoteAsync(session, account, AuditAction.AccountChanged, access);
            }

            if (status != AccountStatus.Active)
            {
                await SessionRows.EndAsync(session, "account_id = @id", new { id });
            }

            return true;
        },
        ct);

    public Task SetPasswordAsync(Guid id, string passwordHash, Guid? keepSession, Access access, CancellationToken ct = default) => engine.WriteAsync(
        async session =>
        {
            if (await AccountRows.LockAsync(session, id) is not { } account)
            {
                throw new ArgumentException("There is no such account.", nameof(id));
            }

            await session.ExecuteAsync(
                "UPDATE account SET password_hash = @passwordHash, failed_attempts = 0, locked_until = NULL WHERE id = @id", new { id, passwordHash });
            await session.ExecuteAsync("DELETE FROM invitation WHERE account_id = @id AND used_at IS NULL", new { id });
            await SessionRows.EndAsync(session, "account_id = @id AND id <> @kept", new { id, kept = keepSession ?? Guid.Empty });
            await NoteAsync(session, account, AuditAction.AccountChanged, access);
            return true;
        },
        ct);

    public Task<bool> NoteAttemptAsync(Guid id, int failedBefore, DateTimeOffset? lockedUntil, bool isRight, CancellationToken ct = default) =>
        engine.WriteAsync(
            async session => await session.ExecuteAsync(
                isRight
                    ? "UPDATE account SET failed_attempts = 0, locked_until = NULL WHERE id = @id"
                    : "UPDATE account SET failed_attempts = failed_attempts + 1, locked_until = @lockedUntil WHERE id = @id AND failed_attempts = @failedBefore",
                new { id, failedBefore, lockedUntil }) > 0,
            ct);

    public Task InviteAsync(Guid accountId, byte[] tokenHash, DateTimeOffset expiresAt, Access access, CancellationToken ct = default) => engine.WriteAsync(
        async session =>
        {
            if (await AccountRows.LockAsync(session, accountId) is not { } account)
            {
                throw new ArgumentException("There is no such account.", nameof(accountId));
            }

            await session.ExecuteAsync("DELETE FROM invitation WHERE account_id = @accountId AND used_at IS NULL", new { accountId });
            await session.ExecuteAsync(
                "INSERT INTO invitation (token_hash, account_id, expires_at) VALUES (@tokenHash, @accountId, @expiresAt)",
                new { tokenHash, accountId, expiresAt });
            await NoteAsync(session, account, AuditAction.AccountInvited, access);
            return true;
        },
        ct);

    public Task MailLinkAsync(string emailAddress, DateTimeOffset now, TimeSpan lasts, TimeSpan notSooner, Access access, CancellationToken ct = default) => engine.WriteAsync(
        async session =>
        {
            var found = await AccountRows.ReadAsync(session, $"a.email_address = @emailAddress AND {AccountRows.IsUsable}", new { emailAddress = emailAddress.ToLowerInvariant() });
            if (found is null || await AccountRows.LockAsync(session, found.Id) is not { } account)
            {
                return false;
            }

            // A link that was made a moment ago ends when this one would.
            var isSoon = await session.SingleOrDefaultAsync<int>(
                "SELECT count(*) FROM invitation WHERE account_id = @Id AND used_at IS NULL AND expires_at > @soon", new { account.Id, soon = now + lasts - notSooner }) > 0;
            if (isSoon)
            {
                return false;
            }

            var tokenHash = await OutboxStore.AddLinkAsync(session, keys, account.Id, now);
            await session.ExecuteAsync("DELETE FROM invitation WHERE account_id = @Id AND used_at IS NULL", new { account.Id });
            await session.ExecuteAsync(
                "INSERT INTO invitation (token_hash, account_id, expires_at) VALUES (@tokenHash, @Id, @expiresAt)", new { tokenHash, account.Id, expiresAt = now + lasts });
            await NoteAsync(session, account, AuditAction.AccountInvited, access);
            return true;
        },
        ct);

    public Task<Account?> UseInvitationAsync(byte[] tokenHash, DateTimeOffset now, CancellationToken ct = default) => engine.WriteAsync(
        async session =>
        {
            var used = await session.SingleOrDefaultAsync<Guid?>(
                $"""
                UPDATE invitation SET used_at = @now
                WHERE token_hash = @tokenHash AND used_at IS NULL AND expires_at > @now
                    AND account_id IN (SELECT a.id FROM account a WHERE {AccountRows.IsUsable})
                RETURNING account_id
                """,
                new { tokenHash, now });
            return used is { } id ? await AccountRows.ReadAsync(session, "a.id = @id", new { id }) : null;
        },
        ct);

    public Task<bool> IsInvitationOpenAsync(byte[] tokenHash, DateTimeOffset now, CancellationToken ct = default) => engine.ReadAsync(
        async session => await session.SingleOrDefaultAsync<long>(
            $"""
            SELECT count(*) FROM invitation i JOIN account a ON a.id = i.account_id
            WHERE i.token_hash = @tokenHash AND i.used_at IS NULL AND i.expires_at > @now AND {AccountRows.IsUsable}
            """,
            new { tokenHash, now }) > 0,
        ct);

    public Task<Guid> BeginSessionAsync(
        Guid accountId, byte[] keyHash, DateTimeOffset now, DateTimeOffset expiresAt, bool byLink, Access access, SessionOrigin? origin = null, CancellationToken ct = default) => engine.WriteAsync(
        async session =>
        {
            if (await AccountRows.ReadAsync(session, "a.id = @accountId", new { accountId }) is not { } account)
            {
                throw new ArgumentException("There is no such account.", nameof(accountId));
            }

            var id = await SessionRows.BeginAsync(session, accountId, keyHash, now, expiresAt, byLink, origin);
            await NoteAsync(session, account, AuditAction.SignedIn, access);
            return id;
        },
        ct);

    public Task<SignedIn?> SessionAsync(byte[] keyHash, DateTimeOffset now, CancellationToken ct = default) =>
        engine.ReadAsync(session => SessionRows.GetAsync(session, keyHash, now), ct);

    public Task TouchSessionAsync(Guid sessionId, DateTimeOffset now, DateTimeOffset expiresAt, CancellationToken ct = default) => engine.WriteAsync(
        session => session.ExecuteAsync(
            "UPDATE session SET last_seen_at = @now, expires_at = @expiresAt WHERE id = @sessionId AND ended_at IS NULL AND expires_at > @now",
            new { sessionId, now, expiresAt }),
        ct);

    public Task EndSessionAsync(Guid sessionId, DateTimeOffset now, CancellationToken ct = default) => engine.WriteAsync(
        session => session.ExecuteAsync("UPDATE session SET ended_at = @now WHERE id = @sessionId AND ended_at IS NULL", new { sessionId, now }), ct);

    public Task<IReadOnlyList<OpenSession>> OpenSessionsAsync(Guid accountId, DateTimeOffset now, CancellationToken ct = default) =>
        engine.ReadAsync(session => SessionRows.ListAsync(session, accountId, now), ct);

    public Task<int> EndSessionsAsync(Guid accountId, Guid? sessionId, Guid keptSessionId, Access access, CancellationToken ct = default) => engine.WriteAsync(
        async session =>
        {
            var which = sessionId is null ? "account_id = @accountId AND id <> @keptSessionId" : "account_id = @accountId AND id = @sessionId";
            var ended = await SessionRows.EndAsync(session, which, new { accountId, sessionId, keptSessionId });
            if (ended > 0 && await AccountRows.ReadAsync(session, "a.id = @accountId", new { accountId }) is { } account)
            {
                await NoteAsync(session, account, AuditAction.SessionsEnded, access);
            }

            return ended;
        },
        ct);

    public Task<bool> HasOfficerAsync(CancellationToken ct = default) => engine.ReadAsync(
        async session => await session.SingleOrDefaultAsync<long>("SELECT count(*) FROM account WHERE roles & @office <> 0", new { office = (int)RoleSets.Office }) > 0, ct);

    private async Task NoteAsync(Session session, Account account, AuditAction action, Access access) =>
        await trail.AppendAsync(session, access, [await AccountRows.NoteAsync(session, account, action, access)]);
}
