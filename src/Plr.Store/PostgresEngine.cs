using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace Plr.Store;

/// <summary>PostgreSQL 15 or later: any number of servers on one database. A transaction each; PostgreSQL groups the commits itself.</summary>
internal sealed class PostgresEngine : Engine
{
    private const int MostAttempts = 8;

    // A COPY is three round trips and is never prepared: for fewer rows than this an INSERT takes less.
    private const int FewRows = 64;

    // Npgsql's list of codes lacks it.
    private const string SequenceLimitExceeded = "2200H";

    // name in pg_settings, accepted values, what to do
    private static readonly (string Name, string[] Accepted, string Remedy)[] Needed =
    [
        ("fsync", ["on"], "set fsync = on in postgresql.conf"),
        ("full_page_writes", ["on"], "set full_page_writes = on in postgresql.conf"),
        ("synchronous_commit", ["on", "remote_apply"], "set synchronous_commit = on for the server, the role and the connection string"),
        ("server_encoding", ["UTF8"], "create the database with ENCODING 'UTF8'"),
        ("in_hot_standby", ["off"], "connect to the primary, not to a standby"),
    ];

    private readonly NpgsqlDataSource _writes;
    private readonly NpgsqlDataSource _reads;
    private readonly int _hostRecheckSeconds;
    private readonly ConcurrentDictionary<string, NpgsqlDbType[]> _columnTypes = [];

    public PostgresEngine(string? connectionString)
    {
        if (string.IsNullOrWhiteSpace(connectionString))
        {
            throw new StoreUnfitException("PostgreSQL needs a connection string, such as Host=db;Database=plr;Username=plr;Password=…");
        }
        try
        {
            var given = new DbConnectionStringBuilder { ConnectionString = connectionString };
            var settings = new NpgsqlConnectionStringBuilder(connectionString);
            bool IsGiven(string key) => given.ContainsKey(key) || given.ContainsKey(key.Replace(" ", "", StringComparison.Ordinal));
            if (!IsGiven("Host Recheck Seconds"))
            {
                settings.HostRecheckSeconds = 1;
            }
            if (!IsGiven("Max Auto Prepare"))
            {
                settings.MaxAutoPrepare = 64;
            }
            if (!IsGiven("No Reset On Close"))
            {
                // A session leaves nothing behind but its transaction, and the reset costs as much as a small read.
                settings.NoResetOnClose = true;
            }
            if (!IsGiven("Read Buffer Size"))
            {
                // A few records in one piece, where the driver's own 8 KiB would take a wait for each part.
                settings.ReadBufferSize = 32 * 1024;
            }
            if (settings.Host?.Contains(',', StringComparison.Ordinal) == true && !IsGiven("Target Session Attributes"))
            {
                settings.TargetSessionAttributes = "primary";
            }
            _hostRecheckSeconds = settings.HostRecheckSeconds;
            // Statements here are short; compiling one for a planner that thinks it long costs a hundred times what it saves.
            // Each looks up what it is given by a key, so one plan is right for all keys; planning a partitioned table anew costs more than reading a record.
            settings.Options = $"{settings.Options} -c jit=off -c plan_cache_mode=force_generic_plan".Trim();
            _writes = new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
            // A read source of its own makes every read transaction read-only without a round trip to say so.
            settings.Options += " -c default_transaction_read_only=on";
            _reads = new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
        }
        catch (ArgumentException e)
        {
            throw new StoreUnfitException($"PostgreSQL's connection string is wrong: {e.Message}", e);
        }
    }

    public override EngineKind Kind => EngineKind.Postgres;

    protected override Task<T> SnapshotAsync<T>(Func<Session, Task<T>> work, CancellationToken ct) =>
        RunOnceAsync(_reads, IsolationLevel.RepeatableRead, work, ct);

