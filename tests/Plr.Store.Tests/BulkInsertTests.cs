using Plr.Testing;

namespace Plr.Store.Tests;

/// <summary>What goes in comes out, one row at a time or many, with nulls first and last.</summary>
public abstract class BulkInsertTests(Database database)
{
    private const string Columns = "number, big, whole, small, flag, name, born, seen_at, id, photo";

    private static readonly Thing Full = new()
    {
        Number = 2,
        Big = 9_999_999_999,
        Whole = int.MinValue,
        Small = short.MaxValue,
        Flag = true,
        Name = "Siân Ó Briain-Łukasz 李 🎓 " + new string('é', 100_000),
        Born = new DateOnly(2012, 2, 29),
        SeenAt = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero).AddTicks(1_234_560),
        Id = new Guid("0198a3c2-7b1e-7f00-8abc-0123456789ab"),
        Photo = [0, 1, 2, 255],
    };

    private static readonly Thing Empty = new() { Number = 1 };

    private static readonly Thing Smallest = new()
    {
        Number = 3,
        Big = long.MinValue,
        Whole = 0,
        Small = short.MinValue,
        Flag = false,
        Name = "",
        Born = new DateOnly(1900, 1, 1),
        SeenAt = new DateTimeOffset(1999, 12, 31, 23, 59, 59, TimeSpan.Zero),
        Id = Guid.Empty,
        Photo = [],
    };

    private Engine Engine { get; } = database.Engine;

    [Fact]
    public async Task Every_type_comes_back_from_a_bulk_insert()
    {
        await CreateAsync("bulk");
        await Engine.WriteAsync(async s =>
        {
            await s.BulkInsertAsync("bulk", Columns.Split(", "), new[] { Empty, Full, Smallest }.Select(Row));
            return 0;
        });
        Assert.Equivalent(new[] { Empty, Full, Smallest }, await AllAsync("bulk"), strict: true);
    }

    [Fact]
    public async Task Every_type_comes_back_from_a_single_insert()
    {
        await CreateAsync("single");
        const string values = "@Number, @Big, @Whole, @Small, @Flag, @Name, @Born, @SeenAt, @Id, @Photo";
        await Engine.WriteAsync(s => s.ExecuteAsync($"INSERT INTO single ({Columns}) VALUES ({values})", Empty));
        await Engine.WriteAsync(s => s.ExecuteAsync($"INSERT INTO single ({Columns}) VALUES ({values})", Full));
        await Engine.WriteAsync(s => s.ExecuteAsync($"INSERT INTO single ({Columns}) VALUES ({values})", Smallest));
        Assert.Equivalent(new[] { Empty, Full, Smallest }, await AllAsync("single"), strict: true);
    }

    [Fact]
    public async Task Both_ways_of_writing_store_the_same_form()
    {
        await CreateAsync("form");
        await Engine.WriteAsync(async s =>
        {
            await s.BulkInsertAsync("form", Columns.Split(", "), [Row(Full)]);
            return 0;
        });
        const string same = "SELECT count(*) FROM form WHERE born = @Born AND seen_at = @SeenAt AND id = @Id AND flag = @Flag AND photo = @Photo";
        Assert.Equal(1, await Engine.ReadAsync(s => s.SingleOrDefaultAsync<long>(same, Full)));
    }

    [Fact]
    public async Task A_reader_gives_dates_instants_and_ids_on_both_engines()
    {
        await CreateAsync("raw");
        await Engine.WriteAsync(async s =>
        {
            await s.BulkInsertAsync("raw", Columns.Split(", "), [Row(Full)]);
            return 0;
        });
        await Engine.ReadAsync(async s =>
        {
            await using var reader = await s.ReaderAsync("SELECT big, flag, born, seen_at, id, photo FROM raw");
            Assert.True(await reader.ReadAsync());
            Assert.Equal(Full.Big, reader.GetInt64(0));
            Assert.Equal(Full.Flag, reader.GetBoolean(1));
            Assert.Equal(Full.Born, reader.GetFieldValue<DateOnly>(2));
            Assert.Equal(Full.SeenAt, reader.GetFieldValue<DateTimeOffset>(3));
            Assert.Equal(Full.Id, reader.GetFieldValue<Guid>(4));
            Assert.Equal(Full.Photo, reader.GetFieldValue<byte[]>(5));
            return 0;
        });
    }

    [Fact]
    public async Task An_instant_is_stored_as_utc_microseconds_and_sorts_by_time()
    {
        await Engine.WriteAsync(s => s.ExecuteAsync("CREATE TABLE instants (number bigint NOT NULL, seen_at timestamptz NOT NULL)"));
        var noon = Clock.Noon.AddTicks(19);
        var summer = new DateTimeOffset(2026, 11, 23, 12, 30, 0, TimeSpan.FromHours(1));
        await Engine.WriteAsync(s => s.ExecuteAsync("INSERT INTO instants VALUES (1, @noon), (2, @summer)", new { noon, summer }));
        var found = await Engine.ReadAsync(s => s.QueryAsync<DateTimeOffset>("SELECT seen_at FROM instants ORDER BY seen_at"));
        Assert.Equal([new DateTimeOffset(2026, 11, 23, 11, 30, 0, TimeSpan.Zero), Clock.Noon.AddTicks(10)], found);
        Assert.All(found, f => Assert.Equal(TimeSpan.Zero, f.Offset));
    }

    [Fact]
    public async Task A_bulk_insert_with_a_bad_row_keeps_none_of_its_rows()
    {
        await CreateAsync("all_or_none");
        var rows = Enumerable.Range(0, 1000).Select(i => Row(new Thing { Number = i == 900 ? 1 : i }));
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => Engine.WriteAsync(async s =>
        {
            await s.BulkInsertAsync("all_or_none", Columns.Split(", "), rows);
            return 0;
        }));
        Assert.True(Engine.IsDuplicateKey(failure));
        Assert.Empty(await AllAsync("all_or_none"));
    }

    [Fact]
    public async Task A_bulk_replace_changes_what_is_there_and_adds_what_is_not()
    {
        await CreateAsync("replaced");
        var changed = new Thing { Number = 2, Big = 5, Name = "", Flag = false };
        await Engine.WriteAsync(async s =>
        {
            await s.BulkInsertAsync("replaced", Columns.Split(", "), new[] { Empty, Full }.Select(Row));
            await s.BulkReplaceAsync("replaced", Columns.Split(", "), "number", [changed, Smallest], Write);
            await s.BulkReplaceAsync("replaced", Columns.Split(", "), "number", Array.Empty<Thing>(), Write);
            return 0;
        });
        Assert.Equivalent(new[] { Empty, changed, Smallest }, await AllAsync("replaced"), strict: true);
    }

    [Fact]
    public async Task A_row_that_cannot_be_made_keeps_none_and_text_may_come_as_utf_8()
    {
        await CreateAsync("narrow");
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => Engine.WriteAsync(async s =>
        {
            await s.BulkInsertAsync("narrow", ["number", "name"], [1L, 2L], (row, number) =>
            {
                row.Add(number);
                if (number == 1)
                {
                    row.AddUtf8("Siân"u8.ToArray());
                }
                else
                {
                    throw new InvalidOperationException("The second row cannot be made.");
                }
            });
            return 0;
        }));
        Assert.Equal("The second row cannot be made.", failure.Message);
        Assert.Empty(await AllAsync("narrow"));
        await Engine.WriteAsync(async s =>
        {
            await s.BulkInsertAsync("narrow", ["number", "name"], [1L], (row, number) =>
            {
                row.Add(number);
                row.AddUtf8("Siân"u8.ToArray());
            });
            return 0;
        });
        Assert.Equal("Siân", Assert.Single(await AllAsync("narrow")).Name);
    }

    [Fact]
    public async Task A_computed_column_may_be_null_in_the_first_row()
    {
        await CreateAsync("computed");
        await Engine.WriteAsync(async s =>
        {
            await s.BulkInsertAsync("computed", Columns.Split(", "), [Row(new Thing { Number = 1 }), Row(Full)]);
            return 0;
        });
        var computed = string.Join(", ", Columns.Split(", ").Skip(1).Select(c => $"CASE WHEN number = 1 THEN NULL ELSE {c} END AS {c}"));
        var found = await Engine.ReadAsync(s => s.QueryAsync<Thing>($"SELECT number, {computed} FROM computed ORDER BY number"));
        Assert.Equivalent(new[] { Empty, Full }, found, strict: true);
    }

    private static object?[] Row(Thing t) => [t.Number, t.Big, t.Whole, t.Small, t.Flag, t.Name, t.Born, t.SeenAt, t.Id, t.Photo];

    private static void Write(BulkRow row, Thing t)
    {
        row.Add(t.Number);
        row.Add(t.Big);
        row.Add(t.Whole);
        row.Add(t.Small);
        row.Add(t.Flag);
        row.Add(t.Name);
        row.Add(t.Born);
        row.Add(t.SeenAt);
        row.Add(t.Id);
        row.Add(t.Photo);
    }

    private Task<int> CreateAsync(string table) => Engine.WriteAsync(s => s.ExecuteAsync($"""
        CREATE TABLE {table} (
            number bigint NOT NULL PRIMARY KEY, big bigint, whole integer, small smallint, flag boolean,
            name text, born date, seen_at timestamptz, id uuid, photo bytea)
        """));

    private async Task<Thing[]> AllAsync(string table) =>
        [.. await Engine.ReadAsync(s => s.QueryAsync<Thing>($"SELECT {Columns} FROM {table} ORDER BY number"))];

    private sealed class Thing
    {
        public long Number { get; init; }

        public long? Big { get; init; }

        public int? Whole { get; init; }

        public short? Small { get; init; }

        public bool? Flag { get; init; }

        public string? Name { get; init; }

        public DateOnly? Born { get; init; }

        public DateTimeOffset? SeenAt { get; init; }

        public Guid? Id { get; init; }

        public byte[]? Photo { get; init; }
    }
}

