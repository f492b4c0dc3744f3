using Plr.Core;
using Plr.Core.Audit;
using Plr.Core.Batches;
using Plr.Core.Learners;
using Plr.Core.Responses;

namespace Plr.Store;

/// <summary>
/// One transaction of registrations: locks on the dates of birth, what the register holds, the judge's decision for each row in order (a row
/// sees what the rows before it did), then all writes at once.
/// </summary>
internal sealed class RegistrationRun(Session session, LearnerStore store, AuditTrail trail, UlnIssuer issuer, Access access, BatchChunk? chunk, DateTimeOffset at)
{
    private readonly List<RegistrationOutcome> _outcomes = [];
    private readonly Dictionary<long, LearnerWrite> _writes = [];
    private readonly List<AuditNote> _notes = [];
    private readonly Dictionary<long, (int Row, Uln? Uln)> _earlierByKey = [];
    private readonly Dictionary<long, (int Row, Uln? Uln)> _earlierByUln = [];
    private Dictionary<long, Learner> _byUln = [];
    private ILookup<long, Learner> _byKey = Array.Empty<Learner>().ToLookup(_ => 0L);
    private Queue<Uln> _fresh = [];

    public async Task<IReadOnlyList<RegistrationOutcome>> RunAsync(IReadOnlyList<Registration> rows)
    {
        if (chunk is not null)
        {
            await BatchProgress.MoveAsync(session, chunk, at);
        }

        await session.LockAsync(LockSpace.DateOfBirth, [.. rows.Select(row => LearnerRules.Date(row.Text.DateOfBirth)?.DayNumber).OfType<int>().Select(day => (long)day)]);
        await ReadAsync(rows);
        foreach (var row in rows)
        {
            await DecideAsync(row);
        }

        _notes.AddRange(await store.WriteAsync(session, [.. _writes.Values], access, chunk));
        await trail.AppendAsync(session, access, _notes, at);
        if (chunk is not null)
        {
            await KeepOutcomesAsync(chunk, rows);
        }

        return _outcomes;
    }

    private async Task ReadAsync(IReadOnlyList<Registration> rows)
    {
        // Locked, so that a version is never made from one that another transaction is changing: the lock on the date of birth does not cover
        // who is found by ULN, nor an update that changes the date.
        _byUln = await session.FindAllAsync([.. rows.Select(row => row.SuppliedUln?.Value).OfType<long>().Distinct()], forUpdate: true);
        var keys = rows.Select(row => row.PersonKey?.Number).OfType<long>().Distinct().ToArray();
        if (keys.Length > 0)
        {
            var equal = await session.LearnersAsync($"{session.AnyOf("person_key", "keys")} AND status <> 0", new { keys = session.Keys(keys) }, forUpdate: true);
            _byKey = equal.ToLookup(learner => PersonKey.Of(learner.Details).Number);
            var masters = await session.FindAllAsync([.. equal.Select(learner => learner.MasterUln?.Value).OfType<long>()], forUpdate: true);
            foreach (var (uln, master) in masters)
            {
                _byUln.TryAdd(uln, master);
            }
        }

        if (chunk is not null)
        {
            await ReadEarlierRowsAsync(keys);
        }

        var likelyNew = keys.Count(key => !_byKey.Contains(key) && !_earlierByKey.ContainsKey(key));
        _fresh = await issuer.IssueAsync(session, likelyNew);
    }

    private async Task ReadEarlierRowsAsync(long[] keys)
    {
        var ulns = _byUln.Values.Concat(_byKey.SelectMany(learners => learners)).Select(learner => learner.Uln.ToString()).Distinct();
        var rows = await session.QueryAsync<EarlierRow>(
            $"""
            SELECT row, code, uln, person_key FROM batch_row WHERE batch_id = @batch AND {session.AnyOf("person_key", "keys")}
            UNION SELECT row, code, uln, person_key FROM batch_row WHERE batch_id = @batch AND {session.AnyOf("uln", "ulns")}
            ORDER BY row
            """,
            new { batch = chunk!.BatchId, keys = session.Keys(keys), ulns = session.Keys(ulns) });
        foreach (var row in rows)
        {
            Remember(row.Row, BatchRowForm.Code(row.Code), row.Uln, row.PersonKey);
        }
    }

    private async Task DecideAsync(Registration row)
    {
        var decision = RegistrationJudge.Decide(row, Candidates(row), access.Actor);
        var outcome = decision switch
        {
            RegistrationDecision.Create create => await CreateAsync(row, create.Details),
            RegistrationDecision.Change change => Change(row, change),
            RegistrationDecision.Keep keep => Keep(row, keep),
            RegistrationDecision.Refuse refuse => Refuse(row, refuse),
            _ => throw new InvalidOperationException("The judge gave an unknown decision."),
        };
        _outcomes.Add(outcome);
        Remember(row.Row, outcome.Code, outcome.Uln, row.PersonKey?.Number);
    }

