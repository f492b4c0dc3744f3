using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Plr.Core;
using Plr.Core.Learners;
using Plr.Server.Tests.PortalPages;
using Plr.Store;
using Plr.Testing;
using static Plr.Server.Tests.Rest.RestSite;

namespace Plr.Server.Tests.Rest;

/// <summary>Calls with an Idempotency-Key: docs/decisions/open-interface.md says what is remembered.</summary>
public sealed class KeyedCallTests(RestSite rest) : IClassFixture<RestSite>
{
    [Fact]
    public async Task A_search_with_a_key_is_run_each_time_and_each_is_in_the_trail()
    {
        using var http = await rest.SignedInAsync(rest.College);
        var uln = await RegisterAsync(rest.Site, A.Learner("Gwenllian", "Key"));
        var asked = Json(new { uln = uln.ToString(), givenName = "Gwenllian", familyName = "Key" });
        Assert.Equal(HttpStatusCode.OK, (await http.SendAsync(Post("/api/learners/find", asked, "find-1"))).StatusCode);
        using var narrow = await rest.SignedInAsync(rest.College, scope: "learners.find");
        await ChangeAsync(rest.Site, uln, 1, held => held with { Title = "Ms" });
        var again = await JsonOf(await http.SendAsync(Post("/api/learners/find", Json(new { uln = uln.ToString(), givenName = "Gwenllian", familyName = "Key" }), "find-1")));
        Assert.Equal((2, "Ms"), (again.GetProperty("version").GetInt32(), again.GetProperty("details").GetProperty("title").GetString()));
        Assert.Equal(2, await CountAsync(rest.Site, uln, "learner-shown"));
        Assert.Equal(HttpStatusCode.BadRequest, (await http.SendAsync(Post("/api/learners/find", Json(new { uln = uln.ToString() }), "with blanks"))).StatusCode);
        Assert.Empty(await MadeAsync(rest.Site, "find"));
    }

