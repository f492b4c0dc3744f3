using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Plr.Store;

/// <summary>
/// SQLite: one file, one server, one writer behind a <see cref="SqliteGate"/>. Readers have connections beside it and never wait.
/// </summary>
internal sealed class SqliteEngine : Engine
{
    private readonly string _path;
    private readonly FileStream? _folderLock;
    private readonly SqliteConnection _writer;
    private readonly ConcurrentBag<SqliteConnection> _readers = [];
    private readonly SqliteGate _gate;
    private volatile bool _closed;

    public SqliteEngine(string folder, bool isServer)
    {
        _path = Path.Combine(folder, DatabaseCopy.FileName);
        _folderLock = TakeFolder(folder, isServer);
        try
        {
            // Made here so that only its owner can read it; SQLite gives the -wal and -shm files beside it the same mode.
            OpenPrivate(_path, FileShare.ReadWrite).Dispose();
            _writer = Connect(SqliteOpenMode.ReadWrite);
        }
        catch (Exception e)
        {
            _folderLock?.Dispose();
            if (e is SqliteException or IOException or UnauthorizedAccessException)
            {
                throw new StoreUnfitException(
                    $"The database file {_path} cannot be opened: {e.Message} Check that it is this register's file, that no other program "
                    + "holds it and that its owner runs this one; otherwise restore it from a backup.", e);
            }
            throw;
        }
        _gate = new SqliteGate(this, _writer);
    }

    public override EngineKind Kind => EngineKind.Sqlite;

