namespace Plr.Core.Mail;

/// <summary>What a mail tells its reader. Each has its words in the resource file Mail.</summary>
public enum MailKind
{
    /// <summary>Somebody signed in with a browser that the account has not been used in. Filled in: browser, time.</summary>
    NewDevice = 1,

    /// <summary>A second factor was set up, or another took its place. Filled in: time.</summary>
    FactorSet,

    /// <summary>The second factor was turned off. Filled in: time.</summary>
    FactorRemoved,

    /// <summary>The register office removed the second factor, so that another can be set up. Filled in: time.</summary>
    FactorReset,

    /// <summary>A recovery code was used. Filled in: time, how many are left.</summary>
    RecoveryCodeUsed,

    /// <summary>A passkey was added. Filled in: time.</summary>
    PasskeyAdded,

    /// <summary>A passkey was removed. Filled in: time.</summary>
    PasskeyRemoved,

    /// <summary>A qualification that the reader saw through a share was corrected or withdrawn. Filled in: when they looked, the reference of their receipt or nothing.</summary>
    ShareCorrected,

    /// <summary>A one-time link to sign in. Filled in: its token, which is made of the register's keys when the mail is claimed, and lies nowhere.</summary>
    SignInLink,

    /// <summary>Somebody looked at what the reader shares, and the reader wanted to know. Filled in: time.</summary>
    ShareSeen,

    // Data challenges, to the learner: reference, and a day where there is one. No other word of them is in a mail.

    /// <summary>It was raised. Filled in: reference, the day by which an answer can be expected.</summary>
    ChallengeRaised,

    /// <summary>Evidence was added. Filled in: reference.</summary>
    ChallengeEvidenceAdded,

    /// <summary>More information is wanted. Filled in: reference, the last day to give it.</summary>
    ChallengeInformationAsked,

    /// <summary>Information was taken in. Filled in: reference, the day by which an answer can be expected.</summary>
    ChallengeInformationGiven,

    /// <summary>The organisation did not answer in time, and the register office has it. Filled in: reference, the day by which an answer can be expected.</summary>
    ChallengeEscalated,

    /// <summary>It was right, and is corrected. Filled in: reference.</summary>
    ChallengeAccepted,

    /// <summary>The record stays as it is. Filled in: reference.</summary>
    ChallengeRejected,

    /// <summary>Information that was asked for never came. Filled in: reference.</summary>
    ChallengeClosed,

    /// <summary>It was taken back. Filled in: reference.</summary>
    ChallengeWithdrawn,

    /// <summary>The register office looks at it again. Filled in: reference, the day by which an answer can be expected.</summary>
    ChallengeReviewAsked,

    // Data challenges, to the people of the organisation that has one to answer.

    /// <summary>There is a new one. Filled in: reference, the last day to answer it.</summary>
    ChallengeToAnswer,

    /// <summary>It still waits. Filled in: reference, the last day to answer it.</summary>
    ChallengeReminder,

    /// <summary>The learner added something. Filled in: reference, the last day to answer it.</summary>
    ChallengeNews,

    /// <summary>It need not be answered any more: it was withdrawn, or the register office has it. Filled in: reference.</summary>
    ChallengeTakenAway,
}

/// <summary>A mail of the outbox that one server has claimed.</summary>
/// <param name="Id">Names it for ever: a receiver knows a second copy by it.</param>
/// <param name="Attempt">Which attempt this is, from 1; it is also the name of the claim.</param>
/// <param name="Kind">What it tells.</param>
/// <param name="Name">The reader's name.</param>
/// <param name="EmailAddress">Where it goes; null when the account has none any more.</param>
/// <param name="IsWelsh">The language in which the reader signed in last.</param>
/// <param name="Values">What is filled in, in the order of <see cref="MailKind"/>.</param>
/// <param name="CreatedAt">When what it tells happened.</param>
public sealed record ClaimedMail(
    Guid Id, int Attempt, MailKind Kind, string Name, string? EmailAddress, bool IsWelsh, IReadOnlyList<string> Values, DateTimeOffset CreatedAt)
{
    /// <summary>Nothing about the reader: a record's own text would carry it into a log.</summary>
    public override string ToString() => $"mail {Id}";
}

/// <summary>
/// The mail that waits. A mail is put in by the store, in the transaction of what it tells of; here it is claimed and sent. A claim runs out by
/// itself, so a server that dies loses none; a mail that was sent in the moment of dying is sent again under the same name.
/// </summary>
public interface IOutbox
{
    /// <summary>Claims the mail that is due longest, for one server alone, until the lease is over; null when none is due.</summary>
    Task<ClaimedMail?> ClaimAsync(DateTimeOffset now, TimeSpan lease, CancellationToken ct = default);

    /// <summary>It is sent: what was filled in is removed. False when the claim had run out and somebody else has it.</summary>
    Task<bool> SentAsync(ClaimedMail mail, DateTimeOffset now, CancellationToken ct = default);

    /// <summary>It could not be sent: it is due again then, or with null never; then what was filled in is removed.</summary>
    Task<bool> FailedAsync(ClaimedMail mail, DateTimeOffset now, DateTimeOffset? dueAgainAt, CancellationToken ct = default);
}
