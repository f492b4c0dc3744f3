using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;
using SQLitePCL;

namespace Plr.Store;

/// <summary>
/// The row that a bulk write is at. Its values are added one after another in the order of the columns, straight into the driver: a value is
/// neither boxed nor kept.
/// </summary>
public abstract class BulkRow
{
    /// <summary>A whole number of any width; PostgreSQL takes the column's.</summary>
    public abstract void Add(long? value);

    public abstract void Add(bool? value);

    public abstract void Add(string? value);

    public abstract void Add(DateOnly? value);

    /// <summary>An instant; cut to whole microseconds of UTC.</summary>
    public abstract void Add(DateTimeOffset? value);

    public abstract void Add(Guid? value);

    public abstract void Add(byte[]? value);

    /// <summary>Text that is UTF-8 already; read before the call ends.</summary>
    public abstract void AddUtf8(ReadOnlyMemory<byte> text);

    internal void AddAny(object? value)
    {
        switch (value)
        {
            case null:
                Add((string?)null);
                break;
            case string text:
                Add(text);
                break;
            case long or int or short:
                Add(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case bool claim:
                Add(claim);
                break;
            case DateOnly date:
                Add(date);
                break;
            case DateTimeOffset instant:
                Add(instant);
                break;
            case Guid id:
                Add(id);
                break;
            case byte[] bytes:
                Add(bytes);
                break;
            default:
                throw new ArgumentException($"Values of type {value.GetType()} are not stored.", nameof(value));
        }
    }
}

/// <summary>Binds to a prepared statement by position, in the forms of <see cref="StoredForms"/>.</summary>
internal sealed class SqliteBulkRow(sqlite3 database, sqlite3_stmt statement) : BulkRow
{
    private const int LongestOnStack = 512;
    private int _at;

    public override void Add(long? value) => Check(value is { } number
        ? raw.sqlite3_bind_int64(statement, ++_at, number)
        : raw.sqlite3_bind_null(statement, ++_at));

    public override void Add(bool? value) => Add(value is { } claim ? claim ? 1 : 0 : (long?)null);

    public override void Add(string? value)
    {
        if (value is null)
        {
            Null();
            return;
        }

        byte[]? rented = null;
        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        var buffer = most <= LongestOnStack ? stackalloc byte[LongestOnStack] : rented = ArrayPool<byte>.Shared.Rent(most);
        Text(buffer[..Encoding.UTF8.GetBytes(value, buffer)]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }
    }

    public override void Add(DateOnly? value) => Formatted(value, StoredForms.DateFormat);

    public override void Add(DateTimeOffset? value) => Formatted(value?.UtcDateTime, StoredForms.InstantFormat);

    public override void Add(Guid? value) => Formatted(value, "D");

    public override void Add(byte[]? value)
    {
        if (value is null)
        {
            Null();
        }
        else
        {
            Check(value.Length == 0 ? raw.sqlite3_bind_zeroblob(statement, ++_at, 0) : raw.sqlite3_bind_blob(statement, ++_at, value));
        }
    }

    public override void AddUtf8(ReadOnlyMemory<byte> text) => Text(text.Span);

    /// <summary>Runs the statement with what was added, and begins the next row.</summary>
    public void Run()
    {
        var result = raw.sqlite3_step(statement);
        if (result != raw.SQLITE_DONE)
        {
            SqliteException.ThrowExceptionForRC(result, database);
        }

        Check(raw.sqlite3_reset(statement));
        _at = 0;
    }

    private void Formatted<T>(T? value, string format)
        where T : struct, IUtf8SpanFormattable
    {
        if (value is not { } given)
        {
            Null();
            return;
        }

        Span<byte> buffer = stackalloc byte[40];
        given.TryFormat(buffer, out var length, format, CultureInfo.InvariantCulture);
        Text(buffer[..length]);
    }

    // A span of no bytes may have no address, which SQLite takes for NULL.
    private void Text(ReadOnlySpan<byte> utf8) => Check(utf8.IsEmpty
        ? raw.sqlite3_bind_text(statement, ++_at, "")
        : raw.sqlite3_bind_text(statement, ++_at, utf8));

