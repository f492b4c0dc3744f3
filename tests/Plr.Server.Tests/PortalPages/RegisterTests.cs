using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plr.Core;
using Plr.Core.Learners;
using Plr.Core.Matching;
using Plr.Testing;
using Plr.Testing.Pages;

namespace Plr.Server.Tests.PortalPages;

public sealed class RegisterTests(SearchSite search) : IClassFixture<SearchSite>
{
    private const string Shared = "Privacy notice seen: the record may be shared";

    [Fact]
    public async Task Somebody_who_is_not_found_is_registered_with_the_details_that_were_searched_with()
    {
        using var browser = await search.Site.BrowserAsync(search.Huw);
        var person = A.Learner("Taliesin", "Newydd", "1997-03-08") with { LastKnownPostCode = "SY23 3DB" };
        var check = await CheckAsync(browser, await SearchSite.SearchAsync(browser, person), "Register a new learner");

        Assert.Equal("Check the details before you register the learner", check.Heading());
        Assert.Equal(
            ("Taliesin", "8 March 1997", "SY23 3DB", Shared, "Passport"),
            (check.SummaryListValue("Given name"), check.SummaryListValue("Date of birth"), check.SummaryListValue("Last known postcode"), check.SummaryListValue("Ability to share"), check.SummaryListValue("Checked by")));
        var page = await SearchSite.FollowAsync(browser, await check.SubmitAsync(browser, "Register learner"));
        Assert.Equal("Learner registered", page.Heading());
        Assert.True(Uln.TryParse(page.SummaryListValue("ULN to copy"), out var uln));
        Assert.Equal(uln.ToDisplayString(), (await SearchSite.OpenAsync(browser, page.Link("See the learner"))).SummaryListValue("ULN"));
        var welsh = await SearchSite.OpenAsync(browser, SearchSite.InWelsh(page));
        Assert.Equal("Dysgwr wedi’i gofrestru", welsh.Heading());
        var twice = await check.SubmitAsync(browser, "Register learner");
        Assert.EndsWith("/registered", twice.Response.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Continue", "Select whether the learner’s record may be shared", "Select how you checked who the learner is")]
    [InlineData("/cy", "Parhau", "Dewiswch a ellir rhannu cofnod y dysgwr", "Dewiswch sut y gwnaethoch wirio pwy yw’r dysgwr")]
    public async Task What_is_missing_of_the_rest_is_said_at_its_field(string language, string button, string share, string check)
    {
        using var browser = await search.Site.BrowserAsync(search.Huw);
        var found = await SearchSite.SearchAsync(browser, A.Learner("Myfanwy", "Gwagle", "1996-12-01") with { LastKnownPostCode = "CF10 1EP" });
        var form = await SearchSite.OpenAsync(browser, language + found.Link("Register a new learner"));

        Assert.Equal([(share, "#Form-AbilityToShare"), (check, (string?)"#Form-VerificationType")], (await form.SubmitAsync(browser, button)).ErrorSummary());
    }

    [Fact]
    public async Task After_possible_matches_a_registration_that_comes_too_soon_is_refused_and_later_taken()
    {
        await search.RegisterAsync(A.Learner("Branwen", "Tebygrwydd", "2005-06-15"));
        using var browser = await search.Site.BrowserAsync(search.Huw);
        var found = await SearchSite.SearchAsync(browser, A.Learner("Bronwen", "Tebygrwydd", "2005-06-15"));
        var check = await CheckAsync(browser, found, "None of these: register a new learner");
        var soon = await check.SubmitAsync(browser, "Register learner");

        Assert.Contains("This came too soon", Assert.Single(soon.ErrorSummary()).Text, StringComparison.Ordinal);
        search.Site.Time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal("Learner registered", (await SearchSite.FollowAsync(browser, await soon.SubmitAsync(browser, "Register learner"))).Heading());
    }

    [Fact]
    public async Task Whoever_was_registered_meanwhile_by_somebody_else_keeps_their_ULN()
    {
        var person = A.Learner("Heledd", "Cyfamser", "1995-10-10") with { LastKnownPostCode = "NP19 8XR" };
        using var browser = await search.Site.BrowserAsync(search.Huw);
        var check = await CheckAsync(browser, await SearchSite.SearchAsync(browser, person), "Register a new learner");
        var uln = await search.RegisterAsync(person);
        var page = await SearchSite.FollowAsync(browser, await check.SubmitAsync(browser, "Register learner"));

        Assert.Equal(("The learner is on the register already", uln.ToString()), (page.Heading(), page.SummaryListValue("ULN to copy")));
    }

    [Fact]
    public async Task Somebody_who_may_be_the_person_and_came_meanwhile_is_looked_at_first()
    {
        var person = A.Learner("Angharad", "Cyrhaeddodd", "1994-02-20") with { LastKnownPostCode = "LD1 6AA" };
        using var browser = await search.Site.BrowserAsync(search.Huw);
        var check = await CheckAsync(browser, await SearchSite.SearchAsync(browser, person), "Register a new learner");
        await search.RegisterAsync(person with { GivenName = "Angarad" });
        var page = await check.SubmitAsync(browser, "Register learner");

        Assert.Equal("Somebody new may be this person", page.Heading());
        Assert.Equal("Is one of these the person?", (await SearchSite.FollowAsync(browser, await page.SubmitAsync(browser, "Search again"))).Heading());
    }

    [Fact]
    public async Task After_a_search_that_is_too_long_ago_it_is_made_again_and_what_was_typed_is_kept()
    {
        await using var site = await TestSite.StartAsync(new Settings { Matching = new() { SearchGoodForMinutes = 10 } });
        await site.Services.GetRequiredService<LearnerFollower>().FollowAsync(default);
        using var browser = await site.BrowserAsync(await site.Seed.CollegePersonAsync(await site.Seed.CollegeAsync(), roles: Roles.LrbOnline));
        var check = await CheckAsync(browser, await SearchSite.SearchAsync(browser, A.Learner("Mabli", "Hwyrach", "1992-06-30")), "Register a new learner");
        site.Time.Advance(TimeSpan.FromMinutes(11));
        var late = await check.SubmitAsync(browser, "Register learner");

        Assert.Equal("Search again before you register", late.Heading());
        Assert.Equal("Chwiliwch eto cyn cofrestru", (await (await SearchSite.OpenAsync(browser, SearchSite.InWelsh(check))).SubmitAsync(browser, "Cofrestru’r dysgwr")).Heading());
        var again = await SearchSite.FollowAsync(browser, await late.SubmitAsync(browser, "Search again"));
        Assert.Equal("Nobody found with these details", again.Heading());
        var form = await SearchSite.OpenAsync(browser, again.Link("Register a new learner"));
        check = await SearchSite.FollowAsync(browser, await form.SubmitAsync(browser, "Continue"));
        Assert.Equal(("Mabli", "Passport"), (check.SummaryListValue("Given name"), check.SummaryListValue("Checked by")));
        Assert.Equal("Learner registered", (await SearchSite.FollowAsync(browser, await check.SubmitAsync(browser, "Register learner"))).Heading());
    }

    [Fact]
    public async Task Two_tabs_that_register_one_person_make_one_ULN_and_lose_nothing_that_was_typed_in_either()
    {
        using var browser = await search.Site.BrowserAsync(search.Huw);
        var found = await SearchSite.SearchAsync(browser, A.Learner("Taliesin", "Daudab", "1991-09-09") with { LastKnownPostCode = "SA1 1DP" });
        var (one, other, third) = (await OpenFormAsync(browser, found), await OpenFormAsync(browser, found), await OpenFormAsync(browser, found));
        var first = await SearchSite.FollowAsync(browser, await one.SubmitAsync(browser, "Continue", (Shared, ""), ("Passport", ""), ("Place of birth", "Bala")));
        var second = await SearchSite.FollowAsync(browser, await other.SubmitAsync(browser, "Continue", (Shared, ""), ("Passport", ""), ("Town", "Porthmadog")));
        var registered = await SearchSite.FollowAsync(browser, await first.SubmitAsync(browser, "Register learner"));
        var uln = registered.SummaryListValue("ULN to copy");

        Assert.Equal(("Learner registered", "Bala", ""), (registered.Heading(), (await HeldAsync(uln)).PlaceOfBirth, (await HeldAsync(uln)).LastKnownAddressTown ?? ""));
        var already = await SearchSite.FollowAsync(browser, await second.SubmitAsync(browser, "Register learner"));
        Assert.Equal(("The learner is on the register already", uln), (already.Heading(), already.SummaryListValue("ULN to copy")));
        Assert.Contains("or you did in another tab", already.Text, StringComparison.Ordinal);
        Assert.Equal(("Bala", "Porthmadog"), ((await HeldAsync(uln)).PlaceOfBirth, (await HeldAsync(uln)).LastKnownAddressTown));

        // A form that is sent after all is over elsewhere, and one that was registered already and is sent once more.
        foreach (var (form, title) in new[] { (third, "Ms"), (one, "Dr") })
        {
            var check = await SearchSite.FollowAsync(browser, await form.SubmitAsync(browser, "Continue", (Shared, ""), ("Passport", ""), ("Title", title)));
            Assert.Equal(title, check.SummaryListValue("Title"));
            Assert.Equal(uln, (await SearchSite.FollowAsync(browser, await check.SubmitAsync(browser, "Register learner"))).SummaryListValue("ULN to copy"));
            Assert.Equal((title, "Bala", "Porthmadog"), ((await HeldAsync(uln)).Title, (await HeldAsync(uln)).PlaceOfBirth, (await HeldAsync(uln)).LastKnownAddressTown));
        }
    }

    [Fact]
    public async Task Nobody_else_of_the_same_or_another_organisation_learns_that_somebody_is_being_registered()
    {
        using var browser = await search.Site.BrowserAsync(search.Huw);
        var check = await CheckAsync(browser, await SearchSite.SearchAsync(browser, A.Learner("Taliesin", "Preifat", "1990-04-04") with { LastKnownPostCode = "SY16 1AA" }), "Register a new learner");
        var begin = check.Response.RequestMessage!.RequestUri!.AbsolutePath.Replace("/register/check", "", StringComparison.Ordinal);

        await search.IsOthersOnlyAsMissingAsync(begin, "/matches", "/register", "/register/check", "/registered");
        var registered = await SearchSite.FollowAsync(browser, await check.SubmitAsync(browser, "Register learner"));
        await search.IsOthersOnlyAsMissingAsync(begin, "", "/register", "/register/check", "/registered", "/update", "/update/conflict");
        Assert.Equal("Learner registered", registered.Heading());
    }

    [Fact]
    public async Task Who_looks_only_comes_to_no_page_that_registers()
    {
        var found = await SearchSite.SearchAsync(await search.Site.BrowserAsync(search.Gwen), A.Learner("Gwen", "Methu", "1993-01-13") with { LastKnownPostCode = "HR3 5DS" });
        var address = found.Response.RequestMessage!.RequestUri!.AbsolutePath.Replace("/matches", "", StringComparison.Ordinal);
        foreach (var page in new[] { "/register", "/register/check", "/registered", "/update", "/update/conflict" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await search.Site.OpenAsync(address + page, search.Gwen)).Response.StatusCode);
        }
    }

    private static async Task<WebPage> OpenFormAsync(HttpClient browser, WebPage found) => await SearchSite.OpenAsync(browser, found.Link("Register a new learner"));

    private async Task<LearnerDetails> HeldAsync(string uln) => (await search.Site.Services.GetRequiredService<ILearnerStore>().VersionsAsync(Uln.Parse(uln), Seeds.Upkeep))[^1].Learner.Details;

    /// <summary>From what a search came to over the form to the answers.</summary>
    private static async Task<WebPage> CheckAsync(HttpClient browser, WebPage found, string link)
    {
        var form = await SearchSite.OpenAsync(browser, found.Link(link));
        return await SearchSite.FollowAsync(browser, await form.SubmitAsync(browser, "Continue", (Shared, ""), ("Passport", "")));
    }
}
