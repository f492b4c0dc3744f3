using System.Data.Common;
using Dapper;

namespace Plr.Store;

/// <summary>What a store method works with: one connection inside one transaction (or one read snapshot). Valid only while its work runs.</summary>
public sealed class Session
{
    private readonly CancellationToken _ct;
    private Exception? _failure;

    internal Session(Engine engine, DbConnection connection, DbTransaction? transaction, CancellationToken ct)
    {
        Engine = engine;
        Connection = connection;
        Transaction = transaction;
        _ct = ct;
    }

    public Engine Engine { get; }

    internal DbConnection Connection { get; }

    internal DbTransaction? Transaction { get; }

    internal CancellationToken Cancellation => _ct;

    /// <summary>Writes of a few rows that go out with what comes next (<see cref="Engine.SendAsync"/>); null when there are none.</summary>
    internal DbBatch? Unsent { get; set; }

    /// <summary>How long one statement may take; the driver's default (30 s, SQLite 10 s of waiting) when null, without end when 0.</summary>
    internal int? TimeoutSeconds { get; set; }

    /// <summary>All rows, mapped by Dapper: <c>snake_case</c> columns to properties, or a single column to a value.</summary>
    public Task<IEnumerable<T>> QueryAsync<T>(string sql, object? args = null) =>
        RunAsync(() => Connection.QueryAsync<T>(Command(sql, args)));

    /// <summary>The only row, or the default when there is none; more than one is a bug and throws.</summary>
    public Task<T?> SingleOrDefaultAsync<T>(string sql, object? args = null) =>
        RunAsync(() => Connection.QuerySingleOrDefaultAsync<T?>(Command(sql, args)));

    /// <summary>Runs one or several statements; the number of rows changed.</summary>
    public Task<int> ExecuteAsync(string sql, object? args = null) =>
        RunAsync(() => Connection.ExecuteAsync(Command(sql, args)));

    /// <summary>
    /// A raw reader for hot paths; dispose it before the next statement. <c>GetFieldValue&lt;T&gt;</c> reads dates, instants and GUIDs on both engines.
    /// Several statements in one text are one round trip, and a result each.
    /// </summary>
    public Task<DbDataReader> ReaderAsync(string sql, object? args = null) =>
        RunAsync(() => Connection.ExecuteReaderAsync(Command(sql, args)));

    /// <summary>Waits until no other transaction, on any server, holds the same lock; held until this transaction ends.</summary>
    /// <param name="space">The kind of thing.</param>
    /// <param name="key">Which one: 0 to 2^55 (a ULN, a day number, an organisation's number).</param>
    public Task LockAsync(LockSpace space, long key) => Engine.LockAsync(this, space, [key]);

    /// <summary>As <see cref="LockAsync(LockSpace, long)"/> for several keys, always in ascending order, so that two transactions never wait for each other.</summary>
    public Task LockAsync(LockSpace space, IReadOnlyCollection<long> keys) => keys.Count == 0 ? Task.CompletedTask : Engine.LockAsync(this, space, keys);

    /// <summary>Fresh values of a sequence, each given once to one committed transaction, also with many servers on one database.</summary>
    public Task<long[]> NextAsync(string sequence, int count) => Engine.NextAsync(this, sequence, count);

    /// <summary>Makes a sequence go on beyond a number that was given from outside, and never back. Null: nothing was given.</summary>
    public Task MovePastAsync(string sequence, int? given) => given is { } number ? Engine.MovePastAsync(this, sequence, number) : Task.CompletedTask;

    /// <summary>
    /// Inserts many rows as a stream: for each item, <paramref name="write"/> adds its values in the order of <paramref name="columns"/>. Table
    /// and column names are code, never input.
    /// </summary>
    public Task BulkInsertAsync<T>(string table, IReadOnlyList<string> columns, IEnumerable<T> items, Action<BulkRow, T> write) =>
        RunAsync(() => Engine.BulkInsertAsync(this, table, columns, items, write), sendFirst: false);

