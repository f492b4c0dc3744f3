using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Plr.Store;
using Xunit;

namespace Plr.Testing;

/// <summary>A fresh, migrated database for one test class, gone at its end. Use it as a class fixture.</summary>
public abstract class Database : IAsyncLifetime
{
    private Engine? _engine;

    /// <summary>The open store. Where the engine is not there to test with, the test that asks is skipped with the reason.</summary>
    public Engine Engine
    {
        get
        {
            RequirePresent();
            return _engine!;
        }
    }

    /// <summary>What opens a second engine on the same database.</summary>
    public abstract StoreOptions Options { get; }

    public async ValueTask InitializeAsync()
    {
        if (await CreateAsync())
        {
            _engine = Engine.Open(Options);
            await _engine.AssertFitAsync();
            await new Migrator(_engine, Clock.New()).ApplyAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_engine is not null)
        {
            await _engine.DisposeAsync();
            await DropAsync();
        }
        GC.SuppressFinalize(this);
    }

    /// <summary>An empty database of the same engine, without any table, that lasts as long as this one.</summary>
    public abstract Task<StoreOptions> EmptyAsync();

    /// <summary>Skips the test when its engine is not there.</summary>
    public virtual void RequirePresent()
    {
    }

    protected abstract Task<bool> CreateAsync();

    protected abstract Task DropAsync();

    /// <summary>A name that no other test has, in this run or another.</summary>
    private protected static string FreshName() => "plr_test_" + RandomNumberGenerator.GetHexString(16, lowercase: true);
}

/// <summary>SQLite in a folder of its own.</summary>
public sealed class SqliteDatabase : Database
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), FreshName());

    public override StoreOptions Options => new(EngineKind.Sqlite, _folder, null);

    public override Task<StoreOptions> EmptyAsync() =>
        Task.FromResult(new StoreOptions(EngineKind.Sqlite, Path.Combine(_folder, FreshName()), null));

    protected override Task<bool> CreateAsync() => Task.FromResult(true);

    protected override Task DropAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }
}

/// <summary>
/// PostgreSQL: a database of its own on the throw-away cluster that <c>PLR_TEST_POSTGRES</c> names (<c>tests/postgres.sh start</c> makes
/// one). Copied from a template that is migrated once per schema, since that takes a tenth of the time.
/// </summary>
public sealed class PostgresDatabase : Database
{
    private const string Hint = "PLR_TEST_POSTGRES is not set: run  eval \"$(tests/postgres.sh start)\"  to test on PostgreSQL too.";

    private static readonly string? Cluster = Environment.GetEnvironmentVariable("PLR_TEST_POSTGRES");

    private readonly List<string> _names = [];

    public override StoreOptions Options => OptionsOf(_names[0]);

    /// <summary>The same database with more in its connection string.</summary>
    public StoreOptions With(string more) => Options with { ConnectionString = Options.ConnectionString + ";" + more };

    public override async Task<StoreOptions> EmptyAsync()
    {
        RequirePresent();
        return OptionsOf(await CreateAsync("template0"));
    }

    public override void RequirePresent()
    {
        if (string.IsNullOrEmpty(Cluster))
        {
            Assert.Skip(Hint);
        }
    }

    protected override async Task<bool> CreateAsync()
    {
        if (string.IsNullOrEmpty(Cluster))
        {
            return string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")) ? false : throw new InvalidOperationException(Hint);
        }
        await CreateAsync(await TemplateAsync());
        return true;
    }

    protected override async Task DropAsync()
    {
        foreach (var name in _names)
        {
            await RunAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        }
    }

    private static StoreOptions OptionsOf(string database) => new(
        EngineKind.Postgres, "", new NpgsqlConnectionStringBuilder(Cluster) { Database = database, MaxPoolSize = 20 }.ConnectionString);

    /// <summary>Named by the text of all migrations, so a changed schema makes a new one and test runs at the same time share it.</summary>
    private static async Task<string> TemplateAsync()
    {
        var schema = string.Concat(Migration.Embedded.Select(m => m.Digest));
        var name = "plr_template_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(schema)))[..16];
        await using var admin = NpgsqlDataSource.Create(Cluster!);
        await using var connection = await admin.OpenConnectionAsync();
        await ScalarAsync(connection, "SELECT pg_advisory_lock(20261123)");
        if (await ScalarAsync(connection, $"SELECT 1 FROM pg_database WHERE datname = '{name}'") is null)
        {
            // Renamed when complete: a run that was broken off leaves no half-made template.
            var draft = FreshName();
            await ScalarAsync(connection, $"CREATE DATABASE {draft} TEMPLATE template0 ENCODING 'UTF8'");
            await using (var engine = Engine.Open(OptionsOf(draft)))
            {
                await new Migrator(engine, Clock.New()).ApplyAsync();
            }
            await ScalarAsync(connection, string.Create(CultureInfo.InvariantCulture, $"ALTER DATABASE {draft} RENAME TO {name}"));
        }
        return name;
    }

    private static async Task RunAsync(string sql)
    {
        await using var admin = NpgsqlDataSource.Create(Cluster!);
        await using var connection = await admin.OpenConnectionAsync();
        await ScalarAsync(connection, sql);
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    private async Task<string> CreateAsync(string template)
    {
        var name = FreshName();
        await RunAsync($"CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8'");
        _names.Add(name);
        return name;
    }
}
