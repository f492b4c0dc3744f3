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
