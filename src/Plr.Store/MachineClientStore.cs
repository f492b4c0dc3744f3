using System.Collections.Concurrent;
using Plr.Core;
using Plr.Core.Audit;
using Plr.Core.MachineClients;

namespace Plr.Store;

/// <summary>Machine clients, their keys and tokens. An assertion is used by one insert: once, however many show it at once.</summary>
/// <param name="engine">Where.</param>
/// <param name="trail">Writes leave an entry in the organisation's chain.</param>
public sealed class MachineClientStore(Engine engine, AuditTrail trail) : IMachineClientStore
{
    // What a token opens is asked again after this long: a suspension made on another server bites within it.
    private static readonly TimeSpan AskedAgain = TimeSpan.FromSeconds(2);
    private const int MostKnown = 10_000;
    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    private const string ClientColumns = "c.id, c.name, c.organisation_id, c.roles, c.status, c.created_at";
    private const string KeyColumns = "k.client_id, k.id, k.secret_hash, k.public_key, k.added_at, k.expires_at, k.last_used_at";
    private const string IsUsable = "c.status = 1 AND o.status = 1";

    // When a key was last used is for people, who need no seconds: a client that asks often writes it once a minute.
    private static readonly TimeSpan UseNoted = TimeSpan.FromMinutes(1);

    public Task AddAsync(MachineClient client, Access access, CancellationToken ct = default) => engine.WriteAsync(
        async session =>
        {
            await session.ExecuteAsync(
                "INSERT INTO machine_client (id, name, organisation_id, roles, status, created_at) VALUES (@Id, @Name, @OrganisationId, @roles, @status, @CreatedAt)",
                new { client.Id, client.Name, client.OrganisationId, roles = (int)client.Roles, status = (int)client.Status, client.CreatedAt });
            await NoteAsync(session, client.OrganisationId, AuditAction.MachineClientAdded, access);
            return true;
        },
        ct);

    public Task<MachineClient?> GetAsync(Guid id, DateTimeOffset now, CancellationToken ct = default) =>
        engine.ReadAsync(async session => (await ReadAsync(session, "c.id = @id", new { id, now })).SingleOrDefault(), ct);

    public Task<bool> IsActiveAsync(Guid id, CancellationToken ct = default) => engine.ReadAsync(
        async session => await session.SingleOrDefaultAsync<long>(
            $"SELECT count(*) FROM machine_client c JOIN organisation o ON o.id = c.organisation_id WHERE c.id = @id AND {IsUsable}", new { id }) > 0,
        ct);

    public Task<IReadOnlyList<MachineClient>> ListAsync(Guid organisationId, DateTimeOffset now, CancellationToken ct = default) =>
        engine.ReadAsync<IReadOnlyList<MachineClient>>(async session => await ReadAsync(session, "c.organisation_id = @organisationId", new { organisationId, now }), ct);

    public async Task<KeyAdding> AddKeyAsync(Guid clientId, ClientKey key, int most, Access access, CancellationToken ct = default)
    {
        var adding = KeyAdding.UnknownClient;
        await ChangeAsync(
            clientId,
            access,
            async session =>
            {
                // Under the client's lock: two commands at once cannot both take the last place.
                var held = await session.SingleOrDefaultAsync<long>(
                    "SELECT count(*) FROM client_key WHERE client_id = @clientId AND ended_at IS NULL AND expires_at > @AddedAt", new { clientId, key.AddedAt });
                adding = held < most ? KeyAdding.Added : KeyAdding.TooMany;
                return adding == KeyAdding.Added && await session.ExecuteAsync(
                    "INSERT INTO client_key (id, client_id, secret_hash, public_key, added_at, expires_at) VALUES (@Id, @clientId, @SecretHash, @PublicKey, @AddedAt, @ExpiresAt)",
                    new { key.Id, clientId, key.SecretHash, key.PublicKey, key.AddedAt, key.ExpiresAt }) > 0;
            },
            ct);
        return adding;
    }

    public Task<bool> EndKeyAsync(Guid clientId, Guid keyId, DateTimeOffset now, Access access, CancellationToken ct = default) => ChangeAsync(
        clientId,
        access,
        async session =>
        {
            await session.ExecuteAsync("DELETE FROM machine_token WHERE key_id = @keyId AND client_id = @clientId", new { keyId, clientId });
            return await session.ExecuteAsync(
                "UPDATE client_key SET ended_at = @now WHERE id = @keyId AND client_id = @clientId AND ended_at IS NULL", new { keyId, clientId, now }) > 0;
        },
        ct);

