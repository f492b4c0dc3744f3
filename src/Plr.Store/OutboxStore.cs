using System.Buffers.Text;
using System.Text.Json;
using Plr.Core.Accounts;
using Plr.Core.Mail;

namespace Plr.Store;

/// <summary>The table mail. Claiming is one statement with its condition, so of two servers that look at once each has a mail of its own.</summary>
public sealed class OutboxStore(Engine engine, StoreKeys keys) : IOutbox
{
    /// <summary>Puts a mail in, in the transaction of what it tells of. An account without an e-mail address is sent none.</summary>
    /// <param name="kind">What it tells.</param>
    /// <param name="values">What is filled in, in the order of <see cref="MailKind"/>.</param>
    public static Task AddAsync(Session session, Guid accountId, MailKind kind, DateTimeOffset now, params string[] values) => AddAsync(session, accountId, kind, now, null, null, values);

    /// <summary>As the other, for a mail that may go elsewhere than to the account's address.</summary>
    /// <param name="address">Where it goes; null for the account's address.</param>
    /// <param name="otherwise">Where it goes when neither is known; null for nowhere.</param>
    public static Task AddAsync(Session session, Guid accountId, MailKind kind, DateTimeOffset now, string? address, string? otherwise, params string[] values) => session.ExecuteAsync(
        """
        INSERT INTO mail (id, account_id, kind, details, created_at, next_at, email_address)
        SELECT @id, a.id, @kind, @details, @now, @now, coalesce(@address, CASE WHEN a.email_address IS NULL THEN @otherwise END)
        FROM account a WHERE a.id = @accountId AND coalesce(@address, a.email_address, @otherwise) IS NOT NULL
        """,
        new { id = Guid.CreateVersion7(now), accountId, kind = kind.ToString(), details = JsonSerializer.Serialize(values), now, address, otherwise });

    /// <summary>Puts in a mail to somebody who has no account.</summary>
    public static Task AddAsync(Session session, string emailAddress, string name, bool isWelsh, MailKind kind, DateTimeOffset now, params string[] values) => session.ExecuteAsync(
        """
        INSERT INTO mail (id, kind, details, created_at, next_at, name, email_address, language) VALUES (@id, @kind, @details, @now, @now, @name, @emailAddress, @language)
        """,
        new { id = Guid.CreateVersion7(now), kind = kind.ToString(), details = JsonSerializer.Serialize(values), now, name, emailAddress, language = isWelsh ? "cy" : "en" });

    /// <summary>Puts in a mail with a one-time link; the hash of its token.</summary>
    internal static async Task<byte[]> AddLinkAsync(Session session, StoreKeys keys, Guid accountId, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7(now);
        await session.ExecuteAsync(
            "INSERT INTO mail (id, account_id, kind, details, created_at, next_at) VALUES (@id, @accountId, @kind, '[]', @now, @now)",
            new { id, accountId, kind = nameof(MailKind.SignInLink), now });
        return Secret.Hash(TokenOf(keys, id));
    }

    private static string TokenOf(StoreKeys keys, Guid id) => Base64Url.EncodeToString(keys.For($"one-time link {id:N}"));

    public Task<ClaimedMail?> ClaimAsync(DateTimeOffset now, TimeSpan lease, CancellationToken ct = default) => engine.WriteAsync(
        async session =>
        {
            var passOver = session.Engine.Kind == EngineKind.Postgres ? "FOR UPDATE SKIP LOCKED" : "";
            var claimed = await session.SingleOrDefaultAsync<Row>(
                $"""
                UPDATE mail SET next_at = @until, attempts = attempts + 1
                WHERE id = (SELECT id FROM mail WHERE next_at <= @now ORDER BY next_at, id LIMIT 1 {passOver})
                RETURNING id, account_id, attempts, kind, details, created_at, name, email_address, language
                """,
                new { now, until = now + lease });
            if (claimed is null)
            {
                return null;
            }

            var account = claimed.AccountId is { } id ? await AccountRows.ReadAsync(session, "a.id = @id", new { id }) : null;
            return new ClaimedMail(
                claimed.Id,
                claimed.Attempts,
                Enum.Parse<MailKind>(claimed.Kind),
                account?.Name ?? claimed.Name ?? "",
                claimed.EmailAddress ?? account?.EmailAddress,
                account?.IsWelsh ?? claimed.Language == "cy",
                claimed.Kind == nameof(MailKind.SignInLink) ? [TokenOf(keys, claimed.Id)] : JsonSerializer.Deserialize<string[]>(claimed.Details ?? "[]")!,
                claimed.CreatedAt);
        },
        ct);

    public Task<bool> SentAsync(ClaimedMail mail, DateTimeOffset now, CancellationToken ct = default) =>
        EndAsync("sent_at = @now, next_at = NULL, details = NULL, name = NULL, email_address = NULL", mail, new { mail.Id, mail.Attempt, now }, ct);

    public Task<bool> FailedAsync(ClaimedMail mail, DateTimeOffset now, DateTimeOffset? dueAgainAt, CancellationToken ct = default) => dueAgainAt is null
        ? EndAsync("given_up_at = @now, next_at = NULL, details = NULL, name = NULL, email_address = NULL", mail, new { mail.Id, mail.Attempt, now }, ct)
        : EndAsync("next_at = @dueAgainAt", mail, new { mail.Id, mail.Attempt, dueAgainAt }, ct);

    private Task<bool> EndAsync(string how, ClaimedMail mail, object args, CancellationToken ct) => engine.WriteAsync(
        async session => await session.ExecuteAsync($"UPDATE mail SET {how} WHERE id = @Id AND attempts = @Attempt AND next_at IS NOT NULL", args) > 0, ct);

    private sealed class Row
    {
        public Guid Id { get; init; }

        public Guid? AccountId { get; init; }

        public int Attempts { get; init; }

        public string Kind { get; init; } = "";

        public string? Details { get; init; }

        public DateTimeOffset CreatedAt { get; init; }

        public string? Name { get; init; }

        public string? EmailAddress { get; init; }

        public string? Language { get; init; }
    }
}