    protected override async Task<T> SnapshotAsync<T>(Func<Session, Task<T>> work, CancellationToken ct)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        if (!_readers.TryTake(out var connection))
        {
            connection = Connect(SqliteOpenMode.ReadOnly);
        }
        try
        {
            Execute(connection, "BEGIN");
            var result = await work(new Session(this, connection, null, ct));
            return result;
        }
        finally
        {
            Return(connection);
        }
    }

    public override bool IsDuplicateKey(Exception e) => e is SqliteException
    {
        SqliteExtendedErrorCode: raw.SQLITE_CONSTRAINT_UNIQUE or raw.SQLITE_CONSTRAINT_PRIMARYKEY or raw.SQLITE_CONSTRAINT_ROWID,
    };

    public override async Task AssertFitAsync(CancellationToken ct = default)
    {
        (string Pragma, string Wanted)[] wanted = [("journal_mode", "wal"), ("synchronous", "2"), ("foreign_keys", "1")];
        foreach (var (pragma, value) in wanted)
        {
            // On the writer's own connection: these settings belong to a connection, not to the file.
            var found = await WriteAsync(s => s.SingleOrDefaultAsync<string>($"PRAGMA {pragma}"), ct);
            if (found != value)
            {
                throw new StoreUnfitException(
                    $"The database file {_path} has {pragma} {found} where {value} is needed to keep what is acknowledged. Put the data folder "
                    + "on a local disk: network and some container file systems cannot do it.");
            }
        }
    }

    internal void CopyTo(string path)
    {
        using var source = Connect(SqliteOpenMode.ReadOnly);
        using var target = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ConnectionString);
        target.Open();
        source.BackupDatabase(target);
    }

    public override async ValueTask DisposeAsync()
    {
        _closed = true;
        await _gate.DisposeAsync();
        while (_readers.TryTake(out var reader))
        {
            await reader.DisposeAsync();
        }
        await _writer.DisposeAsync();
        if (_folderLock is not null)
        {
            await _folderLock.DisposeAsync();
        }
    }

    protected override async Task<T> CommitAsync<T>(Func<Session, Task<T>> work, CancellationToken ct)
    {
        T result = default!;
        await _gate.RunAsync(async session => result = await work(session), ct);
        return result;
    }

    protected override bool IsFull(Exception e) => e is SqliteException { SqliteErrorCode: raw.SQLITE_FULL }
        or SqliteException { SqliteExtendedErrorCode: raw.SQLITE_IOERR_WRITE or raw.SQLITE_IOERR_SHMSIZE };

    // One writer: a second turn would wait for the first at the gate.
    internal override int Turns => 1;

    // The gate lets one transaction in at a time: whoever runs holds every lock.
    internal override Task LockAsync(Session session, LockSpace space, IReadOnlyCollection<long> keys) => Task.CompletedTask;

    internal override async Task<long[]> NextAsync(Session session, string sequence, int count)
    {
        const string sql = """
            UPDATE plr_sequence SET next_value = next_value + @count
            WHERE name = @sequence AND next_value + @count - 1 <= last_value
            RETURNING next_value - @count
            """;
        var first = await session.SingleOrDefaultAsync<long?>(sql, new { sequence, count }) ?? throw UsedUp(sequence);
        return [.. Enumerable.Range(0, count).Select(i => first + i)];
    }

    internal override Task MovePastAsync(Session session, string sequence, long given) =>
        session.ExecuteAsync("UPDATE plr_sequence SET next_value = @given + 1 WHERE name = @sequence AND next_value <= @given", new { sequence, given });

    internal override Task BulkInsertAsync<T>(Session session, string table, IReadOnlyList<string> columns, IEnumerable<T> items, Action<BulkRow, T> write)
    {
        RunEach(session, Insert(table, columns), items, write);
        return Task.CompletedTask;
    }

    internal override Task BulkReplaceAsync<T>(
        Session session, string table, IReadOnlyList<string> columns, string key, IEnumerable<T> items, Action<BulkRow, T> write)
    {
        RunEach(session, $"{Insert(table, columns)} {Replacing(columns, key)}", items, write);
        return Task.CompletedTask;
    }

    internal override async Task<bool> HasTableAsync(Session session, string table) =>
        await session.SingleOrDefaultAsync<long>("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = @table", new { table }) > 0;

    internal override string AnyOf(string column, string parameter) => $"{column} IN (SELECT value FROM json_each({parameter}))";

    internal override string Each(string columns, string table, string column, string parameter, string condition) =>
        $"SELECT {columns} FROM {table} WHERE {AnyOf(column, parameter)} AND {condition}";

    internal override string EachOf(string columns, string table, string column, string keys, string condition) =>
        $"SELECT {columns} FROM {table} WHERE {column} IN ({keys}) AND {condition}";

    internal override string EachPair(string columns, string table, string first, string second, string parameter) =>
        $"SELECT {columns} FROM (SELECT value->>0 AS key_1, value->>1 AS key_2 FROM json_each({parameter})) CROSS JOIN {table} WHERE {first} = key_1 AND {second} = key_2";

    internal override string JsonText(string column, string name) => $"{column}->>'{name}'";

    internal override object Keys<T>(IEnumerable<T> keys) => Json(keys);

    private static string Insert(string table, IReadOnlyList<string> columns) =>
        $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(_ => "?"))})";

    /// <summary>One prepared statement for all, bound by position: the provider's own commands look each parameter's name up for each row.</summary>
    private static void RunEach<T>(Session session, string sql, IEnumerable<T> items, Action<BulkRow, T> write)
    {
        var database = ((SqliteConnection)session.Connection).Handle!;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(database, sql, out var statement), database);
        using (statement)
        {
            var row = new SqliteBulkRow(database, statement);
            foreach (var item in items)
            {
                session.Cancellation.ThrowIfCancellationRequested();
                write(row, item);
                row.Run();
            }
        }
    }

    private static FileStream? TakeFolder(string folder, bool isServer)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
            return isServer ? OpenPrivate(Path.Combine(folder, "plr.lock"), FileShare.None) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnfitException(
                $"The data folder {folder} is in use by another server, or cannot be written ({e.Message}) One server a data folder: stop the "
                + "other one, or choose another folder, or use PostgreSQL for several servers.", e);
        }
    }

    private static FileStream OpenPrivate(string path, FileShare share)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        return new FileStream(path, options);
    }

    internal static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    internal static bool IsInTransaction(SqliteConnection connection) => raw.sqlite3_get_autocommit(connection.Handle) == 0;

    private SqliteConnection Connect(SqliteOpenMode mode)
    {
        var settings = new SqliteConnectionStringBuilder { DataSource = _path, Mode = mode, ForeignKeys = true, Pooling = false, DefaultTimeout = 10 };
        var connection = new SqliteConnection(settings.ConnectionString);
        try
        {
            connection.Open();
            // temp_store: personal data never go to temporary files. fullfsync: macOS flushes the disk's own cache only on demand.
            Execute(connection, "PRAGMA busy_timeout = 10000; PRAGMA temp_store = memory; PRAGMA cache_size = -16384");
            if (mode == SqliteOpenMode.ReadWrite)
            {
                Execute(connection, "PRAGMA journal_mode = wal; PRAGMA synchronous = full; PRAGMA fullfsync = on; PRAGMA checkpoint_fullfsync = on; "
                    + "PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 32768");
            }
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void Return(SqliteConnection reader)
    {
        if (IsInTransaction(reader))
        {
            Execute(reader, "ROLLBACK");
        }
        if (_closed)
        {
            reader.Dispose();
        }
        else
        {
            _readers.Add(reader);
        }
    }
}
