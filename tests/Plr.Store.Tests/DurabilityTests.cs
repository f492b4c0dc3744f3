using System.Diagnostics;
using System.Globalization;
using Plr.Testing;

namespace Plr.Store.Tests;

/// <summary>What the store acknowledged is there: after a full disk and after a hard kill.</summary>
public abstract class DurabilityTests(Database database)
{
    protected Database Database { get; } = database;

    [Fact]
    public async Task A_full_disk_is_said_in_words_and_takes_nothing_that_was_acknowledged()
    {
        var engine = Database.Engine;
        await engine.WriteAsync(s => s.ExecuteAsync("CREATE TABLE kept (number bigint NOT NULL PRIMARY KEY, filling text)"));
        await engine.WriteAsync(s => s.ExecuteAsync("INSERT INTO kept VALUES (1, 'before')"));
        var full = await Assert.ThrowsAsync<StoreFullException>(() => engine.WriteAsync(async s =>
        {
            await s.ExecuteAsync("INSERT INTO kept VALUES (2, 'lost')");
            await FillDiskAsync(s);
            return 0;
        }));
        Assert.Contains("full", full.Message, StringComparison.Ordinal);
        await engine.WriteAsync(s => s.ExecuteAsync("INSERT INTO kept VALUES (3, 'after')"));
        var numbers = await engine.ReadAsync(s => s.QueryAsync<long>("SELECT number FROM kept ORDER BY number"));
        Assert.Equal([1, 3], numbers);
    }

    [Fact]
    public async Task Everything_acknowledged_survives_a_hard_kill()
    {
        var options = await Database.EmptyAsync();
        await using (var engine = Engine.Open(options))
        {
            await engine.WriteAsync(s => s.ExecuteAsync("CREATE TABLE acknowledged (number bigint NOT NULL PRIMARY KEY)"));
        }
        var printed = await WriteUntilKilledAsync(options, count: 300);
        await using var after = Engine.Open(options);
        var kept = (await after.ReadAsync(s => s.QueryAsync<long>("SELECT number FROM acknowledged"))).ToHashSet();
        Assert.True(printed.Count >= 300);
        Assert.Subset(kept, printed.ToHashSet());
        await after.WriteAsync(s => s.ExecuteAsync("INSERT INTO acknowledged VALUES (-1)"));
    }

    protected abstract Task FillDiskAsync(Session session);

    private static async Task<List<long>> WriteUntilKilledAsync(StoreOptions options, int count)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Plr.Store.Writer.dll"));
        start.ArgumentList.Add(options.Kind.ToString());
        start.ArgumentList.Add(options.DataFolder);
        start.ArgumentList.Add(options.ConnectionString ?? "");
        using var writer = Process.Start(start)!;
        var printed = new List<string>();
        while (await writer.StandardOutput.ReadLineAsync() is { } line)
        {
            printed.Add(line);
            if (printed.Count == count)
            {
                writer.Kill();
            }
        }
        await writer.WaitForExitAsync();
        // The kill may cut the last line in two; what is not a whole line was not said.
        var whole = printed.Count > count ? printed.Take(printed.Count - 1) : printed;
        return [.. whole.Select(line => long.Parse(line, CultureInfo.InvariantCulture))];
    }
}

public sealed class DurabilityOnSqlite(SqliteDatabase d) : DurabilityTests(d), IClassFixture<SqliteDatabase>
{
    [Fact]
    public async Task One_job_too_large_for_the_disk_does_not_take_its_neighbours_with_it()
    {
        var options = await Database.EmptyAsync();
        await using var engine = Engine.Open(options);
        await engine.WriteAsync(s => s.ExecuteAsync("CREATE TABLE small (number bigint NOT NULL PRIMARY KEY)"));
        await engine.WriteAsync(s => s.ExecuteAsync("CREATE TABLE large (filling bytea)"));
        await engine.WriteAsync(s => s.ExecuteAsync("PRAGMA max_page_count = 50"));
        var held = new TaskCompletionSource();
        var holder = engine.WriteAsync(async s =>
        {
            await held.Task;
            return 0;
        });
        var jobs = Enumerable.Range(0, 9).Select(i => engine.WriteAsync(s => i == 4
            ? s.ExecuteAsync("INSERT INTO large VALUES (zeroblob(10000000))")
            : s.ExecuteAsync("INSERT INTO small VALUES (@i)", new { i }))).ToList();
        held.SetResult();
        await holder;
        await Assert.ThrowsAsync<StoreFullException>(() => jobs[4]);
        await Task.WhenAll(jobs.Where((_, i) => i != 4));
        Assert.Equal(8, await engine.ReadAsync(s => s.SingleOrDefaultAsync<long>("SELECT count(*) FROM small")));
    }

