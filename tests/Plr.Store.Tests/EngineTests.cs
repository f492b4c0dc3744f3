using Plr.Testing;

namespace Plr.Store.Tests;

/// <summary>What every store method may rest on, on both engines.</summary>
public abstract class EngineTests(Database database)
{
    protected Engine Engine { get; } = database.Engine;

    [Fact]
    public async Task A_read_sees_one_snapshot_while_others_write()
    {
        await CreateAsync("CREATE TABLE snapshot (number bigint NOT NULL PRIMARY KEY)");
        var (before, during) = await Engine.ReadAsync(async s =>
        {
            var first = await CountAsync(s, "snapshot");
            await Engine.WriteAsync(w => w.ExecuteAsync("INSERT INTO snapshot VALUES (1)"));
            return (first, await CountAsync(s, "snapshot"));
        });
        Assert.Equal((0, 0), (before, during));
        Assert.Equal(1, await Engine.ReadAsync(s => CountAsync(s, "snapshot")));
    }

    [Fact]
    public async Task A_read_cannot_write()
    {
        await CreateAsync("CREATE TABLE read_only (number bigint NOT NULL PRIMARY KEY)");
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() =>
            Engine.ReadAsync(s => s.ExecuteAsync("INSERT INTO read_only VALUES (1)")));
        Assert.Equal(0, await Engine.ReadAsync(s => CountAsync(s, "read_only")));
    }

    [Fact]
    public async Task A_job_that_throws_rolls_back_only_itself()
    {
        await CreateAsync("CREATE TABLE neighbours (number bigint NOT NULL PRIMARY KEY)");
        var held = new TaskCompletionSource();
        var holder = Engine.WriteAsync(async s =>
        {
            await held.Task;
            return await s.ExecuteAsync("INSERT INTO neighbours VALUES (0)");
        });
        // These wait at the same moment, so SQLite commits them together.
        var jobs = Enumerable.Range(1, 20).Select(i => Engine.WriteAsync(async s =>
        {
            await s.ExecuteAsync("INSERT INTO neighbours VALUES (@i)", new { i });
            return i % 5 == 0 ? throw new InvalidDataException("refused") : i;
        })).ToList();
        held.SetResult();
        await holder;
        foreach (var (job, i) in jobs.Select((job, index) => (job, index + 1)))
        {
            if (i % 5 == 0)
            {
                await Assert.ThrowsAsync<InvalidDataException>(() => job);
            }
            else
            {
                Assert.Equal(i, await job);
            }
        }
        var kept = await Engine.ReadAsync(s => s.QueryAsync<long>("SELECT number FROM neighbours ORDER BY number"));
        Assert.Equal(Enumerable.Range(0, 21).Where(i => i == 0 || i % 5 != 0).Select(i => (long)i), kept);
    }

    [Fact]
    public async Task A_duplicate_key_is_told_from_other_errors()
    {
        await CreateAsync("CREATE TABLE keys_and_names (number bigint NOT NULL PRIMARY KEY, name text NOT NULL UNIQUE)");
        await Engine.WriteAsync(s => s.ExecuteAsync("INSERT INTO keys_and_names VALUES (1, 'one')"));
        Assert.True(Engine.IsDuplicateKey(await FailureOfAsync("INSERT INTO keys_and_names VALUES (1, 'other')")));
        Assert.True(Engine.IsDuplicateKey(await FailureOfAsync("INSERT INTO keys_and_names VALUES (2, 'one')")));
        Assert.False(Engine.IsDuplicateKey(await FailureOfAsync("INSERT INTO keys_and_names VALUES (3, NULL)")));
        Assert.False(Engine.IsDuplicateKey(await FailureOfAsync("INSERT INTO no_such_table VALUES (3)")));
    }

    [Fact]
    public async Task A_failed_statement_that_the_work_swallows_is_never_acknowledged()
    {
        await CreateAsync("CREATE TABLE swallowed (number bigint NOT NULL PRIMARY KEY)");
        await Assert.ThrowsAsync<InvalidOperationException>(() => Engine.WriteAsync(async s =>
        {
            await s.ExecuteAsync("INSERT INTO swallowed VALUES (1)");
            await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => s.ExecuteAsync("INSERT INTO swallowed VALUES (1)"));
            return 0;
        }));
        Assert.Equal(0, await Engine.ReadAsync(s => CountAsync(s, "swallowed")));
    }

    [Fact]
    public async Task A_write_inside_a_write_is_refused_instead_of_waiting_for_ever()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            Engine.WriteAsync(_ => Engine.WriteAsync(s => s.SingleOrDefaultAsync<long>("SELECT 1"))));
        Assert.Equal(1, await Engine.WriteAsync(s => s.SingleOrDefaultAsync<long>("SELECT 1")));
    }

    [Fact]
    public async Task A_write_cancelled_before_its_turn_does_not_happen()
    {
        await CreateAsync("CREATE TABLE cancelled (number bigint NOT NULL PRIMARY KEY)");
        using var cancel = new CancellationTokenSource();
        TaskCompletionSource holds = new(), held = new();
        var holder = Engine.WriteAsync(async s =>
        {
            await s.LockAsync(LockSpace.Batch, 77);
            holds.SetResult();
            await held.Task;
            return 0;
        });
        await holds.Task;
        var waiting = Engine.WriteAsync(async s =>
        {
            await s.LockAsync(LockSpace.Batch, 77);
            return await s.ExecuteAsync("INSERT INTO cancelled VALUES (1)");
        }, cancel.Token);
        await cancel.CancelAsync();
        held.SetResult();
        await holder;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(0, await Engine.ReadAsync(s => CountAsync(s, "cancelled")));
    }

    [Fact]
    public async Task A_lock_lets_one_at_a_time_in()
    {
        await CreateAsync("CREATE TABLE locked (number bigint NOT NULL)");
        // Without the lock, READ COMMITTED would let two see the same count.
        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => Engine.WriteAsync(async s =>
        {
            await s.LockAsync(LockSpace.DateOfBirth, 9_999_999_999);
            var count = await CountAsync(s, "locked");
            return await s.ExecuteAsync("INSERT INTO locked VALUES (@count)", new { count });
        }))));
        var numbers = await Engine.ReadAsync(s => s.QueryAsync<long>("SELECT number FROM locked ORDER BY number"));
        Assert.Equal(Enumerable.Range(0, 40).Select(i => (long)i), numbers);
    }

    [Fact]
    public async Task A_sequence_gives_no_number_twice_to_eight_writers()
    {
        var given = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            var mine = new List<long>();
            for (var i = 1; i <= 25; i++)
            {
                mine.AddRange(await Engine.WriteAsync(s => s.NextAsync("uln_sequence", i)));
            }
            return mine;
        })));
        var all = given.SelectMany(g => g).ToList();
        Assert.Equal(8 * 325, all.Count);
        Assert.Equal(all.Count, all.Distinct().Count());
        Assert.Equal(0, all.Min());
    }

    [Fact]
    public async Task A_sequence_that_does_not_exist_or_is_used_up_says_so()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Engine.WriteAsync(s => s.NextAsync("no_such_sequence", 1)));
        await Engine.WriteAsync(s => s.ExecuteAsync(s.Engine.Kind == EngineKind.Sqlite
            ? "INSERT INTO plr_sequence VALUES ('short_sequence', 1, 3)"
            : "CREATE SEQUENCE short_sequence MAXVALUE 3"));
        var given = await Engine.WriteAsync(s => s.NextAsync("short_sequence", 3));
        Assert.Equal([1, 2, 3], given);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Engine.WriteAsync(s => s.NextAsync("short_sequence", 1)));
    }

    [Fact]
    public async Task Several_writes_together_are_kept_together_or_not_at_all_and_read_each_other()
    {
        await CreateAsync("CREATE TABLE together (number bigint NOT NULL PRIMARY KEY)");
        async Task<long> TwiceAsync(long number, bool fails)
        {
            await Engine.WriteAsync(s => s.ExecuteAsync("INSERT INTO together VALUES (@number)", new { number }));
            await Engine.WriteAsync(s => s.ExecuteAsync("INSERT INTO together VALUES (@number)", new { number = number + 1 }));
            var seen = await Engine.ReadAsync(s => CountAsync(s, "together"));
            return fails ? throw new FormatException() : seen;
        }

        await Assert.ThrowsAsync<FormatException>(() => Engine.TogetherAsync(_ => TwiceAsync(1, fails: true)));
        Assert.Equal(0, await Engine.ReadAsync(s => CountAsync(s, "together")));
        Assert.Equal(2, await Engine.TogetherAsync(_ => TwiceAsync(1, fails: false)));
        Assert.Equal(2, await Engine.ReadAsync(s => CountAsync(s, "together")));
        await Engine.WriteAsync(s => s.ExecuteAsync("INSERT INTO together VALUES (9)"));
        var many = await Task.WhenAll(Enumerable.Range(10, 20).Select(i => Engine.TogetherAsync(_ => TwiceAsync(i * 2, fails: i % 2 == 0)).ContinueWith(t => t.IsFaulted, TaskScheduler.Default)));
        Assert.Equal(10, many.Count(failed => failed));
        Assert.Equal(23, await Engine.ReadAsync(s => CountAsync(s, "together")));
    }

    [Fact]
    public async Task Rows_are_found_by_any_of_many_keys()
    {
        await CreateAsync("CREATE TABLE any_of (number bigint NOT NULL PRIMARY KEY, name text NOT NULL, id uuid NOT NULL)");
        var rows = Enumerable.Range(0, 5000).Select(i => (Number: (long)i, Name: $"Siân \"{i}\" O'Neill", Id: new Guid(i, 1, 2, new byte[8]))).ToList();
        await Engine.WriteAsync(async s =>
        {
            await s.BulkInsertAsync("any_of", ["number", "name", "id"], rows.Select(r => new object?[] { r.Number, r.Name, r.Id }));
            return 0;
        });
        var wanted = rows.Where(r => r.Number % 3 == 0).ToList();
        await Engine.ReadAsync(async s =>
        {
            Assert.Equal(wanted.Count, await FoundAsync(s, "number", s.Keys(wanted.Select(r => r.Number).Append(-1))));
            Assert.Equal(wanted.Count, await FoundAsync(s, "name", s.Keys(wanted.Select(r => r.Name))));
            Assert.Equal(wanted.Count, await FoundAsync(s, "id", s.Keys(wanted.Select(r => r.Id))));
            Assert.Equal(0, await FoundAsync(s, "number", s.Keys(Array.Empty<long>())));
            return 0;
        });
    }

    [Fact]
    public async Task Rows_are_found_by_any_of_many_keys_or_pairs_one_key_after_another()
    {
        await CreateAsync("CREATE TABLE any_pair (uln bigint NOT NULL, id integer NOT NULL, version integer NOT NULL, PRIMARY KEY (uln, id, version))");
        var rows = Enumerable.Range(0, 4000).Select(i => (Uln: 9_000_000_000 + (i / 4), Id: i / 2 % 2, Version: 1 + (i % 2))).ToList();
        await Engine.WriteAsync(async s =>
        {
            await s.BulkInsertAsync("any_pair", ["uln", "id", "version"], rows.Select(r => new object?[] { r.Uln, r.Id, r.Version }));
            return 0;
        });
        var second = rows.Where(r => r.Id == 1 && r.Uln % 5 == 0).ToList();
        await Engine.ReadAsync(async s =>
        {
            var pairs = Session.Pairs([.. second.Where(r => r.Version == 1).Select(r => (r.Uln, (long)r.Id)), (9_000_000_000, 7), (1, 1)]);
            var found = await s.QueryAsync<(long, int, int)>($"{s.EachPair("uln, id, version", "any_pair", "uln", "id", "pairs")} ORDER BY uln, id, version", new { pairs });
            Assert.Equal(second, found);
            Assert.Empty(await s.QueryAsync<long>(s.EachPair("uln", "any_pair", "uln", "id", "pairs"), new { pairs = Session.Pairs([]) }));
            var each = await s.QueryAsync<long>(s.Each("uln", "any_pair", "uln", "ulns", "id = 1 AND version = 2"), new { ulns = s.Keys(second.Select(r => r.Uln).Distinct().Append(3)) });
            Assert.Equal(second.Select(r => r.Uln).Distinct(), each.Order());
            return 0;
        });
    }

    [Fact]
    public Task The_database_is_fit_to_keep_what_is_acknowledged() => Engine.AssertFitAsync();

    private protected Task CreateAsync(string sql) => Engine.WriteAsync(s => s.ExecuteAsync(sql));

    private static Task<long> CountAsync(Session s, string table) => s.SingleOrDefaultAsync<long>($"SELECT count(*) FROM {table}");

    private static Task<long> FoundAsync(Session s, string column, object keys) =>
        s.SingleOrDefaultAsync<long>($"SELECT count(*) FROM any_of WHERE {s.AnyOf(column, "keys")}", new { keys });

    private async Task<Exception> FailureOfAsync(string sql) =>
        await Assert.ThrowsAnyAsync<Exception>(() => Engine.WriteAsync(s => s.ExecuteAsync(sql)));
}

