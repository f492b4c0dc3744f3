using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plr.Store;
using Plr.Testing;
using static Plr.Server.Tests.Rest.RestSite;

namespace Plr.Server.Tests.Rest;

/// <summary>What the open interface says when the store fails: each test breaks a register of its own.</summary>
public sealed class FailureTests : IAsyncLifetime
{
    private readonly RestSite _rest = new();

    public ValueTask InitializeAsync() => _rest.InitializeAsync();

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Fact]
    public async Task A_full_disk_is_told_as_one_and_is_no_bug()
    {
        using var http = await _rest.SignedInAsync(_rest.College);
        // The pages that migrations left free are taken first.
        await BreakAsync("CREATE TABLE filler AS SELECT zeroblob((SELECT freelist_count FROM pragma_freelist_count) * 4096) AS content");
        await BreakAsync("PRAGMA max_page_count = 1");
        var answer = await http.SendAsync(Post("/api/learners", Json(A.Learner("Mali", "Lawn"))));
        for (var i = 0; i < 500 && answer.IsSuccessStatusCode; i++)
        {
            answer = await http.SendAsync(Post("/api/learners", Json(A.Learner("Mali", "Lawn" + new string([.. $"{i}".Select(digit => (char)('a' + digit - '0'))])))));
        }

        var problem = await JsonOf(answer);
        Assert.Equal((HttpStatusCode.InsufficientStorage, "StoreFull"), (answer.StatusCode, problem.GetProperty("code").GetString()));
        Assert.Contains("was not kept", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Single(_rest.Site.Log.Lines, line => line.Contains($"The disk of the register is full: the call {problem.GetProperty("trace").GetString()} was not kept.", StringComparison.Ordinal));
        Assert.DoesNotContain(_rest.Site.Log.Lines, line => line.Contains("A call of the open interface failed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_a_failure_it_does_not_say_what_it_does_not_know()
    {
        using var http = await _rest.SignedInAsync(_rest.College);
        await BreakAsync("DROP TABLE idempotent_answer");
        var answer = await http.SendAsync(Post("/api/learners", Json(A.Learner("Mali", "Ansicr")), "a-key"));
        var problem = await JsonOf(answer);
        Assert.Equal((HttpStatusCode.InternalServerError, "Bug"), (answer.StatusCode, problem.GetProperty("code").GetString()));
        Assert.Contains("whether it was kept is not known: send it again with the same Idempotency-Key", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private Task<int> BreakAsync(string sql) => _rest.Site.Services.GetRequiredService<Engine>().WriteAsync(session => session.ExecuteAsync(sql));
}
