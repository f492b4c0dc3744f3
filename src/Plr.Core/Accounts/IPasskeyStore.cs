namespace Plr.Core.Accounts;

/// <summary>A key that somebody's device or password manager holds and opens by finger, face or PIN; the register has its public half.</summary>
public sealed record Passkey
{
    /// <summary>The most that one account can have.</summary>
    public const int Most = 20;

    public required Guid Id { get; init; }

    public required Guid AccountId { get; init; }

    /// <summary>What its owner knows it by.</summary>
    public required string Name { get; init; }

    /// <summary>What it calls itself (WebAuthn, "credential ID").</summary>
    public required byte[] CredentialId { get; init; }

    /// <summary>A COSE key.</summary>
    public required byte[] PublicKey { get; init; }

    /// <summary>How often it has signed, as it says itself; 0 when it does not count.</summary>
    public required long SignCount { get; init; }

    /// <summary>How a browser reaches it, such as usb or internal.</summary>
    public IReadOnlyList<string> Transports { get; init; } = [];

    /// <summary>It can be copied to its owner's other devices. A key never changes from one to the other.</summary>
    public bool IsBackupEligible { get; init; }

    public bool IsBackedUp { get; init; }

    public required DateTimeOffset AddedAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Without the name: a record's own text would carry it into a log.</summary>
    public override string ToString() => $"passkey {Id}";
}

/// <summary>A challenge that a passkey has answered. Its hash is kept until it is over, so that each is answered once.</summary>
public sealed record AnsweredChallenge(byte[] Hash, DateTimeOffset ExpiresAt);

/// <summary>A passkey that has signed a challenge of ours, with its owner's consent, and was found right.</summary>
/// <param name="AccountId">Whose.</param>
/// <param name="CredentialId">Which.</param>
/// <param name="SignCount">How often it has signed now.</param>
/// <param name="IsBackedUp">Whether there are copies of it now.</param>
/// <param name="Challenge">What it answered.</param>
public sealed record PasskeyShown(Guid AccountId, byte[] CredentialId, long SignCount, bool IsBackedUp, AnsweredChallenge Challenge);

/// <summary>Passkeys. A challenge is used up, and a count moved on, by one statement with its condition: once, however many try at once.</summary>
public interface IPasskeyStore
{
    /// <summary>Somebody's, the one added first first.</summary>
    Task<IReadOnlyList<Passkey>> ListAsync(Guid accountId, CancellationToken ct = default);

    /// <summary>Anybody's, by what it calls itself.</summary>
    Task<Passkey?> FindAsync(byte[] credentialId, CancellationToken ct = default);

    /// <summary>Adds one and sends its owner mail. False: the challenge was used before, the key is somebody's already, or there are too many.</summary>
    Task<bool> AddAsync(Passkey passkey, AnsweredChallenge challenge, Access access, CancellationToken ct = default);

    /// <summary>
    /// Uses a challenge up and moves the key's count on. False: the challenge was used before, the key is gone, its account or organisation is
    /// suspended, or its count went back, as that of a copy does.
    /// </summary>
    /// <param name="shown">The key, found right.</param>
    /// <param name="session">Where it is the second factor: the session has it then. Null: it begins a session of its own.</param>
    /// <param name="now">The time.</param>
    /// <param name="access">Who.</param>
    /// <param name="ct">Cancels before the commit only.</param>
    Task<bool> UseAsync(PasskeyShown shown, SignedIn? session, DateTimeOffset now, Access access, CancellationToken ct = default);

    /// <summary>Removes one of somebody's and sends mail; false when there is none of that id.</summary>
    Task<bool> RemoveAsync(Guid accountId, Guid id, DateTimeOffset now, Access access, CancellationToken ct = default);

    /// <summary>Forgets challenges that are over.</summary>
    Task RemoveExpiredAsync(DateTimeOffset now, CancellationToken ct = default);
}
