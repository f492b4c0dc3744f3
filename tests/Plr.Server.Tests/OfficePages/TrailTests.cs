using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plr.Store;
using Plr.Testing;
using Plr.Testing.Pages;

namespace Plr.Server.Tests.OfficePages;

public sealed class TrailTests
{
    [Fact]
    public async Task A_whole_trail_is_said_to_be_whole_with_its_counts_and_only_to_whoever_checked()
    {
        await using var office = new OfficeRegister();
        await office.InitializeAsync();
        using var browser = await office.Site.BrowserAsync(office.Auditor);
        var result = await CheckAsync(browser, "", "Check the trail");

        Assert.Contains("The trail is whole", result.Text, StringComparison.Ordinal);
        Assert.NotEqual("0", result.SummaryListValue("Entries"));
        Assert.Equal("23 November 2026, 12:00pm", result.SummaryListValue("Checked"));
        var address = result.Response.RequestMessage!.RequestUri!.AbsolutePath;
        Assert.Equal(HttpStatusCode.NotFound, (await office.Site.OpenAsync(address, office.Olwen)).Response.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await office.Site.OpenAsync("/office/trail", office.Agent)).Response.StatusCode);
        var again = await CheckAsync(browser, "/cy", "Gwirio’r trywydd nawr");
        Assert.Contains("Mae’r trywydd yn gyfan", again.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_altered_trail_is_told_in_words_without_the_learners_number()
    {
        await using var office = new OfficeRegister();
        await office.InitializeAsync();
        var huw = await office.Site.Seed.CollegePersonAsync(office.College);
        var uln = await office.Site.Seed.RegisterAsync(A.Learner("Tanwen", "Tamper"), huw);
        await office.Site.Services.GetRequiredService<Engine>().WriteAsync(
            session => session.ExecuteAsync("UPDATE learner SET tier_level = tier_level - 1 WHERE uln = @uln", new { uln = uln.Value }));
        using var browser = await office.Site.BrowserAsync(office.Olwen);
        var result = await CheckAsync(browser, "", "Check the trail");

        Assert.Contains("The trail is not whole. Faults:", result.Text, StringComparison.Ordinal);
        Assert.Contains("A learner’s", result.TableRows("What was found").Select(row => row[0]));
        Assert.DoesNotContain(uln.ToString(), result.Document.DocumentElement.TextContent, StringComparison.Ordinal);
    }

    /// <summary>The kinds stand in the walk's source; each has its words, so a new one cannot be shown as a bug.</summary>
    [Theory]
    [InlineData("altered")]
    [InlineData("altered-before")]
    [InlineData("details-altered")]
    [InlineData("head-forged")]
    [InlineData("head-removed")]
    [InlineData("removed")]
    [InlineData("reordered")]
    [InlineData("row-altered")]
    [InlineData("version-added")]
    [InlineData("version-altered")]
    [InlineData("version-removed")]
    public void Each_kind_of_fault_has_its_words(string kind) =>
        Assert.NotEmpty(new Server.Web.Texts()[$"Office.Fault.{OfficeSite.TrailModel.Name(kind)}"]);

    private static async Task<WebPage> CheckAsync(HttpClient browser, string language, string button)
    {
        var page = await WebPage.ReadAsync(await browser.GetAsync($"{language}/office/trail"));
        var answer = await page.SubmitAsync(browser, button);
        return await WebPage.ReadAsync(await browser.GetAsync(answer.Response.Headers.Location));
    }
}
