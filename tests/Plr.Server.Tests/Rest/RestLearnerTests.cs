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

/// <summary>Learners over the open interface.</summary>
public sealed class RestLearnerTests(RestSite rest) : IClassFixture<RestSite>
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
}