    /// <summary>A later row of the same learner is told of the first: by the five demographics, or by the ULN to which both lead.</summary>
    private void Remember(int row, ResponseCode code, string? uln, long? key)
    {
        // The ULN of such a row is as supplied: it is somebody else's.
        Uln? own = code != ResponseCodes.UlnNotThisPerson && Uln.TryParse(uln, out var known) ? known : null;
        if (key is { } person)
        {
            _earlierByKey.TryAdd(person, (row, own));
        }

        if (own is { } led)
        {
            _earlierByUln.TryAdd(led.Value, (row, led));
        }
    }

    private (int Row, Uln? Uln)? EarlierRowOf(Registration row, Learner? learner)
    {
        if (row.PersonKey is { } key && _earlierByKey.TryGetValue(key.Number, out var byKey))
        {
            return byKey;
        }

        return learner is not null && _earlierByUln.TryGetValue(learner.Uln.Value, out var byUln) ? byUln : null;
    }

    private RegistrationCandidates Candidates(Registration row)
    {
        Learner? byUln = null;
        var wasMerged = false;
        if (row.SuppliedUln is { } supplied && _byUln.TryGetValue(supplied.Value, out var held) && held.Status == LearnerStatus.Active)
        {
            byUln = Latest(held);
            wasMerged = held.Uln != supplied;
        }

        if (row.PersonKey is not { } key)
        {
            return new(byUln, wasMerged, [], false, EarlierRowOf(row, byUln));
        }

        // One whose master another register did not give leads to nobody.
        var equal = _byKey[key.Number].Where(learner => PersonKey.Of(learner.Details).Text == key.Text && (learner.MasterUln is not { } its || _byUln.ContainsKey(its.Value))).ToList();
        var masters = equal.Select(learner => Latest(learner.MasterUln is { } master ? _byUln[master.Value] : learner)).DistinctBy(learner => learner.Uln).ToList();
        var earlier = EarlierRowOf(row, byUln ?? (masters is [var one] ? one : null));
        return new(byUln, wasMerged, masters, masters.Count == 1 && equal.All(learner => learner.MasterUln is not null), earlier);
    }

    private Learner Latest(Learner learner) => _writes.TryGetValue(learner.Uln.Value, out var write) ? write.Learner : learner;

    private async Task<RegistrationOutcome> CreateAsync(Registration row, LearnerDetails details)
    {
        if (_fresh.Count == 0)
        {
            _fresh = await issuer.IssueAsync(session, 1);
        }

        var uln = _fresh.Dequeue();
        var learner = new Learner
        {
            Uln = uln,
            Details = details,
            Status = LearnerStatus.Active,
            TierLevel = details.TierLevel,
            Version = 1,
            CreatedAt = at,
            LastUpdatedAt = at,
            CreatedVia = access.Channel,
            LastUpdatedVia = access.Channel,
            RegisteredBy = access.Actor.OrganisationId,
        };
        _writes.Add(uln.Value, new(learner, IsNew: true, chunk is null ? null : row.Row));
        return new(row.Row, ResponseCodes.LearnerRegistered, uln.ToString(), []);
    }

    private RegistrationOutcome Change(Registration row, RegistrationDecision.Change change)
    {
        var next = LearnerStore.Next(change.Learner, change.Details, access, at);
        _writes[next.Uln.Value] = new(next, IsNew: false, chunk is null ? null : row.Row);
        return new(row.Row, change.Code, next.Uln.ToString(), []);
    }

    private RegistrationOutcome Keep(Registration row, RegistrationDecision.Keep keep)
    {
        Matched(row, keep.Learner.Uln);
        return new(row.Row, keep.Code, keep.Learner.Uln.ToString(), []);
    }

    private RegistrationOutcome Refuse(Registration row, RegistrationDecision.Refuse refuse)
    {
        if (refuse.Code == ResponseCodes.ShareChangeNotAllowed)
        {
            // The answer tells the ULN: that is a match like any other.
            Matched(row, Uln.Parse(refuse.Uln!));
        }

        return new(row.Row, refuse.Code, refuse.Uln, refuse.Findings);
    }

    private void Matched(Registration row, Uln uln) =>
        _notes.Add(new(AuditChain.Of(uln), AuditAction.LearnerMatched, null, chunk?.BatchId, chunk is null ? null : row.Row, AuditTrail.Details(access)));

    private Task KeepOutcomesAsync(BatchChunk chunk, IReadOnlyList<Registration> rows)
    {
        var keys = rows.ToDictionary(row => row.Row, row => row.PersonKey?.Number);
        var counts = _outcomes.CountBy(outcome => outcome.Code.Name).ToDictionary(pair => pair.Key, pair => pair.Value);
        return BatchProgress.KeepAsync(
            session,
            chunk.BatchId,
            counts,
            _outcomes.Select(row => BatchRowForm.Values(chunk.BatchId, new BatchRow(row.Row, row.Code, row.Uln, row.Findings) { Line = chunk.LineOf(row.Row) }, keys[row.Row])));
    }

    private sealed class EarlierRow
    {
        public int Row { get; init; }

        public string Code { get; init; } = "";

        public string? Uln { get; init; }

        public long? PersonKey { get; init; }
    }
}
