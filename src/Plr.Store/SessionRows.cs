using Plr.Core.Accounts;
using Plr.Core.Mail;

namespace Plr.Store;

/// <summary>How the table session is read and written.</summary>
internal static class SessionRows
{
    public static async Task<Guid> BeginAsync(
        Session session, Guid accountId, byte[] keyHash, DateTimeOffset now, DateTimeOffset expiresAt, bool byLink, SessionOrigin? origin)
    {
        var id = Guid.CreateVersion7();
        await session.ExecuteAsync(
            """
            INSERT INTO session (id, key_hash, account_id, created_at, last_seen_at, expires_at, by_link, factor_at, browser, device_hash)
            VALUES (@id, @keyHash, @accountId, @now, @now, @expiresAt, @byLink, @factorAt, @browser, @deviceHash)
            """,
            new { id, keyHash, accountId, now, expiresAt, byLink, factorAt = origin is { IsFactorGiven: true } ? now : (DateTimeOffset?)null, browser = origin?.Browser, deviceHash = origin?.DeviceHash });
        if (origin is not null)
        {
            await session.ExecuteAsync(
                "UPDATE account SET language = @language WHERE id = @accountId AND language <> @language",
                new { accountId, language = origin.IsWelsh ? AccountRows.Welsh : AccountRows.English });
        }

        if (origin is { IsWhole: true })
        {
            await NoteDeviceAsync(session, accountId, id, now);
        }

        return id;
    }

    /// <summary>The session has its second factor. Whether it had none before.</summary>
    public static async Task<bool> GiveFactorAsync(Session session, Guid accountId, Guid sessionId, DateTimeOffset now)
    {
        if (await session.ExecuteAsync("UPDATE session SET factor_at = @now WHERE id = @sessionId AND factor_at IS NULL", new { sessionId, now }) == 0)
        {
            return false;
        }

        await NoteDeviceAsync(session, accountId, sessionId, now);
        return true;
    }

    /// <summary>The browser of a session is one of the account's from now on. Unless it is the first of all, a new one is told by mail.</summary>
    private static async Task NoteDeviceAsync(Session session, Guid accountId, Guid sessionId, DateTimeOffset now)
    {
        var isNew = await session.ExecuteAsync(
            """
            INSERT INTO device (account_id, key_hash, first_seen_at)
            SELECT account_id, device_hash, @now FROM session WHERE id = @sessionId AND device_hash IS NOT NULL
            ON CONFLICT DO NOTHING
            """,
            new { sessionId, now }) > 0;
        if (isNew && await session.SingleOrDefaultAsync<long>("SELECT count(*) FROM device WHERE account_id = @accountId", new { accountId }) > 1)
        {
            var browser = await session.SingleOrDefaultAsync<string>("SELECT browser FROM session WHERE id = @sessionId", new { sessionId });
            await OutboxStore.AddAsync(session, accountId, MailKind.NewDevice, now, browser ?? "");
        }
    }

    /// <summary>Ends sessions as of when they were last seen: from now on nothing more happens in them.</summary>
    public static Task<int> EndAsync(Session session, string which, object args) =>
        session.ExecuteAsync($"UPDATE session SET ended_at = last_seen_at WHERE ended_at IS NULL AND {which}", args);

    public static async Task<SignedIn?> GetAsync(Session session, byte[] keyHash, DateTimeOffset now)
    {
        var row = await session.SingleOrDefaultAsync<Row>(
            $"""
            SELECT s.id AS session_id, s.created_at AS begun_at, s.expires_at, s.by_link, s.factor_at, n.name AS organisation_name, {AccountRows.ColumnList}
            FROM session s JOIN account a ON a.id = s.account_id LEFT JOIN organisation n ON n.id = a.organisation_id
            WHERE s.key_hash = @keyHash AND s.ended_at IS NULL AND s.expires_at > @now AND {AccountRows.IsUsable}
            """,
            new { keyHash, now });
        return row is null ? null : new SignedIn(row.SessionId, row.ToAccount(), row.OrganisationName, IsOrganisationActive: true, row.ExpiresAt, row.BegunAt, row.ByLink) { FactorAt = row.FactorAt };
    }

    public static async Task<IReadOnlyList<OpenSession>> ListAsync(Session session, Guid accountId, DateTimeOffset now) =>
    [
        .. (await session.QueryAsync<OpenRow>(
            """
            SELECT id, browser, created_at, last_seen_at, by_link FROM session
            WHERE account_id = @accountId AND ended_at IS NULL AND expires_at > @now ORDER BY created_at DESC, id DESC
            """,
            new { accountId, now })).Select(row => new OpenSession(row.Id, row.Browser, row.CreatedAt, row.LastSeenAt, row.ByLink)),
    ];

    private sealed class OpenRow
    {
        public Guid Id { get; init; }

        public string? Browser { get; init; }

        public DateTimeOffset CreatedAt { get; init; }

        public DateTimeOffset LastSeenAt { get; init; }

        public bool ByLink { get; init; }
    }

    private sealed class Row : AccountRows.Row
    {
        public Guid SessionId { get; init; }

        public DateTimeOffset BegunAt { get; init; }

        public DateTimeOffset ExpiresAt { get; init; }

        public string? OrganisationName { get; init; }

        public bool ByLink { get; init; }

        public DateTimeOffset? FactorAt { get; init; }
    }
}
