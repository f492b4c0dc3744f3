using Plr.Core.Learners;

namespace Plr.Core.Audit;

/// <summary>What happened, as the trail writes it. A learner shown to anybody, and every write, has an entry of its own (DESIGN §6, Audit).</summary>
public sealed record AuditAction(string Word)
{
    public static readonly AuditAction LearnerRegistered = new("learner-registered");
    public static readonly AuditAction LearnerUpdated = new("learner-updated");
    public static readonly AuditAction LearnerShown = new("learner-shown");
    public static readonly AuditAction LearnerMatched = new("learner-matched");
    public static readonly AuditAction UlnVerified = new("uln-verified");
    public static readonly AuditAction UlnNotVerified = new("uln-not-verified");
    public static readonly AuditAction RecordShown = new("record-shown");
    public static readonly AuditAction RecordRefused = new("record-refused");
    public static readonly AuditAction EventShown = new("event-shown");
    public static readonly AuditAction EventCreated = new("event-created");
    public static readonly AuditAction EventUpdated = new("event-updated");
    public static readonly AuditAction EventWithdrawn = new("event-withdrawn");
    public static readonly AuditAction EventReinstated = new("event-reinstated");
    public static readonly AuditAction EventPromoted = new("event-promoted");
    public static readonly AuditAction ChallengeRaised = new("challenge-raised");
    public static readonly AuditAction ShareMade = new("share-made");
    public static readonly AuditAction ShareChanged = new("share-changed");
    public static readonly AuditAction ShareEnded = new("share-ended");
    public static readonly AuditAction ShareSeen = new("share-seen");
    public static readonly AuditAction ShareConfirmed = new("share-confirmed");
    public static readonly AuditAction ChallengeShown = new("challenge-shown");
    public static readonly AuditAction ChallengeSent = new("challenge-sent");
    public static readonly AuditAction ChallengeEvidenceAdded = new("challenge-evidence-added");
    public static readonly AuditAction ChallengeEvidenceShown = new("challenge-evidence-shown");
    public static readonly AuditAction ChallengeInformationAsked = new("challenge-information-asked");
    public static readonly AuditAction ChallengeInformationGiven = new("challenge-information-given");
    public static readonly AuditAction ChallengeReminded = new("challenge-reminded");
    public static readonly AuditAction ChallengeEscalated = new("challenge-escalated");
    public static readonly AuditAction ChallengeAccepted = new("challenge-accepted");
    public static readonly AuditAction ChallengeRejected = new("challenge-rejected");
    public static readonly AuditAction ChallengeClosed = new("challenge-closed");
    public static readonly AuditAction ChallengeWithdrawn = new("challenge-withdrawn");
    public static readonly AuditAction ChallengeReviewAsked = new("challenge-review-asked");
    public static readonly AuditAction DataDownloaded = new("data-downloaded");
    public static readonly AuditAction ReportMade = new("report-made");
    public static readonly AuditAction ReportRefused = new("report-refused");
    public static readonly AuditAction ReportConfirmed = new("report-confirmed");
    public static readonly AuditAction ToldApart = new("told-apart");
    public static readonly AuditAction LinkProposed = new("link-proposed");
    public static readonly AuditAction LinkRefused = new("link-refused");
    public static readonly AuditAction LinkWithdrawn = new("link-withdrawn");
    public static readonly AuditAction LearnerLinked = new("learner-linked");
    public static readonly AuditAction UnlinkProposed = new("unlink-proposed");
    public static readonly AuditAction UnlinkRefused = new("unlink-refused");
    public static readonly AuditAction UnlinkWithdrawn = new("unlink-withdrawn");
    public static readonly AuditAction LearnerUnlinked = new("learner-unlinked");
    public static readonly AuditAction SearchedWithoutMatch = new("searched-without-match");
    public static readonly AuditAction BatchSubmitted = new("batch-submitted");
    public static readonly AuditAction BatchFetched = new("batch-fetched");
    public static readonly AuditAction OrganisationAdded = new("organisation-added");
    public static readonly AuditAction OrganisationChanged = new("organisation-changed");
    public static readonly AuditAction AccountAdded = new("account-added");
    public static readonly AuditAction AccountChanged = new("account-changed");
    public static readonly AuditAction AccountInvited = new("account-invited");
    public static readonly AuditAction MachineClientAdded = new("machine-client-added");
    public static readonly AuditAction MachineClientChanged = new("machine-client-changed");
    public static readonly AuditAction SignedIn = new("signed-in");
    public static readonly AuditAction FactorGiven = new("second-factor-given");
    public static readonly AuditAction FactorSet = new("second-factor-set");
    public static readonly AuditAction FactorRemoved = new("second-factor-removed");
    public static readonly AuditAction FactorReset = new("second-factor-reset");
    public static readonly AuditAction RecoveryCodesMade = new("recovery-codes-made");
    public static readonly AuditAction RecoveryCodeUsed = new("recovery-code-used");
    public static readonly AuditAction PasskeyAdded = new("passkey-added");
    public static readonly AuditAction PasskeyUsed = new("passkey-used");
    public static readonly AuditAction PasskeyRemoved = new("passkey-removed");
    public static readonly AuditAction SessionsEnded = new("sessions-ended");
    public static readonly AuditAction ReferenceDataLoaded = new("reference-data-loaded");
    public static readonly AuditAction TrailChecked = new("trail-checked");

    /// <summary>A version that came from another register. Its entry's hash is of the version together with where it came from, since that is not who loaded it.</summary>
    public static readonly AuditAction LearnerLoaded = new("learner-loaded");
    public static readonly AuditAction EventLoaded = new("event-loaded");
    public static readonly AuditAction ReportLoaded = new("report-loaded");
    public static readonly AuditAction RegisterExported = new("register-exported");
    public static readonly AuditAction RegisterBackedUp = new("register-backed-up");
}

/// <summary>
/// Whose chain an entry stands in: a learner's (the ULN itself), an organisation's (minus its register number; for searches that showed
/// nobody and for its batches and accounts), or the register's own (0).
/// </summary>
public readonly record struct AuditChain(long Value)
{
    public static AuditChain Register { get; } = new(0);

    public static AuditChain Of(Uln uln) => new(uln.Value);

    public static AuditChain OfOrganisation(int number) => new(-number);

    public bool IsLearner => Value > 0;
}

/// <summary>The version that a write made: of which table, which row, which version, and the salted hash of its content.</summary>
public sealed record AuditedVersion(string Table, long Id, int Version, ReadOnlyMemory<byte> ContentHash);

/// <summary>One thing to write down. The store gives it its place in the chain, in the transaction of the read or write that it tells of.</summary>
/// <param name="Chain">Whose chain.</param>
/// <param name="Action">What happened.</param>
/// <param name="Made">For a write: the version it made.</param>
/// <param name="Batch">The batch it came with, if any.</param>
/// <param name="BatchRow">The data row of that batch, from 1.</param>
/// <param name="Details">Canonical JSON with what is personal (the person's name, the query); kept beside the entry under a salted hash, erasable.</param>
public sealed record AuditNote(
    AuditChain Chain,
    AuditAction Action,
    AuditedVersion? Made = null,
    int? Batch = null,
    int? BatchRow = null,
    string? Details = null)
{
    /// <summary>For a reading of one learning event: which.</summary>
    public int? EventId { get; init; }
}