    private void Null() => Check(raw.sqlite3_bind_null(statement, ++_at));

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, database);
}

/// <summary>
/// Writes to a binary COPY. The type is named for each value: COPY takes an int for a bigint column only if it is written as a bigint.
/// </summary>
internal sealed class CopyRow(NpgsqlBinaryImporter copy, NpgsqlDbType[] types) : BulkRow
{
    private int _at;

    public override void Add(long? value)
    {
        if (value is not { } number)
        {
            Null();
            return;
        }

        switch (types[_at++])
        {
            case NpgsqlDbType.Smallint:
                copy.Write(checked((short)number), NpgsqlDbType.Smallint);
                break;
            case NpgsqlDbType.Integer:
                copy.Write(checked((int)number), NpgsqlDbType.Integer);
                break;
            case var type:
                copy.Write(number, type);
                break;
        }
    }

    public override void Add(bool? value) => Write(value);

    public override void Add(string? value) => WriteText(value);

    public override void Add(DateOnly? value) => Write(value);

    public override void Add(DateTimeOffset? value) => Write(value is { } instant ? StoredForms.Instant(instant) : (DateTimeOffset?)null);

    public override void Add(Guid? value) => Write(value);

    public override void Add(byte[]? value) => WriteText(value);

    public override void AddUtf8(ReadOnlyMemory<byte> text) => copy.Write(text, types[_at++]);

    public void Begin()
    {
        copy.StartRow();
        _at = 0;
    }

    private void Write<T>(T? value)
        where T : struct
    {
        if (value is { } given)
        {
            copy.Write(given, types[_at++]);
        }
        else
        {
            Null();
        }
    }

    private void WriteText<T>(T? value)
        where T : class
    {
        if (value is not null)
        {
            copy.Write(value, types[_at++]);
        }
        else
        {
            Null();
        }
    }

    private void Null()
    {
        copy.WriteNull();
        _at++;
    }
}

/// <summary>Collects columns as PostgreSQL's arrays, for statements that COPY cannot be.</summary>
internal sealed class ArrayRow(NpgsqlDbType[] types) : BulkRow
{
    private readonly System.Collections.IList[] _columns = [.. types.Select(ListOf)];
    private int _at;

    public IEnumerable<NpgsqlParameter> Parameters =>
        types.Select((type, i) => new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | type, Value = _columns[i] });

    public override void Add(long? value) => Put(value is not { } number ? null : types[_at] switch
    {
        NpgsqlDbType.Smallint => checked((short)number),
        NpgsqlDbType.Integer => checked((int)number),
        _ => (object)number,
    });

    public override void Add(bool? value) => Put(value);

    public override void Add(string? value) => Put(value);

    public override void Add(DateOnly? value) => Put(value);

    public override void Add(DateTimeOffset? value) => Put(value is { } instant ? StoredForms.Instant(instant) : null);

    public override void Add(Guid? value) => Put(value);

    public override void Add(byte[]? value) => Put(value);

    public override void AddUtf8(ReadOnlyMemory<byte> text) => Put(Encoding.UTF8.GetString(text.Span));

    private void Put(object? value)
    {
        _columns[_at].Add(value);
        _at = (_at + 1) % types.Length;
    }

    private static System.Collections.IList ListOf(NpgsqlDbType type) => type switch
    {
        NpgsqlDbType.Smallint => new List<short?>(),
        NpgsqlDbType.Integer => new List<int?>(),
        NpgsqlDbType.Bigint => new List<long?>(),
        NpgsqlDbType.Boolean => new List<bool?>(),
        NpgsqlDbType.Date => new List<DateOnly?>(),
        NpgsqlDbType.TimestampTz => new List<DateTimeOffset?>(),
        NpgsqlDbType.Uuid => new List<Guid?>(),
        NpgsqlDbType.Bytea => new List<byte[]?>(),
        _ => new List<string?>(),
    };
}
