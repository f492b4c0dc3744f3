using System.Data;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace Plr.Store;

/// <summary>
/// How dates, instants and GUIDs are stored. PostgreSQL has types for them; SQLite keeps text: <c>yyyy-MM-dd</c>,
/// <c>yyyy-MM-ddTHH:mm:ss.ffffffZ</c> (so that text order is time order) and lower-case GUIDs. Instants are UTC microseconds on both.
/// </summary>
public static class StoredForms
{
    internal const string DateFormat = "yyyy-MM-dd";
    internal const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    /// <summary>An instant as both engines keep it: UTC, whole microseconds (the rest cut off, not rounded).</summary>
    public static DateTimeOffset Instant(DateTimeOffset value) =>
        new(value.UtcTicks - value.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);

    internal static void Register()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        Add(new Form<DateOnly>(NpgsqlDbType.Date, ToDate));
        Add(new Form<DateTimeOffset>(NpgsqlDbType.TimestampTz, ToInstant));
        Add(new Form<Guid>(NpgsqlDbType.Uuid, ToGuid));
    }

    internal static object ForSqlite(object? value) => value switch
    {
        null => DBNull.Value,
        DateOnly d => d.ToString(DateFormat, CultureInfo.InvariantCulture),
        DateTimeOffset t => t.UtcDateTime.ToString(InstantFormat, CultureInfo.InvariantCulture),
        Guid g => g.ToString("D"),
        _ => value,
    };

    internal static object ForPostgres(object? value) => value switch
    {
        null => DBNull.Value,
        DateTimeOffset t => Instant(t),
        _ => value,
    };

    // Dapper asks its own type map before the handlers, so each type leaves the map first.
    private static void Add<T>(Form<T> form)
        where T : struct
    {
        SqlMapper.RemoveTypeMap(typeof(T));
        SqlMapper.RemoveTypeMap(typeof(T?));
        SqlMapper.AddTypeHandler(typeof(T), form);
    }

    private static DateOnly ToDate(object value) => value switch
    {
        DateOnly d => d,
        DateTime t => DateOnly.FromDateTime(t),
        _ => DateOnly.ParseExact((string)value, DateFormat, CultureInfo.InvariantCulture),
    };

    private static DateTimeOffset ToInstant(object value) => value switch
    {
        DateTimeOffset t => t.ToUniversalTime(),
        DateTime t => new DateTimeOffset(DateTime.SpecifyKind(t, DateTimeKind.Utc)),
        _ => DateTimeOffset.ParseExact((string)value, InstantFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
    };

    private static Guid ToGuid(object value) => value is Guid g ? g : Guid.ParseExact((string)value, "D");

    private sealed class Form<T>(NpgsqlDbType postgresType, Func<object, T> parse) : SqlMapper.ITypeHandler
        where T : struct
    {
        public object? Parse(Type destinationType, object value) => value is null or DBNull ? null : parse(value);

        public void SetValue(IDbDataParameter parameter, object value)
        {
            if (parameter is NpgsqlParameter postgres)
            {
                // Named for nulls too: PostgreSQL cannot guess the type of "@x IS NULL".
                postgres.NpgsqlDbType = postgresType;
                postgres.Value = ForPostgres(value);
            }
            else if (parameter is SqliteParameter)
            {
                parameter.Value = ForSqlite(value);
            }
        }
    }
}
