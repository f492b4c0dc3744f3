using Plr.Core.Accounts;

namespace Plr.Store;

/// <summary>How the table session is read and written.</summary>
internal static class SessionRows
{
    public static async Task<Guid> BeginAsync(Session session, Guid accountId, byte[] keyHash, DateTimeOffset now, DateTimeOffset expiresAt, bool byLink)
    {
        var id = Guid.CreateVersion7();
        await session.ExecuteAsync(
            """
            INSERT INTO session (id, key_hash, account_id, created_at, last_seen_at, expires_at, by_link)
            VALUES (@id, @keyHash, @accountId, @now, @now, @expiresAt, @byLink)
            """,
            new { id, keyHash, accountId, now, expiresAt, byLink });
        return id;
    }

    /// <summary>Ends sessions as of when they were last seen: from now on nothing more happens in them.</summary>
    public static Task<int> EndAsync(Session session, string which, object args) =>
        session.ExecuteAsync($"UPDATE session SET ended_at = last_seen_at WHERE ended_at IS NULL AND {which}", args);

    public static async Task<SignedIn?> GetAsync(Session session, byte[] keyHash, DateTimeOffset now)
    {
        var row = await session.SingleOrDefaultAsync<Row>(
            $"""
            SELECT s.id AS session_id, s.created_at AS begun_at, s.expires_at, s.by_link, n.name AS organisation_name, {AccountRows.ColumnList}
            FROM session s JOIN account a ON a.id = s.account_id LEFT JOIN organisation n ON n.id = a.organisation_id
            WHERE s.key_hash = @keyHash AND s.ended_at IS NULL AND s.expires_at > @now AND {AccountRows.IsUsable}
            """,
            new { keyHash, now });
        return row is null ? null : new SignedIn(row.SessionId, row.ToAccount(), row.OrganisationName, IsOrganisationActive: true, row.ExpiresAt, row.BegunAt, row.ByLink);
    }

    private sealed class Row : AccountRows.Row
    {
        public Guid SessionId { get; init; }

        public DateTimeOffset BegunAt { get; init; }

        public DateTimeOffset ExpiresAt { get; init; }

        public string? OrganisationName { get; init; }

        public bool ByLink { get; init; }
    }
}
