using System.Net;
using Plr.Core.Learners;
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
    public async Task Who_looks_only_comes_to_no_page_that_registers()
    {
        var found = await SearchSite.SearchAsync(await search.Site.BrowserAsync(search.Gwen), A.Learner("Gwen", "Methu", "1993-01-13") with { LastKnownPostCode = "HR3 5DS" });
        var address = found.Response.RequestMessage!.RequestUri!.AbsolutePath.Replace("/matches", "", StringComparison.Ordinal);
        foreach (var page in new[] { "/register", "/register/check", "/registered", "/update", "/update/conflict" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await search.Site.OpenAsync(address + page, search.Gwen)).Response.StatusCode);
        }
    }

    /// <summary>From what a search came to over the form to the answers.</summary>
    private static async Task<WebPage> CheckAsync(HttpClient browser, WebPage found, string link)
    {
        var form = await SearchSite.OpenAsync(browser, found.Link(link));
        return await SearchSite.FollowAsync(browser, await form.SubmitAsync(browser, "Continue", (Shared, ""), ("Passport", "")));
    }
}
