using System.Net;
using Plr.Testing;
using Plr.Testing.Pages;

namespace Plr.Server.Tests.Learner;

public sealed class RecordPageTests : LearnerPages
{
    private const string Table = "Qualifications";

    [Fact]
    public async Task The_record_says_who_the_learner_is_and_every_qualification_newest_first()
    {
        await FourResultsAsync();

        var page = await Site.OpenAsync("/learner", Account);

        Assert.Equal("Your personal learning record", page.Heading());
        Assert.Equal("Siân Pritchard", page.SummaryListValue("Name"));
        Assert.Equal("29 February 2008", page.SummaryListValue("Date of birth"));
        Assert.Equal(Amelia.ToDisplayString(), page.SummaryListValue("ULN"));
        Assert.Matches(@"^\d{3} \d{3} \d{4}$", page.SummaryListValue("ULN"));
        Assert.Contains("4 qualifications, highest level: Level 3.", page.Text, StringComparison.Ordinal);
        Assert.Equal(
            ["A level History", "GCE A Level", "Level 3", "B", "AQA Education", "Coleg Dyffryn", "13 August 2026", "Awarding organisation", "Final"],
            page.TableRows(Table)[0]);
        Assert.Equal(["A level History", "GCSE English Language", "GCSE Mathematics", "Functional Skills English"], page.TableRows(Table).Select(row => row[0]));
        Assert.Equal(["Level 3", "Level 1/Level 2", "Level 1/Level 2", "Entry Level 3"], page.TableRows(Table).Select(row => row[2]));
        Assert.Equal(["Final", "Provisional", "Final", "Final"], page.TableRows(Table).Select(row => row[8]));
    }

