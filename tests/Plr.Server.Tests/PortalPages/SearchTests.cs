using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plr.Core.Audit;
using Plr.Testing;
using Plr.Testing.Pages;

namespace Plr.Server.Tests.PortalPages;

public sealed class SearchTests(SearchSite search) : IClassFixture<SearchSite>
{
    [Theory]
    [InlineData("", "By personal details", "Find learner", "Enter the given name", "Enter the family name", "Enter the date of birth", "Select the gender", "Enter the last known postcode")]
    [InlineData("/cy", "Yn ôl manylion personol", "Dod o hyd i’r dysgwr", "Rhowch yr enw cyntaf", "Rhowch y cyfenw", "Rhowch y dyddiad geni", "Dewiswch y rhywedd", "Rhowch y cod post diwethaf sy’n hysbys")]
    public async Task Each_detail_that_is_missing_is_said_at_its_field(string language, string way, string button, string given, string family, string born, string gender, string postcode)
    {
        using var browser = await search.Site.BrowserAsync(search.Gwen);
        var first = await SearchSite.OpenAsync(browser, language + "/organisation/learners/find");
        var page = await SearchSite.OpenAsync(browser, first.Link(way));
        var answer = await page.SubmitAsync(browser, button);

        Assert.Equal(
            [(given, "#Form-GivenName"), (family, "#Form-FamilyName"), (born, "#Form-DateOfBirth-day"), (gender, "#Form-Gender"), (postcode, (string?)"#Form-LastKnownPostCode")],
            answer.ErrorSummary());
        Assert.StartsWith(language.Length == 0 ? "Error: " : "Gwall: ", answer.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_date_that_does_not_exist_and_a_wrong_postcode_are_refused_and_what_was_typed_is_kept()
    {
        using var browser = await search.Site.BrowserAsync(search.Gwen);
        var answer = await SearchSite.AskAsync(browser, A.Learner("Mali", "Cadw", "2008-02-31") with { LastKnownPostCode = "nowhere" });

        Assert.Equal(
            ["Enter a real date with day, month and year of four digits", "Last known postcode: is not a postcode such as CV4 9EE, or ZZ99 9ZZ where there is none"],
            answer.ErrorSummary().Select(line => line.Text));
        Assert.Equal(("Mali", "31", "nowhere"), (answer.Value("Given name"), answer.Value("Day"), answer.Value("Last known postcode")));
    }

    [Fact]
    public async Task Somebody_who_agrees_in_everything_is_found_and_no_address_says_who_they_are()
    {
        var uln = await search.RegisterAsync(A.Learner("Eleri", "Exactly"));
        using var browser = await search.Site.BrowserAsync(search.Gwen);
        var page = await SearchSite.SearchAsync(browser, A.Learner("eleri", "EXACTLY"));

        Assert.Equal(("Learner found", uln.ToDisplayString()), (page.Heading(), page.SummaryListValue("ULN")));
        Assert.DoesNotContain("exactly", page.Response.RequestMessage!.RequestUri!.ToString(), StringComparison.OrdinalIgnoreCase);
        var (lines, _) = await search.Site.Services.GetRequiredService<IAuditTrail>().ReadAsync(uln, 0, 10, Seeds.Upkeep);
        Assert.Equal("learner-shown", lines[0].Action);
    }

    [Fact]
    public async Task Possible_matches_stand_beside_what_was_typed_and_one_of_them_is_chosen()
    {
        var uln = await search.RegisterAsync(A.Learner("Gwenllian", "Penrhyndeudraeth") with { EmailAddress = "hidden@example.org" });
        using var browser = await search.Site.BrowserAsync(search.Gwen);
        var page = await SearchSite.SearchAsync(browser, A.Learner("Gwenlian", "Penrhyndeudraeth"));

        Assert.Equal("Is one of these the person?", page.Heading());
        Assert.Equal(
            ["Given name", "Gwenlian", "Gwenllian", "One letter off"],
            page.TableRows("Possible match 1 beside what you typed")[0]);
        Assert.Contains(uln.ToDisplayString(), page.Text, StringComparison.Ordinal);
        Assert.Contains("one person", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden@example.org", page.Document.DocumentElement.OuterHtml, StringComparison.Ordinal);
        var welsh = await SearchSite.OpenAsync(browser, SearchSite.InWelsh(page));
        Assert.Equal("Ai un o’r rhain yw’r person?", welsh.Heading());
        var chosen = await SearchSite.FollowAsync(browser, await page.SubmitAsync(browser, "This is the person (possible match 1)"));
        Assert.Equal(("Learner found", "Gwenllian Penrhyndeudraeth"), (chosen.Heading(), chosen.SummaryListValue("Name")));
    }

    [Fact]
    public async Task Who_looks_only_is_told_who_can_register_somebody_who_is_not_found()
    {
        using var browser = await search.Site.BrowserAsync(search.Gwen);
        var page = await SearchSite.SearchAsync(browser, A.Learner("Zebedee", "Quarkington", "1999-05-17") with { LastKnownPostCode = "AB10 1XG" });

        Assert.Equal("Nobody found with these details", page.Heading());
        Assert.Contains("ask a colleague who registers learners", page.Text, StringComparison.Ordinal);
        Assert.False(page.HasLink("Register a new learner"));
        var back = await SearchSite.OpenAsync(browser, page.Link("Change the details and search again"));
        Assert.Equal(("Zebedee", "17", "1999", "AB10 1XG"), (back.Value("Given name"), back.Value("Day"), back.Value("Year"), back.Value("Last known postcode")));
    }

    [Fact]
    public async Task Too_many_say_what_to_add_and_show_nobody()
    {
        foreach (var first in new[] { "Ann", "Anne", "Anna", "Annie", "Anni", "Ana", "Hannah", "Anya", "Anwen", "Annis", "Anita", "Annette" })
        {
            await search.RegisterAsync(A.Learner(first, "Crowdedworth", "2007-07-07"));
        }

        using var browser = await search.Site.BrowserAsync(search.Gwen);
        var page = await SearchSite.SearchAsync(browser, A.Learner("An", "Crowdedworth", "2007-07-07"));

        Assert.Equal("Too many people may be this person", page.Heading());
        Assert.Contains("a previous family name", page.Text, StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll("table"));
        Assert.Equal("An", (await SearchSite.OpenAsync(browser, page.Link("Add details and search again"))).Value("Given name"));
    }

    [Fact]
    public async Task A_search_by_details_is_its_owners_only()
    {
        using var browser = await search.Site.BrowserAsync(search.Huw);
        var page = await SearchSite.SearchAsync(browser, A.Learner("Owena", "Onlymine", "1998-04-09"));
        var other = await search.Site.OpenAsync(page.Response.RequestMessage!.RequestUri!.PathAndQuery, search.Gwen);

        Assert.Equal((HttpStatusCode.NotFound, "This search is over"), (other.Response.StatusCode, other.Heading()));
    }
}
