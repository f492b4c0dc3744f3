namespace Plr.Core;

/// <summary>What an actor may be. DECISIONS, "Roles, purposes, levels"; <see cref="Register"/> is the software itself.</summary>
[Flags]
public enum Roles
{
    None = 0,

    /// <summary>A connected learner: everything of their own.</summary>
    Learner = 1,

    /// <summary>Learner registration body, online: find, register, update, read.</summary>
    LrbOnline = 1 << 1,

    /// <summary>Learner registration body, files: as online, and uploads registration files.</summary>
    LrbBatch = 1 << 2,

    /// <summary>Learner registration body, view only.</summary>
    LrbViewOnly = 1 << 3,

    /// <summary>Awarding organisation: uploads and corrects its own achievements, verifies ULNs.</summary>
    AwardingOrganisation = 1 << 4,

    /// <summary>Raises and answers data challenges for its organisation.</summary>
    DataChallenge = 1 << 5,

    /// <summary>Its organisation's people, keys and settings; no learners by that role.</summary>
    SuperUser = 1 << 6,

    /// <summary>Register office: cases (masked), arbitration.</summary>
    OfficeAgent = 1 << 7,

    /// <summary>Register office: merges, certifies, configures.</summary>
    OfficeSenior = 1 << 8,

    /// <summary>Trail and statistics, no learner fields.</summary>
    Auditor = 1 << 9,

    /// <summary>The host: health and settings, no learner fields.</summary>
    Operator = 1 << 10,

    /// <summary>The register's own commands and chores, run by whoever has the machine.</summary>
    Register = 1 << 11,
}

/// <summary>Roles that go together.</summary>
public static class RoleSets
{
    /// <summary>Those of the register office. They belong to people: the office has no software of its own.</summary>
    public const Roles Office = Roles.OfficeAgent | Roles.OfficeSenior | Roles.Auditor | Roles.Operator;
}

/// <summary>How far somebody who signs in has come with their second factor.</summary>
[Flags]
public enum FactorState
{
    /// <summary>Given, or not needed: the session opens what the roles allow.</summary>
    Done = 1,

    /// <summary>It is set up and must be given.</summary>
    ToGive = 2,

    /// <summary>It is needed and must be set up.</summary>
    ToSetUp = 4,
}

/// <summary>Who acts. Nobody signed in is <see cref="Nobody"/>.</summary>
/// <param name="Roles">What they may be; a person may hold several.</param>
/// <param name="AccountId">The signed-in account; null for nobody and for the register itself.</param>
/// <param name="Name">The person's name, kept only in the erasable details of the trail.</param>
/// <param name="OrganisationId">The organisation they act for, if any.</param>
/// <param name="OwnUln">The learner's own number, when the actor is a learner.</param>
public sealed record Actor(Roles Roles, Guid? AccountId = null, string? Name = null, Guid? OrganisationId = null, Learners.Uln? OwnUln = null)
{
    /// <summary>What a session that is begun by half opens is only what <see cref="PolicyRow.While"/> says.</summary>
    public FactorState Factor { get; init; } = FactorState.Done;

    /// <summary>How sure it is that a learner's account is the learner's; nothing of anybody else.</summary>
    public Accounts.ConnectionLevel Level { get; init; }

    /// <summary>Nobody is signed in.</summary>
    public static Actor Nobody { get; } = new(Roles.None);

    /// <summary>The organisation's software that acts, when it is no person.</summary>
    public Guid? MachineClientId { get; init; }

    /// <summary>The register's own commands and chores.</summary>
    public static Actor Register { get; } = new(Roles.Register);

    /// <summary>The register's own commands, run for an organisation (<c>plr load … --organisation</c>).</summary>
    public static Actor RegisterFor(Guid organisationId) => Register with { OrganisationId = organisationId };

    /// <summary>The kind of actor that the trail writes down.</summary>
    public string Kind => Roles switch
    {
        Roles.None => "nobody",
        Roles.Learner => "learner",
        Roles.Register => "register",
        _ when (Roles & RoleSets.Office) != Roles.None => "officer",
        _ => "organisation-user",
    };
}
