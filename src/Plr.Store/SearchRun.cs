using Plr.Core;
using Plr.Core.Audit;
using Plr.Core.Learners;

namespace Plr.Store;

/// <summary>
/// Carries searches out in one transaction, each with its entries in the trail. Those whom the searches are to judge are read in one round trip; who is shown is
/// what the store holds, never what an index remembers.
/// </summary>
internal sealed class SearchRun(Session session, AuditTrail trail, DateTimeOffset at)
{
    /// <summary>Of one birth date no more are weighed while there is no index: the answer says that it did not see the whole register.</summary>
    public const int MostOfABirthDate = 5_000;

    private readonly Dictionary<long, Learner> _learners = [];
    private readonly Dictionary<Guid, AuditChain> _chains = [];
    private Dictionary<AuditChain, AuditHead> _heads = [];
    private Dictionary<long, Learner> _masters = [];
    private readonly List<(AuditNote Note, Access Access)> _notes = [];

    public async Task<IReadOnlyList<SearchOutcome>> RunAsync(IReadOnlyList<(LearnerSearch Search, Access Access)> asks)
    {
        await ReadAsync(asks);
        var byKey = _learners.Values.ToLookup(learner => PersonKey.Of(learner.Details).Number);
        var byBirthDate = _learners.Values.ToLookup(learner => learner.Details.DateOfBirth);
        var outcomes = new List<SearchOutcome>(asks.Count);
        foreach (var (search, access) in asks)
        {
            var held = search.Look.Candidates.Select(uln => _learners.GetValueOrDefault(uln.Value)).OfType<Learner>().Concat(byKey[search.Key.Number]);
            held = search.Look.Point is null ? held.Concat(search.Look.BirthDates.SelectMany(born => byBirthDate[born])) : held;
            var outcome = search.Judge([.. held.DistinctBy(learner => learner.Uln).Select(Led).OfType<HeldLearner>()]);
            Note(search, outcome, access);
            outcomes.Add(outcome);
        }

        await RecentSearches.KeepAsync(
            session,
            asks.Zip(outcomes).Where(pair => pair.First.Access.Actor.OrganisationId is not null).Select(pair => (pair.First.Access.Actor.OrganisationId!.Value, pair.First.Search.Key, pair.Second)),
            at);
        foreach (var (chain, head) in await trail.LockAsync(session, _notes.Select(said => said.Note.Chain).Where(chain => !_heads.ContainsKey(chain))))
        {
            _heads.Add(chain, head);
        }

        await trail.AppendAsync(session, _notes, locked: _heads);
        return outcomes;
    }

    private async Task ReadAsync(IReadOnlyList<(LearnerSearch Search, Access Access)> asks)
    {
        var ulns = asks.SelectMany(ask => ask.Search.Look.Candidates).Select(uln => uln.Value).Distinct();
        var keys = asks.Select(ask => ask.Search.Key.Number).Distinct();
        var organisations = asks.Select(ask => ask.Access.Actor.OrganisationId).OfType<Guid>().Distinct();
        await using (var reader = await session.ReaderAsync(
            $"""
            SELECT {LearnerRows.ColumnList} FROM learner WHERE {session.AnyOf("uln", "ulns")} OR {session.AnyOf("person_key", "keys")};
            SELECT id, number FROM organisation WHERE {session.AnyOf("id", "organisations")};
            {AuditTrail.HeadsSql(session, "ulns")}
            """,
            new { ulns = session.Keys(ulns), keys = session.Keys(keys), organisations = session.Keys(organisations) }))
        {
            Add(await LearnerReads.LearnersAsync(reader));
            await reader.NextResultAsync();
            while (await reader.ReadAsync())
            {
                _chains.Add(reader.GetFieldValue<Guid>(0), AuditChain.OfOrganisation(reader.GetInt32(1)));
            }

            // Whom the index offers is nearly always who is shown.
            await reader.NextResultAsync();
            _heads = await trail.HeadsAsync(reader);
        }

        foreach (var born in asks.Where(ask => ask.Search.Look.Point is null).SelectMany(ask => ask.Search.Look.BirthDates).Distinct())
        {
            Add(await session.LearnersAsync("date_of_birth = @born AND status <> 0", new { born }, most: MostOfABirthDate));
        }

        _masters = await session.FindAllAsync([.. _learners.Values.Select(learner => learner.MasterUln?.Value).OfType<long>()]);
    }

    private void Add(IEnumerable<Learner> learners)
    {
        foreach (var learner in learners)
        {
            _learners.TryAdd(learner.Uln.Value, learner);
        }
    }

    /// <summary>To whom a learner leads; null for who is not active, or whose master is not.</summary>
    private HeldLearner? Led(Learner held)
    {
        var master = held.MasterUln is { } uln ? _masters.GetValueOrDefault(uln.Value) : held;
        return held.Status != LearnerStatus.Inactive && master?.Status == LearnerStatus.Active ? new(held, master) : null;
    }

    private void Note(LearnerSearch search, SearchOutcome outcome, Access access)
    {
        var details = AuditTrail.Details(access, search.Query);
        foreach (var found in outcome.Found)
        {
            _notes.Add((new(AuditChain.Of(found.Learner.Uln), search.IsShown ? AuditAction.LearnerShown : AuditAction.LearnerMatched, Details: details), access));
        }

        if (outcome.Found.Count == 0)
        {
            var chain = access.Actor.OrganisationId is { } id && _chains.TryGetValue(id, out var own) ? own : AuditChain.Register;
            _notes.Add((new(chain, AuditAction.SearchedWithoutMatch, Details: details), access));
        }
    }
}