    /// <summary>As <see cref="BulkInsertAsync{T}"/>, but a row whose <paramref name="key"/> is there already is changed in its place. No key comes twice.</summary>
    public Task BulkReplaceAsync<T>(string table, IReadOnlyList<string> columns, string key, IEnumerable<T> items, Action<BulkRow, T> write) =>
        RunAsync(() => Engine.BulkReplaceAsync(this, table, columns, key, items, write), sendFirst: false);

    /// <summary>
    /// Inserts rows that are at hand as values: long, int, short, bool, string, DateOnly, DateTimeOffset, Guid, byte[] or null, in the order
    /// of <paramref name="columns"/>. Table and column names are code, never input.
    /// </summary>
    public Task BulkInsertAsync(string table, IReadOnlyList<string> columns, IEnumerable<object?[]> rows) => BulkInsertAsync(table, columns, rows, (row, values) =>
    {
        foreach (var value in values)
        {
            row.AddAny(value);
        }
    });

    /// <summary>Whether a table of that name exists.</summary>
    public Task<bool> HasTableAsync(string table) => Engine.HasTableAsync(this, table);

    /// <summary>
    /// The SQL condition "<paramref name="column"/> is any of these keys"; make the parameter with <c>Keys</c>:
    /// <c>QueryAsync(… WHERE {s.AnyOf("uln", "ulns")}, new { ulns = s.Keys(ulns) })</c>.
    /// </summary>
    public string AnyOf(string column, string parameter) => Engine.AnyOf(column, parameter.StartsWith('@') ? parameter : "@" + parameter);

    /// <summary>
    /// A SELECT of the rows that have any of these keys, by the index of <paramref name="column"/>, one key after another. For many keys and a
    /// partitioned table: PostgreSQL would look for each key of an array in every partition, and takes long to plan it.
    /// </summary>
    public string Each(string columns, string table, string column, string parameter, string condition) =>
        Engine.Each(columns, table, column, "@" + parameter, condition);

    /// <summary>As <see cref="Each"/> for the keys that a SELECT gives, each once: however many PostgreSQL thinks they are, it does not go through the whole table.</summary>
    public string EachOf(string columns, string table, string column, string keys, string condition = "true") => Engine.EachOf(columns, table, column, keys, condition);

    /// <summary>
    /// A SELECT of the rows that have any of these pairs in two whole-number columns, pair by pair by an index that begins with the two: two
    /// conditions "any of" would look for each key of one with each of the other.
    /// </summary>
    public string EachPair(string columns, string table, string first, string second, string parameter) =>
        Engine.EachPair(columns, table, first, second, "@" + parameter);

    /// <summary>The parameter of <see cref="EachPair"/>.</summary>
    public static object Pairs(IEnumerable<(long First, long Second)> pairs) => Engine.Json(pairs.Select(pair => new[] { pair.First, pair.Second }));

    /// <summary>The text of a member of a JSON object that a text column holds; NULL without it. The name is code, never input.</summary>
    public string JsonText(string column, string name) => Engine.JsonText(column, name);

    public object Keys(IEnumerable<long> keys) => Engine.Keys(keys);

    public object Keys(IEnumerable<string> keys) => Engine.Keys(keys);

    public object Keys(IEnumerable<Guid> keys) => Engine.Keys(keys);

    /// <summary>PostgreSQL answers a COMMIT after a failed statement with a quiet rollback: what was not kept must never be acknowledged.</summary>
    internal void ThrowIfFailed()
    {
        if (_failure is not null)
        {
            throw new InvalidOperationException(
                "A statement failed and the work went on, but its transaction is lost. Let the exception out, or write ON CONFLICT.", _failure);
        }
    }

    private CommandDefinition Command(string sql, object? args) => new(sql, args, Transaction, TimeoutSeconds, cancellationToken: _ct);

    private Task<bool> RunAsync(Func<Task> statement, bool sendFirst) => RunAsync(
        async () =>
        {
            await statement();
            return true;
        },
        sendFirst);

    private async Task<T> RunAsync<T>(Func<Task<T>> statement, bool sendFirst = true)
    {
        try
        {
            if (sendFirst)
            {
                await Engine.SendAsync(this);
            }

            return await statement();
        }
        catch (Exception e)
        {
            _failure = e;
            throw;
        }
    }
}
