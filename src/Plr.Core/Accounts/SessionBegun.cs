using Plr.Core.Responses;

namespace Plr.Core.Accounts;

/// <summary>What somebody who tries to sign in is answered.</summary>
/// <param name="Code">SignedIn or PasswordSet; SignInRefused, which never says what was wrong; LinkOver; DetailsIncorrect.</param>
/// <param name="Session">The session, when one was begun.</param>
/// <param name="Findings">What is wrong with a new password.</param>
public sealed record SignInAnswer(ResponseCode Code, SessionBegun? Session, IReadOnlyList<Finding> Findings)
{
    internal static SignInAnswer Refused(ResponseCode code) => new(code, null, []);
}

/// <summary>A session that was begun.</summary>
/// <param name="Key">What the cookie carries; it is nowhere else.</param>
/// <param name="SessionId">The session, to name it.</param>
/// <param name="Account">Whose.</param>
/// <param name="ExpiresAt">When it ends unless it is used before.</param>
public sealed record SessionBegun(string Key, Guid SessionId, Account Account, DateTimeOffset ExpiresAt)
{
    /// <summary>Without the key: a record's own text would carry it into a log.</summary>
    public override string ToString() => $"session {SessionId}";

    /// <summary>What is still owed before the session opens more than the way to it.</summary>
    public FactorState Factor { get; init; } = FactorState.ToGive;

    /// <summary>
    /// Begins a session with a fresh key. The trail says that the person came, through the pages of their own audience. Where a second factor is owed, the
    /// session opens only the way to it.
    /// </summary>
    public static async Task<SessionBegun> BeginAsync(
        IAccountStore accounts, SessionRules rules, Account account, DateTimeOffset now, Access access, CancellationToken ct, bool byLink = false, SessionOrigin? origin = null)
    {
        var key = Secret.New();
        var expiresAt = rules.ExpiresAt(now, now);
        var factor = rules.FactorOf(account, origin is { IsFactorGiven: true } ? now : null);
        var id = await accounts.BeginSessionAsync(
            account.Id, Secret.Hash(key), now, expiresAt, byLink, Access.OnPages(account.Actor, access.CorrelationId), origin is null ? null : origin with { IsWhole = factor == FactorState.Done }, ct);
        return new(key, id, account, expiresAt) { Factor = factor };
    }
}
