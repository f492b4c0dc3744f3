using Plr.Core.Learners;

namespace Plr.Core.Accounts;

/// <summary>Whether an account may sign in.</summary>
public enum AccountStatus
{
    Active = 1,
    Suspended = 2,
}

/// <summary>How sure it is that a learner's account is the learner's (DECISIONS, "Levels of a learner's connection").</summary>
public enum ConnectionLevel
{
    L0 = 0,
    L1 = 1,
    L2 = 2,
    L3 = 3,
}

/// <summary>Somebody who can sign in: a learner, a person of an organisation, or one of the register office.</summary>
public sealed record Account
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    /// <summary>The name to sign in by; unique, kept in lower case. A learner invited by the office may have none.</summary>
    public string? EmailAddress { get; init; }

    public required Roles Roles { get; init; }

    public Guid? OrganisationId { get; init; }

    /// <summary>The learner whose account it is.</summary>
    public Uln? Uln { get; init; }

    public ConnectionLevel Level { get; init; }

    public required AccountStatus Status { get; init; }

    /// <summary>Null until a password is set through a one-time link; there is never a default.</summary>
    public string? PasswordHash { get; init; }

    /// <summary>Wrong passwords since the last right one.</summary>
    public int FailedAttempts { get; init; }

    /// <summary>No password is tried before this instant (back-off).</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Signed in last on the Welsh pages: mail is written in Welsh.</summary>
    public bool IsWelsh { get; init; }

    /// <summary>An authenticator app is set up, with recovery codes.</summary>
    public bool HasApp { get; init; }

    /// <summary>There is a passkey, which signs in alone.</summary>
    public bool HasPasskey { get; init; }

    /// <summary>There is something that can be a second factor.</summary>
    public bool HasFactor => HasApp || HasPasskey;

    /// <summary>How often the second factor was changed; of two changes at once one counts.</summary>
    public int FactorVersion { get; init; }

    /// <summary>Who acts when this account is signed in.</summary>
    public Actor Actor => new(Roles, Id, Name, OrganisationId, Uln) { Level = Level };
}

/// <summary>A signed-in account, its organisation's status and its session, read on every request so that suspension bites at once.</summary>
/// <param name="SessionId">The session, which is not its key.</param>
/// <param name="Account">Who.</param>
/// <param name="OrganisationName">For whom, if for an organisation.</param>
/// <param name="IsOrganisationActive">Always so for a session that the store gives.</param>
/// <param name="ExpiresAt">When it ends unless it is used before.</param>
/// <param name="BegunAt">When it began; <see cref="SessionRules"/> bounds how long it can be lengthened.</param>
/// <param name="ByLink">Begun by a one-time link: whoever has forgotten the password sets another.</param>
public sealed record SignedIn(Guid SessionId, Account Account, string? OrganisationName, bool IsOrganisationActive, DateTimeOffset ExpiresAt, DateTimeOffset BegunAt, bool ByLink)
{
    /// <summary>When the second factor was given in this session.</summary>
    public DateTimeOffset? FactorAt { get; init; }

    /// <summary>What is still owed before the session opens more than the way to it. Owed until <see cref="SessionRules.FactorOf"/> was asked.</summary>
    public FactorState Factor { get; init; } = FactorState.ToGive;

    /// <summary>Who acts in this session.</summary>
    public Actor Actor => Account.Actor with { Factor = Factor };
}

/// <summary>How long somebody stays signed in.</summary>
/// <param name="Idle">Without a request.</param>
/// <param name="Longest">In all.</param>
public sealed record SessionRules(TimeSpan Idle, TimeSpan Longest)
{
    /// <summary>Whether people of organisations and officers must have a second factor. Only the demo, whose people are invented, asks none of them.</summary>
    public bool PeopleNeedFactor { get; init; } = true;

    /// <summary>Whether learners must have one; else they choose.</summary>
    public bool LearnersNeedFactor { get; init; }

    /// <summary>Whether somebody must have a second factor.</summary>
    public bool NeedsFactor(Account account) => account.Roles == Roles.Learner ? LearnersNeedFactor : PeopleNeedFactor;

    /// <summary>
    /// What a session still owes. For whoever need not have a second factor a passkey is another way in: their password stays one, or losing the
    /// key would lock them out.
    /// </summary>
    public FactorState FactorOf(Account account, DateTimeOffset? factorAt) => account switch
    {
        _ when factorAt is not null => FactorState.Done,
        { HasApp: true } => FactorState.ToGive,
        _ when !NeedsFactor(account) => FactorState.Done,
        _ => account.HasPasskey ? FactorState.ToGive : FactorState.ToSetUp,
    };

    /// <summary>When a session ends that began then and is used now.</summary>
    public DateTimeOffset ExpiresAt(DateTimeOffset begunAt, DateTimeOffset now) => now + Idle < begunAt + Longest ? now + Idle : begunAt + Longest;
}
