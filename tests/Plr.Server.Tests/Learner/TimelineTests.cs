using Plr.Testing.Pages;

namespace Plr.Server.Tests.Learner;

public sealed class TimelineTests : LearnerPages
{
    [Fact]
    public async Task The_timeline_has_a_heading_for_each_year_newest_first_and_what_was_achieved_in_it()
    {
        await FourResultsAsync();

        var table = await Site.OpenAsync("/learner", Account);
        var page = await Site.OpenAsync(table.Link("Show as a timeline"), Account);

        Assert.Equal(["2026", "2025", "2024", "2023"], Years(page));
        Assert.Equal(
            [
                "A level History, grade B Final GCE A Level, Level 3, AQA Education, Coleg Dyffryn 13 August 2026",
                "GCSE English Language, grade 7 Provisional GCSE (9 to 1), Level 1/Level 2, AQA Education, Coleg Dyffryn 21 August 2025",
            ],
            Lines(page)[..2]);
        Assert.Contains("4 qualifications, highest level: Level 3.", page.Text, StringComparison.Ordinal);
        Assert.Equal("Siân Pritchard", page.SummaryListValue("Name"));
        Assert.Empty(page.Document.QuerySelectorAll("main table"));
        Assert.Equal("GCSE Mathematics", (await Site.OpenAsync(page.Link("GCSE Mathematics"), Account)).Heading());
    }

    [Fact]
    public async Task What_was_chosen_is_shown_as_a_timeline_too_and_stays_chosen_in_the_table()
    {
        await FourResultsAsync();

        var page = await Site.OpenAsync("/learner?view=timeline&type=GCSE%20(9%20to%201)&sort=subject&order=asc", Account);
        var table = await Site.OpenAsync(page.Link("Show as a table"), Account);

        Assert.Equal(["2025", "2024"], Years(page));
        Assert.Contains("Showing 2 of 4.", page.Text, StringComparison.Ordinal);
        Assert.Equal("timeline", page.Document.QuerySelector("form [name=view]")!.GetAttribute("value"));
        Assert.Equal("/learner?view=timeline", page.Link("Show all qualifications"));
        Assert.Equal(["GCSE English Language", "GCSE Mathematics"], table.TableRows("Qualifications").Select(row => row[0]));
    }

    [Fact]
    public async Task Nothing_that_fits_says_so_and_leads_back_to_the_whole_timeline()
    {
        await FourResultsAsync();

        var page = await Site.OpenAsync("/learner?view=timeline&year=2024&level=3", Account);

        Assert.Contains("No qualification of yours fits everything that you chose.", page.Text, StringComparison.Ordinal);
        Assert.Equal(["2026", "2025", "2024", "2023"], Years(await Site.OpenAsync(page.Link("Show all qualifications"), Account)));
    }

    [Fact]
    public async Task The_timeline_speaks_Welsh()
    {
        await FourResultsAsync();

        var page = await Site.OpenAsync("/cy/learner?view=timeline", Account);

        Assert.Equal("A level History, gradd B Terfynol GCE A Level, Lefel 3, AQA Education, Coleg Dyffryn 13 Awst 2026", Lines(page)[0]);
        Assert.True(page.HasLink("Dangos fel tabl"));
    }

    private static string[] Years(WebPage page) => [.. page.Document.QuerySelectorAll("main h3").Select(heading => heading.TextContent.Trim())];

    private static string[] Lines(WebPage page) =>
        [.. page.Document.QuerySelectorAll(".plr-history li").Select(line => string.Join(' ', line.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))];
}
