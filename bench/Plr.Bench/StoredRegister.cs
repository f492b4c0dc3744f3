using System.Data.Common;
using System.Diagnostics;
using Plr.Core;
using Plr.Core.Learners;
using Plr.Core.Matching;
using Plr.Store;

namespace Plr.Bench;

/// <summary>The invented register in the table <c>learner</c> of a store, and in the table of <see cref="TolerantSql"/> beside it.</summary>
internal static class StoredRegister
{
    private const int FirstStem = 100_000_000;

    private static readonly string[] Columns =
    [
        "uln", "status", "person_key", "version", "tier_level", "created_at", "created_via", "last_updated_at", "last_updated_via", "given_name", "middle_other_name", "family_name",
        "previous_family_name", "last_known_post_code", "date_of_birth", "gender", "verification_type", "ability_to_share",
    ];

    private const string Read = """
        SELECT uln, given_name, middle_other_name, preferred_given_name, family_name, previous_family_name, family_name_at_age16, date_of_birth, gender, last_known_post_code,
               email_address FROM learner WHERE status <> 0
        """;

    public static Task FillAsync(Engine engine, int learners) => engine.WriteAsync(async session =>
    {
        await session.BulkInsertAsync("learner", Columns, InventedRegister.Learners(learners).Zip(Ulns(), Learner));
        return true;
    });

    /// <summary>The table of tolerant SQL with its indexes.</summary>
    public static async Task FillTolerantAsync(Engine engine, int learners)
    {
        await engine.WriteAsync(async session =>
        {
            await session.ExecuteAsync(TolerantSql.Table);
            await session.BulkInsertAsync("tolerant", TolerantSql.Columns, InventedRegister.Learners(learners).Select(learner => TolerantSql.Row(learner.Number, learner.Text)));
            return true;
        });
        foreach (var index in TolerantSql.Indexes)
        {
            await engine.WriteAsync(async session => await session.ExecuteAsync(index));
        }
    }

    /// <summary>The time of reading the columns that the index needs, row by row, and of loading the index from the same store as a server does when it starts.</summary>
    public static async Task<(TimeSpan Bare, TimeSpan Whole)> BuildAsync(Engine engine, int learners)
    {
        await BareAsync(engine);
        var bare = await BareAsync(engine);
        var watch = Stopwatch.StartNew();
        var (everybody, _) = await LearnerFollower.ReadAsync(new LearnerFeed(engine), _ => { }, Access.Upkeep("bench"), default);
        return everybody.Count == learners ? (bare, watch.Elapsed) : throw new InvalidOperationException($"{everybody.Count} learners were read, not {learners}.");
    }

    private static async Task<TimeSpan> BareAsync(Engine engine)
    {
        var watch = Stopwatch.StartNew();
        long letters = 0;
        await engine.ReadAsync(async session =>
        {
            await using var row = await session.ReaderAsync(Read);
            while (await row.ReadAsync())
            {
                letters += row.GetInt64(0) + Letters(row, 1, 6) + row.GetFieldValue<DateOnly>(7).Day + row.GetInt32(8) + Letters(row, 9, 10);
            }

            return true;
        });
        return letters > 0 ? watch.Elapsed : throw new InvalidOperationException("Nobody is on the register.");
    }

    private static int Letters(DbDataReader row, int from, int to)
    {
        var letters = 0;
        for (var column = from; column <= to; column++)
        {
            letters += row.IsDBNull(column) ? 0 : row.GetString(column).Length;
        }

        return letters;
    }

    private static IEnumerable<Uln> Ulns()
    {
        for (var stem = FirstStem; ; stem++)
        {
            if (Uln.TryFromStem(stem, out var uln))
            {
                yield return uln;
            }
        }
    }

    private static object?[] Learner((uint Number, PersonText Text) learner, Uln uln)
    {
        var (number, text) = learner;
        var date = new DateOnly(text.BirthDate / 10000, text.BirthDate / 100 % 100, text.BirthDate % 100);
        return
        [
            uln.Value, (short)LearnerStatus.Active, (long)number, 1, (short)0, DateTimeOffset.UnixEpoch, (short)1, DateTimeOffset.UnixEpoch, (short)1, text.GivenName, text.MiddleName,
            text.FamilyName, text.PreviousFamilyName, text.Postcode, date, (short)text.Gender, (short)1, (short)1,
        ];
    }
}
