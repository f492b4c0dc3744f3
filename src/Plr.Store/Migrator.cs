using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Plr.Store;

/// <summary>One numbered step of the schema: file <c>Schema/NNNN_name.sql</c>. Once released it is never edited; a new number changes what it made.</summary>
public sealed partial record Migration(int Number, string Name, string Sql)
{
    /// <summary>SHA-256 of the text with line feeds, hex.</summary>
    public string Digest => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));

    /// <summary>The files inside the program, in order.</summary>
    public static IReadOnlyList<Migration> Embedded { get; } = ReadEmbedded();

    public override string ToString() => $"{Number:0000}_{Name}";

    /// <summary>The text for one engine: lines between <c>-- sqlite</c> or <c>-- postgres</c> and <c>-- end</c> are for that engine only.</summary>
    public string For(EngineKind kind)
    {
        var text = new StringBuilder();
        string? block = null;
        var wanted = kind == EngineKind.Sqlite ? "-- sqlite" : "-- postgres";
        foreach (var line in Sql.ReplaceLineEndings("\n").Split('\n'))
        {
            var mark = line.TrimEnd();
            if (mark is "-- sqlite" or "-- postgres" or "-- end")
            {
                if (mark == "-- end" == block is null)
                {
                    throw new InvalidOperationException($"Migration {this}: the line '{mark}' does not fit; blocks do not nest and each has an end.");
                }
                block = mark == "-- end" ? null : mark;
            }
            else if (block is null || block == wanted)
            {
                text.Append(line).Append('\n');
            }
        }
        return block is null ? text.ToString() : throw new InvalidOperationException($"Migration {this}: the block '{block}' has no '-- end'.");
    }

    private static List<Migration> ReadEmbedded()
    {
        var found = new SortedDictionary<int, Migration>();
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var file in assembly.GetManifestResourceNames())
        {
            if (FileName().Match(file) is { Success: true } parts)
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(file)!, Encoding.UTF8);
                var number = int.Parse(parts.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
                found.Add(number, new Migration(number, parts.Groups["name"].Value, reader.ReadToEnd()));
            }
        }
        return [.. found.Values];
    }

    [GeneratedRegex(@"^(?<number>\d{4})_(?<name>\w+)\.sql$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FileName();
}

/// <summary>Brings the database to the program's schema: forward only, each file in one transaction under a lock, recorded in <c>schema_migration</c>.</summary>
/// <param name="engine">The database.</param>
/// <param name="clock">For the time of application.</param>
/// <param name="migrations">The files; the program's own unless a test brings others.</param>
public sealed class Migrator(Engine engine, TimeProvider clock, IReadOnlyList<Migration>? migrations = null)
{
    private const string CreateTable = """
        CREATE TABLE IF NOT EXISTS schema_migration (
            number integer NOT NULL PRIMARY KEY,
            name text NOT NULL,
            digest text NOT NULL,
            applied_at timestamptz NOT NULL
        )
        """;

    private readonly IReadOnlyList<Migration> _migrations = migrations ?? Migration.Embedded;

    /// <summary>The names of the files not yet applied, in order; empty when the schema is the program's.</summary>
    /// <exception cref="StoreUnfitException">The database is newer than the program, or an applied file has changed.</exception>
    public async Task<IReadOnlyList<string>> PendingAsync(CancellationToken ct = default) =>
        [.. (await engine.ReadAsync(PendingAsync, ct)).Select(m => m.ToString())];

    /// <summary>Applies what is pending; the names of the files that this call applied. Safe from several servers at once.</summary>
    /// <exception cref="StoreUnfitException">The database is newer than the program, or an applied file has changed.</exception>
    public async Task<IReadOnlyList<string>> ApplyAsync(CancellationToken ct = default)
    {
        var applied = new List<string>();
        while (await engine.WriteAsync(ApplyNextAsync, ct) is { } migration)
        {
            applied.Add(migration.ToString());
        }
        return applied;
    }

    /// <summary>The SQL that <see cref="ApplyAsync"/> would run now on this engine.</summary>
    public async Task<string> DryRunAsync(CancellationToken ct = default)
    {
        var pending = await engine.ReadAsync(PendingAsync, ct);
        return string.Concat(pending.Select(m => $"-- {m}\n{m.For(engine.Kind).Trim()}\n\n"));
    }

    private async Task<Migration?> ApplyNextAsync(Session session)
    {
        // An index over a nation's events takes its time, and a second server waits for it.
        session.TimeoutSeconds = 0;
        await session.LockAsync(LockSpace.Migration, 0);
        var pending = await PendingAsync(session);
        if (pending.Count == 0)
        {
            return null;
        }
        var migration = pending[0];
        await session.ExecuteAsync(CreateTable);
        // Both drivers run a text of several statements, function bodies and triggers included.
        await session.ExecuteAsync(migration.For(engine.Kind));
        const string record = "INSERT INTO schema_migration (number, name, digest, applied_at) VALUES (@Number, @Name, @Digest, @at)";
        await session.ExecuteAsync(record, new { migration.Number, migration.Name, migration.Digest, at = clock.GetUtcNow() });
        return migration;
    }

    private async Task<List<Migration>> PendingAsync(Session session)
    {
        if (!await session.HasTableAsync("schema_migration"))
        {
            return [.. _migrations];
        }
        var applied = (await session.QueryAsync<Applied>("SELECT number, name, digest FROM schema_migration ORDER BY number")).ToList();
        var known = _migrations.ToDictionary(m => m.Number);
        foreach (var row in applied)
        {
            if (!known.TryGetValue(row.Number, out var file))
            {
                throw new StoreUnfitException(
                    $"The database is newer than this program: it has migration {row.Number:0000}_{row.Name}, which this program does not know. "
                    + "Run the newer program, or restore the backup made before the upgrade.");
            }
            if (file.Digest != row.Digest)
            {
                throw new StoreUnfitException(
                    $"Migration {file} was applied with another text than this program has. An applied file is never edited: restore the "
                    + "released file and put the change into a new number.");
            }
        }
        var done = applied.Select(r => r.Number).ToHashSet();
        return [.. _migrations.Where(m => !done.Contains(m.Number))];
    }

    private sealed class Applied
    {
        public int Number { get; init; }

        public string Name { get; init; } = "";

        public string Digest { get; init; } = "";
    }
}
