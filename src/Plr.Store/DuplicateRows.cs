using System.Data.Common;
using Plr.Core.Duplicates;
using Plr.Core.Learners;

namespace Plr.Store;

/// <summary>The table possible_duplicate: how it is read and written within a transaction that is open.</summary>
internal static class DuplicateRows
{
    private const string Columns = "id, low_uln, high_uln, weight, found_at, state, version";

    public static async Task<DuplicatesCounted> AddAsync(Session session, IReadOnlyList<WeighedPair> pairs, DateTimeOffset at)
    {
        var wanted = new SortedDictionary<(long Low, long High), int>();
        foreach (var pair in pairs)
        {
            var key = Key(pair);
            wanted[key] = Math.Max(Hundredths(pair.Weight), wanted.GetValueOrDefault(key, int.MinValue));
        }

        var persons = await session.FindAllAsync([.. wanted.Keys.SelectMany(key => new[] { key.Low, key.High }).Distinct()]);
        var held = await HeldAsync(session, wanted.Keys);
        var (added, updated) = (0, 0);
        foreach (var (key, weight) in wanted)
        {
            if (held.TryGetValue(key, out var known))
            {
                updated += known.State is DuplicateState.Open or DuplicateState.Proposed
                    ? await session.ExecuteAsync("UPDATE possible_duplicate SET weight = @weight, version = version + 1 WHERE id = @Id AND state IN (1, 2)", new { weight, known.Id })
                    : 0;
            }
            else if (persons.GetValueOrDefault(key.Low) is { Status: LearnerStatus.Active } low && persons.GetValueOrDefault(key.High) is { Status: LearnerStatus.Active } high && low.Uln != high.Uln)
            {
                // Two scans at once: the second one's pair is there already.
                added += await session.ExecuteAsync(
                    $"INSERT INTO possible_duplicate ({Columns}) VALUES (@id, @Low, @High, @weight, @at, {(int)DuplicateState.Open}, 1) ON CONFLICT (low_uln, high_uln) DO NOTHING",
                    new { id = Guid.CreateVersion7(at), key.Low, key.High, weight, at });
            }
        }

        return new(added, updated, wanted.Count - added - updated);
    }

    /// <summary>Puts a pair on the list whatever was said of it before; its id.</summary>
    public static async Task<Guid> OpenAsync(Session session, WeighedPair pair, DateTimeOffset at)
    {
        var (low, high) = Key(pair);
        await session.ExecuteAsync(
            $"""
            INSERT INTO possible_duplicate ({Columns}) VALUES (@id, @low, @high, @weight, @at, {(int)DuplicateState.Open}, 1)
            ON CONFLICT (low_uln, high_uln) DO UPDATE SET weight = excluded.weight, version = possible_duplicate.version + 1,
                state = CASE WHEN possible_duplicate.state = {(int)DuplicateState.Proposed} THEN possible_duplicate.state ELSE excluded.state END
            """,
            new { id = Guid.CreateVersion7(at), low, high, weight = Hundredths(pair.Weight), at });
        return await session.SingleOrDefaultAsync<Guid>("SELECT id FROM possible_duplicate WHERE low_uln = @low AND high_uln = @high", new { low, high });
    }

    public static async Task<IReadOnlyList<PossibleDuplicate>> ListAsync(Session session, DuplicateState state, DuplicatesPlace? after, int take)
    {
        var on = after is null ? "" : "AND (weight < @weight OR (weight = @weight AND id > @id))";
        await using var reader = await session.ReaderAsync(
            $"SELECT {Columns} FROM possible_duplicate WHERE state = @state {on} ORDER BY weight DESC, id LIMIT @take",
            new { state = (int)state, weight = after is null ? 0 : Hundredths(after.Weight), id = after?.Id ?? Guid.Empty, take });
        return await ReadAsync(reader);
    }

    public static async Task<PossibleDuplicate?> GetAsync(Session session, Guid id, bool forUpdate = false)
    {
        var locked = forUpdate && session.Engine.Kind == EngineKind.Postgres ? "FOR UPDATE" : "";
        await using var reader = await session.ReaderAsync($"SELECT {Columns} FROM possible_duplicate WHERE id = @id {locked}", new { id });
        return (await ReadAsync(reader)).SingleOrDefault();
    }

    public static Task<int> MoveAsync(Session session, Guid? id, DuplicateState to, DuplicateState? from = null) => id is null
        ? Task.FromResult(0)
        : session.ExecuteAsync(
            $"UPDATE possible_duplicate SET state = @to, version = version + 1 WHERE id = @id {(from is null ? "" : "AND state = @from")}", new { id, to = (int)to, from = (int?)from });

    /// <summary>A learner as an officer looks at them beside another.</summary>
    public static async Task<LearnerUnderReview> UnderReviewAsync(this Session session, Learner learner)
    {
        var ulns = await session.UlnsOfAsync(learner.Uln);
        var events = await session.QueryAsync<long>(
            $"SELECT count(*) FROM ({session.Each("id", "learning_event", "uln", "ulns", "version = 1")}) AS found", new { ulns = session.Keys(ulns.Select(uln => uln.Value)) });
        return new(learner, await LearnerStore.ReadVersionsAsync(session, learner.Uln), checked((int)events.Single()), [.. ulns.Skip(1)]);
    }

    private static async Task<Dictionary<(long, long), PossibleDuplicate>> HeldAsync(Session session, IEnumerable<(long Low, long High)> keys)
    {
        await using var reader = await session.ReaderAsync(
            session.EachPair(Columns, "possible_duplicate", "low_uln", "high_uln", "pairs"), new { pairs = Session.Pairs(keys) });
        return (await ReadAsync(reader)).ToDictionary(pair => (pair.Low.Value, pair.High.Value));
    }

    private static async Task<List<PossibleDuplicate>> ReadAsync(DbDataReader reader)
    {
        var found = new List<PossibleDuplicate>();
        while (await reader.ReadAsync())
        {
            found.Add(new(
                reader.GetFieldValue<Guid>(0),
                Uln.FromValue(reader.GetInt64(1)),
                Uln.FromValue(reader.GetInt64(2)),
                reader.GetInt32(3) / 100.0,
                reader.GetFieldValue<DateTimeOffset>(4),
                (DuplicateState)reader.GetInt32(5),
                reader.GetInt32(6)));
        }

        return found;
    }

    private static (long Low, long High) Key(WeighedPair pair) => (Math.Min(pair.One.Value, pair.Other.Value), Math.Max(pair.One.Value, pair.Other.Value));

    private static int Hundredths(double bits) => (int)Math.Round(Math.Clamp(bits, -10_000, 10_000) * 100);
}
