using System.Security.Cryptography;
using Plr.Core;
using Plr.Core.Audit;
using Plr.Core.Batches;
using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Core.Qualifications;
using Plr.Core.Responses;

namespace Plr.Store;

/// <summary>
/// One transaction of achievements of one awarding organisation: what the register holds is read for all rows at once, the judge decides
/// each row in order (a row sees what the rows before it did), then versions, trail and progress are written in bulk.
/// </summary>
internal sealed class AchievementRun(Session session, AuditTrail trail, AchievementUploader uploader, Access access, BatchChunk? chunk, DateTimeOffset at)
{
    private readonly List<Written> _written = [];
    private readonly string? _details = AuditTrail.Details(access);
    private readonly Dictionary<AchievementName, Held> _held = [];
    private Dictionary<long, (Uln Uln, LearnerIdentity Identity)> _learners = [];
    private Dictionary<string, Qualification> _qualifications = [];
    private IReadOnlyDictionary<AuditChain, AuditHead> _heads = new Dictionary<AuditChain, AuditHead>();
    private Queue<long> _ids = [];

    public async Task<IReadOnlyList<AchievementOutcome>> RunAsync(IReadOnlyList<Achievement> rows)
    {
        if (chunk is not null)
        {
            await BatchProgress.MoveAsync(session, chunk, at);
        }

        await ReadAsync(rows);
        AchievementOutcome[] outcomes = [.. rows.Select(Record)];

        // In the order of the key, so that neighbours go into one page.
        Written[] ordered = [.. _written.OrderBy(made => made.Uln).ThenBy(made => made.Version.Id).ThenBy(made => made.Version.Version)];
        await session.BulkInsertAsync("learning_event", LearningEventRows.WrittenColumns, ordered, (row, made) => LearningEventRows.Write(row, made.Uln.Value, made.Version, made.Salt));
        await trail.AppendAsync(session, access, [.. _written.Select(Note)], at, _heads);
        if (chunk is not null)
        {
            var counts = outcomes.CountBy(CountName).ToDictionary(pair => pair.Key, pair => pair.Value);
            var refused = outcomes.Where(outcome => outcome.Change is null);
            await BatchProgress.KeepAsync(
                session,
                chunk.BatchId,
                counts,
                refused.Select(row => BatchRowForm.Values(chunk.BatchId, new BatchRow(row.Row, Finding.FirstCode(row.Findings), null, row.Findings) { Line = chunk.LineOf(row.Row) }, null)));
        }

        return outcomes;
    }

    private static string CountName(AchievementOutcome outcome) => outcome.Change?.ToString() ?? Finding.FirstCode(outcome.Findings).Name;

    private async Task ReadAsync(IReadOnlyList<Achievement> rows)
    {
        _learners = await session.IdentitiesAsync([.. rows.Select(row => row.Uln?.Value).OfType<long>().Distinct()]);
        _qualifications = await QualificationRows.ReadAsync(session, rows.Select(row => row.Number).OfType<string>().Distinct());

        // Nobody else may add to these learners' events until this is done: their chains' heads are the lock, taken before the events are read.
        _heads = await trail.LockAsync(session, _learners.Values.Select(learner => AuditChain.Of(learner.Uln)));
        var names = rows.Where(row => row.Findings.Count == 0).Select(NameOf).OfType<AchievementName>().ToHashSet();
        await ReadHeldAsync(names);
        _ids = new(await session.NextAsync("learning_event_sequence", names.Count(name => !_held.ContainsKey(name))));
    }

    /// <summary>The events that the rows name, found by the index of the one achievement, then read with all their versions.</summary>
    private async Task ReadHeldAsync(HashSet<AchievementName> names)
    {
        var dates = names.Select(name => name.Awarded).OfType<DateOnly>().DefaultIfEmpty().ToList();
        var held = new List<(long Uln, long Id)>();
        await using (var first = await session.ReaderAsync(
            session.Each(
                "uln, id, subject_code, achievement_award_date",
                "learning_event",
                "uln",
                "ulns",
                $"organisation_id = @organisation AND version = 1 AND source = {(int)EventSource.AO} AND achievement_award_date BETWEEN @from AND @to"),
            new { ulns = session.Keys(names.Select(name => name.Uln).Distinct()), organisation = uploader.OrganisationId, from = dates.Min(), to = dates.Max() }))
        {
            while (await first.ReadAsync())
            {
                if (names.Contains(new(first.GetInt64(0), first.GetString(2), first.GetFieldValue<DateOnly>(3))))
                {
                    held.Add((first.GetInt64(0), first.GetInt32(1)));
                }
            }
        }

        if (held.Count == 0)
        {
            return;
        }

        await using var reader = await session.ReaderAsync(
            $"{session.EachPair(LearningEventRows.ColumnList, "learning_event", "uln", "id", "held")} ORDER BY uln, id, version", new { held = Session.Pairs(held) });
        while (await reader.ReadAsync())
        {
            var (uln, version) = LearningEventRows.Read(reader);
            var name = new AchievementName(uln, version.Facts.SubjectCode, version.Facts.AchievementAwardDate);
            _held[name] = Next(_held.GetValueOrDefault(name), version);
        }
    }

