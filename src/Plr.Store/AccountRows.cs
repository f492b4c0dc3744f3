using Plr.Core;
using Plr.Core.Accounts;
using Plr.Core.Audit;
using Plr.Core.Learners;

namespace Plr.Store;

/// <summary>How the table account is read and written.</summary>
internal static class AccountRows
{
    public const string ColumnList =
        "a.id, a.name, a.email_address, a.roles, a.organisation_id, a.uln, a.level, a.status, a.password_hash, a.failed_attempts, a.locked_until, a.created_at, "
        + "a.language, a.factor_version, (SELECT count(*) FROM authenticator f WHERE f.account_id = a.id) AS apps, "
        + "(SELECT count(*) FROM passkey p WHERE p.account_id = a.id) AS passkeys";

    /// <summary>The account may be used: it is active, and so is its organisation if it has one.</summary>
    public const string IsUsable =
        "a.status = 1 AND (a.organisation_id IS NULL OR EXISTS (SELECT 1 FROM organisation o WHERE o.id = a.organisation_id AND o.status = 1))";

    public const string Welsh = "cy";
    public const string English = "en";

    /// <summary>E-mail addresses are kept and looked for in lower case.</summary>
    public static string? EmailAddress(string? typed) => typed?.Trim().ToLowerInvariant();

    public static async Task<Account?> ReadAsync(Session session, string where, object args) =>
        (await session.SingleOrDefaultAsync<Row>($"SELECT {ColumnList} FROM account a WHERE {where}", args))?.ToAccount();

    /// <summary>Reads an account and keeps it from others until the transaction ends.</summary>
    public static Task<Account?> LockAsync(Session session, Guid id) =>
        ReadAsync(session, $"a.id = @id {(session.Engine.Kind == EngineKind.Postgres ? "FOR UPDATE" : "")}", new { id });

    /// <summary>Adds it unless its e-mail address or its learner has an account; whether it did.</summary>
    public static async Task<bool> InsertAsync(Session session, Account account) => await session.ExecuteAsync(
        """
        INSERT INTO account (id, name, email_address, roles, organisation_id, uln, level, status, password_hash, failed_attempts, locked_until, created_at)
        VALUES (@Id, @Name, @EmailAddress, @roles, @OrganisationId, @uln, @level, @status, @PasswordHash, @FailedAttempts, @LockedUntil, @CreatedAt)
        ON CONFLICT DO NOTHING
        """,
        new
        {
            account.Id,
            account.Name,
            account.EmailAddress,
            roles = (int)account.Roles,
            account.OrganisationId,
            uln = account.Uln?.Value,
            level = (int)account.Level,
            status = (int)account.Status,
            account.PasswordHash,
            account.FailedAttempts,
            account.LockedUntil,
            account.CreatedAt,
        }) > 0;

    /// <summary>An entry about an account stands in the chain of its learner, of its organisation, or for officers of the register.</summary>
    public static async Task<AuditNote> NoteAsync(Session session, Account account, AuditAction action, Access access)
    {
        var chain = account switch
        {
            { Uln: { } uln } => AuditChain.Of(uln),
            { OrganisationId: { } organisation } => AuditChain.OfOrganisation(await OrganisationRows.NumberAsync(session, organisation)),
            _ => AuditChain.Register,
        };
        return new(chain, action, Details: AuditTrail.Details(access));
    }

    internal class Row
    {
        public Guid Id { get; init; }

        public string Name { get; init; } = "";

        public string? EmailAddress { get; init; }

        public Roles Roles { get; init; }

        public Guid? OrganisationId { get; init; }

        public long? Uln { get; init; }

        public ConnectionLevel Level { get; init; }

        public AccountStatus Status { get; init; }

        public string? PasswordHash { get; init; }

        public int FailedAttempts { get; init; }

        public DateTimeOffset? LockedUntil { get; init; }

        public DateTimeOffset CreatedAt { get; init; }

        public string Language { get; init; } = "";

        public int FactorVersion { get; init; }

        public long Apps { get; init; }

        public long Passkeys { get; init; }

        public Account ToAccount() => new()
        {
            Id = Id,
            Name = Name,
            EmailAddress = EmailAddress,
            Roles = Roles,
            OrganisationId = OrganisationId,
            Uln = Uln is { } uln ? Core.Learners.Uln.FromValue(uln) : null,
            Level = Level,
            Status = Status,
            PasswordHash = PasswordHash,
            FailedAttempts = FailedAttempts,
            LockedUntil = LockedUntil,
            CreatedAt = CreatedAt,
            IsWelsh = Language == Welsh,
            FactorVersion = FactorVersion,
            HasApp = Apps > 0,
            HasPasskey = Passkeys > 0,
        };
    }
}
