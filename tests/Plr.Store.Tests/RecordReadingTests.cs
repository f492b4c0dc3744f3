using Plr.Core;
using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Core.Organisations;
using Plr.Core.Responses;
using Plr.Testing;

namespace Plr.Store.Tests;

/// <summary>Readings that come at the same moment share a transaction and nothing else.</summary>
public abstract class RecordReadingTests(Database database) : RegisterTests(database)
{
    [Fact]
    public async Task Records_read_at_the_same_moment_go_each_to_who_asked_and_leave_an_entry_each()
    {
        await using var second = Database is PostgresDatabase ? Engine.Open(Database.Options) : null;
        LearningEventStore[] stores = [Events, second is null ? Events : EventsOn(second)];
        var (ulns, refused) = (await LearnersAsync(12), await RegisteredAsync(A.Learner(familyName: Fresh())));
        var colleges = new[] { await CollegeAsync(), await CollegeAsync() };
        var events = await Task.WhenAll(ulns.Select(async uln => (await EventsOfAsync(uln)).Single().Id));
        var answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(i => Task.Run(async () =>
        {
            var uln = i % 15 < 12 ? ulns[i % 15] : i % 15 == 12 ? refused : Uln.FromStem(999_999_990);
            var answer = await stores[i % 2].ReadRecordAsync(
                uln, null, learner => new(learner.Uln == refused ? ResponseCodes.NotShared : null, false), By(colleges[i % 2]));
            return (Asked: uln, Answer: answer);
        })));
        foreach (var (asked, answer) in answers)
        {
            var whose = answer?.Record?.Learner.Uln;
            Assert.Equal(ulns.Contains(asked) ? asked : null, whose);
            Assert.Equal(asked == refused ? ResponseCodes.NotShared : null, answer?.Refusal);
            Assert.Equal(ulns.Contains(asked) ? [events[ulns.IndexOf(asked)]] : [], answer?.Record?.Events.Select(found => found.Id) ?? []);
        }

        foreach (var uln in ulns)
        {
            Assert.Equal(1 + 20, (await ActionsAsync(uln)).Count(action => action == "record-shown"));
            var (lines, _) = await Trail.ReadAsync(uln, 0, 20, Office);
            Assert.Equal(10, lines.Count(line => line.Organisation == colleges[0].Name));
        }

        Assert.Equal(20, (await ActionsAsync(refused)).Count(action => action == "record-refused"));
        Assert.Equal(40, await SearchesAsync(colleges[0]) + await SearchesAsync(colleges[1]));
        Assert.Empty(await FaultsAsync());
    }

    [Fact]
    public async Task A_decision_that_breaks_breaks_nobody_elses_reading()
    {
        var ulns = await LearnersAsync(8);
        var readings = Enumerable.Range(0, 64).Select(i => Task.Run(() => Events.ReadRecordAsync(
            ulns[i % 8], null, _ => i % 8 == 3 ? throw new InvalidOperationException("broken") : new RecordDecision(null, false), Own(ulns[i % 8])))).ToList();
        foreach (var (reading, i) in readings.Select((reading, i) => (reading, i)))
        {
            if (i % 8 == 3)
            {
                Assert.Equal("broken", (await Assert.ThrowsAsync<InvalidOperationException>(() => reading)).Message);
            }
            else
            {
                Assert.Equal(ulns[i % 8], (await reading)!.Record!.Learner.Uln);
            }
        }

        Assert.DoesNotContain("record-shown", await ActionsAsync(ulns[3]));
        Assert.Equal(8, (await ActionsAsync(ulns[4])).Count(action => action == "record-shown"));
        Assert.Empty(await FaultsAsync());
    }

    [Fact]
    public async Task Whoever_has_left_is_not_read_for()
    {
        var uln = (await LearnersAsync(1))[0];
        await Assert.ThrowsAsync<TaskCanceledException>(
            () => Events.ReadRecordAsync(uln, null, _ => new(null, false), Own(uln), new CancellationToken(canceled: true)));
        Assert.DoesNotContain("record-shown", await ActionsAsync(uln));
    }

    [Fact]
    public async Task Merged_and_master_read_at_the_same_moment_are_one_record_with_two_entries()
    {
        var ulns = await LearnersAsync(3);
        var master = ulns[2];
        await MergeAsync(ulns[0], ulns[1]);
        await MergeAsync(ulns[1], master);
        var answers = await Task.WhenAll(Enumerable.Range(0, 15).Select(i => Task.Run(() => Events.ReadRecordAsync(ulns[i % 3], null, _ => new(null, false), Own(master)))));
        Assert.All(answers, answer => Assert.Equal(master, answer!.Record!.Learner.Uln));
        Assert.Equal(15, (await ActionsAsync(master)).Count(action => action == "record-shown"));
        await ExecuteAsync("UPDATE learner SET status = 1, master_uln = NULL WHERE uln IN (@one, @two)", new { one = ulns[0].Value, two = ulns[1].Value });
    }

    [Fact]
    public async Task A_record_read_among_other_work_is_kept_or_lost_with_it()
    {
        var uln = (await LearnersAsync(1))[0];
        await Assert.ThrowsAsync<InvalidOperationException>(() => Engine.TogetherAsync<bool>(async _ =>
        {
            await Events.ReadRecordAsync(uln, null, _ => new(null, false), Own(uln));
            throw new InvalidOperationException("given up");
        }));
        Assert.DoesNotContain("record-shown", await ActionsAsync(uln));
        await Engine.TogetherAsync(_ => Events.ReadRecordAsync(uln, null, _ => new(null, false), Own(uln)));
        Assert.Contains("record-shown", await ActionsAsync(uln));
    }

    private Task<int> MergeAsync(Uln merged, Uln master) =>
        ExecuteAsync("UPDATE learner SET status = 2, master_uln = @master WHERE uln = @merged", new { master = master.Value, merged = merged.Value });

    /// <summary>Learners with one event each.</summary>
    private async Task<Uln[]> LearnersAsync(int count)
    {
        var board = await BoardAsync();
        var number = await QualificationAsync(board);
        var ulns = new Uln[count];
        for (var i = 0; i < count; i++)
        {
            var learner = A.Learner(familyName: Fresh());
            ulns[i] = await RegisteredAsync(learner);
            Assert.Equal(AchievementChange.Created, (await RecordAsync(A.Achievement(ulns[i].ToString(), number) with { FamilyName = learner.FamilyName }, board)).Change);
        }

        return ulns;
    }
}

public sealed class RecordReadingOnSqlite(SqliteDatabase d) : RecordReadingTests(d), IClassFixture<SqliteDatabase>;

public sealed class RecordReadingOnPostgres(PostgresDatabase d) : RecordReadingTests(d), IClassFixture<PostgresDatabase>;
