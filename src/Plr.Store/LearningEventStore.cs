using Plr.Core;
using Plr.Core.Audit;
using Plr.Core.Batches;
using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Core.Responses;

namespace Plr.Store;

/// <summary>Learning events in the database. Recording achievements is <see cref="AchievementRun"/>.</summary>
public sealed class LearningEventStore(Engine engine, AuditTrail trail, TimeProvider time) : ILearningEventStore
{
    private readonly Gathering<RecordReading, RecordAnswer?> _readings =
        new(engine.Turns, readings => engine.WriteAsync(session => new RecordRun(session, trail).RunAsync(readings)));

    public Task<IReadOnlyList<AchievementOutcome>> RecordAchievementsAsync(
        IReadOnlyList<Achievement> rows, AchievementUploader uploader, BatchChunk? chunk, Access access, CancellationToken ct = default) =>
        engine.WriteAsync(session => new AchievementRun(session, trail, uploader, access, chunk, StoredForms.Instant(time.GetUtcNow())).RunAsync(rows), ct);

    public async Task<RecordAnswer?> ReadRecordAsync(Uln uln, DateTimeOffset? asOf, Func<Learner, RecordDecision> decide, Access access, CancellationToken ct = default)
    {
        var reading = new RecordReading(uln, asOf, decide, access);
        return engine.IsTogether ? (await engine.WriteAsync(session => new RecordRun(session, trail).RunAsync([reading]), ct))[0] : await _readings.AskAsync(reading, ct);
    }

    public Task<EventHistory?> ReadEventAsync(Uln uln, int id, Func<Learner, RecordDecision> decide, Access access, CancellationToken ct = default) =>
        engine.WriteAsync(
            async session =>
            {
                if (await session.FindAsync(uln) is not { Status: LearnerStatus.Active } learner)
                {
                    return null;
                }

                var decision = decide(learner);
                if (decision.Refusal is not null)
                {
                    await NoteAsync(session, AuditChain.Of(learner.Uln), AuditAction.RecordRefused, access);
                    return null;
                }

                var ulns = await session.UlnsOfAsync(learner.Uln);
                var versions = await session.VersionsAsync(ulns, id);
                if (versions.Count == 0 || (versions[^1].Facts.Status == EventStatus.Withdrawn && !decision.WithWithdrawn))
                {
                    return null;
                }

                await NoteAsync(session, AuditChain.Of(learner.Uln), AuditAction.EventShown, access, eventId: id);
                return new EventHistory(RecordReads.Event(versions[0], versions[^1], await session.OpenChallengesAsync(ulns)), versions);
            },
            ct);

    private Task NoteAsync(Session session, AuditChain chain, AuditAction action, Access access, int? eventId = null) =>
        trail.AppendAsync(session, access, [new AuditNote(chain, action, Details: AuditTrail.Details(access)) { EventId = eventId }]);
}
