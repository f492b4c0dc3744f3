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
    private readonly List<AchievementOutcome> _outcomes = [];
    private readonly List<object?[]> _versions = [];
    private readonly List<AuditNote> _notes = [];
    private readonly Dictionary<AchievementName, Held> _held = [];
    private Dictionary<long, Learner> _learners = [];
    private Dictionary<string, Qualification> _qualifications = [];
    private Queue<long> _ids = [];

    public async Task<IReadOnlyList<AchievementOutcome>> RunAsync(IReadOnlyList<Achievement> rows)
    {
        if (chunk is not null)
        {
            await BatchProgress.MoveAsync(session, chunk, at);
        }

        await ReadAsync(rows);
        var likelyNew = rows.Count(row => row.Findings.Count == 0 && NameOf(row) is { } name && !_held.ContainsKey(name));
        _ids = new(await session.NextAsync("learning_event_sequence", likelyNew));
        foreach (var row in rows)
        {
            _outcomes.Add(await RecordAsync(row));
        }

        // In the order of the key, so that neighbours go into one page.
        await session.BulkInsertAsync("learning_event", LearningEventRows.WrittenColumns, _versions.OrderBy(row => (long)row[0]!));
        await trail.AppendAsync(session, access, _notes, at);
        if (chunk is not null)
        {
            var counts = _outcomes.CountBy(CountName).ToDictionary(pair => pair.Key, pair => pair.Value);
            var refused = _outcomes.Where(outcome => outcome.Change is null);
            await BatchProgress.KeepAsync(
                session,
                chunk.BatchId,
                counts,
                refused.Select(row => BatchRowForm.Values(chunk.BatchId, new BatchRow(row.Row, Finding.FirstCode(row.Findings), null, row.Findings), null)));
        }

        return _outcomes;
    }

    private static string CountName(AchievementOutcome outcome) => outcome.Change?.ToString() ?? Finding.FirstCode(outcome.Findings).Name;

    private async Task ReadAsync(IReadOnlyList<Achievement> rows)
    {
        _learners = await session.FindAllAsync([.. rows.Select(row => row.Uln?.Value).OfType<long>().Distinct()]);
        _qualifications = await QualificationRows.ReadAsync(session, rows.Select(row => row.Number).OfType<string>().Distinct());

        // Nobody else may add to these learners' events until this is done: their chains' heads are the lock, taken before the events are read.
        await AuditTrail.LockAsync(session, [.. _learners.Values.Select(learner => AuditChain.Of(learner.Uln)).Distinct()]);
        await ReadHeldAsync(rows.Select(NameOf).OfType<AchievementName>().ToHashSet());
    }

    /// <summary>The events that the rows name, found by the index of the one achievement, then read with all their versions.</summary>
    private async Task ReadHeldAsync(HashSet<AchievementName> names)
    {
        var dates = names.Select(name => name.Awarded).OfType<DateOnly>().DefaultIfEmpty().ToList();
        var first = await session.QueryAsync<NameRow>(
            $"""
            SELECT uln, id, subject_code, achievement_award_date FROM learning_event
            WHERE {session.AnyOf("uln", "ulns")} AND organisation_id = @organisation AND version = 1 AND source = {(int)EventSource.AO}
            AND achievement_award_date BETWEEN @from AND @to
            """,
            new { ulns = session.Keys(names.Select(name => name.Uln).Distinct()), organisation = uploader.OrganisationId, from = dates.Min(), to = dates.Max() });
        var held = first.Where(row => names.Contains(new(row.Uln, row.SubjectCode, row.AchievementAwardDate))).ToList();
        if (held.Count == 0)
        {
            return;
        }

        await using var reader = await session.ReaderAsync(
            $"SELECT {LearningEventRows.ColumnList} FROM learning_event WHERE {session.AnyOf("uln", "ulns")} AND {session.AnyOf("id", "ids")} ORDER BY uln, id, version",
            new { ulns = session.Keys(held.Select(row => row.Uln).Distinct()), ids = session.Keys(held.Select(row => (long)row.Id)) });
        while (await reader.ReadAsync())
        {
            var (uln, version) = LearningEventRows.Read(reader);
            var name = new AchievementName(uln, version.Facts.SubjectCode, version.Facts.AchievementAwardDate);
            _held[name] = Next(_held.GetValueOrDefault(name), version);
        }
    }

    private async Task<AchievementOutcome> RecordAsync(Achievement row)
    {
        var learner = row.Uln is { } uln && _learners.TryGetValue(uln.Value, out var found) && found.Status == LearnerStatus.Active ? found : null;
        var qualification = row.Number is { } number ? _qualifications.GetValueOrDefault(number) : null;
        var name = NameOf(row);
        var held = name is null ? null : _held.GetValueOrDefault(name);
        switch (AchievementJudge.Decide(row, new(learner, qualification, held?.Version, held?.BeforeWithdrawal), uploader))
        {
            case AchievementDecision.Refuse refuse:
                return new(row.Row, null, refuse.Findings);
            case AchievementDecision.Keep:
                return new(row.Row, AchievementChange.Unchanged, []);
            case AchievementDecision.Add add:
                _held[name!] = await AddAsync(row, learner!, held, add);
                return new(row.Row, add.Change, []);
            default:
                throw new InvalidOperationException("The judge gave an unknown decision.");
        }
    }

    private async Task<Held> AddAsync(Achievement row, Learner learner, Held? held, AchievementDecision.Add add)
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
        var id = held?.Version.Id ?? await NextIdAsync();
        var version = new LearningEventVersion(id, (held?.Version.Version ?? 0) + 1, add.Facts, provenance);
        var salt = RandomNumberGenerator.GetBytes(AuditForm.SaltLength);
        var hash = AuditForm.SaltedHash(salt, LearningEventContent.WriteBytes(version).Bytes);
        _versions.Add(LearningEventRows.Values(learner.Uln.Value, version, salt));
        _notes.Add(new(
            AuditChain.Of(learner.Uln),
            ActionOf(add.Change),
            new("learning_event", id, version.Version, hash),
            chunk?.BatchId,
            chunk is null ? null : row.Row,
            AuditTrail.Details(access)));
        return Next(held, version);
    }

    /// <summary>A reinstatement leads back to the status of the version before the withdrawal.</summary>
    private static Held Next(Held? held, LearningEventVersion version) =>
        new(version, version.Facts.Status == EventStatus.Withdrawn ? held?.Version.Facts.Status : null);

    private async Task<int> NextIdAsync()
    {
        if (_ids.Count == 0)
        {
            _ids = new(await session.NextAsync("learning_event_sequence", 1));
        }

        return checked((int)_ids.Dequeue());
    }

    /// <summary>What names one achievement (DECISIONS, business rule 4); the organisation is the uploader.</summary>
    private AchievementName? NameOf(Achievement row) =>
        row.Uln is { } uln && _learners.TryGetValue(uln.Value, out var learner) && row.Number is { } number
            ? new(learner.Uln.Value, number, LearnerRules.Date(row.Text.AchievementAwardDate))
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

    private sealed record AchievementName(long Uln, string Number, DateOnly? Awarded);

    private sealed class NameRow
    {
        public long Uln { get; init; }

        public int Id { get; init; }

        public string SubjectCode { get; init; } = "";

        public DateOnly? AchievementAwardDate { get; init; }
    }

    private sealed record Held(LearningEventVersion Version, EventStatus? BeforeWithdrawal);
}
