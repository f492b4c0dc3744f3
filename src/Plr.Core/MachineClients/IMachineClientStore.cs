namespace Plr.Core.MachineClients;

/// <summary>Machine clients, their keys and their tokens. Secrets and tokens are kept as hashes only.</summary>
public interface IMachineClientStore
{
    Task AddAsync(MachineClient client, Access access, CancellationToken ct = default);

    /// <summary>The client with the keys that have neither ended nor expired; null when there is none. Its status is not looked at.</summary>
    Task<MachineClient?> GetAsync(Guid id, DateTimeOffset now, CancellationToken ct = default);

    /// <summary>Whether the client and its organisation are active.</summary>
    Task<bool> IsActiveAsync(Guid id, CancellationToken ct = default);

    /// <summary>An organisation's clients with their keys, by name.</summary>
    Task<IReadOnlyList<MachineClient>> ListAsync(Guid organisationId, DateTimeOffset now, CancellationToken ct = default);

    /// <summary>Adds a key when the client has fewer than so many that have neither ended nor expired, however many are added at once.</summary>
    Task<KeyAdding> AddKeyAsync(Guid clientId, ClientKey key, int most, Access access, CancellationToken ct = default);

    /// <summary>Ends a key now, and every token that was given for it; false when the client has no such key.</summary>
    Task<bool> EndKeyAsync(Guid clientId, Guid keyId, DateTimeOffset now, Access access, CancellationToken ct = default);

    /// <summary>Suspends or reactivates; suspension ends all tokens.</summary>
    Task<bool> SetStatusAsync(Guid id, MachineClientStatus status, Access access, CancellationToken ct = default);

    /// <summary>
    /// Gives a token: uses the assertion up, if there is one, and keeps the token's hash, in one transaction. False when the assertion was used
    /// before, or the client, its organisation or the key is not active any more.
    /// </summary>
    Task<bool> GiveTokenAsync(TokenGiven token, Access access, CancellationToken ct = default);

    /// <summary>The client with a token, while the token lasts and client and organisation are active, as of at most two seconds ago; else null.</summary>
    Task<MachineVisit?> VisitAsync(byte[] tokenHash, DateTimeOffset now, CancellationToken ct = default);

    /// <summary>Forgets tokens and assertions that are over.</summary>
    Task RemoveExpiredAsync(DateTimeOffset now, CancellationToken ct = default);
}

/// <summary>What became of a key to add.</summary>
public enum KeyAdding
{
    Added = 1,
    TooMany = 2,
    UnknownClient = 3,
}

/// <summary>A token to give.</summary>
/// <param name="Hash">SHA-256 of it.</param>
/// <param name="ClientId">Whose.</param>
/// <param name="KeyId">For which key.</param>
/// <param name="Scopes">What it opens.</param>
/// <param name="At">Now.</param>
/// <param name="ExpiresAt">When it is over.</param>
/// <param name="Assertion">The SHA-256 of the assertion's <c>jti</c>, and when the assertion expires; null with a secret.</param>
public sealed record TokenGiven(
    byte[] Hash, Guid ClientId, Guid KeyId, IReadOnlyCollection<string> Scopes, DateTimeOffset At, DateTimeOffset ExpiresAt, (byte[] Id, DateTimeOffset ExpiresAt)? Assertion);
