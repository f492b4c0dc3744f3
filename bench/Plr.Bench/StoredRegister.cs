using System.Data.Common;
using System.Diagnostics;
using Plr.Core.Learners;
using Plr.Core.Matching;
using Plr.Store;

namespace Plr.Bench;

/// <summary>The invented register in the table <c>learner</c> of a store, and in the table of <see cref="TolerantSql"/> beside it.</summary>
internal static class StoredRegister
{
    private const long FirstUln = 1_000_000_000;

    private static readonly string[] Columns =
    [
        "uln", "status", "person_key", "version", "tier_level", "created_at", "created_via", "last_updated_at", "last_updated_via", "given_name", "middle_other_name", "family_name",
        "previous_family_name", "last_known_post_code", "date_of_birth", "gender", "verification_type", "ability_to_share",
    ];

    private const string Read = """
        SELECT uln, given_name, middle_other_name, preferred_given_name, family_name, previous_family_name, family_name_at_age16, last_known_post_code, date_of_birth, gender FROM learner
        """;

    public static async Task FillAsync(Engine engine, int learners)
    {
        await engine.WriteAsync(async session =>
        {
            await session.BulkInsertAsync("learner", Columns, InventedRegister.Learners(learners).Select(Learner));
            await session.ExecuteAsync(TolerantSql.Table);
            await session.BulkInsertAsync("tolerant", TolerantSql.Columns, InventedRegister.Learners(learners).Select(learner => TolerantSql.Row(learner.Number, learner.Text)));
            return true;
        });
        foreach (var index in TolerantSql.Indexes)
        {
            await engine.WriteAsync(async session => await session.ExecuteAsync(index));
        }
    }

    /// <summary>The time of reading the columns that the index needs, and of filling an index with them.</summary>
    public static async Task<(TimeSpan Bare, TimeSpan Whole, FindIndex Index)> BuildAsync(Engine engine, int learners)
    {
        await BareAsync(engine);
        var bare = await BareAsync(engine);
        var watch = Stopwatch.StartNew();
        var index = new FindIndex();
        await engine.ReadAsync(async session =>
        {
            await using var reader = await session.ReaderAsync(Read);
            foreach (var (number, person) in Rows(reader).AsParallel().AsOrdered().WithMergeOptions(ParallelMergeOptions.AutoBuffered).Select(row => (row.Number, PreparedPerson.Of(row.Text))))
            {
                index.Add(number, person);
            }

            return true;
        });
        index.Seal();
        return index.Count == learners ? (bare, watch.Elapsed, index) : throw new InvalidOperationException($"{index.Count} learners were read, not {learners}.");
    }

    private static async Task<TimeSpan> BareAsync(Engine engine)
    {
        var watch = Stopwatch.StartNew();
        long letters = 0;
        await engine.ReadAsync(async session =>
        {
            await using var reader = await session.ReaderAsync(Read);
            foreach (var (_, text) in Rows(reader))
            {
                letters += text.FamilyName!.Length;
            }

            return true;
        });
        return letters > 0 ? watch.Elapsed : throw new InvalidOperationException("Nobody is on the register.");
    }

    private static IEnumerable<(uint Number, PersonText Text)> Rows(DbDataReader row)
    {
        while (row.Read())
        {
            yield return ((uint)(row.GetInt64(0) - FirstUln), new PersonText
            {
                GivenName = row.GetString(1),
                MiddleName = Text(row, 2),
                PreferredGivenName = Text(row, 3),
                FamilyName = row.GetString(4),
                PreviousFamilyName = Text(row, 5),
                FamilyNameAtAge16 = Text(row, 6),
                Postcode = row.GetString(7),
                BirthDate = BirthDates.Pack(row.GetFieldValue<DateOnly>(8)),
                Gender = row.GetInt32(9),
            });
        }
    }

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static object?[] Learner((uint Number, PersonText Text) learner)
    {
        var (number, text) = learner;
        var date = new DateOnly(text.BirthDate / 10000, text.BirthDate / 100 % 100, text.BirthDate % 100);
        return
        [
            FirstUln + number, (short)LearnerStatus.Active, (long)number, 1, (short)0, DateTimeOffset.UnixEpoch, (short)1, DateTimeOffset.UnixEpoch, (short)1, text.GivenName, text.MiddleName,
            text.FamilyName, text.PreviousFamilyName, text.Postcode, date, (short)text.Gender, (short)1, (short)1,
        ];
    }
}
