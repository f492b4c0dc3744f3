using System.Data.Common;
using System.Globalization;
using Plr.Core.Learners;

namespace Plr.Store;

/// <summary>Who has a ULN, followed to nobody.</summary>
internal sealed record UlnHolder(Uln Uln, LearnerStatus Status, Uln? Master, LearnerIdentity Identity);

/// <summary>How learners are read within a transaction that is open; whoever reads leaves the entries.</summary>
internal static class LearnerReads
{
    /// <summary>
    /// How many masters are followed, one after the other. A merge here leads to an active learner; what another register gave may lead over several, and one
    /// that leads over more leads nowhere.
    /// </summary>
    public const int MostMasters = 8;

    /// <summary>The learner who has a ULN, followed to the master when merged.</summary>
    /// <param name="forUpdate">Locks the row until the transaction ends.</param>
    public static async Task<Learner?> FindAsync(this Session session, Uln uln, bool forUpdate = false)
    {
        var learner = await session.HolderAsync(uln, forUpdate);
        for (var followed = 0; followed < MostMasters && learner?.MasterUln is { } master; followed++)
        {
            learner = await session.HolderAsync(master, forUpdate);
        }

        return learner?.MasterUln is null ? learner : null;
    }

    /// <summary>The learners who have these ULNs, by the ULN that was asked for; merged ones are followed to their masters.</summary>
    /// <param name="forUpdate">Locks the rows until the transaction ends.</param>
    public static async Task<Dictionary<long, Learner>> FindAllAsync(this Session session, IReadOnlyCollection<long> ulns, bool forUpdate = false) =>
        (await session.HeldAsync(ulns, forUpdate)).ToDictionary(pair => pair.Key, pair => pair.Value.Master);

    /// <summary>The learners who have these ULNs, by ULN, each with the one to whom they lead.</summary>
    /// <param name="forUpdate">Locks the rows until the transaction ends.</param>
    public static async Task<Dictionary<long, HeldLearner>> HeldAsync(this Session session, IReadOnlyCollection<long> ulns, bool forUpdate = false)
    {
        var read = new Dictionary<long, Learner>();
        long[] next = [.. ulns.Distinct()];
        for (var followed = 0; followed <= MostMasters && next.Length > 0; followed++)
        {
            var masters = new List<long>();
            foreach (var (uln, learner) in await session.ByUlnAsync(next, forUpdate))
            {
                read.Add(uln, learner);
                masters.AddRange(learner.MasterUln is { } master ? [master.Value] : []);
            }

            next = [.. masters.Where(master => !read.ContainsKey(master)).Distinct()];
        }

        // Without one: nobody has the ULN, or it was loaded from another register that did not give the master. Nobody can be shown for it.
        return ulns.Distinct()
            .Select(uln => (Uln: uln, Learner: Last<Learner>(uln, at => read.TryGetValue(at, out var learner) ? (learner, learner.MasterUln?.Value) : null)))
            .Where(pair => pair.Learner is not null)
            .ToDictionary(pair => pair.Uln, pair => new HeldLearner(read[pair.Uln], pair.Learner!));
    }

    /// <summary>By the ULN that was asked for: that of the active learner to whom it leads, and with whom somebody who gives it is compared.</summary>
    public static async Task<Dictionary<long, (Uln Uln, UlnIdentity Identity)>> IdentitiesAsync(this Session session, IReadOnlyCollection<long> ulns)
    {
        var found = new Dictionary<long, (Uln Uln, UlnIdentity Identity)>(ulns.Count);
        var merged = new Dictionary<long, UlnHolder>();
        await ReadIdentitiesAsync(session, ulns, found, merged);
        for (var followed = 0; followed < MostMasters; followed++)
        {
            long[] next = [.. merged.Values.Select(holder => holder.Master!.Value.Value).Where(uln => !found.ContainsKey(uln) && !merged.ContainsKey(uln)).Distinct()];
            if (next.Length == 0)
            {
                break;
            }

            await ReadIdentitiesAsync(session, next, found, merged);
        }

        foreach (var (uln, holder) in merged)
        {
            if (Last<long>(uln, at => merged.TryGetValue(at, out var next) ? (at, next.Master!.Value.Value) : found.ContainsKey(at) ? (at, null) : null) is var last and not 0)
            {
                found.Add(uln, (found[last].Uln, new(holder.Identity, found[last].Identity.Own)));
            }
        }

        return found;
    }

