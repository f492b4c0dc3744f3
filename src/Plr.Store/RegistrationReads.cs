using Plr.Core;
using Plr.Core.Learners;
using Plr.Core.Matching;

namespace Plr.Store;

/// <summary>
/// What the register holds that may be those whom a transaction registers, read under the locks on their dates of birth: by ULN, by the five demographics, whom the find index
/// offered, and whoever changed since the index last looked and has one of the dates (DESIGN §5).
/// </summary>
internal sealed class RegistrationReads(Session session)
{
    private readonly Dictionary<long, Learner> _offered = [];
    private readonly HashSet<long> _newer = [];
    private Dictionary<long, Learner> _masters = [];

    /// <summary>By the ULN that was supplied, or to which an equal learner leads: the learner, followed to the master.</summary>
    public Dictionary<long, Learner> ByUln { get; private set; } = [];

    /// <summary>By the key of the five demographics, merged learners too.</summary>
    public ILookup<long, Learner> ByKey { get; private set; } = Array.Empty<Learner>().ToLookup(_ => 0L);

    /// <summary>What organisations looked for lately.</summary>
    public Dictionary<(Guid Organisation, long Key), RecentSearch> Searches { get; private set; } = [];

    public async Task ReadAsync(IReadOnlyList<(Registration Row, Access Access)> rows)
    {
        // Locked, so that a version is never made from one that another transaction is changing: the lock on the date of birth does not cover
        // who is found by ULN, nor an update that changes the date.
        ByUln = await session.FindAllAsync([.. rows.Select(ask => ask.Row.SuppliedUln?.Value).OfType<long>().Distinct()], forUpdate: true);
        var keys = Keys(rows);
        if (keys.Length > 0)
        {
            var equal = await session.LearnersAsync($"{session.AnyOf("person_key", "keys")} AND status <> 0", new { keys = session.Keys(keys) }, forUpdate: true);
            ByKey = equal.ToLookup(learner => PersonKey.Of(learner.Details).Number);
            foreach (var (uln, master) in await session.FindAllAsync([.. equal.Select(learner => learner.MasterUln?.Value).OfType<long>()], forUpdate: true))
            {
                ByUln.TryAdd(uln, master);
            }
        }

        var unknown = rows.Where(ask => ask.Row.Look is not null && !ByKey.Contains(ask.Row.PersonKey!.Number)).ToList();
        await ReadOfferedAsync([.. unknown.Select(ask => ask.Row.Look!)]);
        if (unknown.Any(ask => ask.Row.NeedsSearch is not null))
        {
            Searches = await RecentSearches.ReadAsync(session, Keys(unknown));
        }
    }

    /// <summary>The masters of those who may be the person of a row that is equal to nobody.</summary>
    public IEnumerable<Uln> Possible(LearnerLook look)
    {
        var offered = look.Candidates.Select(uln => _offered.GetValueOrDefault(uln.Value)).OfType<Learner>();
        var newer = _newer.Select(uln => _offered[uln]).Where(learner => look.BirthDates.Contains(learner.Details.DateOfBirth));
        return offered.Concat(newer).DistinctBy(learner => learner.Uln).Where(learner => look.Judge(learner.Details) is not null)
            .Select(learner => learner.MasterUln is { } master ? _masters.GetValueOrDefault(master.Value) : learner)
            .Where(learner => learner?.Status == LearnerStatus.Active).Select(learner => learner!.Uln).Distinct();
    }

    private static long[] Keys(IEnumerable<(Registration Row, Access Access)> rows) => [.. rows.Select(ask => ask.Row.PersonKey?.Number).OfType<long>().Distinct()];

    private async Task ReadOfferedAsync(IReadOnlyList<LearnerLook> looks)
    {
        if (looks.Count == 0)
        {
            return;
        }

        Add(await session.LearnersAsync(session.AnyOf("uln", "ulns"), new { ulns = session.Keys(looks.SelectMany(look => look.Candidates).Select(uln => uln.Value).Distinct()) }), isNewer: false);
        if (Since(looks) is { } point)
        {
            Add(
                await session.LearnersAsync(
                    $"uln IN ({LearnerFeed.SinceSql(session, session.AnyOf("birth_day", "days"))}) AND status <> 0",
                    new { next = point.Next, top = LearnerFeed.Top, open = session.Keys(point.Open), days = session.Keys(looks.SelectMany(look => look.BirthDates).Select(born => (long)born.DayNumber).Distinct()) }),
                isNewer: true);
        }

        foreach (var born in looks.Where(look => look.Point is null).SelectMany(look => look.BirthDates).Distinct())
        {
            Add(await session.LearnersAsync("date_of_birth = @born AND status <> 0", new { born }, most: SearchRun.MostOfABirthDate), isNewer: true);
        }

        _masters = await session.FindAllAsync([.. _offered.Values.Select(learner => learner.MasterUln?.Value).OfType<long>()]);
    }

    /// <summary>The earliest point of the looks: what one index had seen later one had seen as well, but for transactions that were open.</summary>
    private static FeedPoint? Since(IReadOnlyList<LearnerLook> looks)
    {
        var points = looks.Select(look => look.Point).OfType<FeedPoint>().ToList();
        return points.Count == 0 ? null : new(points.Min(point => point.Next), [.. points.SelectMany(point => point.Open).Distinct()]);
    }

    private void Add(IEnumerable<Learner> learners, bool isNewer)
    {
        foreach (var learner in learners)
        {
            _offered[learner.Uln.Value] = learner;
            if (isNewer)
            {
                _newer.Add(learner.Uln.Value);
            }
        }
    }
}
