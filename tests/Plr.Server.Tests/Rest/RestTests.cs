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

public sealed class RestTests(RestSite rest) : IClassFixture<RestSite>
{
    [Fact]
    public async Task A_person_is_searched_for_by_details_before_and_after_they_are_registered()
    {
        using var http = await rest.SignedInAsync(rest.College, scope: "learners.find learners.register");
        var learner = A.Learner("Tangwystl", "Chwilio", "2005-04-17");
        object Asked(string gender) => new { learner.GivenName, learner.FamilyName, learner.DateOfBirth, Gender = gender, learner.LastKnownPostCode };
        async Task<JsonElement> Search(object asked) => await JsonOf(await http.SendAsync(Post("/api/learners/search", Json(asked))));
        Assert.Equal("NoMatch", (await Search(Asked("2"))).GetProperty("outcome").GetString());
        var uln = (await JsonOf(await http.SendAsync(Post("/api/learners", Json(learner))))).GetProperty("uln").GetString();
        var found = await Search(Asked("2"));
        Assert.Equal(("WSRC0004", 1), (found.GetProperty("code").GetString(), found.GetProperty("learners").GetArrayLength()));
        var one = found.GetProperty("learners")[0];
        Assert.Equal((uln, "equal"), (one.GetProperty("learner").GetProperty("uln").GetString(), one.GetProperty("evidence").EnumerateArray().First(line => line.GetProperty("field").GetString() == "familyName").GetProperty("agreement").GetString()));
        Assert.True(one.GetProperty("probability").GetDouble() > 0.99 && found.GetProperty("position").GetInt64() >= 0);
        using var bad = await http.SendAsync(Post("/api/learners/search", Json(Asked("7"))));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, bad.StatusCode);

