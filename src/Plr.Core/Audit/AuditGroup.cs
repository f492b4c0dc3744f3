namespace Plr.Core.Audit;

/// <summary>Who looked, as a learner is told: themselves, an organisation, the register office, or somebody without an account.</summary>
/// <param name="Word">In an address: "you", "office", "somebody", or the organisation's id.</param>
public readonly record struct AuditWho(string Word)
{
    public static AuditWho Learner { get; } = new("you");

    public static AuditWho Office { get; } = new("office");

    public static AuditWho Somebody { get; } = new("somebody");

    /// <summary>The organisation's id; null for the others.</summary>
    public Guid? Organisation => Guid.TryParseExact(Word, "D", out var id) ? id : null;

    public static AuditWho Of(Guid organisation) => new(organisation.ToString("D"));

    /// <summary>Reads what an address says; null when it is nobody.</summary>
    public static AuditWho? Parse(string? text) => text switch
    {
        "you" or "office" or "somebody" => new(text),
        _ => Guid.TryParseExact(text, "D", out var id) ? Of(id) : null,
    };
}

/// <summary>What one of them did with a learner's record, taken together.</summary>
/// <param name="Who">Who.</param>
/// <param name="Organisation">Its name, when it is an organisation of this register.</param>
/// <param name="Times">How many entries.</param>
/// <param name="First">The oldest entry's time, UTC.</param>
/// <param name="Last">The newest entry's time, UTC.</param>
/// <param name="Actions">The words of what they did, what they did last first.</param>
/// <param name="Purposes">The words of what for, likewise.</param>
public sealed record AuditGroup(AuditWho Who, string? Organisation, int Times, DateTimeOffset First, DateTimeOffset Last, IReadOnlyList<string> Actions, IReadOnlyList<string> Purposes);
