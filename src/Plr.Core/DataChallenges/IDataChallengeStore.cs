using Plr.Core.Learners;
using Plr.Core.Responses;

namespace Plr.Core.DataChallenges;

/// <summary>A data challenge with all that belongs to it.</summary>
/// <param name="Challenge">It.</param>
/// <param name="Steps">Its history, oldest first.</param>
/// <param name="Evidence">What was sent with it, oldest first.</param>
public sealed record ChallengeHistory(DataChallenge Challenge, IReadOnlyList<ChallengeStep> Steps, IReadOnlyList<Evidence> Evidence)
{
    /// <summary>Without the words: they may be personal.</summary>
    public override string ToString() => Challenge.ToString();
}

/// <summary>A data challenge that the store has locked, for somebody to decide on.</summary>
/// <param name="Challenge">As it is now.</param>
/// <param name="Ulns">All ULNs of the person.</param>
/// <param name="IsChanged">Whether a learning event that it is about was changed since it was raised.</param>
/// <param name="EvidenceCount">How many files it has.</param>
public sealed record ChallengeInHand(DataChallenge Challenge, IReadOnlyList<Uln> Ulns, bool IsChanged, int EvidenceCount)
{
    /// <summary>Without the person.</summary>
    public override string ToString() => Challenge.ToString();
}

/// <summary>What somebody decides to do with a challenge, or why not.</summary>
/// <param name="Code">What it comes to.</param>
/// <param name="Deed">What was done; null for a refusal.</param>
/// <param name="After">The challenge after it.</param>
/// <param name="Said">In their words.</param>
public sealed record ChallengeMove(ResponseCode Code, ChallengeDeed? Deed = null, DataChallenge? After = null, string? Said = null)
{
    /// <summary>Without the words: they may be personal.</summary>
    public override string ToString() => $"{Code} {Deed}";
}

/// <summary>What a step of a challenge came to.</summary>
/// <param name="Code">ChallengeMoved, or why not.</param>
/// <param name="Challenge">As it is now; null for a refusal.</param>
/// <param name="Findings">What is wrong with what was said.</param>
public sealed record ChallengeAnswer(ResponseCode Code, DataChallenge? Challenge, IReadOnlyList<Finding> Findings);

/// <summary>
/// Data challenges as the store keeps them. Each step is one transaction with its entry in the learner's trail and the mail that tells of it; of two
/// steps at once the second sees what the first did.
/// </summary>
public interface IDataChallengeStore
{
    /// <summary>
    /// Keeps a challenge and sends it on; id, reference, titles and organisation are the store's. One that was raised from the same journey before is given
    /// again.
    /// </summary>
    /// <param name="journey">The journey that it comes from, whose evidence goes with it; null for none.</param>
    /// <param name="send">Whom it goes to and by when, once its organisation is known.</param>
    /// <returns>ChallengeRaised, UnknownEvent when the ULN is nobody's or an event is not on this learner's record, TooManyChallenges.</returns>
    Task<ChallengeAnswer> AddAsync(DataChallenge challenge, Guid? journey, Func<DataChallenge, ChallengeMove> send, Access access, CancellationToken ct = default);

    /// <summary>Does one step: the challenge is locked, somebody decides, and what they decide is kept.</summary>
    /// <returns>UnknownChallenge, or what was decided.</returns>
    Task<ChallengeAnswer> MoveAsync(Guid id, Func<ChallengeInHand, ChallengeMove> decide, Access access, CancellationToken ct = default);

    /// <summary>A learner's challenges, newest first.</summary>
    Task<IReadOnlyList<DataChallenge>> ListAsync(Uln uln, Access access, CancellationToken ct = default);

    /// <summary>One challenge with its history; null when there is none or it may not be shown.</summary>
    Task<ChallengeHistory?> ReadAsync(Guid id, Func<ChallengeInHand, bool> mayShow, Access access, CancellationToken ct = default);

    /// <summary>The open challenges that an organisation, or with null the register office, has to answer, the most urgent first. An entry for each learner.</summary>
    Task<IReadOnlyList<DataChallenge>> ListToAnswerAsync(Guid? organisationId, int most, Access access, CancellationToken ct = default);

    /// <summary>The challenges for which the clock has something to do by a day.</summary>
    Task<IReadOnlyList<Guid>> DueAsync(DateOnly day, int most, Access access, CancellationToken ct = default);
}

/// <summary>
/// Evidence as the store keeps it: encrypted. What is sent before the challenge is raised belongs to a journey, and like it is no part of the register.
/// </summary>
public interface IEvidenceStore
{
    /// <summary>Keeps a file with a journey of this account.</summary>
    /// <returns>EvidenceAdded, TooMuchEvidence, or UnknownChallenge when the journey is over.</returns>
    Task<ResponseCode> AddDraftAsync(Guid journey, Guid accountId, SentFile file, int most, DateTimeOffset now, CancellationToken ct = default);

    /// <summary>The files of a journey of this account, oldest first.</summary>
    Task<IReadOnlyList<Evidence>> DraftsAsync(Guid journey, Guid accountId, CancellationToken ct = default);

    /// <summary>Removes a file of a journey of this account; false when there is none.</summary>
    Task<bool> RemoveDraftAsync(Guid journey, Guid accountId, Guid id, CancellationToken ct = default);

    /// <summary>Adds a file to a challenge, as a step of it.</summary>
    Task<ChallengeAnswer> AddAsync(Guid challenge, SentFile file, Func<ChallengeInHand, ChallengeMove> decide, Access access, CancellationToken ct = default);

    /// <summary>One file of a challenge; null when there is none or it may not be shown.</summary>
    Task<EvidenceFile?> ReadAsync(Guid challenge, Guid id, Func<ChallengeInHand, bool> mayShow, Access access, CancellationToken ct = default);

    /// <summary>Removes the files of journeys that are over; how many.</summary>
    Task<int> RemoveExpiredAsync(DateTimeOffset now, CancellationToken ct = default);
}
