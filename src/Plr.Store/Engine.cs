using System.Text.Json;

namespace Plr.Store;

/// <summary>The two databases that the register runs on.</summary>
public enum EngineKind
{
    Sqlite,
    Postgres,
}

/// <summary>Where the register's data lie.</summary>
/// <param name="Kind">Which database.</param>
/// <param name="DataFolder">SQLite keeps <c>plr.db</c> and <c>plr.lock</c> in it; it is made when missing.</param>
/// <param name="ConnectionString">PostgreSQL only: an Npgsql connection string.</param>
/// <param name="IsServer">SQLite only: takes the data folder's lock, since one server uses a data folder. Commands beside it do not.</param>
public sealed record StoreOptions(EngineKind Kind, string DataFolder, string? ConnectionString, bool IsServer = true);

/// <summary>What <see cref="Session.LockAsync"/> keeps apart, so that equal keys of two kinds never wait for each other.</summary>
public enum LockSpace
{
    Migration = 0,
    DateOfBirth = 1,
    Learner = 2,
    Organisation = 3,
    Batch = 4,
    Share = 5,
    DataChallenge = 6,
    Qualification = 7,
    Search = 8,
    Seal = 9,
}

/// <summary>The store cannot be trusted as it is set up; the message says what is wrong and what to do.</summary>
public sealed class StoreUnfitException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The disk below the store is full. The write was rolled back; everything acknowledged before is kept.</summary>
public sealed class StoreFullException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// A database, and all that SQLite and PostgreSQL do differently. Reads see one snapshot; writes are one transaction whose task ends
/// only after the commit is durable (DESIGN, Durability).
/// </summary>
public abstract class Engine : IAsyncDisposable
{
    // A write inside a write would wait for itself at SQLite's gate, and be two transactions on PostgreSQL.
    private readonly AsyncLocal<bool> _insideWrite = new();
    private readonly AsyncLocal<Session?> _together = new();

    static Engine() => StoredForms.Register();

    public abstract EngineKind Kind { get; }

    /// <summary>Opens the store. SQLite: takes the data folder's lock, which is held until disposal.</summary>
    /// <exception cref="StoreUnfitException">The folder is in use, the file is no database, or the connection string is missing or wrong.</exception>
    public static Engine Open(StoreOptions options) => options.Kind switch
    {
        EngineKind.Sqlite => new SqliteEngine(options.DataFolder, options.IsServer),
        EngineKind.Postgres => new PostgresEngine(options.ConnectionString),
        _ => throw new StoreUnfitException($"The store's engine must be Sqlite or Postgres, not {options.Kind}."),
    };

    /// <summary>Runs reads that all see the same state. Writing in it fails.</summary>
    public Task<T> ReadAsync<T>(Func<Session, Task<T>> work, CancellationToken ct = default) =>
        _together.Value is { } session ? work(session) : SnapshotAsync(work, ct);

    /// <summary>
    /// Runs work in one transaction and ends after the commit is durable. The work may be run again from its start (PostgreSQL:
    /// serialization failure or deadlock; SQLite: the shared commit failed), so it must change nothing but the database and its own result.
    /// An exception rolls the work back and comes out as it is; a failed statement fails the whole work, even if the work catches it,
    /// because PostgreSQL can do nothing else: for a duplicate that is expected write <c>ON CONFLICT</c>.
    /// </summary>
    /// <exception cref="StoreFullException">The disk is full; nothing of this work was kept.</exception>
    public async Task<T> WriteAsync<T>(Func<Session, Task<T>> work, CancellationToken ct = default)
    {
        if (_together.Value is { } together)
        {
            return await work(together);
        }
        if (_insideWrite.Value)
        {
            throw new InvalidOperationException("A write was asked for inside a write. Use the session that is at hand.");
        }
        ct.ThrowIfCancellationRequested();
        try
        {
            return await CommitAsync(RunAsync, ct);
        }
        catch (Exception e) when (IsFull(e) || IsOutOfSpace(e))
        {
            throw new StoreFullException(
                "The disk that holds the register is full. Nothing of this write was kept, and everything acknowledged before is safe. "
                + "Free some space on it; no restart is needed.", e);
        }

        async Task<T> RunAsync(Session session)
        {
            _insideWrite.Value = true;
            var result = await work(session);
            session.ThrowIfFailed();
            return result;
        }
    }

