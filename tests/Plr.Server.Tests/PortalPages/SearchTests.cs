using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plr.Core.Audit;
using Plr.Core.Matching;
using Plr.Server.Work;
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

    [Theory]
    [InlineData("Engl", "Learner found under another ULN", "ULN", "Name")]
    [InlineData("Cymr", "Wedi dod o hyd i’r dysgwr dan ULN arall", "Rhif ULN", "Enw")]
    public async Task Somebody_whose_record_was_merged_is_found_by_it_and_the_master_is_shown_with_a_word_about_it(string language, string heading, string number, string name)
    {
        var own = A.Learner("Gwladys", "Cysyllt" + language);
        var (uln, master) = (await search.RegisterAsync(own), await search.RegisterAsync(A.Learner("Gwladys", "Priodas" + language, "2001-01-31")));
        await search.MergeAsync(uln, master);
        using var browser = await search.Site.BrowserAsync(search.Gwen);
        var page = await SearchSite.SearchAsync(browser, own);
        page = language == "Engl" ? page : await SearchSite.OpenAsync(browser, SearchSite.InWelsh(page));

        Assert.Equal(heading, page.Heading());
        Assert.Equal((master.ToDisplayString(), "Gwladys Priodas" + language), (page.SummaryListValue(number), page.SummaryListValue(name)));
        Assert.Contains(uln.ToDisplayString(), page.Text, StringComparison.Ordinal);
        Assert.Contains("learner-shown", (await search.Site.Services.GetRequiredService<IAuditTrail>().ReadAsync(master, 0, 10, Seeds.Upkeep)).Lines.Select(line => line.Action));
    }

    [Fact]
    public async Task Of_possible_matches_a_merged_record_offers_its_master_once_and_says_by_which_ULN()
    {
        var (own, name) = (A.Learner("Morfudd", "Llanfihangel", "1989-08-17"), A.Learner("Morfudd", "Priodas", "1989-08-17"));
        var (uln, master) = (await search.RegisterAsync(own), await search.RegisterAsync(name));
        await search.MergeAsync(uln, master);
        using var browser = await search.Site.BrowserAsync(search.Gwen);
        var page = await SearchSite.SearchAsync(browser, A.Learner("Morfud", "Llanfihangel", "1989-08-17"));

        Assert.Equal("Is one of these the person?", page.Heading());
        Assert.Single(page.Document.QuerySelectorAll("main table"));
        Assert.Equal(["Family name", "Llanfihangel", "Priodas", "The same"], page.TableRows("Possible match 1 beside what you typed")[1]);
        Assert.Contains($"Found under the linked ULN {uln.ToDisplayString()}, which leads to this learner. “How they agree” is about the record under that ULN", page.Text, StringComparison.Ordinal);
        var chosen = await SearchSite.FollowAsync(browser, await page.SubmitAsync(browser, "This is the person (possible match 1)"));
        Assert.Equal(("Learner found under another ULN", master.ToDisplayString()), (chosen.Heading(), chosen.SummaryListValue("ULN")));
    }

    [Fact]
    public async Task While_the_register_is_loading_each_answer_says_that_not_all_of_it_was_searched()
    {
        await using var site = await TestSite.StartAsync(
            new Settings { Matching = new() { SearchGoodForMinutes = 119 } },
            parts => parts.Remove(parts.Single(part => part.ImplementationType == typeof(FollowLearners))));
        var huw = await site.Seed.CollegePersonAsync(await site.Seed.CollegeAsync());
        await site.Seed.RegisterAsync(A.Learner("Gwenllian", "Llwytho"), huw);
        using var browser = await site.BrowserAsync(huw);
        foreach (var (person, heading) in new[] { (A.Learner("Gwenllian", "Llwytho"), "Learner found"), (A.Learner("Gwenlian", "Llwytho"), "Is one of these the person?"), (A.Learner("Zebedee", "Quarkington", "1999-05-17"), "Nobody found with these details") })
        {
            var page = await SearchSite.SearchAsync(browser, person);
            Assert.Equal(heading, page.Heading());
            Assert.Contains("The register is still loading, so this search looked at less of it than usual", page.Text, StringComparison.Ordinal);
            Assert.Contains("Mae’r gofrestr yn dal i lwytho", (await SearchSite.OpenAsync(browser, SearchSite.InWelsh(page))).Text, StringComparison.Ordinal);
        }

        await site.Services.GetRequiredService<LearnerFollower>().FollowAsync(default);
        Assert.DoesNotContain("still loading", (await SearchSite.SearchAsync(browser, A.Learner("Gwenlian", "Llwytho"))).Text, StringComparison.Ordinal);
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
        Assert.Contains("nobody can be registered from this search", page.Text, StringComparison.Ordinal);
        Assert.Equal("Find a learner", (await SearchSite.OpenAsync(browser, page.Link("Or find the learner by ULN and names"))).Heading());
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