    public Task<bool> SetStatusAsync(Guid id, MachineClientStatus status, Access access, CancellationToken ct = default) => ChangeAsync(
        id,
        access,
        async session =>
        {
            await session.ExecuteAsync("UPDATE machine_client SET status = @status WHERE id = @id", new { id, status = (int)status });
            if (status != MachineClientStatus.Active)
            {
                await session.ExecuteAsync("DELETE FROM machine_token WHERE client_id = @id", new { id });
            }

            return true;
        },
        ct);

    public Task<bool> GiveTokenAsync(TokenGiven token, Access access, CancellationToken ct = default) => engine.WriteAsync(
        async session =>
        {
            // The client's row is locked first and by itself: a suspension or the end of a key at the same moment either ends this token or
            // prevents it, because what is read below is read after it. Two locks on rows that this also writes would deadlock.
            await LockAsync(session, "id = @ClientId", new { token.ClientId });
            var organisation = await session.SingleOrDefaultAsync<Guid?>(
                $"""
                SELECT c.organisation_id FROM machine_client c JOIN organisation o ON o.id = c.organisation_id
                JOIN client_key k ON k.client_id = c.id AND k.id = @KeyId AND k.ended_at IS NULL AND k.expires_at > @At
                WHERE c.id = @ClientId AND {IsUsable} {(session.Engine.Kind == EngineKind.Postgres ? "FOR SHARE OF o" : "")}
                """,
                new { token.KeyId, token.ClientId, token.At });
            if (organisation is null || (token.Assertion is { } assertion && !await UseAsync(session, token.ClientId, assertion.Id, assertion.ExpiresAt)))
            {
                return false;
            }

            await session.ExecuteAsync(
                """
                INSERT INTO machine_token (token_hash, client_id, key_id, scopes, expires_at) VALUES (@Hash, @ClientId, @KeyId, @scopes, @ExpiresAt);
                UPDATE client_key SET last_used_at = @At WHERE id = @KeyId AND (last_used_at IS NULL OR last_used_at <= @longAgo)
                """,
                new { token.Hash, token.ClientId, token.KeyId, scopes = string.Join(' ', token.Scopes), token.ExpiresAt, token.At, longAgo = token.At - UseNoted });
            await NoteAsync(session, organisation.Value, AuditAction.SignedIn, access);
            return true;
        },
        ct);

    public async Task<MachineVisit?> VisitAsync(byte[] tokenHash, DateTimeOffset now, CancellationToken ct = default)
    {
        var token = Convert.ToHexString(tokenHash);
        if (_known.TryGetValue(token, out var known) && known.IsFresh(now))
        {
            return known.Visit;
        }

        var row = await engine.ReadAsync(
            session => session.SingleOrDefaultAsync<VisitRow>(
                $"""
                SELECT {ClientColumns}, o.name AS organisation_name, t.scopes, t.expires_at
                FROM machine_token t JOIN machine_client c ON c.id = t.client_id JOIN organisation o ON o.id = c.organisation_id
                WHERE t.token_hash = @tokenHash AND t.expires_at > @now AND {IsUsable}
                """,
                new { tokenHash, now }),
            ct);
        if (row is null)
        {
            _known.TryRemove(token, out _);
            return null;
        }

        if (_known.Count >= MostKnown)
        {
            _known.Clear();
        }

        _known[token] = new(row.ToVisit(), row.ExpiresAt, now);
        return row.ToVisit();
    }

    public Task RemoveExpiredAsync(DateTimeOffset now, CancellationToken ct = default) => engine.WriteAsync(
        session => session.ExecuteAsync(
            "DELETE FROM machine_token WHERE expires_at <= @now; DELETE FROM client_assertion WHERE expires_at <= @now; DELETE FROM idempotent_answer WHERE expires_at <= @now",
            new { now }),
        ct);

    /// <summary>
    /// Locks clients until the transaction ends, in one order: whoever changes them, their keys or their tokens does this first. Rows that refer
    /// to a client are not kept waiting by it.
    /// </summary>
    internal static async Task LockAsync(Session session, string where, object args)
    {
        // SQLite's gate lets one transaction in at a time.
        if (session.Engine.Kind == EngineKind.Postgres)
        {
            await session.QueryAsync<Guid>($"SELECT id FROM machine_client WHERE {where} ORDER BY id FOR NO KEY UPDATE", args);
        }
    }

