using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Plr.Core.Learners;

namespace Plr.Core.Audit;

/// <summary>One entry as somebody reads it.</summary>
/// <param name="Sequence">Its place in the chain.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Action">The action's word.</param>
/// <param name="ActorKind">learner, organisation-user, officer, register or nobody.</param>
/// <param name="Organisation">The organisation's name, if it was one.</param>
/// <param name="Person">The person's name, until it is erased.</param>
/// <param name="Channel">The channel's word.</param>
/// <param name="Purpose">The purpose's word.</param>
/// <param name="EventId">The learning event that it was about, if it was one.</param>
public sealed record AuditLine(int Sequence, DateTimeOffset At, string Action, string ActorKind, string? Organisation, string? Person, string Channel, string Purpose, int? EventId)
{
    /// <summary>Where it stands among the entries of several linked ULNs; null where there is one chain, in which the sequence says it.</summary>
    public AuditPlace? Place { get; init; }
}

/// <summary>A place in a learner's entries, from which older ones are read on.</summary>
/// <param name="Sequence">In its chain.</param>
/// <param name="At">When, for somebody with linked ULNs; null where there is one chain.</param>
/// <param name="Chain">Which of the chains, in the order of the ULNs.</param>
public sealed record AuditPlace(int Sequence, DateTimeOffset? At = null, int Chain = 0)
{
    public static AuditPlace Of(AuditLine line) => line.Place ?? new(line.Sequence);

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out AuditPlace? place)
    {
        var parts = text.Split('-');
        place = null;
        if (parts.Length is not (1 or 3) || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
        {
            return false;
        }

        if (parts.Length == 1)
        {
            place = new(sequence);
        }
        else if (long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.UtcTicks
            && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var chain))
        {
            place = new(sequence, new DateTimeOffset(ticks, TimeSpan.Zero), chain);
        }

        return place is not null;
    }

    public override string ToString() => At is { } at
        ? string.Create(CultureInfo.InvariantCulture, $"{Sequence}-{at.UtcTicks}-{Chain}")
        : Sequence.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What a walk over the trail found wrong.</summary>
/// <param name="Chain">Whose chain.</param>
/// <param name="Sequence">Which entry; 0 for the chain as a whole.</param>
/// <param name="Kind">What: altered, removed, reordered, forged head, version altered ….</param>
/// <param name="Text">In words, without personal data other than the chain's number.</param>
public sealed record AuditFault(AuditChain Chain, int Sequence, string Kind, string Text);

/// <summary>The result of a walk.</summary>
public sealed record AuditVerdict(long Chains, long Entries, long Versions, IReadOnlyList<AuditFault> Faults);

/// <summary>The trail: read by the learner, walked by the auditor. It is written by the stores, in the transactions of what it tells.</summary>
public interface IAuditTrail
{
    /// <summary>A learner's entries, newest first, with their number in all; of somebody with linked ULNs those of all of them.</summary>
    /// <param name="withOwn">Whether what the learner did themselves is among them.</param>
    /// <param name="before">Only those older than this place; null for all.</param>
    /// <param name="who">Only what this one did, whatever <paramref name="withOwn"/> says; null for all.</param>
    Task<(IReadOnlyList<AuditLine> Lines, int Total)> ReadAsync(
        Uln uln, int skip, int take, Access access, bool withOwn = true, AuditPlace? before = null, AuditWho? who = null, CancellationToken ct = default);

    /// <summary>A learner's entries by who made them, the latest first; of somebody with linked ULNs those of all of them. It reads their entries once, and no others.</summary>
    /// <param name="withOwn">Whether what the learner did themselves is among them.</param>
    Task<IReadOnlyList<AuditGroup>> GroupsAsync(Uln uln, Access access, bool withOwn = true, CancellationToken ct = default);

    /// <summary>Walks every chain: each entry's hash in the next, no number missing, heads sealed, each version as it was hashed, every learner with a chain.</summary>
    /// <param name="progress">Chains walked so far.</param>
    Task<AuditVerdict> VerifyAsync(IProgress<long>? progress, Access access, CancellationToken ct = default);

    /// <summary>Writes one entry by itself, for what changes no row: a refusal, a trail check.</summary>
    Task NoteAsync(AuditNote note, Access access, CancellationToken ct = default);
}