    [Fact]
    public async Task A_report_sent_again_is_the_same_report_with_an_entry_of_its_own_and_ends_with_the_learners_consent()
    {
        using var http = await rest.SignedInAsync(rest.College);
        var learner = A.Learner("Hafwen", "Key");
        var uln = await RegisterAsync(rest.Site, learner);
        async Task<(HttpStatusCode Status, string? Code, byte[] Body)> Make(string key, string query = "?format=pdf")
        {
            using var answer = await http.SendAsync(Post($"/api/learners/{uln}/reports{query}", new ByteArrayContent([]), key));
            return (answer.StatusCode, answer.IsSuccessStatusCode ? null : (await JsonOf(answer)).GetProperty("code").GetString(), await answer.Content.ReadAsByteArrayAsync());
        }

        var first = await Make("report-1");
        Assert.Equal(first.Body, (await Make("report-1")).Body);
        Assert.Equal((1, 1), (await CountAsync(rest.Site, uln, "report-made"), await CountAsync(rest.Site, uln, "record-shown")));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "KeyUsedOtherwise"), (await Make("report-1", "?format=csv")) is var other ? (other.Status, other.Code) : default);

        await rest.Site.Seed.AchieveAsync(rest.Awarding, A.AchievementOf(uln, learner, "600/1166/X", "2026-08-20", "7"));
        Assert.Equal((HttpStatusCode.Conflict, "RecordChanged"), (await Make("report-1")) is var changed ? (changed.Status, changed.Code) : default);
        Assert.Equal(HttpStatusCode.OK, (await Make("report-2")).Status);
        await ChangeAsync(rest.Site, uln, 1, held => held with { AbilityToShare = 2 });
        Assert.Equal((HttpStatusCode.Forbidden, "WSEC0206"), (await Make("report-2")) is var refused ? (refused.Status, refused.Code) : default);
    }

    [Fact]
    public async Task A_key_belongs_to_a_purpose_too_and_a_refusal_leaves_it_free()
    {
        using var http = await rest.SignedInAsync(rest.College);
        var learner = A.Learner("Tegwen", "Key");
        async Task<HttpStatusCode> Register(LearnerText text, string? purpose = null)
        {
            using var request = Post("/api/learners", Json(text), "purpose-1");
            if (purpose is not null)
            {
                request.Headers.Add("Purpose", purpose);
            }

            return (await http.SendAsync(request)).StatusCode;
        }

        Assert.Equal(HttpStatusCode.Forbidden, await Register(learner, "advice-and-guidance"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await Register(learner with { Gender = "7" }));
        Assert.Equal(HttpStatusCode.Created, await Register(learner));
        Assert.Equal(HttpStatusCode.Created, await Register(learner, "enrolment"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await Register(learner, "advice-and-guidance"));
    }

    [Fact]
    public async Task Nothing_personal_is_kept_for_a_key()
    {
        using var http = await rest.SignedInAsync(rest.College);
        var learner = A.Learner("Morfudd", "Kept");
        var made = await JsonOf(await http.SendAsync(Post("/api/learners", Json(learner), "kept-1")));
        var uln = made.GetProperty("uln").GetString()!;
        await http.SendAsync(Post($"/api/learners/{uln}/reports?format=json", new ByteArrayContent([]), "kept-2"));
        await http.SendAsync(File("morfudd.csv", SmallBatches.Registrations("10007945", learner), "kept-3"));
        var kept = await MadeAsync(rest.Site, "");
        Assert.Contains($"LearnerRegistered {uln}", kept);
        Assert.All(kept, text => Assert.Matches("^([A-Za-z]+ [0-9]{10}|[0-9]+( before)?|[0-9A-Z]+)$", text));
    }

    [Fact]
    public async Task A_key_is_known_after_a_restart()
    {
        var site = await TestSite.StartAsync();
        var college = await site.Seed.CollegeAsync();
        var (client, secret) = await ClientAsync(site.Services, college);
        var token = await TokenAsync(site.Browser(), client.Id, secret);
        var learner = A.Learner("Rhiannon", "Restart");
        var before = await SendAllAsync(site, token, learner);
        await using var later = await site.RestartAsync();
        Assert.Equal(before, await SendAllAsync(later, token, learner));
    }

    [Fact]
    public async Task Fifty_at_once_have_one_effect_and_one_answer()
    {
        using var http = await rest.SignedInAsync(rest.College);
        await AssertOneEffectAsync(rest.Site, [http]);
    }

    /// <summary>Fifty searches, reports and files at once, to one server or several.</summary>
    internal static async Task AssertOneEffectAsync(TestSite site, IReadOnlyList<HttpClient> https)
    {
        var learner = A.Learner("Angharad", "Hanner Cant");
        var uln = await RegisterAsync(site, learner);
        async Task<List<(HttpStatusCode Status, string Body)>> Send(Func<HttpRequestMessage> request)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(async i =>
            {
                using var answer = await https[i % https.Count].SendAsync(request());
                return (answer.StatusCode, Convert.ToBase64String(await answer.Content.ReadAsByteArrayAsync()));
            }));
            return [.. answers];
        }

        var found = await Send(() => Post("/api/learners/find", Json(new { uln = uln.ToString(), givenName = "Angharad", familyName = "Hanner Cant" }), "fifty-found"));
        Assert.Equal(HttpStatusCode.OK, Assert.Single(found.Distinct()).Status);
        Assert.Equal(50, await CountAsync(site, uln, "learner-shown"));

        var reports = await Send(() => Post($"/api/learners/{uln}/reports", new ByteArrayContent([]), "fifty-reports"));
        Assert.Equal(HttpStatusCode.OK, Assert.Single(reports.Distinct()).Status);
        Assert.Equal((1, 49), (await CountAsync(site, uln, "report-made"), await CountAsync(site, uln, "record-shown")));

        var csv = SmallBatches.Registrations("10007945", A.Learner("Angharad", "Ffeil"));
        var batches = await Send(() => File("fifty.csv", csv, "fifty-files"));
        Assert.Equal(HttpStatusCode.Accepted, Assert.Single(batches.Distinct()).Status);
        var listed = await JsonOf(await https[0].GetAsync("/api/batches"));
        Assert.Single(listed.GetProperty("items").EnumerateArray(), batch => batch.GetProperty("fileName").GetString() == "fifty.csv");
    }

    /// <summary>Every kind of call with a key, and what came of it.</summary>
    private static async Task<List<string>> SendAllAsync(TestSite site, string token, LearnerText learner)
    {
        using var http = site.Browser(inner => new SearchesFirst(inner));
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var made = await http.SendAsync(Post("/api/learners", Json(learner), "r1"));
        var uln = (await JsonOf(made)).GetProperty("uln").GetString();
        var report = await http.SendAsync(Post($"/api/learners/{uln}/reports?format=csv", new ByteArrayContent([]), "r2"));
        var batch = await http.SendAsync(File("restart.csv", SmallBatches.Registrations("10007945", learner), "r3"));
        var texts = new List<string>();
        foreach (var answer in new[] { made, report, batch })
        {
            Assert.InRange((int)answer.StatusCode, 200, 299);
            texts.Add($"{answer.StatusCode} {answer.Headers.Location} {await answer.Content.ReadAsStringAsync()}");
        }

        return texts;
    }

    private static HttpRequestMessage File(string name, string csv, string key) =>
        Post($"/api/batches?kind=registrations&fileName={name}", new StringContent(csv, Encoding.UTF8, "text/csv"), key);

    private static async Task<Uln> RegisterAsync(TestSite site, LearnerText learner) =>
        Uln.Parse((await site.Services.GetRequiredService<RegisterLearner>().RunAsync(learner, Seeds.Upkeep)).Uln!);

    private static async Task ChangeAsync(TestSite site, Uln uln, int version, Func<LearnerDetails, LearnerDetails> change) => Assert.IsType<UpdateOutcome.Updated>(
        await site.Services.GetRequiredService<ILearnerStore>().UpdateAsync(uln, version, held => (change(held.Details), []), Seeds.Upkeep));

    private static async Task<int> CountAsync(TestSite site, Uln uln, string action)
    {
        var own = new Access(new Actor(Roles.Learner, OwnUln: uln), Channel.LearnerSite, Purpose.OwnRecord, "test");
        return (await site.Services.GetRequiredService<Core.Audit.IAuditTrail>().ReadAsync(uln, 0, 500, own)).Lines.Count(line => line.Action == action);
    }

    private static Task<List<string>> MadeAsync(TestSite site, string with) => site.Services.GetRequiredService<Engine>().ReadAsync(async session =>
        (await session.QueryAsync<string>("SELECT made FROM idempotent_answer")).Where(made => made.Contains(with, StringComparison.OrdinalIgnoreCase)).ToList());
}
