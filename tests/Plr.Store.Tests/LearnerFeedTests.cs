using Plr.Core;
using Plr.Core.Learners;
using Plr.Core.Matching;
using Plr.Testing;

namespace Plr.Store.Tests;

/// <summary>Whoever follows the register sees every committed change once, whatever the order of commits.</summary>
public abstract class LearnerFeedTests(Database database) : RegisterTests(database)
{
    protected static Access Upkeep { get; } = Access.Upkeep("feed");

    protected LearnerFeed Feed => new(Engine);

    [Fact]
    public async Task Everybody_is_read_and_then_whoever_changed()
    {
        var (family, college) = (Fresh(), await CollegeAsync());
        var one = await RegisteredAsync(A.Learner(familyName: family));
        var (all, point) = await ReadAllAsync();
        Assert.Equal(family, all[one]!.FamilyName);

        var two = await RegisteredAsync(A.Learner("Tirion", family));
        var (changed, next) = await Feed.ReadChangesAsync(point, Upkeep);
        Assert.Equal(two, Assert.Single(changed).Uln);
        Assert.True(next.Next > point.Next);

        await ChangeAsync(one, "Lowri", college);
        (changed, var last) = await Feed.ReadChangesAsync(next, Upkeep);
        Assert.Equal("Lowri", Assert.Single(changed).Text!.GivenName);
        Assert.Empty((await Feed.ReadChangesAsync(last, Upkeep)).Changed);

        // From further back: each once, as they are now.
        var since = (await Feed.ReadChangesAsync(point, Upkeep)).Changed;
        Assert.Equivalent(new[] { one, two }, since.Select(learner => learner.Uln), strict: true);
    }

    [Fact]
    public async Task Who_is_no_longer_active_is_told_without_details()
    {
        var one = await RegisteredAsync(A.Learner(familyName: Fresh()));
        var (_, point) = await ReadAllAsync();
        await Engine.WriteAsync(session => session.ExecuteAsync("UPDATE learner SET status = 0 WHERE uln = @uln", new { uln = one.Value }));
        var (changed, _) = await Feed.ReadChangesAsync(point, Upkeep);
        Assert.Null(Assert.Single(changed).Text);
        Assert.DoesNotContain(one, (await ReadAllAsync()).All);
    }

    [Fact]
    public async Task A_point_stays_good_when_changes_are_forgotten()
    {
        await RegisteredAsync(A.Learner(familyName: Fresh()));
        var (_, point) = await ReadAllAsync();
        await Feed.ForgetAsync(DateTimeOffset.MaxValue, Upkeep);
        Assert.Empty((await Feed.ReadChangesAsync(point, Upkeep)).Changed);
        var two = await RegisteredAsync(A.Learner(familyName: Fresh()));
        Assert.Equal(two, Assert.Single((await Feed.ReadChangesAsync(point, Upkeep)).Changed).Uln);
    }

    [Fact]
    public async Task Many_writers_at_once_lose_nothing()
    {
        var ulns = new List<Uln>();
        for (var i = 0; i < 40; i++)
        {
            ulns.Add(await RegisteredAsync(A.Learner(familyName: Fresh())));
        }

        var (_, point) = await ReadAllAsync();
        var seen = new List<Uln>();
        var writing = Task.WhenAll(ulns.Select(uln => Task.Run(() => Engine.WriteAsync(session => TouchAsync(session, uln)))));
        do
        {
            (var changed, point) = await Feed.ReadChangesAsync(point, Upkeep);
            seen.AddRange(changed.Select(learner => learner.Uln));
        }
        while (!writing.IsCompleted);
        await writing;
        seen.AddRange((await Feed.ReadChangesAsync(point, Upkeep)).Changed.Select(learner => learner.Uln));
        Assert.Equal(ulns.Order(), seen.Order());
    }

    protected static Task<int> TouchAsync(Session session, Uln uln) => session.ExecuteAsync("UPDATE learner SET notes = 'touched' WHERE uln = @uln", new { uln = uln.Value });

    private async Task ChangeAsync(Uln uln, string givenName, Core.Organisations.Organisation college) => Assert.IsType<UpdateOutcome.Updated>(await Learners.UpdateAsync(
        uln, ReadVersions.Any, held => (held.Details with { GivenName = givenName }, []), By(college)));

    protected async Task<(Dictionary<Uln, PersonText?> All, FeedPoint Point)> ReadAllAsync()
    {
        var all = new Dictionary<Uln, PersonText?>();
        var point = await Feed.ReadAllAsync(
            piece =>
            {
                foreach (var learner in piece)
                {
                    all.Add(learner.Uln, learner.Text);
                }
            },
            Upkeep);
        return (all, point);
    }
}

public sealed class LearnerFeedOnSqlite(SqliteDatabase d) : LearnerFeedTests(d), IClassFixture<SqliteDatabase>;

/// <summary>SQLite's one writer commits in the order in which it begins, and its count goes with the file: these can only happen here.</summary>
public sealed class LearnerFeedOnPostgres(PostgresDatabase d) : LearnerFeedTests(d), IClassFixture<PostgresDatabase>
{
    [Fact]
    public async Task A_change_that_commits_late_is_not_passed_over_and_one_rolled_back_is_never_told()
    {
        var (early, late, lost) = (await RegisteredAsync(A.Learner(familyName: Fresh())), await RegisteredAsync(A.Learner(familyName: Fresh())), await RegisteredAsync(A.Learner(familyName: Fresh())));
        var (_, point) = await ReadAllAsync();
        var (begun, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var slow = Engine.WriteAsync(async session =>
        {
            await TouchAsync(session, late);
            begun.SetResult();
            await goOn.Task;
            return true;
        });
        await begun.Task;
        await Engine.WriteAsync(session => TouchAsync(session, early));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Engine.WriteAsync<int>(async session =>
        {
            await TouchAsync(session, lost);
            throw new InvalidOperationException("rolled back");
        }));

        var (first, seen) = await Feed.ReadChangesAsync(point, Upkeep);
        Assert.Equal(early, Assert.Single(first).Uln);
        Assert.NotEmpty(seen.Open);
        goOn.SetResult();
        await slow;
        var (second, _) = await Feed.ReadChangesAsync(seen, Upkeep);
        Assert.Equal(late, Assert.Single(second).Uln);
    }

    [Fact]
    public async Task Changes_that_another_cluster_counted_are_not_told_for_ever()
    {
        await Engine.WriteAsync(session => session.ExecuteAsync("INSERT INTO learner_change VALUES (900000000000, 1000000043, 1, 1)"));
        var (_, point) = await ReadAllAsync();
        Assert.DoesNotContain((await Feed.ReadChangesAsync(point, Upkeep)).Changed, learner => learner.Uln.Value == 1000000043);
        Assert.Equal(0, await Engine.ReadAsync(session => session.SingleOrDefaultAsync<long>("SELECT count(*) FROM learner_change WHERE position = 900000000000")));
    }
}