public sealed class EngineOnSqlite(SqliteDatabase d) : EngineTests(d), IClassFixture<SqliteDatabase>
{
    [Fact]
    public async Task Writers_that_wait_at_the_same_moment_share_one_commit()
    {
        await CreateAsync("CREATE TABLE shared (number bigint NOT NULL PRIMARY KEY)");
        TaskCompletionSource holderRuns = new(), held = new(), secondRuns = new(), release = new();
        var holder = Engine.WriteAsync(async _ =>
        {
            holderRuns.SetResult();
            await held.Task;
            return 0;
        });
        await holderRuns.Task;
        var first = Engine.WriteAsync(s => s.ExecuteAsync("INSERT INTO shared VALUES (1)"));
        var second = Engine.WriteAsync(async s =>
        {
            secondRuns.SetResult();
            await release.Task;
            return await s.ExecuteAsync("INSERT INTO shared VALUES (2)");
        });
        held.SetResult();
        await holder;
        await secondRuns.Task;
        // The first has run, but nobody sees it and it is not acknowledged, until the second is done too.
        Assert.False(first.IsCompleted);
        Assert.Equal(0, await Engine.ReadAsync(s => s.SingleOrDefaultAsync<long>("SELECT count(*) FROM shared")));
        release.SetResult();
        await Task.WhenAll(first, second);
        Assert.Equal(2, await Engine.ReadAsync(s => s.SingleOrDefaultAsync<long>("SELECT count(*) FROM shared")));
    }
}

public sealed class EngineOnPostgres(PostgresDatabase d) : EngineTests(d), IClassFixture<PostgresDatabase>;