    [Fact]
    public async Task The_record_speaks_Welsh()
    {
        await FourResultsAsync();

        var page = await Site.OpenAsync("/cy/learner", Account);

        Assert.Equal(("cy", "Eich cofnod dysgu personol"), (page.Language, page.Heading()));
        Assert.Contains("4 o gymwysterau, lefel uchaf: Lefel 3.", page.Text, StringComparison.Ordinal);
        Assert.Equal(
            ["A level History", "GCE A Level", "Lefel 3", "B", "AQA Education", "Coleg Dyffryn", "13 Awst 2026", "Corff dyfarnu", "Terfynol"],
            page.TableRows("Cymwysterau")[0]);
        Assert.StartsWith("/cy/learner/qualifications/", page.Link("A level History"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sort=subject", "A level History|Functional Skills English|GCSE English Language|GCSE Mathematics", "Subject", "ascending")]
    [InlineData("sort=subject&order=desc", "GCSE Mathematics|GCSE English Language|Functional Skills English|A level History", "Subject", "descending")]
    [InlineData("sort=date&order=asc", "Functional Skills English|GCSE Mathematics|GCSE English Language|A level History", "Date awarded", "ascending")]
    [InlineData("sort=level", "Functional Skills English|GCSE English Language|GCSE Mathematics|A level History", "Level", "ascending")]
    [InlineData("sort=status&order=desc", "GCSE English Language|A level History|GCSE Mathematics|Functional Skills English", "Status", "descending")]
    [InlineData("sort=nothing&order=sideways", "Functional Skills English|GCSE Mathematics|GCSE English Language|A level History", "Date awarded", "ascending")]
    public async Task The_list_is_sorted_by_what_the_reader_chose_and_says_so(string query, string subjects, string column, string direction)
    {
        await FourResultsAsync();

        var page = await Site.OpenAsync("/learner?" + query, Account);

        Assert.Equal(subjects, string.Join('|', page.TableRows(Table).Select(row => row[0])));
        var sorted = Assert.Single(page.Document.QuerySelectorAll("th[aria-sort]"));
        Assert.Equal((column, direction), (sorted.TextContent.Trim(), sorted.GetAttribute("aria-sort")));
    }

    [Fact]
    public async Task A_heading_sorts_by_its_column_and_pressed_again_the_other_way_round_keeping_the_choice()
    {
        await FourResultsAsync();

        var page = await Site.OpenAsync("/learner?type=GCSE%20(9%20to%201)", Account);
        var once = await Site.OpenAsync(page.Document.QuerySelectorAll("thead a")[0].GetAttribute("href")!, Account);
        var twice = await Site.OpenAsync(once.Document.QuerySelectorAll("thead a")[0].GetAttribute("href")!, Account);

        Assert.Equal(["GCSE English Language", "GCSE Mathematics"], once.TableRows(Table).Select(row => row[0]));
        Assert.Equal(["GCSE Mathematics", "GCSE English Language"], twice.TableRows(Table).Select(row => row[0]));
    }

    [Theory]
    [InlineData("type=Functional%20Skills", "Functional Skills English")]
    [InlineData("level=3", "A level History")]
    [InlineData("level=entry-3", "Functional Skills English")]
    [InlineData("year=2024", "GCSE Mathematics")]
    [InlineData("status=Provisional", "GCSE English Language")]
    [InlineData("awarding=AQA%20Education&year=2025", "GCSE English Language")]
    public async Task The_list_shows_what_the_reader_chose(string query, string subject)
    {
        await FourResultsAsync();

        var page = await Site.OpenAsync("/learner?" + query, Account);

        Assert.Equal([subject], page.TableRows(Table).Select(row => row[0]));
        Assert.Contains("Showing 1 of 4.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_choice_that_nothing_fits_says_so_and_offers_everything_again()
    {
        await FourResultsAsync();

        var page = await Site.OpenAsync("/learner?year=2024&level=3", Account);

        Assert.Contains("No qualification of yours fits everything that you chose.", page.Text, StringComparison.Ordinal);
        Assert.Equal("/learner", page.Link("Show all qualifications"));
        Assert.Equal(("2024", "3"), (page.Value("Year"), page.Value("Level")));
    }

    [Fact]
    public async Task What_was_chosen_stays_chosen_in_the_other_language()
    {
        await FourResultsAsync();

        var page = await Site.OpenAsync("/learner?level=1-2&status=Final", Account);
        var tudalen = await Site.OpenAsync(page.Link("Cymraeg"), Account);

        Assert.Equal(["GCSE Mathematics"], page.TableRows(Table).Select(row => row[0]));
        Assert.Equal(["GCSE Mathematics"], tudalen.TableRows("Cymwysterau").Select(row => row[0]));
        Assert.Equal("1-2", tudalen.Value("Lefel"));
    }

    [Theory]
    [InlineData("/learner", "There are no qualifications on your record yet.", "What the record covers")]
    [InlineData("/cy/learner", "Nid oes cymwysterau ar eich cofnod eto.", "Beth mae’r cofnod yn ei gynnwys")]
    public async Task An_empty_record_says_why_and_what_to_do(string address, string empty, string next)
    {
        var page = await Site.OpenAsync(address, Account);

        Assert.Contains(empty, page.Text, StringComparison.Ordinal);
        Assert.True(page.HasLink(next));
        Assert.Empty(page.Document.QuerySelectorAll("table"));
    }

    [Theory]
    [InlineData("/learner")]
    [InlineData("/learner/details")]
    [InlineData("/learner/who-has-looked")]
    [InlineData("/learner/who-has-looked/entries")]
    [InlineData("/learner/qualifications/1")]
    public async Task The_pages_are_a_learners_own(string address)
    {
        var nobody = await Site.OpenAsync("/cy" + address);
        var organisation = await Site.OpenAsync(address, Huw);

        Assert.Equal("/cy/sign-in?to=" + Uri.EscapeDataString(address), nobody.Response.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Forbidden, organisation.Response.StatusCode);
    }

    [Theory]
    [InlineData("/learner")]
    [InlineData("/learner/details")]
    [InlineData("/learner/who-has-looked?own=show")]
    [InlineData("/learner/who-has-looked/entries?own=show")]
    public async Task A_page_is_kept_by_nobody_and_names_nobody_in_an_address(string address)
    {
        await FourResultsAsync();

        var page = await Site.OpenAsync(address, Account);

        Assert.Equal("no-store", page.Response.Headers.CacheControl?.ToString());
        var addresses = page.Document.QuerySelectorAll("[href], [action]").Select(e => e.GetAttribute("href") ?? e.GetAttribute("action")!).ToList();
        Assert.NotEmpty(addresses);
        Assert.All(addresses, found => Assert.DoesNotMatch("(?i)amelia|hughes|2008|" + Amelia, found));
        var ids = page.Document.QuerySelectorAll("[id]").Select(e => e.Id).ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(page.Document.QuerySelectorAll("select, input:not([type=hidden])"), field => Assert.NotNull(page.Document.QuerySelector($"label[for='{field.Id}']")));
        Assert.Equal("Siân Pritchard", page.Document.QuerySelector(".plr-signed-in span")!.TextContent.Replace("Signed in as ", "", StringComparison.Ordinal));
    }
}
