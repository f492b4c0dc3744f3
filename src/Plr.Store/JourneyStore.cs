using System.Security.Cryptography;
using Plr.Core.Journeys;

namespace Plr.Store;

/// <summary>Journeys. Their ids are random throughout, unlike the store's other GUIDs, which begin with the time.</summary>
public sealed class JourneyStore(Engine engine) : IJourneyStore
{
    public Task<Guid> AddAsync(Guid accountId, string kind, string answers, DateTimeOffset expiresAt, CancellationToken ct = default)
    {
        var id = new Guid(RandomNumberGenerator.GetBytes(16));
        return engine.WriteAsync(
            async session =>
            {
                await session.ExecuteAsync(
                    "INSERT INTO journey (id, account_id, kind, answers, expires_at) VALUES (@id, @accountId, @kind, @answers, @expiresAt)",
                    new { id, accountId, kind, answers, expiresAt });
                return id;
            },
            ct);
    }

    public Task<Journey?> GetAsync(Guid id, Guid accountId, DateTimeOffset now, CancellationToken ct = default) => engine.ReadAsync(
        async session => await session.SingleOrDefaultAsync<Row>(
            "SELECT kind, answers, expires_at FROM journey WHERE id = @id AND account_id = @accountId AND expires_at > @now", new { id, accountId, now }) is { } row
            ? new Journey(id, accountId, row.Kind, row.Answers, row.ExpiresAt)
            : null,
        ct);

    public Task<bool> UpdateAsync(Guid id, Guid accountId, string answers, DateTimeOffset now, DateTimeOffset expiresAt, CancellationToken ct = default) =>
        engine.WriteAsync(
            async session => await session.ExecuteAsync(
                "UPDATE journey SET answers = @answers, expires_at = @expiresAt WHERE id = @id AND account_id = @accountId AND expires_at > @now",
                new { id, accountId, answers, now, expiresAt }) > 0,
            ct);

    public Task RemoveAsync(Guid id, Guid accountId, CancellationToken ct = default) => engine.WriteAsync(
        session => session.ExecuteAsync("DELETE FROM journey WHERE id = @id AND account_id = @accountId", new { id, accountId }), ct);

    public Task<int> RemoveExpiredAsync(DateTimeOffset now, CancellationToken ct = default) =>
        engine.WriteAsync(session => session.ExecuteAsync("DELETE FROM journey WHERE expires_at <= @now", new { now }), ct);

    private sealed class Row
    {
        public string Kind { get; init; } = "";

        public string Answers { get; init; } = "";

        public DateTimeOffset ExpiresAt { get; init; }
    }
}