    private static async Task<bool> UseAsync(Session session, Guid clientId, byte[] id, DateTimeOffset expiresAt) => await session.ExecuteAsync(
        "INSERT INTO client_assertion (client_id, id_hash, expires_at) VALUES (@clientId, @id, @expiresAt) ON CONFLICT (client_id, id_hash) DO NOTHING",
        new { clientId, id, expiresAt }) > 0;

    private static async Task<List<MachineClient>> ReadAsync(Session session, string where, object args)
    {
        var clients = (await session.QueryAsync<ClientRow>($"SELECT {ClientColumns} FROM machine_client c WHERE {where} ORDER BY c.name, c.id", args)).ToList();
        var keys = (await session.QueryAsync<KeyRow>(
            $"""
            SELECT {KeyColumns} FROM client_key k JOIN machine_client c ON c.id = k.client_id
            WHERE {where} AND k.ended_at IS NULL AND k.expires_at > @now ORDER BY k.added_at DESC, k.id DESC
            """,
            args)).ToLookup(key => key.ClientId);
        return [.. clients.Select(client => client.ToClient([.. keys[client.Id].Select(key => key.ToKey())]))];
    }

    private async Task<bool> ChangeAsync(Guid id, Access access, Func<Session, Task<bool>> change, CancellationToken ct)
    {
        var isChanged = await engine.WriteAsync(
            async session =>
            {
                await LockAsync(session, "id = @id", new { id });
                var organisation = await session.SingleOrDefaultAsync<Guid?>("SELECT organisation_id FROM machine_client WHERE id = @id", new { id });
                if (organisation is null || !await change(session))
                {
                    return false;
                }

                await NoteAsync(session, organisation.Value, AuditAction.MachineClientChanged, access);
                return true;
            },
            ct);
        _known.Clear();
        return isChanged;
    }

    private async Task NoteAsync(Session session, Guid organisation, AuditAction action, Access access) => await trail.AppendAsync(
        session, access, [new(AuditChain.OfOrganisation(await OrganisationRows.NumberAsync(session, organisation)), action, Details: AuditTrail.Details(access))]);

    private class ClientRow
    {
        public Guid Id { get; init; }

        public string Name { get; init; } = "";

        public Guid OrganisationId { get; init; }

        public Roles Roles { get; init; }

        public MachineClientStatus Status { get; init; }

        public DateTimeOffset CreatedAt { get; init; }

        public MachineClient ToClient(IReadOnlyList<ClientKey> keys) =>
            new() { Id = Id, Name = Name, OrganisationId = OrganisationId, Roles = Roles, Status = Status, CreatedAt = CreatedAt, Keys = keys };
    }

    private sealed class VisitRow : ClientRow
    {
        public string OrganisationName { get; init; } = "";

        public string Scopes { get; init; } = "";

        public DateTimeOffset ExpiresAt { get; init; }

        public MachineVisit ToVisit() => new(ToClient([]), OrganisationName, Scopes.Split(' '));
    }

    /// <param name="Visit">What the token opens.</param>
    /// <param name="ExpiresAt">The token's end.</param>
    /// <param name="AskedAt">When the database said so.</param>
    private sealed record Known(MachineVisit Visit, DateTimeOffset ExpiresAt, DateTimeOffset AskedAt)
    {
        public bool IsFresh(DateTimeOffset now) => now < ExpiresAt && now >= AskedAt && now - AskedAt < AskedAgain;
    }

    private sealed class KeyRow
    {
        public Guid ClientId { get; init; }

        public Guid Id { get; init; }

        public byte[]? SecretHash { get; init; }

        public string? PublicKey { get; init; }

        public DateTimeOffset AddedAt { get; init; }

        public DateTimeOffset ExpiresAt { get; init; }

        public DateTimeOffset? LastUsedAt { get; init; }

        public ClientKey ToKey() => new() { Id = Id, SecretHash = SecretHash, PublicKey = PublicKey, AddedAt = AddedAt, ExpiresAt = ExpiresAt, LastUsedAt = LastUsedAt };
    }
}
