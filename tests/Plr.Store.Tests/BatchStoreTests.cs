using System.Security.Cryptography;
using System.Text;
using Plr.Core;
using Plr.Core.Batches;
using Plr.Core.LearningEvents;
using Plr.Core.Organisations;
using Plr.Core.Responses;
using Plr.Testing;

namespace Plr.Store.Tests;

public abstract class BatchStoreTests(Database database) : RegisterTests(database)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private static ReceivedFile File(string content) =>
        new("dysgwyr.csv", SHA256.HashData(Encoding.UTF8.GetBytes(content)), content.Length);

    private Task<(Batch Batch, bool IsNew)> SubmitAsync(Organisation organisation, string content, bool again = false) =>
        Batches.SubmitAsync(BatchKind.Registrations, organisation.Id, File(content), again, By(organisation));

    [Fact]
    public async Task A_file_becomes_a_batch_that_waits_and_is_written_down()
    {
        var college = await CollegeAsync("10001001");
        var (batch, isNew) = await SubmitAsync(college, "a");
        Assert.True(isNew);
        var read = await Batches.GetAsync(batch.Id, By(college));
        Assert.Equal((BatchStatus.Waiting, "dysgwyr.csv", 1, Channel.Portal, Noon), (read!.Status, read.FileName, (int)read.Size, read.Channel, read.SubmittedAt));
        Assert.Equal(File("a").Digest, read.Digest);
        Assert.Empty(read.Counts);
        Assert.Equal(["organisation-added", "batch-submitted"], await ActionsAsync(-college.Number));
        await FinishAsync(batch.Id);
    }

    [Fact]
    public async Task A_file_sent_again_leads_to_its_first_batch_unless_a_new_one_is_asked_for_after_the_first_is_finished()
    {
        var college = await CollegeAsync("10001101");
        var first = (await SubmitAsync(college, "a")).Batch.Id;
        Assert.Equal((first, false), Named(await SubmitAsync(college, "a")));
        Assert.Equal((first, false), Named(await SubmitAsync(college, "a", again: true)));
        await FinishAsync(first);
        Assert.Equal((first, false), Named(await SubmitAsync(college, "a")));
        var (second, isNew) = Named(await SubmitAsync(college, "a", again: true));
        Assert.True(isNew && second != first);
        Assert.Equal((second, false), Named(await SubmitAsync(college, "a")));
        await FinishAsync(second);
    }

    [Fact]
    public async Task A_file_that_was_refused_whole_may_be_sent_again_and_another_organisations_file_is_its_own()
    {
        var (college, other) = (await CollegeAsync("10001201"), await CollegeAsync("10001202"));
        var first = (await SubmitAsync(college, "a")).Batch.Id;
        await Batches.FinishAsync(first, BatchStatus.Failed, new FileRefusal("WrongCount", 2, 4, "The count is 3."));
        var refused = await Batches.GetAsync(first, By(college));
        Assert.Equal((BatchStatus.Failed, new FileRefusal("WrongCount", 2, 4, "The count is 3."), Noon), (refused!.Status, refused.Refusal, refused.FinishedAt));
        var (second, isNew) = Named(await SubmitAsync(college, "a"));
        Assert.True(isNew && second != first);
        Assert.True((await SubmitAsync(other, "a")).IsNew);
        Assert.Null(await Batches.GetAsync(first, By(other)));
        Assert.Empty(await Batches.ListAsync(college.Id, 10, By(other)));
        Assert.Equal([second, first], (await Batches.ListAsync(college.Id, 10, By(college))).Select(batch => batch.Id));
        Assert.Equal([second], (await Batches.ListAsync(college.Id, 1, Access.Upkeep("test"))).Select(batch => batch.Id));
        await FinishAllAsync();
    }

    [Fact]
    public async Task Two_uploads_of_one_file_at_once_make_one_batch()
    {
        var college = await CollegeAsync("10001301");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => SubmitAsync(college, "same"))));
        Assert.Single(answers, answer => answer.IsNew);
        Assert.Single(answers.Select(answer => answer.Batch.Id).Distinct());
        await FinishAllAsync();
    }

    [Fact]
    public async Task The_batch_that_waits_longest_is_claimed_and_one_whose_claim_ran_out()
    {
        await FinishAllAsync();
        var college = await CollegeAsync("10001401");
        var first = (await SubmitAsync(college, "1")).Batch.Id;
        var second = (await SubmitAsync(college, "2")).Batch.Id;
        var claimed = await Batches.ClaimAsync("one", Lease);
        Assert.Equal((first, BatchStatus.InProgress, Noon), (claimed!.Id, claimed.Status, claimed.StartedAt));
        Assert.Null(await Batches.ClaimAsync(first, "two", Lease));
        Assert.Equal(second, (await Batches.ClaimAsync(second, "two", Lease))!.Id);
        Assert.Null(await Batches.ClaimAsync("three", Lease));
        Time.Advance(Lease);
        Assert.Equal((first, Noon), (await Batches.ClaimAsync("three", Lease)) is { } again ? (again.Id, again.StartedAt!.Value) : default);
        await FinishAllAsync();
        Assert.Null(await Batches.ClaimAsync("four", Lease));
        Assert.Null(await Batches.ClaimAsync(first, "four", Lease));
    }

    [Fact]
    public async Task A_chunk_carries_progress_counts_and_outcomes_and_its_claim_on()
    {
        var college = await CollegeAsync("10001501");
        var id = (await SubmitAsync(college, "chunks")).Batch.Id;
        await Batches.ClaimAsync(id, "one", Lease);
        await Batches.BeginAsync(id, 5);
        var refused = new BatchRow(2, ResponseCodes.IncorrectFormat, null, [new(ResponseCodes.IncorrectFormat, "GivenName", FindingRules.TooLong, "35"), new(ResponseCodes.IncorrectFormat, "Gender", FindingRules.NotInCodeSet, "0, 1 \"2\" 9 Ŵ")]) { Line = 3 };
        var found = new BatchRow(1, ResponseCodes.ExactMatch, "1000000108", []);
        await AdvanceAsync(new(id, 0, 2), new() { ["ExactMatch"] = 1, ["IncorrectFormat"] = 1 }, [found, refused]);
        await AdvanceAsync(new(id, 2, 5), new() { ["ExactMatch"] = 2, [nameof(AchievementChange.Created)] = 1 }, [found with { Row = 3 }]);
        var read = await Batches.GetAsync(id, By(college));
        Assert.Equal((5, 5), (read!.RowsTotal, read.RowsDone));
        Assert.Equal(new Dictionary<string, int> { ["Created"] = 1, ["ExactMatch"] = 3, ["IncorrectFormat"] = 1 }, read.Counts);
        Assert.Equivalent(new[] { refused, found with { Row = 3 } }, await Batches.RowsAsync(id, 1, 10, false, By(college)), strict: true);
        Assert.Equal([1, 2], (await Batches.RowsAsync(id, 0, 2, false, By(college))).Select(row => row.Row));
        var only = Assert.Single(await Batches.RowsAsync(id, 0, 10, true, By(college)));
        Assert.Equal("GivenName is longer than 35 characters; Gender is not one of 0, 1 \"2\" 9 Ŵ", only.Text);
        // Where the reading begins is the reader's word; only whoever fetches in pieces by themselves says that it goes on.
        Assert.Empty(await Batches.RowsAsync(id, 3, 10, false, By(college), isContinued: true));
        Assert.Equal(3, (await ActionsAsync(-college.Number)).Count(word => word == "batch-fetched"));
        await FinishAllAsync();
    }

    [Fact]
    public async Task A_batch_says_which_software_sent_it_and_whose_file_it_is()
    {
        var college = await CollegeAsync("10001551");
        var software = new Actor(Roles.LrbBatch, null, "Student records", college.Id) { MachineClientId = Guid.CreateVersion7() };
        var sent = await Batches.SubmitAsync(BatchKind.Registrations, college.Id, File("by software"), again: false, By(college) with { Actor = software });
        var read = await Batches.GetAsync(sent.Batch.Id, By(college));
        Assert.Equal((null, software.MachineClientId), (read!.AccountId, read.MachineClientId));
        Assert.True(await Batches.HasFileAsync(File("by software").Digest));
        Assert.False(await Batches.HasFileAsync(File("by nobody").Digest));
        await FinishAllAsync();
    }

    [Fact]
    public async Task Outcomes_are_not_given_to_another_organisation()
    {
        var (college, other) = (await CollegeAsync("10001601"), await CollegeAsync("10001602"));
        var id = (await SubmitAsync(college, "own")).Batch.Id;
        await Batches.ClaimAsync(id, "one", Lease);
        await AdvanceAsync(new(id, 0, 1), [], [new BatchRow(1, ResponseCodes.LearnerRegistered, "1000000108", [])]);
        Assert.Single(await Batches.RowsAsync(id, 0, 10, false, By(college)));
        Assert.Empty(await Batches.RowsAsync(id, 0, 10, false, By(other)));
        Assert.Empty(await Batches.RowsAsync(id, 0, 10, false, Office));
        await FinishAllAsync();
    }

    [Fact]
    public async Task A_chunk_that_does_not_begin_where_the_batch_stands_is_not_kept()
    {
        var college = await CollegeAsync("10001701");
        var id = (await SubmitAsync(college, "moved")).Batch.Id;
        await Assert.ThrowsAsync<BatchMovedOnException>(() => AdvanceAsync(new(id, 0, 1), new() { ["ExactMatch"] = 1 }, []));
        await Batches.ClaimAsync(id, "one", Lease);
        await AdvanceAsync(new(id, 0, 2), new() { ["ExactMatch"] = 2 }, []);
        await Assert.ThrowsAsync<BatchMovedOnException>(() => AdvanceAsync(new(id, 0, 2), new() { ["ExactMatch"] = 2 }, []));
        Assert.Equal(2, (await Batches.GetAsync(id, By(college)))!.Counts["ExactMatch"]);
        Time.Advance(BatchProgress.Lease - TimeSpan.FromSeconds(1));
        Assert.Null(await Batches.ClaimAsync(id, "two", Lease));
        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(await Batches.ClaimAsync(id, "two", Lease));
        await FinishAsync(id);
        await Assert.ThrowsAsync<BatchMovedOnException>(() => AdvanceAsync(new(id, 2, 3), [], []));
    }

    private static (int, bool) Named((Batch Batch, bool IsNew) answer) => (answer.Batch.Id, answer.IsNew);

    private Task FinishAsync(int id) => Batches.FinishAsync(id, BatchStatus.Successful, null);

    /// <summary>The queue is the whole database's: a test leaves it empty.</summary>
    private Task<int> FinishAllAsync() => Engine.WriteAsync(session => session.ExecuteAsync("UPDATE batch SET status = 2 WHERE status < 2"));

    private Task<bool> AdvanceAsync(BatchChunk chunk, Dictionary<string, int> counts, BatchRow[] rows) => Engine.WriteAsync(async session =>
    {
        await BatchProgress.MoveAsync(session, chunk, Time.GetUtcNow());
        await BatchProgress.KeepAsync(session, chunk.BatchId, counts, rows.Select(row => BatchRowForm.Values(chunk.BatchId, row, null)));
        return true;
    });
}

