namespace Plr.Core;

/// <summary>Through what a person or a machine came.</summary>
public enum Channel
{
    LearnerSite = 1,
    Portal = 2,
    Office = 3,
    Rest = 4,
    Soap = 5,
    Batch = 6,
    CommandLine = 7,

    /// <summary>The pages where a share is checked, without an account.</summary>
    CheckPages = 8,
}

/// <summary>Why a learner's data is looked at or written. DECISIONS, "Purpose".</summary>
public enum Purpose
{
    Enrolment = 1,
    AdviceAndGuidance = 2,
    Award = 3,
    OwnRecord = 4,
    ShareCheck = 5,
    RegisterUpkeep = 6,
    Audit = 7,
}

/// <summary>
/// Who looks or writes, as whom, through what and why. Every store method that touches a learner's data takes one and leaves it in the
/// trail in the same transaction (DESIGN §6, Audit). The folder is Access; the namespace is the root's, because a namespace of that name
/// would hide this record everywhere.
/// </summary>
/// <param name="Actor">Who.</param>
/// <param name="Channel">Through what.</param>
/// <param name="Purpose">Why.</param>
/// <param name="CorrelationId">Ties what one request or one batch did together; up to 64 characters, no personal data.</param>
public sealed record Access(Actor Actor, Channel Channel, Purpose Purpose, string CorrelationId)
{
    /// <summary>What somebody signed in does on the pages of their audience, for that audience's own purpose.</summary>
    public static Access OnPages(Actor actor, string correlationId)
    {
        var (channel, purpose) = actor.Roles switch
        {
            var roles when roles.HasFlag(Roles.Learner) => (Channel.LearnerSite, Purpose.OwnRecord),
            var roles when (roles & RoleSets.Office) != Roles.None => (Channel.Office, Purpose.RegisterUpkeep),
            var roles when roles.HasFlag(Roles.AwardingOrganisation) && (roles & AllProvider) == Roles.None => (Channel.Portal, Purpose.Award),
            _ => (Channel.Portal, Purpose.Enrolment),
        };
        return new(actor, channel, purpose, correlationId);
    }

    /// <summary>Somebody checks what a learner shared, with an account or without: as nobody, for the code opens it and no role does.</summary>
    public static Access OfChecker(string correlationId) => new(Actor.Nobody, Channel.CheckPages, Purpose.ShareCheck, correlationId);

    private const Roles AllProvider = Roles.LrbBatch | Roles.LrbOnline | Roles.LrbViewOnly;

    /// <summary>The register's own upkeep from the command line.</summary>
    public static Access Upkeep(string correlationId) => new(Actor.Register, Channel.CommandLine, Purpose.RegisterUpkeep, correlationId);
}

/// <summary>How the trail and the wire write channels and purposes.</summary>
public static class AccessWords
{
    public static string Word(this Channel channel) => channel switch
    {
        Channel.LearnerSite => "learner-site",
        Channel.Portal => "portal",
        Channel.Office => "office",
        Channel.Rest => "rest",
        Channel.Soap => "soap",
        Channel.Batch => "batch",
        Channel.CommandLine => "command-line",
        Channel.CheckPages => "check-pages",
        _ => throw new ArgumentOutOfRangeException(nameof(channel)),
    };

    public static string Word(this Purpose purpose) => purpose switch
    {
        Purpose.Enrolment => "enrolment",
        Purpose.AdviceAndGuidance => "advice-and-guidance",
        Purpose.Award => "award",
        Purpose.OwnRecord => "own-record",
        Purpose.ShareCheck => "share-check",
        Purpose.RegisterUpkeep => "register-upkeep",
        Purpose.Audit => "audit",
        _ => throw new ArgumentOutOfRangeException(nameof(purpose)),
    };
}
