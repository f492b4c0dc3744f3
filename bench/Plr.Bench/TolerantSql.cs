using System.Data.Common;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Npgsql;
using Plr.Core.Matching;

namespace Plr.Bench;

/// <summary>
/// The best tolerant search that we know to write in SQL: seven indexed passes (given name and date; sound of the family name and date; postcode and date; e-mail; previous names; swapped
/// names; swapped date) whose union is put in order by Levenshtein's distance and what agrees. The sound of a name is a stored column, as the index computes it.
/// </summary>
internal static class TolerantSql
{
    public const string Table = """
        CREATE TABLE tolerant (id integer NOT NULL PRIMARY KEY, given text NOT NULL, family text NOT NULL, sound bigint NOT NULL, previous_sound bigint, born integer NOT NULL,
            gender integer NOT NULL, postcode text NOT NULL, email text)
        """;

    public static readonly string[] Columns = ["id", "given", "family", "sound", "previous_sound", "born", "gender", "postcode", "email"];

    public static readonly string[] Indexes =
    [
        "CREATE INDEX tolerant_given ON tolerant (born, given)",
        "CREATE INDEX tolerant_sound ON tolerant (born, sound)",
        "CREATE INDEX tolerant_postcode ON tolerant (postcode, born)",
        "CREATE INDEX tolerant_email ON tolerant (email) WHERE email IS NOT NULL",
        "CREATE INDEX tolerant_previous ON tolerant (born, previous_sound) WHERE previous_sound IS NOT NULL",
        "CREATE INDEX tolerant_names ON tolerant (family, given)",
        "CREATE INDEX tolerant_both ON tolerant (sound, given)",
    ];

    private const string Seven = """
        SELECT id FROM tolerant WHERE born = @born AND given = @given
        UNION SELECT id FROM tolerant WHERE born = @born AND sound = @sound
        UNION SELECT id FROM tolerant WHERE postcode = @postcode AND born = @born
        UNION SELECT id FROM tolerant WHERE email = @email
        UNION SELECT id FROM tolerant WHERE born = @born AND previous_sound = @sound
        UNION SELECT id FROM tolerant WHERE born = @born AND sound = @previous
        UNION SELECT id FROM tolerant WHERE family = @given AND given = @family
        UNION SELECT id FROM tolerant WHERE born = @swapped AND sound = @sound
        """;

    // With these two it finds nearly what the index finds: whoever has the postcode, and whoever has both names.
    private const string Nine = $"""
        {Seven}
        UNION SELECT id FROM tolerant WHERE postcode = @postcode
        UNION SELECT id FROM tolerant WHERE sound = @sound AND given = @given
        """;

    private static string Postgres(string passes) => $"""
        SELECT t.id FROM ({passes}) AS found JOIN tolerant t ON t.id = found.id
        ORDER BY levenshtein(t.given, @given) + levenshtein(t.family, @family) + CASE WHEN t.born = @born THEN 0 ELSE 3 END + CASE WHEN t.postcode = @postcode THEN 0 ELSE 3 END
            + CASE WHEN t.gender = @gender THEN 0 ELSE 1 END LIMIT 10
        """;

    // It has no Levenshtein: the client puts them in order.
    private static string Sqlite(string passes) => $"SELECT t.id, t.given, t.family, t.born, t.postcode, t.gender FROM ({passes}) AS found JOIN tolerant t ON t.id = found.id";

    /// <summary>A row of the table, in the order of its columns.</summary>
    public static object?[] Row(uint number, PersonText text)
    {
        var person = PreparedPerson.Of(text).View;
        return
        [
            (int)number, person[Slot.Given].ToString(), person[Slot.Family].ToString(), (long)Sounds.Of(person[Slot.Family]), Previous(person), text.BirthDate, text.Gender,
            person[Slot.Postcode].ToString(), text.Email,
        ];
    }

    /// <summary>Searches a second, and the share of them that found the right learner among the first ten.</summary>
    public static async Task<(double Rate, double Found)> RateAsync(Func<DbConnection> open, bool isPostgres, bool isWide, int connections, List<FaultySearch> searches)
    {
        var next = -1;
        var found = 0;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            await using var connection = open();
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = isPostgres ? Postgres(isWide ? Nine : Seven) : Sqlite(isWide ? Nine : Seven);
            Prepare(command);
            while (Interlocked.Increment(ref next) is var at && at < searches.Count)
            {
                Bind(command, searches[at]);
                await using var reader = await command.ExecuteReaderAsync();
                var right = isPostgres ? await HasAsync(reader, searches[at]) : HasAmongNearest(reader, searches[at]);
                Interlocked.Add(ref found, right ? 1 : 0);
            }
        })));
        return (searches.Count / watch.Elapsed.TotalSeconds, (double)found / searches.Count);
    }

    private static void Prepare(DbCommand command)
    {
        foreach (var name in (string[])["born", "given", "sound", "postcode", "email", "previous", "family", "swapped", "gender"])
        {
            var isText = name is "given" or "family" or "postcode" or "email";
            var isLong = name is "sound" or "previous";
            command.Parameters.Add(command is NpgsqlCommand
                ? new NpgsqlParameter(name, isText ? NpgsqlTypes.NpgsqlDbType.Text : isLong ? NpgsqlTypes.NpgsqlDbType.Bigint : NpgsqlTypes.NpgsqlDbType.Integer)
                : new SqliteParameter($"@{name}", isText ? SqliteType.Text : SqliteType.Integer));
        }

        command.Prepare();
    }

    private static void Bind(DbCommand command, FaultySearch search)
    {
        var person = search.Person.View;
        var (year, month, day) = (search.Text.BirthDate / 10000, search.Text.BirthDate / 100 % 100, search.Text.BirthDate % 100);
        object?[] values =
        [
            search.Text.BirthDate, person[Slot.Given].ToString(), (long)Sounds.Of(person[Slot.Family]), person[Slot.Postcode].ToString(), search.Text.Email, Previous(person),
            person[Slot.Family].ToString(), BirthDates.Pack(year, day, month), search.Text.Gender,
        ];
        for (var at = 0; at < values.Length; at++)
        {
            command.Parameters[at].Value = values[at] ?? DBNull.Value;
        }
    }

    private static long? Previous(in PersonView person) =>
        person[Slot.OtherFamily].IsEmpty ? null : (long)Sounds.Of(NameComparison.First(person[Slot.OtherFamily]));

    private static async Task<bool> HasAsync(DbDataReader reader, FaultySearch search)
    {
        var has = false;
        while (await reader.ReadAsync())
        {
            has |= reader.GetInt32(0) == search.Right;
        }

        return has;
    }

    private static bool HasAmongNearest(DbDataReader reader, FaultySearch search)
    {
        var person = search.Person.View;
        var rows = new List<(int Far, int Id)>();
        while (reader.Read())
        {
            var far = Edits.Distance(reader.GetString(1), person[Slot.Given]) + Edits.Distance(reader.GetString(2), person[Slot.Family])
                + (reader.GetInt32(3) == search.Text.BirthDate ? 0 : 3) + (person[Slot.Postcode].SequenceEqual(reader.GetString(4)) ? 0 : 3) + (reader.GetInt32(5) == search.Text.Gender ? 0 : 1);
            rows.Add((far, reader.GetInt32(0)));
        }

        return rows.Order().Take(10).Any(row => row.Id == search.Right);
    }
}
