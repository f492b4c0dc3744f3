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
/// <param name="isOneCall">Whether the rows are of one file or call, in which a second row of one learner is told of the first; else each is a call of its own.</param>
internal sealed class RegistrationRun(Session session, AuditTrail trail, UlnIssuer issuer, BatchChunk? chunk, bool isOneCall, DateTimeOffset at)
{
    // Of ULNs that were drawn ahead one or another may have come from another register meanwhile.
    private const int Spare = 2;

    private readonly List<RegistrationOutcome> _outcomes = [];
    private readonly List<LearnerWrite> _writes = [];
    private readonly Dictionary<long, Learner> _latest = [];
    private readonly List<(AuditNote Note, Access Access)> _notes = [];
    private readonly Dictionary<long, (int Row, Uln? Uln)> _earlierByKey = [];
    private readonly Dictionary<long, (int Row, Uln? Uln)> _earlierByUln = [];
    private readonly Dictionary<long, Learner> _madeByKey = [];
    private readonly Dictionary<DateOnly, List<Learner>> _madeByDate = [];
    private readonly RegistrationReads _held = new(session);
    private Queue<Uln> _fresh = [];

    public async Task<IReadOnlyList<RegistrationOutcome>> RunAsync(IReadOnlyList<(Registration Row, Access Access)> rows)
    {
        if (chunk is not null)
        {
            await BatchProgress.MoveAsync(session, chunk, at);
        }

        await session.LockAsync(LockSpace.DateOfBirth, [.. rows.SelectMany(ask => Dates(ask.Row)).Select(day => (long)day.DayNumber).Distinct()]);
        var drawn = issuer.Drawn(rows.Count + Spare);
        await _held.ReadAsync(rows, drawn);
        var keys = rows.Select(ask => ask.Row.PersonKey?.Number).OfType<long>().Distinct().ToArray();
        if (chunk is not null)
        {
            await ReadEarlierRowsAsync(keys);
        }

        _fresh = await issuer.IssueAsync(session, keys.Count(key => !_held.ByKey.Contains(key) && !_earlierByKey.ContainsKey(key)), [.. drawn.Where(uln => !_held.Taken.Contains(uln.Value))]);
        foreach (var (row, access) in rows)
        {
            await DecideAsync(row, access);
        }

        // The heads first: all writes then go out together.
        var heads = await trail.LockAsync(
            session,
            [.. _notes.Select(said => said.Note.Chain), .. _writes.Select(write => AuditChain.Of(write.Learner.Uln))],
            [.. _writes.Where(write => write.IsNew).Select(write => AuditChain.Of(write.Learner.Uln))]);
        _notes.AddRange(await LearnerStore.WriteAsync(session, _writes, chunk));
        await trail.AppendAsync(session, _notes, at, heads);
        if (chunk is not null)
        {
            await KeepOutcomesAsync(chunk, [.. rows.Select(ask => ask.Row)]);
        }

        return _outcomes;
    }

    /// <summary>Who is looked for with day and month swapped takes both locks, so that two who differ in that only wait for each other.</summary>
    private static IEnumerable<DateOnly> Dates(Registration row) =>
        row.Look?.BirthDates ?? (LearnerRules.Date(row.Text.DateOfBirth) is { } born ? [born] : []);

