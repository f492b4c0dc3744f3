using Plr.Core.Batches;
using Plr.Core.Learners;
using Plr.Core.Responses;

namespace Plr.Core.LearningEvents;

/// <summary>What became of one achievement: a change, or the findings against it.</summary>
public sealed record AchievementOutcome(int Row, AchievementChange? Change, IReadOnlyList<Finding> Findings);

/// <summary>What a reader is given of a record, decided when the learner is known.</summary>
/// <param name="Refusal">Why the record cannot be shown; null when it can.</param>
/// <param name="WithWithdrawn">Whether withdrawn events are shown: to the learner, not to organisations (DECISIONS, R9 answers).</param>
public sealed record RecordDecision(ResponseCode? Refusal, bool WithWithdrawn);

/// <summary>What the store gives of a record: the learner whenever there is one; the events when they may be shown.</summary>
public sealed record RecordAnswer(ResponseCode? Refusal, PersonalLearningRecord? Record);

/// <summary>One event with all its versions, oldest first.</summary>
public sealed record EventHistory(LearningEvent Event, IReadOnlyList<LearningEventVersion> Versions);

/// <summary>Learning events as the store keeps them. Versions are only added; each leaves its entry in the learner's trail in the same transaction, as does each reading.</summary>
public interface ILearningEventStore
{
    /// <summary>Decides and carries out achievements of one awarding organisation in one transaction, in their order; with a batch, outcomes and progress commit with them.</summary>
    Task<IReadOnlyList<AchievementOutcome>> RecordAchievementsAsync(IReadOnlyList<Achievement> rows, AchievementUploader uploader, BatchChunk? chunk, Access access, CancellationToken ct = default);

    /// <summary>Reads a whole record, as of now or of an instant. Shown or refused, the learner's trail says so. Null when the ULN is on nobody's record.</summary>
    Task<RecordAnswer?> ReadRecordAsync(Uln uln, DateTimeOffset? asOf, Func<Learner, RecordDecision> decide, Access access, CancellationToken ct = default);

    /// <summary>One event of a learner with its history; null when they have no such event.</summary>
    Task<EventHistory?> ReadEventAsync(Uln uln, int id, Func<Learner, RecordDecision> decide, Access access, CancellationToken ct = default);
}
