namespace Plr.Core.Accounts;

/// <summary>What is known about the browser in which somebody signs in. No address and no place: only what its owner knows it by.</summary>
/// <param name="Browser">Its family and system, such as "Firefox, Windows"; null when it does not say.</param>
/// <param name="DeviceHash">The hash of the random name that it keeps in a cookie; null for none, and then nothing is said about a new device.</param>
/// <param name="IsWelsh">The language of the pages.</param>
public sealed record SessionOrigin(string? Browser, byte[]? DeviceHash, bool IsWelsh)
{
    /// <summary>The second factor is given with the signing in itself.</summary>
    public bool IsFactorGiven { get; init; }

    /// <summary>Nothing is owed any more: the browser counts as one of the account's from now on.</summary>
    public bool IsWhole { get; init; }
}

/// <summary>One of somebody's open sessions.</summary>
/// <param name="Id">The session, which is not its key.</param>
/// <param name="Browser">As its browser said it.</param>
/// <param name="BegunAt">When it began.</param>
/// <param name="SeenAt">When it was last used, within a minute.</param>
/// <param name="ByLink">Begun by a one-time link.</param>
public sealed record OpenSession(Guid Id, string? Browser, DateTimeOffset BegunAt, DateTimeOffset SeenAt, bool ByLink);
