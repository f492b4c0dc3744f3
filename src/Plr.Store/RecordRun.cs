using Plr.Core;
using Plr.Core.Audit;
using Plr.Core.Learners;
using Plr.Core.LearningEvents;

namespace Plr.Store;

/// <summary>A reading of a record: whose, as of when, under which decision, by whom.</summary>
internal sealed record RecordReading(Uln Uln, DateTimeOffset? AsOf, Func<Learner, RecordDecision> Decide, Access Access);

/// <summary>
/// Reads records in one transaction, each with its entry in the trail, shown or refused. What the readings need is asked for in one round trip, before
/// anybody's decision; what is refused goes no further. Of somebody with linked ULNs the rest of the record takes another round trip.
/// </summary>
internal sealed class RecordRun(Session session, AuditTrail trail)
{
    private readonly Dictionary<long, Learner> _learners = [];
    private readonly Dictionary<AuditChain, AuditHead> _heads = [];
    private readonly Dictionary<long, List<LearningEventVersion>> _versions = [];
    private readonly Dictionary<long, List<long>> _linked = [];
    private readonly HashSet<long> _read = [];
    private readonly HashSet<int> _challenged = [];
    private readonly List<(AuditNote Note, Access Access)> _notes = [];

    public async Task<IReadOnlyList<RecordAnswer?>> RunAsync(IReadOnlyList<RecordReading> readings)
    {
        // Up to the masters, then down to all that lead there. Only who is asked for and their masters may get an entry: the heads of others stay free.
        long[] chains = [.. readings.Select(reading => reading.Uln.Value).Distinct()];
        var next = chains;
        for (var followed = 0; followed <= 2 * LearnerReads.MostMasters && next.Length > 0; followed++)
        {
            await ReadAsync(next, chains);
            chains = [.. _learners.Values.Select(learner => learner.MasterUln?.Value).OfType<long>().Where(uln => !_read.Contains(uln)).Distinct()];
            next = [.. chains.Union(_linked.Values.SelectMany(ulns => ulns).Where(uln => !_read.Contains(uln)))];
        }

        var answers = new RecordAnswer?[readings.Count];
        for (var i = 0; i < answers.Length; i++)
        {
            answers[i] = await AnswerAsync(readings[i]);
        }

        // Chains that no learner asked for has: of organisations that asked for nobody.
        foreach (var (chain, head) in await trail.LockAsync(session, _notes.Select(said => said.Note.Chain).Where(chain => !_heads.ContainsKey(chain))))
        {
            _heads.Add(chain, head);
        }

        await trail.AppendAsync(session, _notes, locked: _heads);
        return answers;
    }

    private async Task ReadAsync(long[] ulns, long[] chains)
    {
        _read.UnionWith(ulns);
        await using var reader = await session.ReaderAsync(
            $"{LearnerReads.ByUlnsSql(session)}; {AuditTrail.HeadsSql(session, "chains")}; {RecordReads.VersionsSql(session)}; {RecordReads.ChallengesSql(session)}; {LinkedUlns.LinksSql(session, "ulns")}",
            new { ulns = session.Keys(ulns), chains = session.Keys(chains) });
        foreach (var learner in await LearnerReads.LearnersAsync(reader))
        {
            _learners.Add(learner.Uln.Value, learner);
        }

        await reader.NextResultAsync();
        foreach (var (chain, head) in await trail.HeadsAsync(reader))
        {
            _heads.Add(chain, head);
        }

        await reader.NextResultAsync();
        foreach (var (uln, version) in await RecordReads.VersionsAsync(reader))
        {
            if (!_versions.TryGetValue(uln, out var versions))
            {
                _versions.Add(uln, versions = []);
            }

            versions.Add(version);
        }

        await reader.NextResultAsync();
        _challenged.UnionWith(await RecordReads.ChallengesAsync(reader));

        await reader.NextResultAsync();
        while (await reader.ReadAsync())
        {
            var (uln, master) = (reader.GetInt64(0), reader.GetInt64(1));
            if (!_linked.TryGetValue(master, out var linked))
            {
                _linked.Add(master, linked = []);
            }

            linked.Add(uln);
        }
    }

    private async Task<RecordAnswer?> AnswerAsync(RecordReading reading)
    {
        if (Find(reading.Uln.Value) is not { } learner)
        {
            // Asking for numbers to see whose they are leaves a trace as well.
            Note(await AuditTrail.ChainOfAsync(session, reading.Access), AuditAction.SearchedWithoutMatch, reading.Access, reading.Uln.ToString());
            return null;
        }

        var decision = reading.Decide(learner);
        Note(AuditChain.Of(learner.Uln), decision.Refusal is null ? AuditAction.RecordShown : AuditAction.RecordRefused, reading.Access);
        return decision.Refusal is not null
            ? new RecordAnswer(decision.Refusal, null)
            : new RecordAnswer(null, new RecordWanted(learner, decision.WithWithdrawn, reading.AsOf).Of(VersionsOf(learner.Uln.Value), _challenged));
    }

    /// <summary>The versions of the events of a learner and of all who lead to them.</summary>
    private IEnumerable<LearningEventVersion> VersionsOf(long uln)
    {
        var own = _versions.GetValueOrDefault(uln) ?? [];
        return _linked.TryGetValue(uln, out var linked) ? own.Concat(linked.SelectMany(VersionsOf)) : own;
    }

    private Learner? Find(long uln)
    {
        var learner = _learners.GetValueOrDefault(uln);
        for (var followed = 0; followed < LearnerReads.MostMasters && learner?.MasterUln is { } master; followed++)
        {
            learner = _learners.GetValueOrDefault(master.Value);
        }

        return learner?.Status == LearnerStatus.Active ? learner : null;
    }

    private void Note(AuditChain chain, AuditAction action, Access access, string? query = null) =>
        _notes.Add((new(chain, action, Details: AuditTrail.Details(access, query)), access));
}
