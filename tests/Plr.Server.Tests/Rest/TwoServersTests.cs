using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Plr.Core.Learners;
using Plr.Core.MachineClients;
using Plr.Testing;
using static Plr.Server.Tests.Rest.RestSite;

namespace Plr.Server.Tests.Rest;

/// <summary>Two servers on one PostgreSQL database.</summary>
public sealed class TwoServersTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    [Fact]
    public async Task The_same_key_on_both_has_one_effect_and_one_answer_and_suspension_on_one_ends_tokens_on_the_other_within_two_seconds()
    {
        var settings = Shared(database);
        await using var one = await TestSite.StartAsync(settings);
        await using var two = await TestSite.StartAsync(settings);
        TestSite[] sites = [one, two];
        var college = await sites[0].Seed.CollegeAsync();
        var (client, secret) = await ClientAsync(sites[0].Services, college);
        var https = sites.Select(site => site.Browser(inner => new SearchesFirst(inner))).ToList();
        var token = await TokenAsync(https[0], client.Id, secret);
        https.ForEach(http => http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token));
        var learner = A.Learner("Eleri", "Dwywaith");
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => https[i % 2].SendAsync(Post("/api/learners", Json(learner), "one-key"))));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        Assert.Single((await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync()))).Distinct());
        var uln = Uln.Parse((await JsonOf(answers[0])).GetProperty("uln").GetString()!);
        Assert.Single(await sites[1].Services.GetRequiredService<ILearnerStore>().VersionsAsync(uln, Seeds.Upkeep));

        await KeyedCallTests.AssertOneEffectAsync(one, https);

        await sites[1].Services.GetRequiredService<SuspendMachineClient>().RunAsync(client.Id, MachineClientStatus.Suspended, Seeds.Upkeep);
        one.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(HttpStatusCode.Unauthorized, (await https[0].GetAsync($"/api/learners/{uln}")).StatusCode);
    }
}