public sealed class BatchStoreOnSqlite(SqliteDatabase d) : BatchStoreTests(d), IClassFixture<SqliteDatabase>;

public sealed class BatchStoreOnPostgres(PostgresDatabase d) : BatchStoreTests(d), IClassFixture<PostgresDatabase>
{
    [Fact]
    public async Task Two_servers_that_claim_at_once_are_never_given_one_batch_both()
    {
        await using var second = Engine.Open(Database.Options);
        var college = await CollegeAsync("10001801");
        BatchStore[] servers = [new(Engine, Trail, Clock.New()), new(second, TrailOn(second), Clock.New())];
        var access = Access.Upkeep("test");
        for (var i = 0; i < 10; i++)
        {
            await servers[0].SubmitAsync(BatchKind.Registrations, college.Id, new ReceivedFile("f", [(byte)i], 1), false, access);
        }
        var claims = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => Task.Run(() => servers[i % 2].ClaimAsync($"server {i}", TimeSpan.FromHours(1)))));
        var ids = claims.OfType<Batch>().Select(batch => batch.Id).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        while (await servers[1].ClaimAsync("last", TimeSpan.FromHours(1)) is { } left)
        {
            Assert.DoesNotContain(left.Id, ids);
            ids.Add(left.Id);
        }
        Assert.Equal(10, ids.Count);
        await Engine.WriteAsync(session => session.ExecuteAsync("UPDATE batch SET status = 2"));
    }
}
