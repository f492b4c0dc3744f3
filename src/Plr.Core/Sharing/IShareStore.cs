using Plr.Core.Learners;
using Plr.Core.Reports;

namespace Plr.Core.Sharing;

/// <summary>How somebody tries to open a share.</summary>
/// <param name="Code">With a birth date; null with a link.</param>
/// <param name="DateOfBirth">As they typed it.</param>
/// <param name="Link">What stands in the link's address.</param>
/// <param name="Place">From where they come: an address, or for IPv6 its network. Only a keyed hash of it is kept, to count what was tried.</param>
public sealed record ShareAttempt(ShareCode? Code, DateOnly? DateOfBirth, string? Link, string Place)
{
    /// <summary>The reference of a report, with a birth date; null with a code or a link.</summary>
    public ReportReference? Report { get; init; }

    /// <summary>By what they come.</summary>
    public ShareDoor Door => Report is not null ? ShareDoor.Report : Code is not null ? ShareDoor.Code : ShareDoor.Link;

    public override string ToString() => "attempt at a share";
}

/// <summary>How often a code may be tried.</summary>
/// <param name="WrongOfACode">Wrong tries of one code before it waits.</param>
/// <param name="WrongOfAPlace">Wrong tries from one address before it waits.</param>
/// <param name="Wait">How long it waits then, and how long a wrong try is remembered.</param>
public sealed record ShareTries(int WrongOfACode, int WrongOfAPlace, TimeSpan Wait);

/// <summary>Why a share could not be kept.</summary>
public enum ShareFault
{
    /// <summary>The ULN is nobody's, or their record is closed.</summary>
    NoLearner = 1,

    /// <summary>An event that is not on this learner's record.</summary>
    NotOnTheRecord,

    /// <summary>Somebody changed the share meanwhile; it can be another window of the learner's own.</summary>
    Stale,
}

/// <summary>Shares as the store keeps them. Making, changing, ending and looking leave entries in the learner's trail in the same transaction.</summary>
public interface IShareStore
{
    /// <summary>Keeps a share.</summary>
    Task<(Share? Added, ShareFault? Fault)> AddAsync(Uln uln, ShareTerms terms, Access access, CancellationToken ct = default);

    /// <summary>A learner's shares, of all their linked ULNs, newest first.</summary>
    Task<IReadOnlyList<Share>> ListAsync(Uln uln, Access access, CancellationToken ct = default);

    /// <summary>One of a learner's shares; null when it is none of theirs.</summary>
    Task<OwnShare?> GetAsync(Guid id, Uln uln, Access access, CancellationToken ct = default);

    /// <summary>Changes the terms of one of a learner's shares, if nobody did since that version; with no terms the share ends.</summary>
    Task<(Share? Changed, ShareFault? Fault)> ChangeAsync(Guid id, Uln uln, int version, ShareTerms? terms, Access access, CancellationToken ct = default);
}

/// <summary>Shares as whoever checks them comes to them.</summary>
public interface IShareChecks
{
    /// <summary>Tries to open a share, and counts what was tried. Opening counts as one look.</summary>
    Task<ShareOpening> OpenAsync(ShareAttempt attempt, ShareTries tries, Access access, CancellationToken ct = default);

    /// <summary>How a share stands that a link leads to, without looking at it; null when it leads to none.</summary>
    Task<Share?> PeekAsync(string link, Access access, CancellationToken ct = default);

    /// <summary>What somebody sees who opened a share a short while ago; null when that is over. It is the same each time.</summary>
    Task<SharedRecord?> ReadAsync(string token, Access access, CancellationToken ct = default);

    /// <summary>Whoever opened a share leaves an address, to be told of corrections; false when the page is over.</summary>
    Task<bool> TellAsync(string token, string? organisation, string? emailAddress, bool isWelsh, Access access, CancellationToken ct = default);

    /// <summary>Makes a receipt of what was seen, one for each look; null when the page is over or the share allows none.</summary>
    Task<(Receipt Receipt, SharedRecord Seen)?> ReceiptAsync(string token, Access access, CancellationToken ct = default);

    /// <summary>Looks a receipt up; null when the register made none of this reference.</summary>
    Task<ReceiptConfirmation?> ConfirmAsync(ReportReference reference, Access access, CancellationToken ct = default);

    /// <summary>Forgets wrong tries that count no more; how many.</summary>
    Task<int> ForgetTriesAsync(DateTimeOffset before, CancellationToken ct = default);

    /// <summary>Forgets who looked then, and where they are told of corrections; how many.</summary>
    Task<int> ForgetAddressesAsync(DateTimeOffset before, CancellationToken ct = default);
}
