using Plr.Core;
using Plr.Core.Accounts;
using Plr.Core.Audit;
using Plr.Core.Mail;

namespace Plr.Store;

/// <summary>Passkeys and the challenges that they answered. Every change leaves an entry where <see cref="AccountStore"/> leaves them, and mail in the same transaction.</summary>
public sealed class PasskeyStore(Engine engine, AuditTrail trail) : IPasskeyStore
{
    private const string ColumnList = "id, account_id, name, credential_id, public_key, sign_count, transports, is_backup_eligible, is_backed_up, added_at, last_used_at";

    public Task<IReadOnlyList<Passkey>> ListAsync(Guid accountId, CancellationToken ct = default) => engine.ReadAsync<IReadOnlyList<Passkey>>(
        async session =>
        [
            .. (await session.QueryAsync<Row>($"SELECT {ColumnList} FROM passkey WHERE account_id = @accountId ORDER BY added_at, id", new { accountId }))
                .Select(row => row.ToPasskey()),
        ],
        ct);

    public Task<Passkey?> FindAsync(byte[] credentialId, CancellationToken ct = default) => engine.ReadAsync(
        async session => (await session.SingleOrDefaultAsync<Row>($"SELECT {ColumnList} FROM passkey WHERE credential_id = @credentialId", new { credentialId }))?.ToPasskey(), ct);

    public Task<bool> AddAsync(Passkey passkey, AnsweredChallenge challenge, Access access, CancellationToken ct = default) => engine.WriteAsync(
        async session =>
        {
            if (!await UseUpAsync(session, challenge)
                || await AccountRows.LockAsync(session, passkey.AccountId) is not { } account
                || await session.SingleOrDefaultAsync<long>("SELECT count(*) FROM passkey WHERE account_id = @Id", new { account.Id }) >= Passkey.Most
                || !await InsertAsync(session, passkey))
            {
                return false;
            }

            await NoteAsync(session, account, AuditAction.PasskeyAdded, access);
            await OutboxStore.AddAsync(session, account.Id, MailKind.PasskeyAdded, passkey.AddedAt);
            return true;
        },
        ct);

    public Task<bool> UseAsync(PasskeyShown shown, SignedIn? session, DateTimeOffset now, Access access, CancellationToken ct = default) => engine.WriteAsync(
        async store =>
        {
            // Keys that do not count say 0 each time.
            if (!await UseUpAsync(store, shown.Challenge)
                || await store.ExecuteAsync(
                    $"""
                    UPDATE passkey SET sign_count = @SignCount, is_backed_up = @IsBackedUp, last_used_at = @now
                    WHERE credential_id = @CredentialId AND account_id = @AccountId AND (sign_count < @SignCount OR (sign_count = 0 AND @SignCount = 0))
                        AND account_id IN (SELECT a.id FROM account a WHERE {AccountRows.IsUsable})
                    """,
                    new { shown.CredentialId, shown.AccountId, shown.SignCount, shown.IsBackedUp, now }) == 0)
            {
                return false;
            }

            var account = (await AccountRows.ReadAsync(store, "a.id = @AccountId", new { shown.AccountId }))!;
            await NoteAsync(store, account, AuditAction.PasskeyUsed, access);
            if (session is not null && await SessionRows.GiveFactorAsync(store, account.Id, session.SessionId, now))
            {
                await NoteAsync(store, account, AuditAction.FactorGiven, access);
            }

            return true;
        },
        ct);

    public Task<bool> RemoveAsync(Guid accountId, Guid id, DateTimeOffset now, Access access, CancellationToken ct = default) => engine.WriteAsync(
        async session =>
        {
            if (await AccountRows.LockAsync(session, accountId) is not { } account
                || await session.ExecuteAsync("DELETE FROM passkey WHERE id = @id AND account_id = @accountId", new { id, accountId }) == 0)
            {
                return false;
            }

            await NoteAsync(session, account, AuditAction.PasskeyRemoved, access);
            await OutboxStore.AddAsync(session, accountId, MailKind.PasskeyRemoved, now);
            return true;
        },
        ct);

    public Task RemoveExpiredAsync(DateTimeOffset now, CancellationToken ct = default) =>
        engine.WriteAsync(session => session.ExecuteAsync("DELETE FROM passkey_challenge WHERE expires_at <= @now", new { now }), ct);

    private static async Task<bool> UseUpAsync(Session session, AnsweredChallenge challenge) => await session.ExecuteAsync(
        "INSERT INTO passkey_challenge (challenge_hash, expires_at) VALUES (@Hash, @ExpiresAt) ON CONFLICT DO NOTHING", new { challenge.Hash, challenge.ExpiresAt }) > 0;

    private static async Task<bool> InsertAsync(Session session, Passkey passkey) => await session.ExecuteAsync(
        $"""
        INSERT INTO passkey ({ColumnList})
        VALUES (@Id, @AccountId, @Name, @CredentialId, @PublicKey, @SignCount, @transports, @IsBackupEligible, @IsBackedUp, @AddedAt, @LastUsedAt)
        ON CONFLICT DO NOTHING
        """,
        new
        {
            passkey.Id,
            passkey.AccountId,
            passkey.Name,
            passkey.CredentialId,
            passkey.PublicKey,
            passkey.SignCount,
            transports = string.Join(' ', passkey.Transports),
            passkey.IsBackupEligible,
            passkey.IsBackedUp,
            passkey.AddedAt,
            passkey.LastUsedAt,
        }) > 0;

    private async Task NoteAsync(Session session, Account account, AuditAction action, Access access) =>
        await trail.AppendAsync(session, access, [await AccountRows.NoteAsync(session, account, action, access)]);

    private sealed class Row
    {
        public Guid Id { get; init; }

        public Guid AccountId { get; init; }

        public string Name { get; init; } = "";

        public byte[] CredentialId { get; init; } = [];

        public byte[] PublicKey { get; init; } = [];

        public long SignCount { get; init; }

        public string Transports { get; init; } = "";

        public bool IsBackupEligible { get; init; }

        public bool IsBackedUp { get; init; }

        public DateTimeOffset AddedAt { get; init; }

        public DateTimeOffset? LastUsedAt { get; init; }

        public Passkey ToPasskey() => new()
        {
            Id = Id,
            AccountId = AccountId,
            Name = Name,
            CredentialId = CredentialId,
            PublicKey = PublicKey,
            SignCount = SignCount,
            Transports = Transports.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            IsBackupEligible = IsBackupEligible,
            IsBackedUp = IsBackedUp,
            AddedAt = AddedAt,
            LastUsedAt = LastUsedAt,
        };
    }
}
