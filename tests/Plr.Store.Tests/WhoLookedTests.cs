using Plr.Core;
using Plr.Core.Audit;
using Plr.Core.LearningEvents;
using Plr.Testing;

namespace Plr.Store.Tests;

/// <summary>A learner's entries by who made them.</summary>
public abstract class WhoLookedTests(Database database) : RegisterTests(database)
{
    [Fact]
    public async Task Entries_are_grouped_by_who_made_them_the_latest_first()
    {
        var (uln, college, other) = (await RegisteredAsync(A.Learner(familyName: Fresh())), await CollegeAsync(), await CollegeAsync());
        var begun = Time.GetUtcNow();
        await LookAsync(uln, By(college));
        Time.Advance(TimeSpan.FromHours(1));
        await LookAsync(uln, By(other));
        await LookAsync(uln, Own(uln));
        Time.Advance(TimeSpan.FromHours(1));
        await LookAsync(uln, By(college, purpose: Purpose.AdviceAndGuidance));
        await LookAsync(uln, Office);

        var groups = await Trail.GroupsAsync(uln, Own(uln));

        Assert.Equal(5, groups.Count);
        var first = groups.Single(group => group.Who == AuditWho.Of(college.Id));
        Assert.Equal((college.Name, 2, begun, begun.AddHours(2)), (first.Organisation, first.Times, first.First, first.Last));
        Assert.Equal(["record-shown"], first.Actions);
        Assert.Equal(["advice-and-guidance", "enrolment"], first.Purposes);
        Assert.Equal(groups.Select(group => group.Last).OrderDescending(), groups.Select(group => group.Last));
        Assert.Equal((1, null), (groups.Single(group => group.Who == AuditWho.Office).Times, groups.Single(group => group.Who == AuditWho.Office).Organisation));
        Assert.Equal(["record-shown"], groups.Single(group => group.Who == AuditWho.Learner).Actions);
        // The one who registered the learner is of no organisation.
        Assert.Equal(["learner-registered"], groups.Single(group => group.Who == AuditWho.Somebody).Actions);
        Assert.DoesNotContain(await Trail.GroupsAsync(uln, Own(uln), withOwn: false), group => group.Who == AuditWho.Learner);
    }

    [Fact]
    public async Task The_groups_are_all_entries_and_each_opens_to_its_own()
    {
        var (uln, college) = (await RegisteredAsync(A.Learner(familyName: Fresh())), await CollegeAsync());
        for (var i = 0; i < 5; i++)
        {
            await LookAsync(uln, i % 2 == 0 ? By(college) : Own(uln));
        }

        var groups = await Trail.GroupsAsync(uln, Own(uln));

        Assert.Equal((await Trail.ReadAsync(uln, 0, 100, Own(uln))).Total, groups.Sum(group => group.Times));
        foreach (var group in groups)
        {
            var (lines, total) = await Trail.ReadAsync(uln, 1, 2, Own(uln), withOwn: false, who: group.Who);
            Assert.Equal((group.Times, Math.Clamp(group.Times - 1, 0, 2)), (total, lines.Count));
            Assert.All(lines, line => Assert.Equal((group.Organisation, group.Who == AuditWho.Learner), (line.Organisation, line.ActorKind == "learner")));
        }
    }

    [Fact]
    public async Task Nobody_else_is_given_the_groups()
    {
        var uln = await RegisteredAsync(A.Learner(familyName: Fresh()));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Trail.GroupsAsync(uln, By(null)));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Trail.GroupsAsync(uln, Own(Core.Learners.Uln.Parse("1000000043"))));
    }

    private Task<RecordAnswer?> LookAsync(Core.Learners.Uln uln, Access access) => Events.ReadRecordAsync(uln, null, _ => new RecordDecision(null, false), access);
}

public sealed class WhoLookedOnSqlite(SqliteDatabase d) : WhoLookedTests(d), IClassFixture<SqliteDatabase>;

public sealed class WhoLookedOnPostgres(PostgresDatabase d) : WhoLookedTests(d), IClassFixture<PostgresDatabase>;
