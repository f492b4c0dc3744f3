using System.Globalization;
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
    private readonly Dictionary<long, (int Row, Uln? Uln)> _earlier = [];
    private Dictionary<long, Learner> _byUln = [];
    private ILookup<long, Learner> _byKey = Array.Empty<Learner>().ToLookup(_ => 0L);
    private readonly Dictionary<long, int> _touched = [];
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
        await trail.AppendAsync(session, access, _notes);
        if (chunk is not null)
        {
            await KeepOutcomesAsync(chunk, rows);
        }

        return _outcomes;
    }

    private async Task ReadAsync(IReadOnlyList<Registration> rows)
    {
        _byUln = await session.FindAllAsync([.. rows.Select(row => row.SuppliedUln?.Value).OfType<long>().Distinct()]);
        var keys = rows.Select(row => row.PersonKey?.Number).OfType<long>().Distinct().ToArray();
        if (keys.Length > 0)
        {
            var equal = await session.LearnersAsync($"{session.AnyOf("person_key", "keys")} AND status <> 0", new { keys = session.Keys(keys) });
            _byKey = equal.ToLookup(learner => PersonKey.Of(learner.Details).Number);
            var masters = await session.FindAllAsync([.. equal.Select(learner => learner.MasterUln?.Value).OfType<long>()]);
            foreach (var (uln, master) in masters)
            {
                _byUln.TryAdd(uln, master);
            }
        }

        if (chunk is not null)
        {
            await ReadEarlierRowsAsync([.. rows.Select(RowKey).OfType<long>().Distinct()]);
        }

        var likelyNew = keys.Count(key => !_byKey.Contains(key) && !_earlier.ContainsKey(key));
        _fresh = await issuer.IssueAsync(session, likelyNew);
    }

    private async Task ReadEarlierRowsAsync(long[] keys)
    {
        var earlier = await session.QueryAsync<EarlierRow>(
            $"SELECT row, uln, person_key FROM batch_row WHERE batch_id = @batch AND {session.AnyOf("person_key", "keys")} ORDER BY row DESC",
            new { batch = chunk!.BatchId, keys = session.Keys(keys) });
        foreach (var row in earlier)
        {
            _earlier[row.PersonKey] = (row.Row, Uln.TryParse(row.Uln, out var uln) ? uln : null);
        }
    }

    private async Task DecideAsync(Registration row)
    {
        var key = RowKey(row);
        var earlier = chunk is null ? null : EarlierRowOf(row, key);
        var decision = RegistrationJudge.Decide(row, Candidates(row, earlier), access.Actor);
        var outcome = decision switch
        {
            RegistrationDecision.Create create => await CreateAsync(row, create.Details),
            RegistrationDecision.Change change => Change(row, change),
            RegistrationDecision.Keep keep => Keep(row, keep),
            RegistrationDecision.Refuse refuse => new RegistrationOutcome(row.Row, refuse.Code, refuse.Uln, refuse.Findings),
            _ => throw new InvalidOperationException("The judge gave an unknown decision."),
        };
        _outcomes.Add(outcome);
        if (key is { } own && earlier is null && row.Findings.Count == 0)
        {
            _earlier[own] = (row.Row, Uln.TryParse(outcome.Uln, out var uln) ? uln : null);
        }

        if (decision is not RegistrationDecision.Refuse)
        {
            _touched.TryAdd(long.Parse(outcome.Uln!, CultureInfo.InvariantCulture), row.Row);
        }
    }

    /// <summary>An earlier row with the same five demographics, or one of this transaction that led to the same ULN by another way.</summary>
    private (int Row, Uln? Uln)? EarlierRowOf(Registration row, long? key)
    {
        if (key is { } known && _earlier.TryGetValue(known, out var found))
        {
            return found;
        }

        return row.SuppliedUln is { } uln && _touched.TryGetValue(uln.Value, out var earlier) ? (earlier, uln) : null;
    }

    private RegistrationCandidates Candidates(Registration row, (int Row, Uln? Uln)? earlier)
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
            return new(byUln, wasMerged, [], false, earlier);
        }

        var equal = _byKey[key.Number].Where(learner => PersonKey.Of(learner.Details).Text == key.Text).ToList();
        var masters = equal.Select(learner => Latest(learner.MasterUln is { } master ? _byUln[master.Value] : learner)).DistinctBy(learner => learner.Uln).ToList();
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
        _notes.Add(new(AuditChain.Of(keep.Learner.Uln), AuditAction.LearnerMatched, null, chunk?.BatchId, chunk is null ? null : row.Row, AuditTrail.Details(access)));
        return new(row.Row, keep.Code, keep.Learner.Uln.ToString(), []);
    }

    private Task KeepOutcomesAsync(BatchChunk chunk, IReadOnlyList<Registration> rows)
    {
        var keys = rows.ToDictionary(row => row.Row, row => row.Findings.Count == 0 ? RowKey(row) : null);
        var counts = _outcomes.CountBy(outcome => outcome.Code.Name).ToDictionary(pair => pair.Key, pair => pair.Value);
        return BatchProgress.KeepAsync(
            session,
            chunk.BatchId,
            counts,
            _outcomes.Select(row => BatchRowForm.Values(chunk.BatchId, new BatchRow(row.Row, row.Code, row.Uln, row.Findings), keys[row.Row])));
    }

    /// <summary>What makes two rows the same learner: the five demographics, or else the ULN.</summary>
    private static long? RowKey(Registration row) => row.PersonKey?.Number ?? row.SuppliedUln?.Value;

    private sealed class EarlierRow
    {
        public int Row { get; init; }

        public string? Uln { get; init; }

        public long PersonKey { get; init; }
    }
}