    public override bool IsDuplicateKey(Exception e) => e is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    public override async Task AssertFitAsync(CancellationToken ct = default)
    {
        Dictionary<string, string> found;
        try
        {
            const string sql = "SELECT name, setting FROM pg_settings";
            var rows = await WriteAsync(s => s.QueryAsync<(string Name, string Setting)>(sql), ct);
            found = rows.ToDictionary(r => r.Name, r => r.Setting);
        }
        catch (NpgsqlException e)
        {
            throw new StoreUnfitException($"PostgreSQL does not answer: {e.Message} Check the connection string and that the server runs.", e);
        }
        var faults = Needed.Select(n => (n.Name, n.Accepted, n.Remedy, Found: found.GetValueOrDefault(n.Name, "unknown")))
            .Where(n => !n.Accepted.Contains(n.Found)).Select(n => $"{n.Name} is {n.Found}: {n.Remedy}").ToList();
        if (int.Parse(found["server_version_num"], CultureInfo.InvariantCulture) < 150000)
        {
            faults.Add($"its version is {found["server_version"]}: install 15 or later");
        }
        if (_hostRecheckSeconds != 1)
        {
            faults.Add($"Host Recheck Seconds is {_hostRecheckSeconds}: put Host Recheck Seconds=1 in the connection string, or leave it out");
        }
        if (faults.Count > 0)
        {
            throw new StoreUnfitException($"PostgreSQL is not set up to keep what is acknowledged: {string.Join("; ", faults)}.");
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await _reads.DisposeAsync();
        await _writes.DisposeAsync();
    }

    protected override async Task<T> CommitAsync<T>(Func<Session, Task<T>> work, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await RunOnceAsync(_writes, IsolationLevel.ReadCommitted, work, ct);
            }
            catch (PostgresException e) when (attempt < MostAttempts
                && e.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5 * attempt), ct);
            }
        }
    }

    protected override bool IsFull(Exception e) => e is PostgresException { SqlState: PostgresErrorCodes.DiskFull };

    internal override int Turns => 3;

    internal override Task LockAsync(Session session, LockSpace space, IReadOnlyCollection<long> keys)
    {
        // One number for both, since the two-number form takes 32-bit keys and a ULN has 34 bits.
        var ids = keys.Distinct().Order().Select(key => key is >= 0 and <= 1L << 55
            ? ((long)space << 56) | key
            : throw new ArgumentOutOfRangeException(nameof(keys), key, "A lock's key is 0 to 2^55.")).ToArray();
        return session.ExecuteAsync("SELECT pg_advisory_xact_lock(id) FROM (SELECT id FROM unnest(@ids) AS id ORDER BY id) AS ordered", new { ids });
    }

    internal override async Task<long[]> NextAsync(Session session, string sequence, int count)
    {
        try
        {
            const string sql = "SELECT nextval(CAST(@sequence AS text)::regclass) FROM generate_series(1, @count)";
            return [.. await session.QueryAsync<long>(sql, new { sequence, count })];
        }
        catch (PostgresException e) when (e.SqlState is SequenceLimitExceeded or PostgresErrorCodes.UndefinedTable)
        {
            throw UsedUp(sequence, e);
        }
    }

    internal override Task MovePastAsync(Session session, string sequence, long given) =>
        session.ExecuteAsync("SELECT move_sequence_past(CAST(@sequence AS text), CAST(@given AS bigint))", new { sequence, given });

    internal override async Task BulkInsertAsync<T>(Session session, string table, IReadOnlyList<string> columns, IEnumerable<T> items, Action<BulkRow, T> write)
    {
        var types = await ColumnTypesAsync(session, table, columns);
        if (items.TryGetNonEnumeratedCount(out var count) && count <= FewRows)
        {
            InsertArrays(session, table, columns, items, write, types, "");
            return;
        }

        await SendAsync(session);
        var sql = $"COPY {table} ({string.Join(", ", columns)}) FROM STDIN (FORMAT BINARY)";
        await using var copy = await ((NpgsqlConnection)session.Connection).BeginBinaryImportAsync(sql, session.Cancellation);
        var row = new CopyRow(copy, types);
        foreach (var item in items)
        {
            session.Cancellation.ThrowIfCancellationRequested();
            row.Begin();
            write(row, item);
        }

        await copy.CompleteAsync(session.Cancellation);
    }

    internal override async Task BulkReplaceAsync<T>(
        Session session, string table, IReadOnlyList<string> columns, string key, IEnumerable<T> items, Action<BulkRow, T> write) =>
        InsertArrays(session, table, columns, items, write, await ColumnTypesAsync(session, table, columns), Replacing(columns, key));

    internal override Task SendAsync(Session session) => SendAsync(session, session.Cancellation);

    private static async Task SendAsync(Session session, CancellationToken ct)
    {
        if (session.Unsent is { } unsent)
        {
            session.Unsent = null;
            await using (unsent)
            {
                await unsent.ExecuteNonQueryAsync(ct);
            }
        }
    }

    internal override async Task<bool> HasTableAsync(Session session, string table) =>
        await session.SingleOrDefaultAsync<bool>("SELECT to_regclass(@table) IS NOT NULL", new { table });

    internal override string AnyOf(string column, string parameter) => $"{column} = ANY({parameter})";

    // OFFSET 0 keeps the planner from making one join of it.
    internal override string Each(string columns, string table, string column, string parameter, string condition) =>
        $"SELECT found.* FROM unnest({parameter}) AS k (key) CROSS JOIN LATERAL (SELECT {columns} FROM {table} WHERE {column} = k.key AND {condition} OFFSET 0) AS found";

    internal override string EachOf(string columns, string table, string column, string keys, string condition) =>
        $"SELECT found.* FROM ({keys}) AS k (key) CROSS JOIN LATERAL (SELECT {columns} FROM {table} WHERE {column} = k.key AND {condition} OFFSET 0) AS found";

    internal override string EachPair(string columns, string table, string first, string second, string parameter) => $"""
        SELECT found.* FROM jsonb_array_elements({parameter}::jsonb) AS k (pair)
        CROSS JOIN LATERAL (SELECT {columns} FROM {table} WHERE {first} = (k.pair->>0)::bigint AND {second} = (k.pair->>1)::bigint OFFSET 0) AS found
        """;

    internal override string JsonText(string column, string name) => $"({column}::json->>'{name}')";

    internal override object Keys<T>(IEnumerable<T> keys) => keys.ToArray();

    private static void InsertArrays<T>(
        Session session, string table, IReadOnlyList<string> columns, IEnumerable<T> items, Action<BulkRow, T> write, NpgsqlDbType[] types, string conflict)
    {
        var row = new ArrayRow(types);
        foreach (var item in items)
        {
            write(row, item);
        }

        var arrays = string.Join(", ", Enumerable.Range(1, columns.Count).Select(number => $"${number}"));
        var command = new NpgsqlBatchCommand($"INSERT INTO {table} ({string.Join(", ", columns)}) SELECT * FROM unnest({arrays}) {conflict}");
        command.Parameters.AddRange(row.Parameters.ToArray());
        session.Unsent ??= new NpgsqlBatch((NpgsqlConnection)session.Connection);
        session.Unsent.BatchCommands.Add(command);
    }

    /// <summary>Asked once: columns of a table do not change their types while a server runs.</summary>
    private async ValueTask<NpgsqlDbType[]> ColumnTypesAsync(Session session, string table, IReadOnlyList<string> columns)
    {
        var sql = $"SELECT {string.Join(", ", columns)} FROM {table} LIMIT 0";
        if (_columnTypes.TryGetValue(sql, out var known))
        {
            return known;
        }

        await SendAsync(session);
        await using var reader = (NpgsqlDataReader)await new NpgsqlCommand(sql, (NpgsqlConnection)session.Connection).ExecuteReaderAsync(session.Cancellation);
        return _columnTypes[sql] = [.. reader.GetColumnSchema().Select(column => column.NpgsqlDbType!.Value)];
    }

    private async Task<T> RunOnceAsync<T>(NpgsqlDataSource source, IsolationLevel level, Func<Session, Task<T>> work, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(level, ct);
        var session = new Session(this, connection, transaction, ct);
        var result = await work(session);

        // Not cancelled: a commit that is under way may have happened.
        if (session.Unsent is null)
        {
            await transaction.CommitAsync(CancellationToken.None);
        }
        else
        {
            session.Unsent.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
            await SendAsync(session, CancellationToken.None);
        }

        return result;
    }
}
