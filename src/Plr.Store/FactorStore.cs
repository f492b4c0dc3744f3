using System.Globalization;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Core.Audit;
using Plr.Core.Mail;

namespace Plr.Store;

/// <summary>Authenticator apps and recovery codes. Every change leaves an entry where <see cref="AccountStore"/> leaves them, and mail in the same transaction.</summary>
public sealed class FactorStore(Engine engine, AuditTrail trail, StoreKeys keys) : IFactorStore
{
    private readonly FactorSecrets _secrets = new(keys);

    public Task<Authenticator?> GetAsync(Guid accountId, CancellationToken ct = default) => engine.ReadAsync(
        async session => await session.SingleOrDefaultAsync<Row>(
            "SELECT secret, last_step, failed_attempts, locked_until FROM authenticator WHERE account_id = @accountId", new { accountId }) is { } row
            ? new Authenticator(_secrets.Open(accountId, row.Secret), row.LastStep, row.FailedAttempts, row.LockedUntil)
            : null,
        ct);

    public byte[] Offer(SignedIn session) => _secrets.Offer(session);

    public Task<bool> NoteAttemptAsync(Guid accountId, int failedBefore, DateTimeOffset? lockedUntil, CancellationToken ct = default) => engine.WriteAsync(
        async session => await session.ExecuteAsync(
            """
            UPDATE authenticator SET failed_attempts = failed_attempts + 1, locked_until = @lockedUntil
            WHERE account_id = @accountId AND failed_attempts = @failedBefore
            """,
            new { accountId, failedBefore, lockedUntil }) > 0,
        ct);

    public Task<bool> UseStepAsync(SignedIn session, long step, DateTimeOffset now, Access access, CancellationToken ct = default) => engine.WriteAsync(
        async store =>
        {
            var account = session.Account;
            if (await store.ExecuteAsync(
                "UPDATE authenticator SET last_step = @step, failed_attempts = 0, locked_until = NULL WHERE account_id = @Id AND last_step < @step",
                new { account.Id, step }) == 0)
            {
                return false;
            }

            await GiveAsync(store, session, now, access);
            return true;
        },
        ct);

    public Task<bool> UseRecoveryCodeAsync(SignedIn session, string code, DateTimeOffset now, Access access, CancellationToken ct = default)
    {
        var (account, hash) = (session.Account, _secrets.Hash(session.Account.Id, code));
        return engine.WriteAsync(
            async store =>
            {
                if (await store.ExecuteAsync(
                    "UPDATE recovery_code SET used_at = @now WHERE account_id = @Id AND code_hash = @hash AND used_at IS NULL", new { account.Id, hash, now }) == 0)
                {
                    return false;
                }

                await store.ExecuteAsync("UPDATE authenticator SET failed_attempts = 0, locked_until = NULL WHERE account_id = @Id", new { account.Id });
                await NoteAsync(store, account, AuditAction.RecoveryCodeUsed, access);
                await GiveAsync(store, session, now, access);
                var left = await LeftAsync(store, account.Id);
                await OutboxStore.AddAsync(store, account.Id, MailKind.RecoveryCodeUsed, now, left.ToString(CultureInfo.InvariantCulture));
                return true;
            },
            ct);
    }

    public Task<bool> SetAsync(
        SignedIn session, byte[] secret, long step, IReadOnlyList<string> recoveryCodes, DateTimeOffset now, Access access, CancellationToken ct = default)
    {
        var (account, stored) = (session.Account, _secrets.Seal(session.Account.Id, secret));
        return engine.WriteAsync(
            async store =>
            {
                if (await store.ExecuteAsync(
                    "UPDATE account SET factor_version = factor_version + 1 WHERE id = @Id AND factor_version = @FactorVersion", new { account.Id, account.FactorVersion }) == 0)
                {
                    return false;
                }

                await store.ExecuteAsync(
                    """
                    INSERT INTO authenticator (account_id, secret, last_step, confirmed_at) VALUES (@Id, @stored, @step, @now)
                    ON CONFLICT (account_id) DO UPDATE SET
                        secret = excluded.secret, last_step = excluded.last_step, confirmed_at = excluded.confirmed_at, failed_attempts = 0, locked_until = NULL
                    """,
                    new { account.Id, stored, step, now });
                await ReplaceAsync(store, account.Id, recoveryCodes);
                await SessionRows.EndAsync(store, "account_id = @Id AND id <> @SessionId", new { account.Id, session.SessionId });
                await NoteAsync(store, account, AuditAction.FactorSet, access);
                await GiveAsync(store, session, now, access);
                await OutboxStore.AddAsync(store, account.Id, MailKind.FactorSet, now);
                return true;
            },
            ct);
    }

