using Plr.Core.Learners;

namespace Plr.Store;

/// <summary>Which ULNs are one person's. Few learners are merged, and an index has only those: for everybody else this is one look at next to nothing.</summary>
internal static class LinkedUlns
{
    /// <summary>The learners that are merged straight into any of the learners <c>@name</c>: uln and master_uln.</summary>
    public static string LinksSql(Session session, string name) => $"SELECT uln, master_uln FROM learner WHERE master_uln IS NOT NULL AND {session.AnyOf("master_uln", name)}";

    /// <summary>The ULNs of one person, the master's first.</summary>
    public static async Task<IReadOnlyList<Uln>> UlnsOfAsync(this Session session, Uln master) =>
        [.. (await session.UlnsOfAsync([master.Value]))[master.Value].Select(Uln.FromValue)];

    /// <summary>By master: all ULNs that lead there, the master's own first.</summary>
    public static async Task<Dictionary<long, List<long>>> UlnsOfAsync(this Session session, IReadOnlyCollection<long> masters)
    {
        var persons = masters.Distinct().ToDictionary(master => master, master => new List<long> { master });
        var masterOf = persons.Keys.ToDictionary(master => master);
        long[] next = [.. persons.Keys];
        for (var followed = 0; followed < LearnerReads.MostMasters && next.Length > 0; followed++)
        {
            var found = new List<long>();
            await using (var reader = await session.ReaderAsync(LinksSql(session, "ulns"), new { ulns = session.Keys(next) }))
            {
                while (await reader.ReadAsync())
                {
                    var (uln, master) = (reader.GetInt64(0), masterOf[reader.GetInt64(1)]);
                    if (masterOf.TryAdd(uln, master))
                    {
                        persons[master].Add(uln);
                        found.Add(uln);
                    }
                }
            }

            next = [.. found];
        }

        return persons;
    }

    /// <summary>The ULN at the end of the chain of masters, without locks and without the learner; the ULN itself when nobody has it.</summary>
    public static async Task<Uln> MasterOfAsync(this Session session, Uln uln)
    {
        var at = uln.Value;
        for (var followed = 0; followed < LearnerReads.MostMasters; followed++)
        {
            if (await session.SingleOrDefaultAsync<long?>("SELECT master_uln FROM learner WHERE uln = @at", new { at }) is not { } master)
            {
                return Uln.FromValue(at);
            }

            at = master;
        }

        return Uln.FromValue(at);
    }
}
