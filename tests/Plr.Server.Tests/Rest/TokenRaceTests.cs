using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Plr.Core.MachineClients;
using Plr.Core.Organisations;
using Plr.Core.Responses;
using Plr.Store;
using Plr.Testing;
using static Plr.Server.Tests.Rest.RestSite;

namespace Plr.Server.Tests.Rest;

/// <summary>Tokens asked for at the same moment: on SQLite of one server, on PostgreSQL of two.</summary>
public sealed class TokenRaceTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    [Theory]
    [InlineData(EngineKind.Sqlite)]
    [InlineData(EngineKind.Postgres)]
    public async Task Fifty_tokens_of_one_client_at_once_are_all_given(EngineKind engine)
    {
        await using var servers = await Servers.StartAsync(engine, database, "10090011");
        var (client, secret) = await ClientAsync(servers.First.Services, servers.College);
        await AssertAllGivenAsync(servers, _ => new() { ["client_id"] = client.Id.ToString(), ["client_secret"] = secret });

        var (keyed, key) = await Assertions.KeyedAsync(servers.First.Services, servers.College);
        await AssertAllGivenAsync(servers, _ => Assertions.With(Assertions.Sign(keyed, key, Clock.Noon)));
        var held = await servers.First.Services.GetRequiredService<IMachineClientStore>().GetAsync(keyed.Id, Clock.Noon);
        Assert.Equal(Clock.Noon, held!.Keys[0].LastUsedAt);
    }

    [Theory]
    [InlineData(EngineKind.Sqlite)]
    [InlineData(EngineKind.Postgres)]
    public async Task One_assertion_twenty_times_at_once_gives_one_token(EngineKind engine)
    {
        await using var servers = await Servers.StartAsync(engine, database, "10090012");
        var (client, key) = await Assertions.KeyedAsync(servers.First.Services, servers.College);
        var assertion = Assertions.With(Assertions.Sign(client, key, Clock.Noon));
        var answers = await servers.AskAsync(20, _ => assertion);
        Assert.Equal(
            [.. Enumerable.Repeat(HttpStatusCode.Unauthorized, 19), HttpStatusCode.OK], answers.Select(answer => answer.StatusCode).OrderDescending());
    }

    [Theory]
    [InlineData(EngineKind.Sqlite)]
    [InlineData(EngineKind.Postgres)]
    public async Task What_ends_tokens_ends_or_prevents_those_of_the_same_moment(EngineKind engine)
    {
        await using var servers = await Servers.StartAsync(engine, database, "10090013");
        var parts = servers.First.Services;
        var (client, secret) = await ClientAsync(parts, servers.College);
        var clients = parts.GetRequiredService<IMachineClientStore>();
        Task Client(MachineClientStatus status) => parts.GetRequiredService<SuspendMachineClient>().RunAsync(client.Id, status, Seeds.Upkeep);
        Task College(OrganisationStatus status) => parts.GetRequiredService<SuspendOrganisation>().RunAsync(new(servers.College.Id, status), Seeds.Upkeep);
        async Task EndKey() => await parts.GetRequiredService<EndClientKey>().RunAsync(client.Id, (await clients.GetAsync(client.Id, Clock.Noon))!.Keys[0].Id, Seeds.Upkeep);
        foreach (var (what, end, undo) in new (string, Func<Task>, Func<Task>)[]
        {
            ("client", () => Client(MachineClientStatus.Suspended), () => Client(MachineClientStatus.Active)),
            ("organisation", () => College(OrganisationStatus.Suspended), () => College(OrganisationStatus.Active)),
            ("key", EndKey, () => Task.CompletedTask),
        })
        {
            var asked = servers.AskAsync(20, _ => new() { ["client_id"] = client.Id.ToString(), ["client_secret"] = secret });
            await end();
            var answers = await asked;
            await undo();
            foreach (var answer in answers.Where(answer => answer.IsSuccessStatusCode))
            {
                Assert.Equal((what, HttpStatusCode.Unauthorized), (what, await servers.GetAsync(await TokenOf(answer))));
            }
        }
    }

    [Theory]
    [InlineData(EngineKind.Sqlite)]
    [InlineData(EngineKind.Postgres)]
    public async Task Keys_added_at_once_are_never_more_than_a_client_can_have(EngineKind engine)
    {
        await using var servers = await Servers.StartAsync(engine, database, "10090014");
        var (client, _) = await ClientAsync(servers.First.Services, servers.College);
        var add = servers.First.Services.GetRequiredService<AddClientKey>();
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => add.RunAsync(new(client.Id, null), Seeds.Upkeep)));
        Assert.Equal(AddClientKey.MostKeys - 1, answers.Count(answer => answer.Code == ResponseCodes.ClientKeyAdded));
        Assert.All(answers.Where(answer => answer.Key is null), answer => Assert.Equal((ResponseCodes.DetailsIncorrect, "TooManyKeys"), (answer.Code, answer.Findings.Single().Rule.Name)));
    }

    private static async Task AssertAllGivenAsync(Servers servers, Func<int, Dictionary<string, string>> fields)
    {
        var answers = await servers.AskAsync(50, fields);
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        var tokens = await Task.WhenAll(answers.Select(TokenOf));
        Assert.Equal(50, tokens.Distinct().Count());
        Assert.Equal(HttpStatusCode.NotFound, await servers.GetAsync(tokens[^1]));
    }

    private static async Task<string> TokenOf(HttpResponseMessage answer) => (await JsonOf(answer)).GetProperty("access_token").GetString()!;

    private sealed record Servers(TestSite First, TestSite? Second, Organisation College) : IAsyncDisposable
    {
        public static async Task<Servers> StartAsync(EngineKind engine, PostgresDatabase database, string ukprn)
        {
            var isPostgres = engine == EngineKind.Postgres;
            var first = await TestSite.StartAsync(isPostgres ? Shared(database) : null);
            var second = isPostgres ? await TestSite.StartAsync(Shared(database)) : null;
            return new(first, second, await first.Seed.CollegeAsync($"Coleg {ukprn}", ukprn));
        }

        /// <summary>Asks for tokens at once, of all servers by turns.</summary>
        public async Task<HttpResponseMessage[]> AskAsync(int times, Func<int, Dictionary<string, string>> fields)
        {
            var (one, two) = (First.Browser(), (Second ?? First).Browser());
            List<Dictionary<string, string>> asked = [.. Enumerable.Range(0, times).Select(fields)];
            return await Task.WhenAll(asked.Select((field, i) => AskTokenAsync(i % 2 == 0 ? one : two, field)));
        }

        /// <summary>What a call with a token is answered; 404 when the token is right.</summary>
        public async Task<HttpStatusCode> GetAsync(string token)
        {
            using var http = (Second ?? First).Browser();
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            return (await http.GetAsync("/api/learners/1000000043")).StatusCode;
        }

        public async ValueTask DisposeAsync()
        {
            await First.DisposeAsync();
            if (Second is not null)
            {
                await Second.DisposeAsync();
            }
        }
    }
}