public sealed class BulkInsertOnSqlite(SqliteDatabase d) : BulkInsertTests(d), IClassFixture<SqliteDatabase>;

public sealed class BulkInsertOnPostgres(PostgresDatabase d) : BulkInsertTests(d), IClassFixture<PostgresDatabase>;

/// <summary>Both engines in one process: what one reads, the other takes.</summary>
public sealed class TwoEnginesTests(SqliteDatabase sqlite, PostgresDatabase postgres) : IClassFixture<SqliteDatabase>, IClassFixture<PostgresDatabase>
{
    [Fact]
    public async Task Rows_go_from_one_engine_to_the_other_and_back_unchanged()
    {
        Engine[] engines = [sqlite.Engine, postgres.Engine];
        Assert.Equal([EngineKind.Sqlite, EngineKind.Postgres], engines.Select(e => e.Kind));
        var rows = new List<(DateOnly Born, DateTimeOffset SeenAt, Guid Id)> { (new DateOnly(2010, 5, 31), Clock.Noon.AddTicks(10), new Guid(1, 2, 3, new byte[8])) };
        foreach (var engine in engines.Append(sqlite.Engine))
        {
            rows = await engine.WriteAsync(async s =>
            {
                await s.ExecuteAsync("CREATE TABLE IF NOT EXISTS travels (born date NOT NULL, seen_at timestamptz NOT NULL, id uuid NOT NULL)");
                await s.BulkInsertAsync("travels", ["born", "seen_at", "id"], rows.Select(r => new object?[] { r.Born, r.SeenAt, r.Id }));
                return (await s.QueryAsync<(DateOnly, DateTimeOffset, Guid)>("SELECT born, seen_at, id FROM travels")).ToList();
            });
        }
        Assert.Equal(2, rows.Count);
        Assert.Single(rows.Distinct());
    }
}
