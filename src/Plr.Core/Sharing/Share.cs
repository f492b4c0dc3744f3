using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Core.Reports;

namespace Plr.Core.Sharing;

/// <summary>What of the learner and of each qualification a share shows beside the name, the title, the level, the awarding organisation, the date and the status.</summary>
[Flags]
public enum ShareFields
{
    None = 0,
    Grade = 1,

    /// <summary>The school, college or provider.</summary>
    Provider = 1 << 1,
    Uln = 1 << 2,
    DateOfBirth = 1 << 3,
}

/// <summary>What a share lets somebody see, and for how long.</summary>
public sealed record ShareTerms
{
    /// <summary>The longest name of whoever it is for, and the longest reason, in characters.</summary>
    public const int LongestText = 200;

    /// <summary>The learning events, by number; null for all that the record has whenever somebody looks.</summary>
    public IReadOnlyList<int>? Events { get; init; }

    public required ShareFields Fields { get; init; }

    /// <summary>Whom it is for, in the learner's words; null for anyone who has the code.</summary>
    public string? ForWhom { get; init; }

    /// <summary>What for, in the learner's words.</summary>
    public string? Reason { get; init; }

    /// <summary>When it ends, UTC.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>How often it may be looked at; null for as often as they like.</summary>
    public int? MostViews { get; init; }

    /// <summary>Whether whoever looks may keep a receipt of what they saw.</summary>
    public bool MayDownload { get; init; }

    /// <summary>Whether the learner is told by e-mail each time that somebody looks.</summary>
    public bool TellMe { get; init; }

    /// <summary>Without the words: they may be personal.</summary>
    public override string ToString() => $"share until {EndsAt:u}";
}

/// <summary>How a share stands.</summary>
public enum ShareState
{
    Open = 1,

    /// <summary>Its last day is over.</summary>
    Over,

    /// <summary>It was looked at as often as the learner allowed.</summary>
    UsedUp,

    /// <summary>The learner ended it.</summary>
    Ended,
}

/// <summary>What a learner lets somebody see (CONTEXT, Share).</summary>
/// <param name="Id">The share.</param>
/// <param name="Uln">The ULN that it was made under.</param>
/// <param name="Terms">What may be seen and for how long.</param>
/// <param name="MadeAt">When, UTC.</param>
/// <param name="EndedAt">When the learner ended it; null while they have not.</param>
/// <param name="Views">How often it was looked at.</param>
/// <param name="Version">Counts its changes, from 1.</param>
public sealed record Share(Guid Id, Uln Uln, ShareTerms Terms, DateTimeOffset MadeAt, DateTimeOffset? EndedAt, int Views, int Version)
{
    /// <summary>The report whose reference opens it in place of a code; null for what the learner shared as such.</summary>
    public ReportReference? Report { get; init; }

    /// <summary>How it stands.</summary>
    public ShareState StateAt(DateTimeOffset now) => this switch
    {
        { EndedAt: not null } => ShareState.Ended,
        var share when share.Terms.EndsAt <= now => ShareState.Over,
        var share when share.Terms.MostViews is { } most && share.Views >= most => ShareState.UsedUp,
        _ => ShareState.Open,
    };

    /// <summary>Which of a record's events it shows: those that were chosen, or all; of all, one that was withdrawn before the share was made is left out.</summary>
    public IReadOnlyList<LearningEvent> Shown(IEnumerable<LearningEvent> events) =>
    [
        .. events.Where(learned => Terms.Events is { } chosen
            ? chosen.Contains(learned.Id)
            : learned.Facts.Status != EventStatus.Withdrawn || learned.Latest.RecordedAt > MadeAt),
    ];

    /// <summary>Without whose it is.</summary>
    public override string ToString() => $"share {Id}";
}

/// <summary>What opens a share. Both are made of the register's keys, so that their owner sees them whenever they like and the store keeps hashes only.</summary>
/// <param name="Code">Asked for together with the date of birth.</param>
/// <param name="Link">What stands in the address of the link and of its QR code: 130 bits.</param>
public sealed record ShareSecrets(ShareCode Code, string Link)
{
    public override string ToString() => "secrets of a share";
}

/// <summary>By what somebody came to a share.</summary>
public enum ShareDoor
{
    Code = 1,
    Link = 2,

    /// <summary>The reference of a report.</summary>
    Report = 3,
}

/// <summary>That somebody looked.</summary>
/// <param name="SeenAt">When, UTC.</param>
/// <param name="Door">By what they came.</param>
/// <param name="Organisation">Who they said they are, when they did.</param>
/// <param name="HasReceipt">Whether they kept a receipt.</param>
public sealed record ShareView(DateTimeOffset SeenAt, ShareDoor Door, string? Organisation, bool HasReceipt);

/// <summary>A share as its owner sees it.</summary>
public sealed record OwnShare(Share Share, ShareSecrets Secrets, IReadOnlyList<ShareView> Views)
{
    public override string ToString() => Share.ToString();
}