    [Fact]
    public async Task A_second_server_on_the_same_folder_is_refused_until_the_first_has_gone()
    {
        var options = await Database.EmptyAsync();
        await using (Engine.Open(options))
        {
            var refusal = Assert.Throws<StoreUnfitException>(() => Engine.Open(options));
            Assert.Contains(options.DataFolder, refusal.Message, StringComparison.Ordinal);
            Assert.Contains("One server a data folder", refusal.Message, StringComparison.Ordinal);
        }
        await using var next = Engine.Open(options);
        await next.AssertFitAsync();
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Only_the_owner_can_read_the_files()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes; a new folder takes its parent's rights.");
        var options = await Database.EmptyAsync();
        await using var engine = Engine.Open(options);
        await new Migrator(engine, Clock.New()).ApplyAsync();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(options.DataFolder));
        var files = Directory.GetFiles(options.DataFolder);
        Assert.Equal(["plr.db", "plr.db-shm", "plr.db-wal", "plr.lock"], files.Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(files, f => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(f)));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_in_words()
    {
        var options = await Database.EmptyAsync();
        Directory.CreateDirectory(options.DataFolder);
        await File.WriteAllTextAsync(Path.Combine(options.DataFolder, "plr.db"), new string('x', 5000));
        var refusal = Assert.Throws<StoreUnfitException>(() => Engine.Open(options));
        Assert.Contains("plr.db cannot be opened", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_write_to_a_closed_store_is_refused()
    {
        var engine = Engine.Open(await Database.EmptyAsync());
        await engine.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => engine.WriteAsync(s => s.ExecuteAsync("SELECT 1")));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => engine.ReadAsync(s => s.ExecuteAsync("SELECT 1")));
    }

    protected override async Task FillDiskAsync(Session session)
    {
        // SQLite's own limit fails the same way as a disk without room; it goes back up so that the next write finds some.
        await session.ExecuteAsync("PRAGMA max_page_count = 60");
        try
        {
            await session.ExecuteAsync("INSERT INTO kept VALUES (4, zeroblob(10000000))");
        }
        finally
        {
            await session.ExecuteAsync("PRAGMA max_page_count = 1000000");
        }
    }
}

public sealed class DurabilityOnPostgres(PostgresDatabase d) : DurabilityTests(d), IClassFixture<PostgresDatabase>
{
    [Theory]
    [InlineData("Options=-c synchronous_commit=off", "synchronous_commit is off")]
    [InlineData("Options=-c synchronous_commit=local", "synchronous_commit is local")]
    [InlineData("Host Recheck Seconds=10", "Host Recheck Seconds is 10")]
    [InlineData("Port=1", "does not answer")]
    public async Task A_setting_that_could_lose_a_write_is_refused_by_name(string setting, string words)
    {
        Database.RequirePresent();
        await using var engine = Engine.Open(((PostgresDatabase)Database).With(setting));
        var refusal = await Assert.ThrowsAsync<StoreUnfitException>(() => engine.AssertFitAsync());
        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    [InlineData("Hoast=db")]
    public void A_connection_string_that_cannot_be_read_is_refused(string? text) =>
        Assert.Throws<StoreUnfitException>(() => Engine.Open(new StoreOptions(EngineKind.Postgres, "", text)));

    [Fact]
    public async Task A_deadlock_is_run_again_and_both_writes_are_kept()
    {
        var engine = Database.Engine;
        await engine.WriteAsync(s => s.ExecuteAsync("CREATE TABLE crossed (number bigint NOT NULL PRIMARY KEY, count bigint NOT NULL)"));
        await engine.WriteAsync(s => s.ExecuteAsync("INSERT INTO crossed VALUES (1, 0), (2, 0)"));
        var bothHoldOne = new Barrier(2);
        var attempts = 0;
        await Task.WhenAll(Task.Run(() => CrossAsync(1, 2)), Task.Run(() => CrossAsync(2, 1)));
        Assert.Equal(3, attempts);
        Assert.Equal([2, 2], await engine.ReadAsync(s => s.QueryAsync<long>("SELECT count FROM crossed")));

        Task<int> CrossAsync(long first, long second)
        {
            var isFirstRun = true;
            return engine.WriteAsync(async s =>
            {
                Interlocked.Increment(ref attempts);
                await s.ExecuteAsync("UPDATE crossed SET count = count + 1 WHERE number = @first", new { first });
                if (isFirstRun)
                {
                    isFirstRun = false;
                    bothHoldOne.SignalAndWait();
                }
                return await s.ExecuteAsync("UPDATE crossed SET count = count + 1 WHERE number = @second", new { second });
            });
        }
    }

    // The server's own error for a disk without room.
    protected override Task FillDiskAsync(Session session) =>
        session.ExecuteAsync("DO $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$");
}