    public Task ReplaceRecoveryCodesAsync(Guid accountId, IReadOnlyList<string> recoveryCodes, Access access, CancellationToken ct = default) => engine.WriteAsync(
        async store =>
        {
            await ReplaceAsync(store, accountId, recoveryCodes);
            await NoteAsync(store, (await AccountRows.LockAsync(store, accountId))!, AuditAction.RecoveryCodesMade, access);
            return true;
        },
        ct);

    public Task<int> RecoveryCodesLeftAsync(Guid accountId, CancellationToken ct = default) => engine.ReadAsync(session => LeftAsync(session, accountId), ct);

    public Task<bool> RemoveAsync(Guid accountId, bool isReset, DateTimeOffset now, Access access, CancellationToken ct = default) => engine.WriteAsync(
        async store =>
        {
            if (await AccountRows.LockAsync(store, accountId) is not { } account || !(isReset ? account.HasFactor : account.HasApp))
            {
                return false;
            }

            await store.ExecuteAsync(
                "DELETE FROM authenticator WHERE account_id = @accountId; DELETE FROM recovery_code WHERE account_id = @accountId", new { accountId });
            await store.ExecuteAsync("UPDATE account SET factor_version = factor_version + 1 WHERE id = @accountId", new { accountId });
            if (isReset)
            {
                await store.ExecuteAsync("DELETE FROM passkey WHERE account_id = @accountId", new { accountId });
                await SessionRows.EndAsync(store, "account_id = @accountId", new { accountId });
            }

            await NoteAsync(store, account, isReset ? AuditAction.FactorReset : AuditAction.FactorRemoved, access);
            await OutboxStore.AddAsync(store, accountId, isReset ? MailKind.FactorReset : MailKind.FactorRemoved, now);
            return true;
        },
        ct);

    private async Task GiveAsync(Session store, SignedIn session, DateTimeOffset now, Access access)
    {
        if (await SessionRows.GiveFactorAsync(store, session.Account.Id, session.SessionId, now))
        {
            await NoteAsync(store, session.Account, AuditAction.FactorGiven, access);
        }
    }

    private async Task ReplaceAsync(Session store, Guid accountId, IReadOnlyList<string> recoveryCodes)
    {
        await store.ExecuteAsync("DELETE FROM recovery_code WHERE account_id = @accountId", new { accountId });
        await store.BulkInsertAsync(
            "recovery_code", ["account_id", "code_hash"], recoveryCodes.Select(code => new object?[] { accountId, _secrets.Hash(accountId, RecoveryCode.Canonical(code)!) }));
    }

    private static async Task<int> LeftAsync(Session store, Guid accountId) =>
        (int)await store.SingleOrDefaultAsync<long>("SELECT count(*) FROM recovery_code WHERE account_id = @accountId AND used_at IS NULL", new { accountId });

    private async Task NoteAsync(Session session, Account account, AuditAction action, Access access) =>
        await trail.AppendAsync(session, access, [await AccountRows.NoteAsync(session, account, action, access)]);

    private sealed class Row
    {
        public byte[] Secret { get; init; } = [];

        public long LastStep { get; init; }

        public int FailedAttempts { get; init; }

        public DateTimeOffset? LockedUntil { get; init; }
    }
}
