using Plr.Core.Learners;
using Plr.Testing;

namespace Plr.Store.Tests;

public abstract class UlnIssuingTests(Database database) : RegisterTests(database)
{
    [Fact]
    public async Task Issued_ULNs_are_distinct_and_in_no_order_that_can_be_guessed()
    {
        var ulns = await IssueAsync(Engine, 2000);
        Assert.Equal(2000, ulns.Distinct().Count());
        Assert.All(ulns, uln => Assert.True(Uln.TryParse(uln.ToString(), out _)));
        Assert.DoesNotContain(ulns.Zip(ulns.Skip(1)), pair => Math.Abs(pair.First.Stem - pair.Second.Stem) < 5);
        var rises = ulns.Zip(ulns.Skip(1)).Count(pair => pair.Second > pair.First);
        Assert.InRange(rises, 900, 1100);
    }

    [Fact]
    public async Task A_ULN_that_is_on_the_register_already_is_passed_over()
    {
        var permutation = new UlnPermutation(Keys.Ulns);
        var next = await NextAsync();
        var coming = Enumerable.Range(0, 60).Select(i => permutation.UlnAt(next + i)).OfType<Uln>().Take(4).ToList();
        var imported = await RegisteredAsync(A.Learner(familyName: Fresh()));
        Assert.Equal(coming[0], imported);
        await ExecuteAsync(
            "INSERT INTO learner (uln, status, person_key, version, tier_level, created_at, created_via, last_updated_at, last_updated_via, given_name, family_name, last_known_post_code, date_of_birth, gender, verification_type, ability_to_share) "
            + "SELECT @taken, 1, 0, 1, 0, created_at, 1, last_updated_at, 1, 'Imported', 'Learner', 'ZZ99 9ZZ', date_of_birth, 9, 0, 1 FROM learner WHERE uln = @imported",
            new { taken = coming[1].Value, imported = imported.Value });
        Assert.Equal(coming[2], await RegisteredAsync(A.Learner(familyName: Fresh())));
    }

    [Fact]
    public async Task Two_servers_and_one_opened_later_never_issue_a_ULN_twice()
    {
        List<Uln> ulns = [];
        if (Database is PostgresDatabase)
        {
            await using var second = Engine.Open(Database.Options);
            var both = await Task.WhenAll(Task.Run(() => IssueAsync(Engine, 500)), Task.Run(() => IssueAsync(second, 500)));
            ulns.AddRange(both.SelectMany(issued => issued));
        }
        else
        {
            var options = await Database.EmptyAsync();
            for (var opened = 0; opened < 2; opened++)
            {
                await using var engine = Engine.Open(options);
                await new Migrator(engine, Clock.New()).ApplyAsync();
                ulns.AddRange(await IssueAsync(engine, 500));
            }
        }
        Assert.Equal(1000, ulns.Distinct().Count());
    }

    private static Task<List<Uln>> IssueAsync(Engine engine, int count) => engine.WriteAsync(async session => (await new UlnIssuer(Keys).IssueAsync(session, count)).ToList());

    /// <summary>The sequence's next value, which is used up by asking and so is one more.</summary>
    private Task<long> NextAsync() => Engine.WriteAsync(async session => (await session.NextAsync("uln_sequence", 1))[0] + 1);
}

public sealed class UlnIssuingOnSqlite(SqliteDatabase d) : UlnIssuingTests(d), IClassFixture<SqliteDatabase>;

public sealed class UlnIssuingOnPostgres(PostgresDatabase d) : UlnIssuingTests(d), IClassFixture<PostgresDatabase>;
