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
    private readonly Dictionary<AuditChain, AuditHead> _heads = [];
    private Dictionary<long, (Uln Uln, UlnIdentity Identity)> _learners = [];

    // By master: the ULNs that are one person's.
    private Dictionary<long, List<long>> _persons = [];
    private Dictionary<string, Qualification> _qualifications = [];
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
        await TellAsync();
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

        await AwardingYears.KeepAsync(session, _written.Select(made => made.Version));

        return outcomes;
    }

    private Task TellAsync()
    {
        Written[] corrected = [.. _written.Where(made => made.Version.Version > 1 && made.Action != AuditAction.EventPromoted)];
        HashSet<long> ulns = [.. corrected.Select(made => made.Uln.Value)];
        return ShareCorrections.TellAsync(session, [.. _persons.Values.Where(person => person.Any(ulns.Contains)).SelectMany(person => person)], corrected.Select(made => made.Version.Id).ToHashSet(), at);
    }

    private static string CountName(AchievementOutcome outcome) => outcome.Change?.ToString() ?? Finding.FirstCode(outcome.Findings).Name;

    private async Task ReadAsync(IReadOnlyList<Achievement> rows)
    {
        _qualifications = await QualificationRows.ReadAsync(session, rows.Select(row => row.Number).OfType<string>().Distinct());
        await LockAsync([.. rows.Select(row => row.Uln?.Value).OfType<long>().Distinct()]);
        var names = rows.Where(row => row.Findings.Count == 0).Select(NameOf).OfType<AchievementName>().ToHashSet();
        await ReadHeldAsync(names);
        _ids = new(await session.NextAsync("learning_event_sequence", names.Count(name => !_held.ContainsKey(name))));
    }

    /// <summary>
    /// Nobody else may add to these learners' events, nor link or unlink them, until this is done: their chains' heads are the lock, taken before it is read
    /// whom the ULNs lead to and what is held. A head that is locked only now may come with a link that was made meanwhile: then it is read again.
    /// </summary>
    private async Task LockAsync(long[] asked)
    {
        var heads = await trail.LockBegunAsync(session, asked.Select(uln => new AuditChain(uln)));
        do
        {
            foreach (var (chain, head) in heads)
            {
                _heads.Add(chain, head);
            }

            _learners = await session.IdentitiesAsync(asked);
            _persons = await session.UlnsOfAsync([.. _learners.Values.Select(learner => learner.Uln.Value)]);
            heads = await trail.LockAsync(session, _persons.Values.SelectMany(ulns => ulns).Select(uln => new AuditChain(uln)).Where(chain => !_heads.ContainsKey(chain)));
        }
        while (heads.Count > 0);
    }

    /// <summary>The events that the rows name, under any ULN of the person, found by the index of the one achievement, then read with all their versions.</summary>
    private async Task ReadHeldAsync(HashSet<AchievementName> names)
    {
        var personOf = _persons.SelectMany(person => person.Value.Select(uln => (Uln: uln, Master: person.Key))).ToDictionary(pair => pair.Uln, pair => pair.Master);
        var dates = names.Select(name => name.Awarded).OfType<DateOnly>().DefaultIfEmpty().ToList();
        var held = new List<(long Uln, long Id)>();
        await using (var first = await session.ReaderAsync(
            session.Each(
                "uln, id, subject_code, achievement_award_date",
                "learning_event",
                "uln",
                "ulns",
                $"organisation_id = @organisation AND version = 1 AND source = {(int)EventSource.AO} AND achievement_award_date BETWEEN @from AND @to"),
            new { ulns = session.Keys(names.Select(name => name.Person).Distinct().SelectMany(person => _persons[person])), organisation = uploader.OrganisationId, from = dates.Min(), to = dates.Max() }))
        {
            while (await first.ReadAsync())
            {
                if (names.Contains(new(personOf[first.GetInt64(0)], first.GetString(2), first.GetFieldValue<DateOnly>(3))))
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
        var found = new Dictionary<int, Held>();
        while (await reader.ReadAsync())
        {
            var (uln, version) = LearningEventRows.Read(reader);
            found[version.Id] = Next(found.GetValueOrDefault(version.Id), Uln.FromValue(uln), version);
        }

        // Two ULNs of one person may each have been given the same achievement: the one that counts is meant, before one that was withdrawn, and the master's first.
        foreach (var one in found.Values.OrderBy(one => one.BeforeWithdrawal is not null).ThenBy(one => personOf[one.Uln.Value] != one.Uln.Value).ThenBy(one => one.Version.Id))
        {
            _held.TryAdd(new(personOf[one.Uln.Value], one.Version.Facts.SubjectCode, one.Version.Facts.AchievementAwardDate), one);
        }
    }

    private AchievementOutcome Record(Achievement row)
    {
        var learner = row.Uln is { } asked && _learners.TryGetValue(asked.Value, out var found) ? found.Identity : null;
        var qualification = row.Number is { } number ? _qualifications.GetValueOrDefault(number) : null;
        var held = NameOf(row) is { } name ? _held.GetValueOrDefault(name) : null;
        switch (AchievementJudge.Decide(row, new(learner, qualification, held?.Version, held?.BeforeWithdrawal), uploader))
        {
            case AchievementDecision.Refuse refuse:
                return new(row.Row, null, refuse.Findings);
            case AchievementDecision.Keep:
                return new(row.Row, AchievementChange.Unchanged, []);
            case AchievementDecision.Add add:
                _held[NameOf(row)!.Value] = Add(row, held, add);
                return new(row.Row, add.Change, []);
            default:
                throw new InvalidOperationException("The judge gave an unknown decision.");
        }
    }

    private Held Add(Achievement row, Held? held, AchievementDecision.Add add)
    {
        // An event stays under the ULN that it came with, also while that leads to another: unlinking gives each back exactly its own.
        var uln = held?.Uln ?? row.Uln!.Value;
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
        return Next(held, uln, version);
    }

    private AuditNote Note(Written made) => new(
        AuditChain.Of(made.Uln),
        made.Action,
        new("learning_event", made.Version.Id, made.Version.Version, AuditForm.SaltedHash(made.Salt, LearningEventContent.Write(made.Version).Bytes)),
        made.Version.Provenance.Batch,
        made.Version.Provenance.BatchRow,
        _details);

    /// <summary>A reinstatement leads back to the status of the version before the withdrawal.</summary>
    private static Held Next(Held? held, Uln uln, LearningEventVersion version) =>
        new(uln, version, version.Facts.Status == EventStatus.Withdrawn ? held?.Version.Facts.Status : null);

    /// <summary>What names one achievement (DECISIONS, business rule 4), of a person whatever their ULNs; the organisation is the uploader.</summary>
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

    private readonly record struct AchievementName(long Person, string Number, DateOnly? Awarded);

    private sealed record Written(Uln Uln, AuditAction Action, LearningEventVersion Version, byte[] Salt);

    private sealed record Held(Uln Uln, LearningEventVersion Version, EventStatus? BeforeWithdrawal);
}