    /// <summary>The one at the end of a chain of masters, which has none itself; the default when there is no such end or it is too far.</summary>
    private static T? Last<T>(long uln, Func<long, (T Found, long? Master)?> at)
    {
        var found = at(uln);
        for (var followed = 0; followed < MostMasters && found is { Master: { } master }; followed++)
        {
            found = at(master);
        }

        return found is { Master: null } last ? last.Found : default;
    }

    private static async Task<Learner?> HolderAsync(this Session session, Uln uln, bool forUpdate) =>
        (await session.LearnersAsync("uln = @uln", new { uln = uln.Value }, forUpdate)).SingleOrDefault();

    private static async Task ReadIdentitiesAsync(
        Session session, IReadOnlyCollection<long> ulns, Dictionary<long, (Uln Uln, UlnIdentity Identity)> found, Dictionary<long, UlnHolder> merged)
    {
        await using var reader = await session.ReaderAsync(IdentitiesSql(session), new { ulns = session.Keys(ulns) });
        foreach (var holder in await HoldersAsync(reader))
        {
            if (holder.Status == LearnerStatus.Active)
            {
                found.Add(holder.Uln.Value, (holder.Uln, new(holder.Identity)));
            }
            else if (holder is { Status: LearnerStatus.Merged, Master: not null })
            {
                merged.Add(holder.Uln.Value, holder);
            }
        }
    }

    /// <summary>Who has the ULNs <c>@ulns</c>, as far as it takes to tell them from others.</summary>
    public static string IdentitiesSql(Session session) =>
        $"""
        SELECT uln, status, master_uln, given_name, preferred_given_name, middle_other_name, family_name, previous_family_name, family_name_at_age16, date_of_birth, gender
        FROM learner WHERE {session.AnyOf("uln", "ulns")}
        """;

    /// <summary>The rows of <see cref="IdentitiesSql"/>.</summary>
    public static async Task<List<UlnHolder>> HoldersAsync(DbDataReader reader)
    {
        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
        var holders = new List<UlnHolder>();
        while (await reader.ReadAsync())
        {
            holders.Add(new(
                Uln.FromValue(reader.GetInt64(0)),
                (LearnerStatus)reader.GetInt32(1),
                reader.IsDBNull(2) ? null : Uln.FromValue(reader.GetInt64(2)),
                new(reader.GetString(3), Text(4), Text(5), reader.GetString(6), Text(7), Text(8), reader.GetFieldValue<DateOnly>(9), reader.GetInt32(10))));
        }

        return holders;
    }

    /// <summary>The learners <c>@ulns</c>.</summary>
    public static string ByUlnsSql(Session session) => $"SELECT {LearnerRows.ColumnList} FROM learner WHERE {session.AnyOf("uln", "ulns")}";

    /// <summary>Learners by a condition on the table learner.</summary>
    public static async Task<List<Learner>> LearnersAsync(this Session session, string condition, object args, bool forUpdate = false, int? most = null)
    {
        await using var reader = await session.ReaderAsync(session.LearnersSql(condition, forUpdate, most), args);
        return await LearnersAsync(reader);
    }

    /// <summary>The statement of <see cref="LearnersAsync(Session, string, object, bool, int?)"/>.</summary>
    public static string LearnersSql(this Session session, string condition, bool forUpdate = false, int? most = null)
    {
        var locked = forUpdate && session.Engine.Kind == EngineKind.Postgres ? "FOR UPDATE" : "";
        var limit = most is { } count ? string.Create(CultureInfo.InvariantCulture, $"LIMIT {count}") : "";
        return $"SELECT {LearnerRows.ColumnList} FROM learner WHERE {condition} ORDER BY uln {limit} {locked}";
    }

    /// <summary>ULNs in the first column.</summary>
    public static async Task<List<Uln>> UlnsAsync(DbDataReader reader)
    {
        var ulns = new List<Uln>();
        while (await reader.ReadAsync())
        {
            ulns.Add(Uln.FromValue(reader.GetInt64(0)));
        }

        return ulns;
    }

    public static async Task<List<Learner>> LearnersAsync(DbDataReader reader)
    {
        var learners = new List<Learner>();
        while (await reader.ReadAsync())
        {
            learners.Add(LearnerRows.Read(reader));
        }

        return learners;
    }

    private static async Task<Dictionary<long, Learner>> ByUlnAsync(this Session session, long[] ulns, bool forUpdate) =>
        ulns.Length == 0
            ? []
            : (await session.LearnersAsync(session.AnyOf("uln", "ulns"), new { ulns = session.Keys(ulns) }, forUpdate)).ToDictionary(learner => learner.Uln.Value);
}
