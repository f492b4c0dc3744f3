namespace Plr.Core.MachineClients;

/// <summary>Whether a client may sign in.</summary>
public enum MachineClientStatus
{
    Active = 1,
    Suspended = 2,
}

/// <summary>An organisation's software that signs in by itself (OAuth 2 client credentials, RFC 6749 §4.4).</summary>
public sealed record MachineClient
{
    /// <summary>The <c>client_id</c>.</summary>
    public required Guid Id { get; init; }

    /// <summary>What people call it, as "Student records system"; learners see it in their trail beside the organisation's name.</summary>
    public required string Name { get; init; }

    public required Guid OrganisationId { get; init; }

    /// <summary>What it may be; its tokens' scopes say which part of that they open.</summary>
    public required Roles Roles { get; init; }

    public required MachineClientStatus Status { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Its keys that have not ended, newest first: with two at once a client changes from one to the other without a gap.</summary>
    public IReadOnlyList<ClientKey> Keys { get; init; } = [];

    public Actor Actor => new(Roles, null, Name, OrganisationId) { MachineClientId = Id };
}

/// <summary>By what a client shows that it is the one.</summary>
public sealed record ClientKey
{
    public required Guid Id { get; init; }

    /// <summary>SHA-256 of a secret of 256 bits; null for a public key.</summary>
    public byte[]? SecretHash { get; init; }

    /// <summary>A public key as a JSON web key (RFC 7517), for <c>private_key_jwt</c>; null for a secret.</summary>
    public string? PublicKey { get; init; }

    public required DateTimeOffset AddedAt { get; init; }

    /// <summary>It cannot be used from here on.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; init; }
}

/// <summary>A client with its token, as it comes with a request.</summary>
/// <param name="Client">Without its keys.</param>
/// <param name="OrganisationName">For what is shown and written.</param>
/// <param name="Scopes">What the token opens.</param>
public sealed record MachineVisit(MachineClient Client, string OrganisationName, IReadOnlyCollection<string> Scopes);
