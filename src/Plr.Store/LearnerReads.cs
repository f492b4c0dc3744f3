using System.Data.Common;
using Plr.Core.Learners;

namespace Plr.Store;

/// <summary>How learners are read within a transaction that is open; whoever reads leaves the entries.</summary>
internal static class LearnerReads
{
    /// <summary>The learner who has a ULN, followed to the master when merged.</summary>
    /// <param name="forUpdate">Locks the row until the transaction ends.</param>
    public static async Task<Learner?> FindAsync(this Session session, Uln uln, bool forUpdate = false)
    {
        var learner = (await session.LearnersAsync("uln = @uln", new { uln = uln.Value }, forUpdate)).SingleOrDefault();
        return learner?.MasterUln is { } master ? (await session.LearnersAsync("uln = @uln", new { uln = master.Value }, forUpdate)).SingleOrDefault() : learner;
    }

    /// <summary>The learners who have these ULNs, by the ULN that was asked for; merged ones are followed to their masters.</summary>
    /// <param name="forUpdate">Locks the rows until the transaction ends.</param>
    public static async Task<Dictionary<long, Learner>> FindAllAsync(this Session session, IReadOnlyCollection<long> ulns, bool forUpdate = false)
    {
        var found = await session.ByUlnAsync(ulns, forUpdate);
        var masters = found.Values.Select(learner => learner.MasterUln?.Value).OfType<long>().Where(uln => !found.ContainsKey(uln)).Distinct().ToArray();
        var followed = masters.Length == 0 ? [] : await session.ByUlnAsync(masters, forUpdate);
        foreach (var (uln, learner) in found.Where(pair => pair.Value.MasterUln is not null).ToList())
        {
            var master = learner.MasterUln!.Value.Value;
            if (followed.TryGetValue(master, out var other) || found.TryGetValue(master, out other))
            {
                found[uln] = other;
            }
            else
            {
                // Loaded from another register that did not give the master: nobody can be shown for it.
                found.Remove(uln);
            }
        }

        return found;
    }

    /// <summary>By the ULN that was asked for: the active learner who has it, followed to the master when merged, and what tells them from others.</summary>
    public static async Task<Dictionary<long, (Uln Uln, LearnerIdentity Identity)>> IdentitiesAsync(this Session session, IReadOnlyCollection<long> ulns)
    {
        var found = new Dictionary<long, (Uln, LearnerIdentity)>(ulns.Count);
        var merged = new List<(long Uln, long Master)>();
        await ReadIdentitiesAsync(session, ulns, found, merged);
        if (merged.Count > 0)
        {
            var masters = new Dictionary<long, (Uln, LearnerIdentity)>();
            await ReadIdentitiesAsync(session, [.. merged.Select(pair => pair.Master).Distinct()], masters, []);
            foreach (var (uln, master) in merged.Where(pair => masters.ContainsKey(pair.Master)))
            {
                found.Add(uln, masters[master]);
            }
        }

        return found;
    }

    private static async Task ReadIdentitiesAsync(
        Session session, IReadOnlyCollection<long> ulns, Dictionary<long, (Uln Uln, LearnerIdentity Identity)> found, List<(long Uln, long Master)> merged)
    {
        await using var reader = await session.ReaderAsync(
            $"""
            SELECT uln, status, master_uln, given_name, preferred_given_name, family_name, previous_family_name, family_name_at_age16, date_of_birth, gender
            FROM learner WHERE {session.AnyOf("uln", "ulns")}
            """,
            new { ulns = session.Keys(ulns) });
        while (await reader.ReadAsync())
        {
            string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
            switch ((LearnerStatus)reader.GetInt32(1))
            {
                case LearnerStatus.Active:
                    var identity = new LearnerIdentity(reader.GetString(3), Text(4), reader.GetString(5), Text(6), Text(7), reader.GetFieldValue<DateOnly>(8), reader.GetInt32(9));
                    found.Add(reader.GetInt64(0), (Uln.FromValue(reader.GetInt64(0)), identity));
                    break;
                case LearnerStatus.Merged:
                    merged.Add((reader.GetInt64(0), reader.GetInt64(2)));
                    break;
            }
        }
    }

    /// <summary>The learners <c>@ulns</c>.</summary>
    public static string ByUlnsSql(Session session) => $"SELECT {LearnerRows.ColumnList} FROM learner WHERE {session.AnyOf("uln", "ulns")}";

    /// <summary>Learners by a condition on the table learner.</summary>
    public static async Task<List<Learner>> LearnersAsync(this Session session, string condition, object args, bool forUpdate = false)
    {
        var locked = forUpdate && session.Engine.Kind == EngineKind.Postgres ? "FOR UPDATE" : "";
        await using var reader = await session.ReaderAsync($"SELECT {LearnerRows.ColumnList} FROM learner WHERE {condition} ORDER BY uln {locked}", args);
        return await LearnersAsync(reader);
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

    private static async Task<Dictionary<long, Learner>> ByUlnAsync(this Session session, IReadOnlyCollection<long> ulns, bool forUpdate) =>
        ulns.Count == 0
            ? []
            : (await session.LearnersAsync(session.AnyOf("uln", "ulns"), new { ulns = session.Keys(ulns) }, forUpdate)).ToDictionary(learner => learner.Uln.Value);
}