        using var plain = rest.Site.Browser();
        plain.DefaultRequestHeaders.Authorization = http.DefaultRequestHeaders.Authorization;
        using var refused = await plain.SendAsync(Post("/api/learners", Json(learner with { GivenName = "Heb" })));
        Assert.Equal((HttpStatusCode.Conflict, "WSRC0021"), (refused.StatusCode, (await JsonOf(refused)).GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_learner_is_registered_got_updated_and_a_stale_update_refused()
    {
        using var http = await rest.SignedInAsync(rest.College);
        var learner = A.FullLearner("Zoë ", "Ap Rhys");
        using var made = await http.SendAsync(Post("/api/learners", Json(learner)));
        var uln = (await JsonOf(made)).GetProperty("uln").GetString();
        Assert.Equal((HttpStatusCode.Created, $"/api/learners/{uln}"), (made.StatusCode, made.Headers.Location!.ToString()));
        Assert.Equal(HttpStatusCode.OK, (await http.SendAsync(Post("/api/learners", Json(learner)))).StatusCode);

        var got = await http.GetAsync($"/api/learners/{uln}");
        var details = (await JsonOf(got)).GetProperty("details");
        Assert.Equal(("Zoë ", "Two\r\nlines\tand 日本語", "2007-12-31", "9"), (details.GetProperty("givenName").GetString(), details.GetProperty("notes").GetString(), details.GetProperty("dateOfBirth").GetString(), details.GetProperty("gender").GetString()));
        Assert.Equal("\"1\"", got.Headers.ETag!.Tag);

        var moved = learner with { Uln = null, LastKnownAddressTown = "Caernarfon", UniquePupilNumber = null };
        async Task<HttpResponseMessage> Update(string? version)
        {
            var request = new HttpRequestMessage(HttpMethod.Put, $"/api/learners/{uln}") { Content = Json(moved) };
            request.Headers.TryAddWithoutValidation("If-Match", version);
            return await http.SendAsync(request);
        }

        Assert.Equal((HttpStatusCode)428, (await Update(null)).StatusCode);
        foreach (var other in new[] { "W/\"1\"", "\"01\"", "\"2\", \"3\"", "\"one\"" })
        {
            var refused = await Update(other);
            Assert.Equal((other, HttpStatusCode.PreconditionFailed, "\"1\""), (other, refused.StatusCode, refused.Headers.ETag!.Tag));
        }

        foreach (var broken in new[] { "1", "\"1", "*, \"1\"", "\"1\" \"2\"" })
        {
            Assert.Equal((broken, HttpStatusCode.BadRequest), (broken, (await Update(broken)).StatusCode));
        }

        var updated = await Update("\"1\"");
        Assert.Equal((HttpStatusCode.OK, "\"2\""), (updated.StatusCode, updated.Headers.ETag!.Tag));
        var stale = await Update("\"1\"");
        Assert.Equal(HttpStatusCode.OK, (await Update("\"1\", \"2\"")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Update("*")).StatusCode);
        Assert.Equal((HttpStatusCode.PreconditionFailed, "\"2\"", "WSRC0013"), (stale.StatusCode, stale.Headers.ETag!.Tag, (await JsonOf(stale)).GetProperty("code").GetString()));
    }

    [Fact]
    public async Task What_is_wrong_is_said_field_by_field_with_codes_and_a_page()
    {
        using var http = await rest.SignedInAsync(rest.College);
        using var refused = await http.SendAsync(Post("/api/learners", Json(A.Learner() with { Gender = "7", DateOfBirth = "2026-02-30" })));
        var problem = await JsonOf(refused);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "application/problem+json"), (refused.StatusCode, refused.Content.Headers.ContentType!.MediaType));
        Assert.Equal(["dateOfBirth", "gender"], problem.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("field").GetString()).Order());
        Assert.Equal("/help/codes#wsec0001", problem.GetProperty("type").GetString());
    }

    [Fact]
    public async Task Each_code_has_a_place_on_the_page_that_answers_point_to()
    {
        var page = await rest.Site.OpenAsync("/help/codes");
        Assert.All(ResponseCodes.All, code => Assert.NotNull(page.Document.GetElementById(code.Anchor)));
    }

    [Fact]
    public async Task What_is_got_is_put_back_unchanged_and_changes_nothing()
    {
        using var http = await rest.SignedInAsync(rest.College);
        using var made = await http.SendAsync(Post("/api/learners", Json(A.FullLearner("Tudful", "Llwyd"))));
        var address = made.Headers.Location!.ToString();
        var got = await http.GetAsync(address);
        var shown = await JsonOf(got);
        Assert.Equal(0, shown.GetProperty("tierLevel").GetInt32());
        using var put = new HttpRequestMessage(HttpMethod.Put, address) { Content = Json(shown.GetProperty("details").GetRawText()) };
        put.Headers.IfMatch.Add(got.Headers.ETag!);
        var answer = await http.SendAsync(put);
        var said = await JsonOf(answer);
        Assert.Equal((HttpStatusCode.OK, "NothingChanged", 1), (answer.StatusCode, said.GetProperty("outcome").GetString(), said.GetProperty("version").GetInt32()));
    }

    [Fact]
    public async Task A_token_for_finding_sees_identity_even_where_the_client_may_update()
    {
        using var writer = await rest.SignedInAsync(rest.College);
        using var made = await writer.SendAsync(Post("/api/learners", Json(A.FullLearner("Iolo", "Goch"))));
        var address = made.Headers.Location!.ToString();
        using var finder = await rest.SignedInAsync(rest.College, scope: "learners.find");
        var found = await finder.SendAsync(Post("/api/learners/find", Json(new { uln = address[^10..], givenName = "Iolo", familyName = "Goch" })));
        foreach (var seen in new[] { await JsonOf(await finder.GetAsync(address)), await JsonOf(found) })
        {
            Assert.False(seen.TryGetProperty("details", out _) || seen.TryGetProperty("tierLevel", out _));
        }

        using var both = await rest.SignedInAsync(rest.College, scope: "learners.find learners.update");
        Assert.Equal("Bangor", (await JsonOf(await both.GetAsync(address))).GetProperty("details").GetProperty("lastKnownAddressTown").GetString());
    }

    [Fact]
    public async Task HEAD_is_GET_without_its_body()
    {
        using var http = await rest.SignedInAsync(rest.College);
        using var made = await http.SendAsync(Post("/api/learners", Json(A.Learner("Heledd", "Pen"))));
        foreach (var address in new[] { made.Headers.Location!.ToString(), "/api/qualifications?limit=1", "/api/batches" })
        {
            var (head, got) = (await http.SendAsync(new(HttpMethod.Head, address)), await http.GetAsync(address));
            Assert.Equal((got.StatusCode, got.Headers.ETag, got.Content.Headers.ContentLength), (head.StatusCode, head.Headers.ETag, head.Content.Headers.ContentLength));
            Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        }

        Assert.Equal(HttpStatusCode.NotFound, (await http.SendAsync(new(HttpMethod.Head, "/api/learners/1000000043"))).StatusCode);
    }

    [Fact]
    public async Task What_a_query_says_in_words_that_are_not_known_is_refused()
    {
        using var http = await rest.SignedInAsync(rest.College);
        using var sent = await http.SendAsync(Post("/api/batches?kind=registrations&fileName=q.csv", new StringContent(SmallBatches.Registrations("10007945", A.Learner("Que", "Ry")), Encoding.UTF8, "text/csv")));
        var batch = sent.Headers.Location!.ToString();
        foreach (var (method, address) in new[]
        {
            (HttpMethod.Get, batch + "/rows?rows=rejectd"), (HttpMethod.Get, batch + "/rows?row=rejected"), (HttpMethod.Get, batch + "/output?rows=all"), (HttpMethod.Get, batch + "?limit=1"),
            (HttpMethod.Post, "/api/batches?kind=registrations&fileName=q.csv&again=1"), (HttpMethod.Put, "/api/learners/1000000043?newPrivacyNoticeGiven=yes"), (HttpMethod.Get, "/api/qualifications?Limit=1"),
        })
        {
            using var request = new HttpRequestMessage(method, address) { Content = method == HttpMethod.Get ? null : new StringContent("{}", Encoding.UTF8, method == HttpMethod.Put ? "application/json" : "text/csv") };
            request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
            Assert.Equal((address, HttpStatusCode.BadRequest), (address, (await http.SendAsync(request)).StatusCode));
        }
    }

    [Fact]
    public async Task A_report_takes_no_body()
    {
        using var http = await rest.SignedInAsync(rest.College);
        using var made = await http.SendAsync(Post("/api/learners", Json(A.Learner("Non", "Corff"))));
        Assert.Equal(HttpStatusCode.BadRequest, (await http.SendAsync(Post(made.Headers.Location + "/reports", Json("{}"), "no-body"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.SendAsync(Post(made.Headers.Location + "/reports?format=csv", new ByteArrayContent([]), "no-body"))).StatusCode);
    }

    [Fact]
    public async Task A_file_that_is_refused_is_not_kept_and_one_of_no_batch_is_removed_after_a_day()
    {
        using var http = await rest.SignedInAsync(rest.College);
        var folder = Path.Combine(rest.Site.Services.GetRequiredService<Settings>().DataFolder, "uploads");
        string[] Kept() => Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)] : [];
        async Task<HttpStatusCode> Send(HttpClient client, string name, string key, string kind = "registrations") => (await client.SendAsync(
            Post($"/api/batches?kind={kind}&fileName=f.csv", new StringContent(SmallBatches.Registrations("10007945", A.Learner("Ffeil", name)), Encoding.UTF8, "text/csv"), key))).StatusCode;
        Assert.Equal(HttpStatusCode.Accepted, await Send(http, "One", "file-1"));
        var kept = Kept();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, await Send(http, "Two", "file-1"));
        Assert.Equal(HttpStatusCode.BadRequest, await Send(http, "Three", "with blanks"));
        Assert.Equal(HttpStatusCode.Forbidden, await Send(http, "Four", "file-4", "achievements"));
        using var narrow = await rest.SignedInAsync(rest.College, scope: "batches.read");
        Assert.Equal(HttpStatusCode.Forbidden, await Send(narrow, "Five", "file-5"));
        Assert.Equal(kept, Kept());

        var (lost, part) = (Path.Combine(folder, new string('a', 64) + ".csv"), Path.Combine(folder, "x.part"));
        var sweep = rest.Site.Services.GetServices<Chore>().Single(chore => chore.Name == "files of no batch");
        foreach (var (age, isLeft) in new[] { (23, true), (25, false) })
        {
            foreach (var path in kept.Append(lost).Append(part))
            {
                await System.IO.File.AppendAllTextAsync(path, "");
                System.IO.File.SetLastWriteTimeUtc(path, rest.Site.Time.GetUtcNow().UtcDateTime.AddHours(-age));
            }

            await sweep.RunAsync(default);
            Assert.Equal((isLeft, isLeft), (System.IO.File.Exists(lost), System.IO.File.Exists(part)));
            Assert.Equal([], kept.Except(Kept()));
        }
    }

    [Fact]
    public async Task Each_page_of_rows_is_in_the_organisations_chain_wherever_it_begins()
    {
        using var http = await rest.SignedInAsync(rest.College);
        using var sent = await http.SendAsync(Post("/api/batches?kind=registrations&fileName=p.csv", new StringContent(SmallBatches.Registrations("10007945", A.Learner("Pen", "Tudalen"), A.Learner("Ail", "Tudalen")), Encoding.UTF8, "text/csv")));
        await rest.Site.RunBatchesAsync();
        Task<int> Entries() => rest.Site.Services.GetRequiredService<Engine>().ReadAsync(async session =>
            (await session.QueryAsync<string>("SELECT entry FROM audit_entry WHERE chain = @chain", new { chain = -rest.College.Number })).Count(entry => entry.Contains("batch-fetched", StringComparison.Ordinal)));
        var before = await Entries();
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(sent.Headers.Location + "/rows?cursor=1")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(sent.Headers.Location + "/rows?limit=1")).StatusCode);
        Assert.Equal(before + 2, await Entries());
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(sent.Headers.Location + "/output")).StatusCode);
        Assert.Equal(before + 3, await Entries());
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
    public async Task Somebody_who_may_only_find_sees_identity_and_no_more()
    {
        using var writer = await rest.SignedInAsync(rest.College);
        using var made = await writer.SendAsync(Post("/api/learners", Json(A.FullLearner("Owain", "Glyndwr"))));
        var uln = (await JsonOf(made)).GetProperty("uln").GetString();
        using var viewer = await rest.SignedInAsync(rest.College, Roles.LrbViewOnly);
        var seen = await JsonOf(await viewer.GetAsync($"/api/learners/{uln}"));
        Assert.Equal(
            ["code", "dateOfBirth", "familyName", "gender", "givenName", "lastKnownPostCode", "lastUpdated", "uln", "version"],
            seen.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));
        Assert.Equal("Owain", seen.GetProperty("givenName").GetString());
        var found = await viewer.SendAsync(Post("/api/learners/find", Json(new { uln, givenName = "Owain", familyName = "Glyndwr" })));
        Assert.Equal((HttpStatusCode.OK, "WSRC0004"), (found.StatusCode, (await JsonOf(found)).GetProperty("code").GetString()));
        Assert.Equal(HttpStatusCode.NotFound, (await viewer.SendAsync(Post("/api/learners/find", Json(new { uln, givenName = "Bethan", familyName = "Jones" })))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.SendAsync(Post("/api/learners", Json(A.Learner())))).StatusCode);
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

    [Fact]
    public async Task A_file_is_sent_followed_and_fetched()
    {
        using var http = await rest.SignedInAsync(rest.College);
        var csv = SmallBatches.Registrations("10007945", A.Learner("Ifan", "Ellis"), A.Learner("Ifan", "Wrong") with { Gender = "7" }, A.Learner("Ifan", "Worse") with { Gender = "8" });
        async Task<HttpResponseMessage> Send() => await http.SendAsync(Post("/api/batches?kind=registrations&fileName=new.csv", new StringContent(csv, Encoding.UTF8, "text/csv")));
        var sent = await Send();
        var batch = await JsonOf(sent);
        Assert.Equal((HttpStatusCode.Accepted, "waiting"), (sent.StatusCode, batch.GetProperty("status").GetString()));
        var address = sent.Headers.Location!.ToString();
        Assert.Equal(HttpStatusCode.Conflict, (await http.GetAsync(address + "/output")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Send()).StatusCode);
        await rest.Site.RunBatchesAsync();
        batch = await JsonOf(await http.GetAsync(address));
        Assert.Equal(("successful", 1, 2), (batch.GetProperty("status").GetString(), batch.GetProperty("accepted").GetInt32(), batch.GetProperty("rejected").GetInt32()));
        var page = await JsonOf(await http.GetAsync(address + "/rows?rows=rejected&limit=1"));
        Assert.Equal(("RC011", "2"), (page.GetProperty("items")[0].GetProperty("code").GetString(), page.GetProperty("next").GetString()));
        page = await JsonOf(await http.GetAsync(address + $"/rows?rows=rejected&limit=1&cursor={page.GetProperty("next").GetString()}"));
        Assert.Equal((3, false), (page.GetProperty("items")[0].GetProperty("row").GetInt32(), page.TryGetProperty("next", out _)));
        Assert.Equal(4, FileOutcomeTests.Lines(await http.GetStringAsync(address + "/output")).Length);
        Assert.Contains("new.csv", await http.GetStringAsync("/api/batches"), StringComparison.Ordinal);

        using var others = await rest.SignedInAsync(rest.Awarding, Roles.AwardingOrganisation);
        Assert.Equal(HttpStatusCode.NotFound, (await others.GetAsync(address)).StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await http.SendAsync(Post("/api/batches?kind=registrations&fileName=new.csv", Json("{}")))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await http.SendAsync(Post("/api/batches?kind=certificates&fileName=x", new StringContent("x", Encoding.UTF8, "text/csv")))).StatusCode);
    }

    [Fact]
    public async Task Qualifications_are_open_to_all_page_by_page()
    {
        using var http = rest.Site.Browser();
        var first = await JsonOf(await http.GetAsync("/api/qualifications?limit=1"));
        Assert.Equal(("600/1166/X", "600/1166/X"), (first.GetProperty("items")[0].GetProperty("qualification").GetProperty("number").GetString(), first.GetProperty("next").GetString()));
        var second = await JsonOf(await http.GetAsync("/api/qualifications?limit=1&cursor=600%2F1166%2FX"));
        Assert.Equal("600/1167/1", second.GetProperty("items")[0].GetProperty("qualification").GetProperty("number").GetString());
        foreach (var number in new[] { "6001166X", "600/1166/X", "600%2F1166%2FX" })
        {
            Assert.Equal("GCSE Mathematics", (await JsonOf(await http.GetAsync($"/api/qualifications/{number}"))).GetProperty("qualification").GetProperty("title").GetString());
        }

        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/api/qualifications/6009999X")).StatusCode);
    }

    [Fact]
    public async Task The_same_key_has_one_effect_and_one_answer_and_another_body_none()
    {
        using var http = await rest.SignedInAsync(rest.College);
        var key = Guid.CreateVersion7().ToString();
        var learner = A.Learner("Eirlys", "Once");
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => http.SendAsync(Post("/api/learners", Json(learner), key))));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        Assert.Single((await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync()))).Distinct());
        Assert.Single(answers.Select(answer => answer.Headers.Location!.ToString()).Distinct());
        var versions = await rest.Site.Services.GetRequiredService<ILearnerStore>().VersionsAsync(Uln.Parse((await JsonOf(answers[0])).GetProperty("uln").GetString()!), Seeds.Upkeep);
        Assert.Single(versions);

        var other = await http.SendAsync(Post("/api/learners", Json(learner with { GivenName = "Mair" }), key));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "KeyUsedOtherwise"), (other.StatusCode, (await JsonOf(other)).GetProperty("code").GetString()));
        using var another = await rest.SignedInAsync(rest.College);
        Assert.Equal(HttpStatusCode.OK, (await another.SendAsync(Post("/api/learners", Json(learner), key))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await http.SendAsync(Post("/api/learners", Json(learner), "with blanks"))).StatusCode);
        rest.Site.Time.Advance(TimeSpan.FromHours(25));
        using var later = await rest.SignedInAsync(rest.College);
        Assert.Equal(HttpStatusCode.OK, (await later.SendAsync(Post("/api/learners", Json(learner), key))).StatusCode);
    }

    [Fact]
    public async Task A_caller_writes_nothing_into_the_trail_through_its_traceparent()
    {
        using var http = await rest.SignedInAsync(rest.College);
        const string theirs = "00000000000000000000001000000043";
        http.DefaultRequestHeaders.Add("traceparent", $"00-{theirs}-0000001000000043-01");
        http.DefaultRequestHeaders.Add("Request-Id", $"|{theirs}.1.");
        var traces = new List<string>();
        foreach (var name in new[] { "Olrhain", "Olrheiniad" })
        {
            var made = await http.SendAsync(Post("/api/learners", Json(A.Learner("Mari", name))));
            var uln = (await JsonOf(made)).GetProperty("uln").GetString();
            await http.GetAsync($"/api/learners/{uln}/learning-events");
            traces.Add((await JsonOf(await http.GetAsync("/api/nothing"))).GetProperty("trace").GetString()!);
        }

        Assert.Equal(2, traces.Where(trace => trace != theirs).Distinct().Count());
        var engine = rest.Site.Services.GetRequiredService<Engine>();
        var entries = (await engine.ReadAsync(session => session.QueryAsync<string>("SELECT entry FROM audit_entry"))).ToList();
        Assert.True(entries.Count > 4);
        Assert.DoesNotContain(entries, entry => entry.Contains("1000000043", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Around_the_routes_answers_are_problems_too()
    {
        using var http = await rest.SignedInAsync(rest.College);
        foreach (var (request, status) in new (HttpRequestMessage, HttpStatusCode)[]
        {
            (new(HttpMethod.Get, "/api/nothing"), HttpStatusCode.NotFound),
            (new(HttpMethod.Delete, "/api/learners"), HttpStatusCode.MethodNotAllowed),
            (Post("/api/learners", new StringContent("{}", Encoding.UTF8, "text/plain")), HttpStatusCode.UnsupportedMediaType),
            (Post("/api/learners", new StringContent("{}", Encoding.Unicode, "application/json")), HttpStatusCode.UnsupportedMediaType),
            (Post("/api/learners", new ByteArrayContent([])), HttpStatusCode.UnsupportedMediaType),
            (Post("/api/learners", Json("")), HttpStatusCode.BadRequest),
            (Post("/api/learners", Json("null")), HttpStatusCode.BadRequest),
            (Post("/api/learners", Json("""{"givenName":"A","givenName":"B"}""")), HttpStatusCode.BadRequest),
            (Post("/api/learners", Json("""{"gender":1}""")), HttpStatusCode.BadRequest),
            (Post("/api/learners", Json("""{"unknown":"x"}""")), HttpStatusCode.BadRequest),
            (Post("/api/learners", Json("""{"givenName":"\ud800"}""")), HttpStatusCode.BadRequest),
            (Post("/api/learners", Json(new string('[', 200_000))), HttpStatusCode.BadRequest),
            (new(HttpMethod.Get, "/api/batches?limit=0"), HttpStatusCode.BadRequest),
            (new(HttpMethod.Get, "/api/batches?cursor=x"), HttpStatusCode.BadRequest),
        })
        {
            var answer = await http.SendAsync(request);
            Assert.Equal((request.RequestUri!.ToString(), status, "application/problem+json"), (request.RequestUri.ToString(), answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
            Assert.Equal((int)status, (await JsonOf(answer)).GetProperty("status").GetInt32());
        }
    }
}
