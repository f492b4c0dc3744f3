using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plr.Core;
using Plr.Core.Learners;
using Plr.Store;
using Plr.Testing;
using static Plr.Server.Tests.Rest.RestSite;

namespace Plr.Server.Tests.Rest;

/// <summary>ULNs over the open interface: verified, retrieved, reported.</summary>
public sealed class UlnTests(RestSite rest) : IClassFixture<RestSite>
{
    [Fact]
    public async Task An_awarding_organisation_verifies_a_learner_who_does_not_share_and_is_told_nothing_of_them()
    {
        var uln = await RegisteredAsync(A.Learner("Tegwen", "Cadwaladr") with { AbilityToShare = "2", PreviousFamilyName = "Ellwood" });
        using var http = await rest.SignedInAsync(rest.Awarding, Roles.AwardingOrganisation);

        Assert.Equal($"UlnVerified WSVRC001 {uln} ", await VerifyAsync(http, new { uln = uln.ToDisplayString(), givenName = "TEGWEN", familyName = "Cadwaladr", dateOfBirth = "2008-02-29", gender = "2" }));
        Assert.Equal($"UlnSimilar WSVRC003 {uln} VRF4 VRF5", await VerifyAsync(http, new { uln = $"{uln}", givenName = "Tegwenn", familyName = "Ellwood" }));
        Assert.Equal($"UlnDoesNotMatch WSVRC005 {uln} VRF5 VRF6 VRF7 VRF8", await VerifyAsync(http, new { uln = $"{uln}", givenName = "Tegwen", familyName = "Tegwen", dateOfBirth = "2001-01-01", gender = "1" }));
        Assert.Equal("UlnUnknown WSVRC006 1000000043 ", await VerifyAsync(http, new { uln = "1000000043", givenName = "Tegwen", familyName = "Cadwaladr" }));

        using var answer = await http.SendAsync(Post("/api/learners/verify", Json(new { uln = $"{uln}", givenName = "Tegwen", familyName = "Owain" }), "verify-1"));
        Assert.Equal(["code", "failureFlags", "outcome", "uln"], (await JsonOf(answer)).EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("adwaladr", await answer.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal((2, 2), (await EntriesAsync(uln, "\"uln-verified\""), await EntriesAsync(uln, "\"uln-not-verified\"")));
    }

    [Fact]
    public async Task A_merged_ULN_is_verified_as_linked()
    {
        var (uln, master) = (await RegisteredAsync(A.Learner("Ceridwen", "Abney")), await RegisteredAsync(A.Learner("Ceridwen", "Brackley")));
        await MergeAsync(uln, master);
        using var http = await rest.SignedInAsync(rest.College, Roles.LrbViewOnly);

        Assert.Equal($"LinkedUlnVerified WSVRC002 {uln} ", await VerifyAsync(http, new { uln = $"{uln}", givenName = "Ceridwen", familyName = "Abney" }));
        Assert.Equal($"LinkedUlnVerified WSVRC002 {uln} ", await VerifyAsync(http, new { uln = $"{uln}", givenName = "Ceridwen", familyName = "Brackley" }));
        Assert.Equal($"LinkedUlnSimilar WSVRC004 {uln} ", await VerifyAsync(http, new { uln = $"{uln}", givenName = "Ceridwen", familyName = "Brackly" }));
    }

    [Fact]
    public async Task Whoever_a_merged_ULN_is_verified_for_is_found_by_it_and_nobody_else_is()
    {
        var (uln, master) = (await RegisteredAsync(A.Learner("Ceridwen", "Cadfael")), await RegisteredAsync(A.Learner("Gwladys", "Dyfrig")));
        await MergeAsync(uln, master);
        using var http = await rest.SignedInAsync(rest.College, Roles.LrbViewOnly);

        foreach (var (givenName, familyName) in new[] { ("Ceridwen", "Cadfael"), ("Gwladys", "Dyfrig"), ("Ceridwenn", "Cadfael") })
        {
            Assert.StartsWith("Linked", await VerifyAsync(http, new { uln = $"{uln}", givenName, familyName }), StringComparison.Ordinal);
            using var found = await http.SendAsync(Post("/api/learners/find", Json(new { uln = $"{uln}", givenName, familyName })));
            var learner = await JsonOf(found);
            Assert.Equal((HttpStatusCode.OK, $"{master}", "Dyfrig"), (found.StatusCode, learner.GetProperty("uln").GetString(), learner.GetProperty("familyName").GetString()));
        }

        using var mixed = await http.SendAsync(Post("/api/learners/find", Json(new { uln = $"{uln}", givenName = "Gwladys", familyName = "Cadfael" })));
        Assert.Equal(HttpStatusCode.NotFound, mixed.StatusCode);
    }

    [Fact]
    public async Task What_is_wrong_with_what_was_asked_is_said_field_by_field()
    {
        using var http = await rest.SignedInAsync(rest.College);
        Assert.Equal("422 WSEC0001 uln WSEC0136, givenName WSEC0001, familyName WSEC0001, dateOfBirth WSEC0001, gender WSEC0001", await RefusedAsync(http.SendAsync(Post("/api/learners/verify", Json(new { uln = "1000000044", familyName = " ", dateOfBirth = "1.1.2008", gender = "3" })))));
        Assert.Equal("422 WSEC0136 uln 2 WSEC0136", await RefusedAsync(http.SendAsync(Post("/api/ulns/retrieve", Json(new { ulns = new[] { "1000000043", "x" } })))));
        Assert.Equal("422 DetailsIncorrect uln DetailsIncorrect", await RefusedAsync(http.SendAsync(Post("/api/ulns/retrieve", Json(new { ulns = Array.Empty<string>() })))));
        Assert.Equal("422 DetailsIncorrect uln DetailsIncorrect", await RefusedAsync(http.SendAsync(Post("/api/ulns/retrieve", Json(new { })))));
        Assert.Equal("422 DetailsIncorrect uln DetailsIncorrect", await RefusedAsync(http.SendAsync(Post("/api/ulns/retrieve", Json(new { ulns = Enumerable.Repeat("1000000043", 201) })))));
        Assert.Equal("400 BadRequest ", await RefusedAsync(http.SendAsync(Post("/api/learners/verify", Json(new { uln = "1000000043", givenName = "A", familyName = "B", postcode = "C" })))));
        foreach (var report in new[] { "/api/uln-reports/merged", "/api/uln-reports/deleted" })
        {
            Assert.Equal("422 WSEC0001 from WSEC0001", await RefusedAsync(http.GetAsync(report)));
            Assert.Equal("422 WSEC0001 from WSEC0001, to WSEC0001", await RefusedAsync(http.GetAsync(report + "?from=yesterday&to=2026-02-29")));
            Assert.Equal("422 DetailsIncorrect to DetailsIncorrect", await RefusedAsync(http.GetAsync(report + "?from=2026-11-23&to=2026-11-22")));
            Assert.Equal("400 BadRequest ", await RefusedAsync(http.GetAsync(report + "?from=2026-11-23&until=2026-11-22")));
        }
    }

    [Fact]
    public async Task Whom_ULNs_lead_to_is_told_in_their_order()
    {
        var (uln, master) = (await RegisteredAsync(A.Learner("Eluned", "Dunmore")), await RegisteredAsync(A.Learner("Eluned", "Farthing")));
        await MergeAsync(uln, master);
        using var http = await rest.SignedInAsync(rest.College);

        var answer = await JsonOf(await http.SendAsync(Post("/api/ulns/retrieve", Json(new { ulns = new[] { $"{uln}", "1000000043", $"{master}" } }))));
        var lines = answer.GetProperty("ulns");
        Assert.Equal("UlnsReported", answer.GetProperty("outcome").GetString());
        Assert.Equal(
            [$"{uln} WSRC0022 {master} Farthing", "1000000043 WSRC0001  ", $"{master} WSRC0004  Farthing"],
            lines.EnumerateArray().Select(line => string.Join(' ', new[] { "uln", "code", "masterUln", "familyName" }.Select(name => line.TryGetProperty(name, out var value) ? value.GetString() : ""))));
        Assert.Equal(["code", "uln"], lines[1].EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));
        using var none = await http.SendAsync(Post("/api/ulns/retrieve", Json(new { ulns = new[] { "1000000043" } })));
        Assert.Equal((HttpStatusCode.OK, "WSRC0023"), (none.StatusCode, (await JsonOf(none)).GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Who_was_merged_and_taken_off_is_reported_to_who_registered_them_and_to_the_office()
    {
        rest.Site.Time.Advance(TimeSpan.FromDays(40));
        var day = rest.Site.Time.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var (uln, master, off) = (await RegisteredAsync(A.Learner("Gwladus", "Hallam")), await RegisteredAsync(A.Learner("Gwladus", "Ingram")), await RegisteredAsync(A.Learner("Gwladus", "Jessop")));
        await MergeAsync(uln, master);
        await rest.Site.Services.GetRequiredService<Engine>().WriteAsync(session => session.ExecuteAsync("UPDATE learner SET status = 0 WHERE uln = @off", new { off = off.Value }));
        using var college = await rest.SignedInAsync(rest.College);
        using var officer = await rest.Site.BrowserAsync(await rest.Site.Seed.AccountAsync("Rhun Officer", Roles.OfficeAgent));
        var elsewhere = await rest.Site.Seed.CollegeAsync("Coleg Arall", "10007946");
        using var other = await rest.SignedInAsync(elsewhere);

        foreach (var http in new[] { college, officer })
        {
            var merged = await JsonOf(await http.GetAsync($"/api/uln-reports/merged?from={day}&to={day}"));
            var line = Assert.Single(merged.GetProperty("merged").EnumerateArray());
            Assert.Equal(("UlnsReported", 0), (merged.GetProperty("outcome").GetString(), merged.GetProperty("unmerged").GetArrayLength()));
            Assert.Equal(($"{master}", "Ingram", $"{uln}", "Hallam"), (line.GetProperty("master").GetProperty("uln").GetString(), line.GetProperty("master").GetProperty("familyName").GetString(), line.GetProperty("other").GetProperty("uln").GetString(), line.GetProperty("other").GetProperty("familyName").GetString()));
            var deleted = await JsonOf(await http.GetAsync($"/api/uln-reports/deleted?from={day}"));
            Assert.Equal($"{off}", Assert.Single(deleted.GetProperty("deleted").EnumerateArray()).GetProperty("uln").GetString());
        }

        foreach (var report in new[] { "merged", "deleted" })
        {
            using var answer = await other.GetAsync($"/api/uln-reports/{report}?from={day}");
            Assert.Equal((HttpStatusCode.OK, "WSRC0024"), (answer.StatusCode, (await JsonOf(answer)).GetProperty("code").GetString()));
        }
    }

    [Fact]
    public async Task Each_call_has_its_scope_and_its_roles_and_a_persons_session_sends_nothing()
    {
        object asked = new { uln = "1000000043", givenName = "A", familyName = "B" };
        object ulns = new { ulns = new[] { "1000000043" } };
        using var finder = await rest.SignedInAsync(rest.College, scope: "learners.find");
        Assert.Equal("403 ScopeMissing ", await RefusedAsync(finder.SendAsync(Post("/api/learners/verify", Json(asked)))));
        using var verifier = await rest.SignedInAsync(rest.College, scope: "ulns.verify");
        Assert.Equal("UlnUnknown WSVRC006 1000000043 ", await VerifyAsync(verifier, asked));
        Assert.Equal("403 ScopeMissing ", await RefusedAsync(verifier.SendAsync(Post("/api/ulns/retrieve", Json(ulns)))));
        Assert.Equal("403 ScopeMissing ", await RefusedAsync(verifier.GetAsync("/api/uln-reports/merged?from=2026-11-23")));
        using var board = await rest.SignedInAsync(rest.Awarding, Roles.AwardingOrganisation);
        Assert.Equal("403 WSEC0006 ", await RefusedAsync(board.SendAsync(Post("/api/ulns/retrieve", Json(ulns)))));
        Assert.Equal("403 WSEC0006 ", await RefusedAsync(board.GetAsync("/api/uln-reports/deleted?from=2026-11-23")));
        using var wrong = Post("/api/learners/verify", Json(asked));
        wrong.Headers.Add("Purpose", "enrolment");
        Assert.Equal("403 WSEC0006 ", await RefusedAsync(board.SendAsync(wrong)));
        using var member = await rest.Site.BrowserAsync(await rest.Site.Seed.CollegePersonAsync(rest.College, "Huw Verify"));
        Assert.Equal("401 WSEC0003 ", await RefusedAsync(member.SendAsync(Post("/api/learners/verify", Json(asked)))));
        Assert.Equal("401 WSEC0003 ", await RefusedAsync(member.SendAsync(Post("/api/ulns/retrieve", Json(ulns)))));
        Assert.Equal("OK", (await member.GetAsync("/api/uln-reports/merged?from=2026-11-23")).StatusCode.ToString());
    }

    private static async Task<string> VerifyAsync(HttpClient http, object asked)
    {
        using var answer = await http.SendAsync(Post("/api/learners/verify", Json(asked)));
        Assert.Equal("OK", answer.StatusCode.ToString());
        var said = await JsonOf(answer);
        return $"{said.GetProperty("outcome")} {said.GetProperty("code")} {said.GetProperty("uln")} {string.Join(' ', said.GetProperty("failureFlags").EnumerateArray())}";
    }

    /// <summary>Status, code and findings of a refusal.</summary>
    private static async Task<string> RefusedAsync(Task<HttpResponseMessage> sent)
    {
        using var answer = await sent;
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        var problem = await JsonOf(answer);
        var findings = problem.TryGetProperty("findings", out var found) ? found.EnumerateArray().Select(finding => $"{finding.GetProperty("field")} {finding.GetProperty("code")}") : [];
        return $"{(int)answer.StatusCode} {problem.GetProperty("code")} {string.Join(", ", findings)}";
    }

    private async Task<Uln> RegisteredAsync(LearnerText learner) =>
        await rest.Site.Seed.RegisterAsync(learner, await rest.Site.Seed.CollegePersonAsync(rest.College, $"Clerk {learner.GivenName} {learner.FamilyName}"));

    private Task<int> MergeAsync(Uln uln, Uln master) => rest.Site.Services.GetRequiredService<Engine>().WriteAsync(session =>
        session.ExecuteAsync("UPDATE learner SET status = 2, master_uln = @master WHERE uln = @uln", new { uln = uln.Value, master = master.Value }));

    private Task<int> EntriesAsync(Uln uln, string action) => rest.Site.Services.GetRequiredService<Engine>().ReadAsync(async session =>
        (await session.QueryAsync<string>("SELECT entry FROM audit_entry WHERE chain = @uln", new { uln = uln.Value })).Count(entry => entry.Contains(action, StringComparison.Ordinal)));
}