    /// <summary>
    /// Everything that the work reads and writes through this engine is one transaction: several operations are kept together, or none. The
    /// work may be run again from its start, as that of <see cref="WriteAsync{T}"/>, and must not go on when its task has ended.
    /// </summary>
    /// <exception cref="StoreFullException">The disk is full; nothing of this work was kept.</exception>
    public Task<T> TogetherAsync<T>(Func<Session, Task<T>> work, CancellationToken ct = default) => WriteAsync(
        session =>
        {
            // Only for what is called from here on: the caller's own flow does not see it.
            _together.Value = session;
            return work(session);
        },
        ct);

    /// <summary>Whether the caller is within <see cref="TogetherAsync{T}"/>.</summary>
    internal bool IsTogether => _together.Value is not null;

    /// <summary>How many transactions for several callers go on at once (<see cref="Gathering{TAsk, TAnswer}"/>).</summary>
    internal abstract int Turns { get; }

    /// <summary>Whether the exception says that a row with this key is there already.</summary>
    public abstract bool IsDuplicateKey(Exception e);

    /// <summary>Refuses a database that could lose what it acknowledged.</summary>
    /// <exception cref="StoreUnfitException">The message names each wrong setting and what to do.</exception>
    public abstract Task AssertFitAsync(CancellationToken ct = default);

    public abstract ValueTask DisposeAsync();

    protected abstract Task<T> SnapshotAsync<T>(Func<Session, Task<T>> work, CancellationToken ct);

    protected abstract Task<T> CommitAsync<T>(Func<Session, Task<T>> work, CancellationToken ct);

    protected abstract bool IsFull(Exception e);

    internal abstract Task LockAsync(Session session, LockSpace space, IReadOnlyCollection<long> keys);

    internal abstract Task<long[]> NextAsync(Session session, string sequence, int count);

    internal abstract Task MovePastAsync(Session session, string sequence, long given);

    internal abstract Task BulkInsertAsync<T>(Session session, string table, IReadOnlyList<string> columns, IEnumerable<T> items, Action<BulkRow, T> write);

    internal abstract Task BulkReplaceAsync<T>(Session session, string table, IReadOnlyList<string> columns, string key, IEnumerable<T> items, Action<BulkRow, T> write);

    /// <summary>Sends what a session holds back: a few rows are worth no round trip of their own. Before any other statement; at the end with the commit.</summary>
    internal virtual Task SendAsync(Session session) => Task.CompletedTask;

    internal abstract Task<bool> HasTableAsync(Session session, string table);

    internal abstract string AnyOf(string column, string parameter);

    internal abstract string JsonText(string column, string name);

    internal abstract object Keys<T>(IEnumerable<T> keys);

    internal abstract string Each(string columns, string table, string column, string parameter, string condition);

    internal abstract string EachOf(string columns, string table, string column, string keys, string condition);

    internal abstract string EachPair(string columns, string table, string first, string second, string parameter);

    internal static InvalidOperationException UsedUp(string sequence, Exception? inner = null) =>
        new($"The sequence {sequence} does not exist or has no numbers left.", inner);

    private protected static string Replacing(IReadOnlyList<string> columns, string key) =>
        $"ON CONFLICT ({key}) DO UPDATE SET {string.Join(", ", columns.Where(column => column != key).Select(column => $"{column} = excluded.{column}"))}";

    internal static string Json<T>(IEnumerable<T> keys) => JsonSerializer.Serialize(keys);

    // ENOSPC on Unix, ERROR_DISK_FULL on Windows: .NET keeps the number in HResult.
    private static bool IsOutOfSpace(Exception e) => e is IOException { HResult: 28 or unchecked((int)0x80070070) };
}
