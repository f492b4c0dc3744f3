using System.Net;
using Plr.Testing;

namespace Plr.Server.Tests.Learner;

public sealed class MissingPageTests : LearnerPages
{
    [Fact]
    public async Task The_record_leads_to_why_something_is_missing()
    {
        await FourResultsAsync();

        var page = await Site.OpenAsync((await Site.OpenAsync("/learner", Account)).Link("Why is something missing?"), Account);

        Assert.Equal("Why is something missing?", page.Heading());
        Assert.Equal("From 2012", page.SummaryListValue("England"));
        Assert.Equal("From 2014", page.SummaryListValue("Wales"));
        Assert.Contains("The record holds regulated qualifications.", page.Text, StringComparison.Ordinal);
        Assert.Contains("tell us which qualification is missing", page.Text, StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll("[role=status]"));
    }

    [Fact]
    public async Task An_empty_record_leads_there_too() =>
        Assert.Equal("/learner/missing", (await Site.OpenAsync("/learner", Account)).Link("Why is something missing?"));

    [Fact]
    public async Task An_awarding_organisation_is_said_to_send_results_and_from_which_years()
    {
        await Site.Seed.AwardingOrganisationAsync("AQA Cymru", "RN5197");
        await FourResultsAsync();

        var page = await Site.OpenAsync("/learner/missing?awarding=aqa", Account);

        Assert.Equal("It has sent results that were awarded from 2023 to 2026. Yours may not have been among them.", page.SummaryListValue("AQA Education"));
        Assert.Equal("It has not sent any results yet.", page.SummaryListValue("AQA Cymru"));
        Assert.Equal("aqa", page.Value("Name of the awarding organisation"));
    }

    [Fact]
    public async Task One_that_has_sent_results_of_one_year_says_that()
    {
        await Site.Seed.AchieveAsync(Aqa, A.AchievementOf(Amelia, A.Learner(), Maths, "2024-08-22", "5"));

        var page = await Site.OpenAsync("/learner/missing?awarding=RN5196", Account);

        Assert.Equal("It has sent results that were awarded in 2024, and none from other years.", page.SummaryListValue("AQA Education"));
    }

    [Theory]
    [InlineData("nobody at all")]
    [InlineData("%25")]
    [InlineData("%00")]
    [InlineData("Coleg Dyffryn")]
    public async Task A_name_of_no_awarding_organisation_says_so_and_what_that_may_mean(string name)
    {
        var page = await Site.OpenAsync("/learner/missing?awarding=" + name, Account);

        Assert.Equal(HttpStatusCode.OK, page.Response.StatusCode);
        Assert.Contains("We know no awarding organisation of that name.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_many_the_first_ten_are_shown()
    {
        for (var i = 10; i < 21; i++)
        {
            await Site.Seed.AwardingOrganisationAsync($"Gwobrau {i}", $"RN60{i}");
        }

        var page = await Site.OpenAsync("/learner/missing?awarding=gwobrau", Account);

        Assert.Equal(10, page.Document.QuerySelectorAll("[role=status] dt").Length);
        Assert.Contains("These are the first 10. Type more of the name to find others.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_speaks_Welsh()
    {
        var page = await Site.OpenAsync("/cy/learner/missing?awarding=aqa", Account);

        Assert.Equal("Pam mae rhywbeth ar goll?", page.Heading());
        Assert.Equal("O 2014", page.SummaryListValue("Cymru"));
        Assert.Equal("Nid yw wedi anfon unrhyw ganlyniadau eto.", page.SummaryListValue("AQA Education"));
    }

    [Fact]
    public async Task The_page_is_a_learners_own()
    {
        Assert.Equal(HttpStatusCode.Redirect, (await Site.OpenAsync("/learner/missing")).Response.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await Site.OpenAsync("/learner/missing", Huw)).Response.StatusCode);
    }
}