    private AchievementOutcome Record(Achievement row)
    {
        var (uln, learner) = row.Uln is { } asked && _learners.TryGetValue(asked.Value, out var found) ? (found.Uln, found.Identity) : default;
        var qualification = row.Number is { } number ? _qualifications.GetValueOrDefault(number) : null;
        var held = NameOf(row) is { } name ? _held.GetValueOrDefault(name) : null;
        switch (AchievementJudge.Decide(row, new(learner, qualification, held?.Version, held?.BeforeWithdrawal), uploader))
        {
            case AchievementDecision.Refuse refuse:
                return new(row.Row, null, refuse.Findings);
            case AchievementDecision.Keep:
                return new(row.Row, AchievementChange.Unchanged, []);
            case AchievementDecision.Add add:
                _held[NameOf(row)!.Value] = Add(row, uln, held, add);
                return new(row.Row, add.Change, []);
            default:
                throw new InvalidOperationException("The judge gave an unknown decision.");
        }
    }

    private Held Add(Achievement row, Uln uln, Held? held, AchievementDecision.Add add)
    {
        var provenance = new Provenance(
            at,
            uploader.OrganisationId,
            null,
            access.Channel,
            chunk?.BatchId,
            chunk is null ? null : row.Row,
            AchievementRules.Action(row.Text.Action)!.Value,
            LearnerRules.Date(row.Text.ActionDate),
            LearnerRules.Optional(row.Text.ActionReason));
        var id = held?.Version.Id ?? checked((int)_ids.Dequeue());
        var version = new LearningEventVersion(id, (held?.Version.Version ?? 0) + 1, add.Facts, provenance);
        _written.Add(new(uln, ActionOf(add.Change), version, RandomNumberGenerator.GetBytes(AuditForm.SaltLength)));
        return Next(held, version);
    }

    private AuditNote Note(Written made) => new(
        AuditChain.Of(made.Uln),
        made.Action,
        new("learning_event", made.Version.Id, made.Version.Version, AuditForm.SaltedHash(made.Salt, LearningEventContent.Write(made.Version).Bytes)),
        made.Version.Provenance.Batch,
        made.Version.Provenance.BatchRow,
        _details);

    /// <summary>A reinstatement leads back to the status of the version before the withdrawal.</summary>
    private static Held Next(Held? held, LearningEventVersion version) =>
        new(version, version.Facts.Status == EventStatus.Withdrawn ? held?.Version.Facts.Status : null);

    /// <summary>What names one achievement (DECISIONS, business rule 4); the organisation is the uploader.</summary>
    private AchievementName? NameOf(Achievement row) =>
        row.Uln is { } asked && _learners.TryGetValue(asked.Value, out var learner) && row.Number is { } number
            ? new(learner.Uln.Value, number, row.Awarded)
            : null;

    private static AuditAction ActionOf(AchievementChange change) => change switch
    {
        AchievementChange.Created => AuditAction.EventCreated,
        AchievementChange.Updated => AuditAction.EventUpdated,
        AchievementChange.Withdrawn => AuditAction.EventWithdrawn,
        AchievementChange.Reinstated => AuditAction.EventReinstated,
        AchievementChange.PromotedToFinal => AuditAction.EventPromoted,
        _ => throw new ArgumentOutOfRangeException(nameof(change)),
    };

    private readonly record struct AchievementName(long Uln, string Number, DateOnly? Awarded);

    private sealed record Written(Uln Uln, AuditAction Action, LearningEventVersion Version, byte[] Salt);

    private sealed record Held(LearningEventVersion Version, EventStatus? BeforeWithdrawal);
}
