using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Plr.Core;
using Plr.Core.Learners;
using Plr.Core.Responses;
using Plr.Server.Tests.PortalPages;
using Plr.Server.Work;
using Plr.Store;
using Plr.Testing;
using Plr.Testing.Pages;
using static Plr.Server.Tests.Rest.RestSite;

namespace Plr.Server.Tests.Rest;

/// <summary>Records and reports over the open interface.</summary>
public sealed class RestRecordTests(RestSite rest) : IClassFixture<RestSite>
{
    [Fact]
    public async Task A_report_takes_no_body()
    {
        using var http = await rest.SignedInAsync(rest.College);
        using var made = await http.SendAsync(Post("/api/learners", Json(A.Learner("Non", "Corff"))));
        Assert.Equal(HttpStatusCode.BadRequest, (await http.SendAsync(Post(made.Headers.Location + "/reports", Json("{}"), "no-body"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.SendAsync(Post(made.Headers.Location + "/reports?format=csv", new ByteArrayContent([]), "no-body"))).StatusCode);
    }

    [Fact]
    public async Task The_office_confirms_a_report_as_the_softwares()
    {
        using var http = await rest.SignedInAsync(rest.College);
        using var made = await http.SendAsync(Post("/api/learners", Json(A.Learner("Siwan", "Meddalwedd"))));
        using var report = await http.SendAsync(Post(made.Headers.Location + "/reports?format=csv", new ByteArrayContent([])));
        var reference = report.Content.Headers.ContentDisposition!.FileName!.Trim('"')["personal-learning-record-".Length..^4];
        using var browser = await rest.Site.BrowserAsync(await rest.Site.Seed.AccountAsync("Meinir Officer", Roles.OfficeAgent));
        var form = await WebPage.ReadAsync(await browser.GetAsync("/office/reports"));
        var confirmed = await form.SubmitAsync(browser, "Find the report", ("Reference of the report", reference));
        Assert.Contains("Software of Coleg Dyffryn, named Student records", confirmed.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_is_read_now_and_as_it_was_and_refused_when_it_is_not_shared()
    {
        using var http = await rest.SignedInAsync(rest.College);
        var learner = A.Learner("Lowri", "Bevan");
        var huw = await rest.Site.Seed.CollegePersonAsync(rest.College, "Huw Lowri");
        var uln = await rest.Site.Seed.RegisterAsync(learner, huw);
        await rest.Site.Seed.AchieveAsync(rest.Awarding, A.AchievementOf(uln, learner, "600/1166/X", "2026-08-20", "7"));
        var record = await JsonOf(await http.GetAsync($"/api/learners/{uln}/learning-events"));
        var only = record.GetProperty("events").EnumerateArray().Single();
        Assert.Equal((uln.ToString(), "7", "600/1166/X", "final"), (record.GetProperty("foundUln").GetString(), only.GetProperty("facts").GetProperty("grade").GetString(), only.GetProperty("facts").GetProperty("subjectCode").GetString(), only.GetProperty("facts").GetProperty("status").GetString()));
        Assert.Empty((await JsonOf(await http.GetAsync($"/api/learners/{uln}/learning-events?asOf={rest.Site.Time.GetUtcNow().AddDays(-1):yyyy-MM-dd}"))).GetProperty("events").EnumerateArray());
        Assert.Single((await JsonOf(await http.GetAsync($"/api/learners/{uln}/learning-events?asOf={rest.Site.Time.GetUtcNow():yyyy-MM-dd}"))).GetProperty("events").EnumerateArray());
        Assert.Equal(HttpStatusCode.BadRequest, (await http.GetAsync($"/api/learners/{uln}/learning-events?asOf=yesterday")).StatusCode);
        var history = await JsonOf(await http.GetAsync($"/api/learners/{uln}/learning-events/{only.GetProperty("id").GetInt32()}"));
        Assert.Equal("create", history.GetProperty("versions").EnumerateArray().Single().GetProperty("provenance").GetProperty("action").GetString());

        var optedOut = await rest.Site.Seed.RegisterAsync(A.Learner("Nia", "Bevan") with { AbilityToShare = "2" }, huw);
        var refused = await http.GetAsync($"/api/learners/{optedOut}/learning-events");
        Assert.Equal((HttpStatusCode.Forbidden, "WSEC0206"), (refused.StatusCode, (await JsonOf(refused)).GetProperty("code").GetString()));
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/api/learners/1000000043/learning-events")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await http.GetAsync("/api/learners/1000000044/learning-events")).StatusCode);
    }

    [Fact]
    public async Task A_learner_reads_their_own_record_and_who_looked_by_their_session_and_changes_nothing_by_it()
    {
        var learner = A.Learner("Megan", "Tudur");
        var uln = await rest.Site.Seed.RegisterAsync(learner, await rest.Site.Seed.CollegePersonAsync(rest.College, "Huw Megan"));
        using var http = await rest.SignedInAsync(rest.College);
        await http.GetAsync($"/api/learners/{uln}/learning-events");
        using var browser = await rest.Site.BrowserAsync(await rest.Site.Seed.LearnerAccountAsync(uln, learner));
        Assert.Equal(uln.ToString(), (await JsonOf(await browser.GetAsync("/api/me/learning-events"))).GetProperty("foundUln").GetString());
        var first = await JsonOf(await browser.GetAsync("/api/me/trail?limit=3"));
        var second = await JsonOf(await browser.GetAsync($"/api/me/trail?limit=1&cursor={first.GetProperty("next").GetString()}"));
        var (own, looked) = (first.GetProperty("items")[0], second.GetProperty("items")[0]);
        Assert.Equal(("record-shown", "rest", "Coleg Dyffryn", "Student records"), (looked.GetProperty("action").GetString(), looked.GetProperty("channel").GetString(), looked.GetProperty("organisation").GetString(), looked.GetProperty("person").GetString()));
        Assert.Equal(("learner", "rest"), (own.GetProperty("actor").GetString(), own.GetProperty("channel").GetString()));
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync($"/api/learners/{uln}/learning-events")).StatusCode);
        using var member = await rest.Site.BrowserAsync(await rest.Site.Seed.CollegePersonAsync(rest.College, "Huw Cookie"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await member.SendAsync(Post("/api/learners", Json(A.Learner())))).StatusCode);
    }

    [Fact]
    public async Task A_report_is_made_as_a_file_once_for_its_key()
    {
        using var http = await rest.SignedInAsync(rest.College);
        var learner = A.Learner("Gwenno", "Prys");
        var uln = await rest.Site.Seed.RegisterAsync(learner, await rest.Site.Seed.CollegePersonAsync(rest.College, "Huw Gwenno"));
        await rest.Site.Seed.AchieveAsync(rest.Awarding, A.AchievementOf(uln, learner, "600/1166/X", "2026-08-20", "7"));
        async Task<HttpResponseMessage> Make(string query, string? key = null) => await http.SendAsync(Post($"/api/learners/{uln}/reports{query}", new ByteArrayContent([]), key));
        var pdf = await Make("?language=cy", "one-report");
        Assert.Equal((HttpStatusCode.OK, "application/pdf"), (pdf.StatusCode, pdf.Content.Headers.ContentType!.MediaType));
        Assert.Equal("%PDF-"u8.ToArray(), (await pdf.Content.ReadAsByteArrayAsync())[..5]);
        var again = await Make("?language=cy", "one-report");
        Assert.Equal(pdf.Content.Headers.ContentDisposition!.FileName, again.Content.Headers.ContentDisposition!.FileName);
        Assert.Contains("GCSE Mathematics", await (await Make("?format=csv")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await Make("?format=doc")).StatusCode);
        var optedOut = await rest.Site.Seed.RegisterAsync(A.Learner("Gwawr", "Prys") with { AbilityToShare = "2" }, await rest.Site.Seed.CollegePersonAsync(rest.College, "Huw Gwawr"));
        Assert.Equal(HttpStatusCode.Forbidden, (await http.SendAsync(Post($"/api/learners/{optedOut}/reports", new ByteArrayContent([])))).StatusCode);
    }
}
