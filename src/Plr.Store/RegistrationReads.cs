using System.Data.Common;
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

    /// <summary>By the ULN that was supplied, or to which an equal learner leads: the learner, and the master.</summary>
    public Dictionary<long, HeldLearner> ByUln { get; private set; } = [];

    /// <summary>By the key of the five demographics, merged learners too.</summary>
    public ILookup<long, Learner> ByKey { get; private set; } = Array.Empty<Learner>().ToLookup(_ => 0L);

    /// <summary>What organisations looked for lately.</summary>
    public Dictionary<(Guid Organisation, long Key), RecentSearch> Searches { get; private set; } = [];

    /// <summary>Which of the ULNs that were drawn ahead somebody has: another register gave them.</summary>
    public HashSet<long> Taken { get; private set; } = [];

    public async Task ReadAsync(IReadOnlyList<(Registration Row, Access Access)> rows, IReadOnlyCollection<Uln> drawn)
    {
        // Locked, so that a version is never made from one that another transaction is changing: the lock on the date of birth does not cover
        // who is found by ULN, nor an update that changes the date.
        ByUln = await session.HeldAsync([.. rows.Select(ask => ask.Row.SuppliedUln?.Value).OfType<long>().Distinct()], forUpdate: true);
        LearnerLook[] looks = [.. rows.Select(ask => ask.Row.Look).OfType<LearnerLook>()];
        await ReadTogetherAsync(Keys(rows), looks, drawn, withSearches: rows.Any(ask => ask.Row.NeedsSearch is not null));
        var masters = ByKey.SelectMany(same => same).Select(learner => learner.MasterUln?.Value).OfType<long>();
        foreach (var (uln, master) in await session.HeldAsync([.. masters], forUpdate: true))
        {
            ByUln.TryAdd(uln, master);
        }

        foreach (var born in looks.Where(look => look.Point is null).SelectMany(look => look.BirthDates).Distinct())
        {
            Add(await session.LearnersAsync("date_of_birth = @born AND status <> 0", new { born }, most: SearchRun.MostOfABirthDate), isNewer: true);
        }

        _masters = await session.FindAllAsync([.. _offered.Values.Select(learner => learner.MasterUln?.Value).OfType<long>()]);
    }

    /// <summary>What does not depend on one another, in one round trip.</summary>
    private async Task ReadTogetherAsync(long[] keys, LearnerLook[] looks, IReadOnlyCollection<Uln> drawn, bool withSearches)
    {
        var reads = new List<(string Sql, Func<DbDataReader, Task> Take)>();
        if (keys.Length > 0)
        {
            reads.Add((
                session.LearnersSql($"{session.AnyOf("person_key", "keys")} AND status <> 0", forUpdate: true),
                async reader => ByKey = (await LearnerReads.LearnersAsync(reader)).ToLookup(learner => PersonKey.Of(learner.Details).Number)));
        }

        if (keys.Length > 0 && withSearches)
        {
            reads.Add((RecentSearches.ReadSql(session), async reader => Searches = await RecentSearches.ReadAsync(reader)));
        }

        long[] offered = [.. looks.SelectMany(look => look.Candidates).Select(uln => uln.Value).Distinct()];
        if (offered.Length > 0)
        {
            reads.Add((session.LearnersSql(session.AnyOf("uln", "offered")), async reader => Add(await LearnerReads.LearnersAsync(reader), isNewer: false)));
        }

        var point = Since(looks);
        if (point is not null)
        {
            reads.Add((
                session.EachOf(LearnerRows.ColumnList, "learner", "uln", LearnerFeed.SinceSql(session, session.AnyOf("birth_day", "days")), "status <> 0"),
                async reader => Add((await LearnerReads.LearnersAsync(reader)).OrderBy(learner => learner.Uln), isNewer: true)));
        }

        if (drawn.Count > 0)
        {
            reads.Add((UlnIssuer.TakenSql(session), async reader => Taken = [.. (await LearnerReads.UlnsAsync(reader)).Select(uln => uln.Value)]));
        }

        if (reads.Count == 0)
        {
            return;
        }

        await using var all = await session.ReaderAsync(
            string.Join(";\n", reads.Select(read => read.Sql)),
            new
            {
                keys = session.Keys(keys),
                offered = session.Keys(offered),
                fresh = session.Keys(drawn.Select(uln => uln.Value)),
                next = point?.Next ?? 0,
                top = LearnerFeed.Top,
                open = session.Keys(point?.Open ?? []),
                days = session.Keys(looks.SelectMany(look => look.BirthDates).Select(born => (long)born.DayNumber).Distinct()),
            });
        foreach (var read in reads)
        {
            await read.Take(all);
            await all.NextResultAsync();
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