    private async Task ReadEarlierRowsAsync(long[] keys)
    {
        var ulns = _held.ByUln.Values.Select(held => held.Master).Concat(_held.ByKey.SelectMany(learners => learners)).Select(learner => learner.Uln.ToString()).Distinct();
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

    private async Task DecideAsync(Registration row, Access access)
    {
        var decision = RegistrationJudge.Decide(row, Candidates(row, access), access.Actor, at);
        var outcome = decision switch
        {
            RegistrationDecision.Create create => await CreateAsync(row, create.Details, access),
            RegistrationDecision.Change change => Change(row, change, access),
            RegistrationDecision.Keep keep => Keep(row, keep, access),
            RegistrationDecision.Refuse refuse => Refuse(row, refuse, access),
            _ => throw new InvalidOperationException("The judge gave an unknown decision."),
        };
        _outcomes.Add(outcome);
        if (isOneCall)
        {
            Remember(row.Row, outcome.Code, outcome.Uln, row.PersonKey?.Number);
        }
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

    private RegistrationCandidates Candidates(Registration row, Access access)
    {
        var byUln = row.SuppliedUln is { } supplied && _held.ByUln.TryGetValue(supplied.Value, out var held) && held.Master.Status == LearnerStatus.Active
            ? new HeldLearner(Latest(held.Held), Latest(held.Master))
            : null;
        if (row.PersonKey is not { } key)
        {
            return new(byUln, [], false, EarlierRowOf(row, byUln?.Master));
        }

        // One whose master another register did not give leads to nobody.
        var equal = _held.ByKey[key.Number].Concat(_madeByKey.TryGetValue(key.Number, out var made) ? [made] : []).Where(learner => PersonKey.Of(learner.Details).Text == key.Text && (learner.MasterUln is not { } its || _held.ByUln.ContainsKey(its.Value))).ToList();
        var masters = equal.Select(learner => Latest(learner.MasterUln is { } master ? _held.ByUln[master.Value].Master : learner)).DistinctBy(learner => learner.Uln).ToList();
        var earlier = EarlierRowOf(row, byUln?.Master ?? (masters is [var one] ? one : null));
        return new(byUln, masters, masters.Count == 1 && equal.All(learner => learner.MasterUln is not null), earlier)
        {
            Possible = row.Look is { } look && masters.Count == 0 && earlier is null ? [.. Possible(look)] : [],
            Search = access.Actor.OrganisationId is { } id ? _held.Searches.GetValueOrDefault((id, key.Number)) : null,
        };
    }

    /// <summary>Of the register, and of those whom earlier rows made.</summary>
    private IEnumerable<Uln> Possible(LearnerLook look) => _held.Possible(look)
        .Concat(look.BirthDates.SelectMany(born => _madeByDate.GetValueOrDefault(born, [])).Where(learner => look.Judge(learner.Details) is not null).Select(learner => learner.Uln));

    private Learner Latest(Learner learner) => _latest.GetValueOrDefault(learner.Uln.Value, learner);

    private async Task<RegistrationOutcome> CreateAsync(Registration row, LearnerDetails details, Access access)
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
        Write(new(learner, IsNew: true, chunk is null ? null : row.Row, access));
        _madeByKey.TryAdd(row.PersonKey!.Number, learner);
        if (!_madeByDate.TryAdd(details.DateOfBirth, [learner]))
        {
            _madeByDate[details.DateOfBirth].Add(learner);
        }

        return new(row.Row, ResponseCodes.LearnerRegistered, uln.ToString(), []);
    }

    private RegistrationOutcome Change(Registration row, RegistrationDecision.Change change, Access access)
    {
        var next = LearnerStore.Next(change.Learner, change.Details, access, at);
        Write(new(next, IsNew: false, chunk is null ? null : row.Row, access));
        return new(row.Row, change.Code, next.Uln.ToString(), []);
    }

    private void Write(LearnerWrite write)
    {
        _writes.Add(write);
        _latest[write.Learner.Uln.Value] = write.Learner;
    }

    private RegistrationOutcome Keep(Registration row, RegistrationDecision.Keep keep, Access access)
    {
        Matched(row, keep.Learner.Uln, access);
        return new(row.Row, keep.Code, keep.Learner.Uln.ToString(), []);
    }

    private RegistrationOutcome Refuse(Registration row, RegistrationDecision.Refuse refuse, Access access)
    {
        if (refuse.Code == ResponseCodes.ShareChangeNotAllowed)
        {
            // The answer tells the ULN: that is a match like any other.
            Matched(row, Uln.Parse(refuse.Uln!), access);
        }

        return new(row.Row, refuse.Code, refuse.Uln, refuse.Findings);
    }

    private void Matched(Registration row, Uln uln, Access access) =>
        _notes.Add((new(AuditChain.Of(uln), AuditAction.LearnerMatched, null, chunk?.BatchId, chunk is null ? null : row.Row, AuditTrail.Details(access)), access));

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
