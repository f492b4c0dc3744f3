using Plr.Testing;

namespace Plr.Store.Tests;

/// <summary>The schema goes forward, once, and never silently differs from the program's.</summary>
public abstract class MigratorTests(Database database)
{
    private static readonly Migration First = new(1, "first", """
        CREATE TABLE first (number bigint NOT NULL PRIMARY KEY, born date);
        INSERT INTO first VALUES (1, NULL);
        -- sqlite
        CREATE TRIGGER first_is_kept BEFORE DELETE ON first BEGIN
            SELECT RAISE(ABORT, 'kept; always');
        END;
        -- end
        -- postgres
        CREATE FUNCTION keep_it() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'kept; always';
        END;
        $$;
        CREATE TRIGGER first_is_kept BEFORE DELETE ON first FOR EACH ROW EXECUTE FUNCTION keep_it();
        -- end
        INSERT INTO first VALUES (2, NULL);
        """);

    private static readonly Migration Second = new(2, "second", "ALTER TABLE first ADD COLUMN name text; INSERT INTO first (number, name) VALUES (3, 'three');");

    [Fact]
    public async Task Files_are_applied_in_order_once_and_recorded()
    {
        await using var engine = await OpenEmptyAsync();
        var migrator = new Migrator(engine, Clock.New(), [First, Second]);
        Assert.Equal(["0001_first", "0002_second"], await migrator.PendingAsync());
        Assert.Equal(["0001_first", "0002_second"], await migrator.ApplyAsync());
        Assert.Empty(await migrator.PendingAsync());
        Assert.Empty(await migrator.ApplyAsync());
        Assert.Equal([1, 2, 3], await engine.ReadAsync(s => s.QueryAsync<long>("SELECT number FROM first ORDER BY number")));
        var applied = await engine.ReadAsync(s => s.QueryAsync<DateTimeOffset>("SELECT applied_at FROM schema_migration"));
        Assert.Equal([Clock.Noon, Clock.Noon], applied);
    }

    [Fact]
    public async Task Triggers_and_functions_with_semicolons_inside_are_made_whole()
    {
        await using var engine = await OpenEmptyAsync();
        await new Migrator(engine, Clock.New(), [First]).ApplyAsync();
        var failure = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => engine.WriteAsync(s => s.ExecuteAsync("DELETE FROM first")));
        Assert.Contains("kept; always", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_at_once_apply_each_file_once()
    {
        var options = await database.EmptyAsync();
        await using var engine = Engine.Open(options);
        // SQLite has one server a data folder: there the two are two tasks of it.
        await using var other = options.Kind == EngineKind.Postgres ? Engine.Open(options) : null;
        var lists = await Task.WhenAll(
            Task.Run(() => new Migrator(engine, Clock.New(), [First, Second]).ApplyAsync()),
            Task.Run(() => new Migrator(other ?? engine, Clock.New(), [First, Second]).ApplyAsync()));
        Assert.Equal(["0001_first", "0002_second"], lists.SelectMany(l => l).Order());
    }

    [Fact]
    public async Task A_file_that_fails_leaves_nothing_of_itself()
    {
        await using var engine = await OpenEmptyAsync();
        var broken = new Migration(2, "broken", "CREATE TABLE half (number bigint); INSERT INTO no_such_table VALUES (1);");
        var migrator = new Migrator(engine, Clock.New(), [First, broken]);
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => migrator.ApplyAsync());
        Assert.Equal(["0002_broken"], await migrator.PendingAsync());
        Assert.False(await engine.ReadAsync(s => s.HasTableAsync("half")));
    }

    [Fact]
    public async Task A_database_newer_than_the_program_is_refused()
    {
        await using var engine = await OpenEmptyAsync();
        await new Migrator(engine, Clock.New(), [First, Second]).ApplyAsync();
        var older = new Migrator(engine, Clock.New(), [First]);
        Assert.Contains("newer than this program", (await Assert.ThrowsAsync<StoreUnfitException>(() => older.PendingAsync())).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreUnfitException>(() => older.ApplyAsync());
    }

    [Fact]
    public async Task An_applied_file_with_another_text_is_refused()
    {
        await using var engine = await OpenEmptyAsync();
        await new Migrator(engine, Clock.New(), [First]).ApplyAsync();
        var edited = new Migrator(engine, Clock.New(), [First with { Sql = First.Sql + "\n-- one word more" }, Second]);
        Assert.Contains("never edited", (await Assert.ThrowsAsync<StoreUnfitException>(() => edited.ApplyAsync())).Message, StringComparison.Ordinal);
        Assert.Empty(await new Migrator(engine, Clock.New(), [First with { Sql = First.Sql.ReplaceLineEndings("\r\n") }]).PendingAsync());
    }

    [Fact]
    public async Task A_dry_run_prints_this_engine_s_text_and_changes_nothing()
    {
        await using var engine = await OpenEmptyAsync();
        var migrator = new Migrator(engine, Clock.New(), [First]);
        var text = await migrator.DryRunAsync();
        Assert.StartsWith("-- 0001_first\nCREATE TABLE first", text, StringComparison.Ordinal);
        Assert.Equal(engine.Kind == EngineKind.Sqlite, text.Contains("RAISE(ABORT", StringComparison.Ordinal));
        Assert.Equal(engine.Kind == EngineKind.Postgres, text.Contains("plpgsql", StringComparison.Ordinal));
        Assert.Equal(["0001_first"], await migrator.PendingAsync());
        Assert.False(await engine.ReadAsync(s => s.HasTableAsync("schema_migration")));
    }

    [Fact]
    public async Task The_program_s_own_files_are_numbered_without_gaps_and_all_applied()
    {
        Assert.Equal(Enumerable.Range(1, Migration.Embedded.Count), Migration.Embedded.Select(m => m.Number));
        Assert.Empty(await new Migrator(database.Engine, Clock.New()).PendingAsync());
    }

    private async Task<Engine> OpenEmptyAsync() => Engine.Open(await database.EmptyAsync());
}

public sealed class MigratorOnSqlite(SqliteDatabase d) : MigratorTests(d), IClassFixture<SqliteDatabase>;

public sealed class MigratorOnPostgres(PostgresDatabase d) : MigratorTests(d), IClassFixture<PostgresDatabase>;

public sealed class MigrationTests
{
    [Theory]
    [InlineData("-- sqlite\nSELECT 1;")]
    [InlineData("-- end")]
    [InlineData("-- sqlite\n-- postgres\n-- end")]
    public void A_block_without_its_end_or_beginning_is_a_mistake_in_the_file(string sql) =>
        Assert.Throws<InvalidOperationException>(() => new Migration(1, "wrong", sql).For(EngineKind.Sqlite));
}
