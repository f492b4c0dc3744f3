using System.Security.Cryptography;
using System.Text;
using Plr.Core.Organisations;
using Plr.Testing;

namespace Plr.Store.Tests;

public abstract class IdempotentAnswersTests(Database database) : RegisterTests(database)
{
    private IdempotentAnswers Answers => new(Engine, Time);

    [Fact]
    public async Task Whoever_comes_again_is_answered_from_what_was_made_and_another_request_is_not()
    {
        Assert.Equal("first a", await RunAsync("k1", "a", () => ("first a", "a")));
        Assert.Equal("again a", await RunAsync("k1", "a", () => throw new InvalidOperationException("It ran twice.")));
        Assert.Null(await RunAsync("k1", "b", () => throw new InvalidOperationException("It ran twice.")));
        Time.Advance(IdempotentAnswers.Lifetime);
        Assert.Equal("first b", await RunAsync("k1", "b", () => ("first b", "b")));
    }

    [Fact]
    public async Task A_call_that_made_nothing_leaves_its_key_free()
    {
        Assert.Equal("refused", await RunAsync("k2", "a", () => ("refused", null)));
        Assert.Equal("first b", await RunAsync("k2", "b", () => ("first b", "b")));
        Assert.Equal("again b", await RunAsync("k2", "b", () => ("refused", null)));
    }

    [Fact]
    public async Task A_call_that_failed_leaves_neither_its_effect_nor_its_key()
    {
        Organisation? added = null;
        await Assert.ThrowsAsync<TimeoutException>(() => Answers.RunAsync<string>(
            "caller",
            Hash("k3"),
            Hash("a"),
            async () =>
            {
                added = (await Organisations.AddAsync("Half", "10880301", null, null, Office)).Added;
                throw new TimeoutException();
            },
            made => Task.FromResult(made),
            default));
        Assert.Null(await Organisations.GetAsync(added!.Id));
        Assert.Equal("first a", await RunAsync("k3", "a", () => ("first a", "a")));
    }

    [Fact]
    public async Task Of_fifty_at_once_one_that_makes_something_runs_and_the_refused_ones_before_it_are_run_each()
    {
        var (runs, made) = (0, 0);
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => RunAsync("k4", "a", () =>
            Interlocked.Increment(ref runs) <= 3 ? ("refused", null) : ("made", $"{Interlocked.Increment(ref made)}")))));
        Assert.Equal((4, 1), (runs, made));
        Assert.Equal((3, 1, 46), (answers.Count(answer => answer == "refused"), answers.Count(answer => answer == "made"), answers.Count(answer => answer == "again 1")));
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private Task<string?> RunAsync(string key, string request, Func<(string Answer, string? Made)> run) =>
        Answers.RunAsync("caller", Hash(key), Hash(request), () => Task.FromResult(run()), made => Task.FromResult("again " + made), default);
}

public sealed class IdempotentAnswersOnSqlite(SqliteDatabase d) : IdempotentAnswersTests(d), IClassFixture<SqliteDatabase>;

public sealed class IdempotentAnswersOnPostgres(PostgresDatabase d) : IdempotentAnswersTests(d), IClassFixture<PostgresDatabase>;
