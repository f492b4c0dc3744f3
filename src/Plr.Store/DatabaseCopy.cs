namespace Plr.Store;

/// <summary>Copies of a SQLite register's database. PostgreSQL has its own tools for that.</summary>
public static class DatabaseCopy
{
    /// <summary>The name of the database's file in a data folder.</summary>
    public const string FileName = "plr.db";

    /// <summary>Copies the database as of one moment while servers and commands go on writing: SQLite's online backup, one step.</summary>
    /// <param name="engine">A SQLite register that is open.</param>
    /// <param name="path">An empty file, which the caller has made readable for its owner only.</param>
    public static void Make(Engine engine, string path) => ((SqliteEngine)engine).CopyTo(path);

    /// <summary>Checks the database of a data folder from end to end: its pages, its references, its schema and the keys.</summary>
    /// <exception cref="StoreUnfitException">Something is wrong; the message says what.</exception>
    public static async Task AssertWholeAsync(string folder, StoreKeys keys, TimeProvider time, CancellationToken ct = default)
    {
        await using var engine = Engine.Open(new StoreOptions(EngineKind.Sqlite, folder, null, IsServer: false));
        foreach (var check in new[] { "PRAGMA integrity_check", "PRAGMA foreign_key_check" })
        {
            var found = await engine.ReadAsync(
                async session =>
                {
                    session.TimeoutSeconds = 0;
                    return (await session.QueryAsync<string>(check)).Where(line => line != "ok").ToList();
                },
                ct);
            if (found.Count > 0)
            {
                throw new StoreUnfitException($"The database in {folder} is damaged: {found[0]}.");
            }
        }

        // Throws when the database is newer than this program.
        _ = await new Migrator(engine, time).PendingAsync(ct);
        await KeyCheck.AssertAsync(engine, keys, ct);
    }
}
