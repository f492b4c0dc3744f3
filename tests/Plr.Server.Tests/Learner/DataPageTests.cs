using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.Extensions.DependencyInjection;
using Plr.Core;
using Plr.Core.DataChallenges;
using Plr.Core.LearningEvents;
using Plr.Core.Sharing;
using Plr.Testing;
using Plr.Testing.Pages;

namespace Plr.Server.Tests.Learner;

public sealed class DataPageTests : LearnerPages
{
    private static readonly string[] Names =
    [
        "details.csv", "details.json", "index.html", "problem-files.csv", "problem-files.json", "problem-steps.csv", "problem-steps.json", "problems.csv", "problems.json", "qualifications.csv", "qualifications.json", "share-views.csv", "share-views.json", "shares.csv", "shares.json",
        "who-has-looked.csv", "who-has-looked.json",
    ];

    [Fact]
    public async Task The_details_lead_to_the_page_and_its_button_gives_one_file_of_everything()
    {
        await EverythingAsync();
        using var browser = await Site.BrowserAsync(Account);

        var page = await WebPage.ReadAsync(await browser.GetAsync((await Site.OpenAsync("/learner/details", Account)).Link("Download everything that is held about you")));
        var files = await DownloadAsync(browser, page);

        Assert.Equal("Download everything held about you", page.Heading());
        Assert.Equal(Names, files.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["1"], Values(files["details.json"], "Version"));
        Assert.Equal("Pritchard", Assert.Single(Values(files["details.json"], "FamilyName")));
        Assert.Equal([("1", "5"), ("2", "6")], Values(files["qualifications.json"], "Version").Zip(Values(files["qualifications.json"], "Grade")));
        Assert.Equal(["AQA Education", "AQA Education"], Values(files["qualifications.json"], "Organisation"));
        Assert.Equal(["My grade is wrong"], Values(files["problems.json"], "Said"));
        Assert.Equal(["Môn Builders"], Values(files["shares.json"], "ForWhom"));
        Assert.Contains("Coleg Dyffryn (Huw Pugh): Looked at your whole record. To register or enrol you. The web site for organisations", Values(files["who-has-looked.json"], "InWords"));
        Assert.All(Names.Where(name => name.EndsWith(".csv", StringComparison.Ordinal)), name =>
            Assert.Equal(Rows(files[Path.ChangeExtension(name, "json")]), files[name].Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length - 1));
    }

    [Fact]
    public async Task The_page_in_the_file_reads_by_itself_in_the_language_of_the_button()
    {
        await EverythingAsync();
        using var browser = await Site.BrowserAsync(Account);

        var english = new HtmlParser().ParseDocument((await DownloadAsync(browser, await WebPage.ReadAsync(await browser.GetAsync("/learner/data"))))["index.html"]);
        var welsh = new HtmlParser().ParseDocument((await DownloadAsync(browser, await WebPage.ReadAsync(await browser.GetAsync("/cy/learner/data"))))["index.html"]);

        Assert.Equal(("en", "cy"), (english.DocumentElement.GetAttribute("lang"), welsh.DocumentElement.GetAttribute("lang")));
        Assert.Contains("On 23 November 2026 AQA Education changed the grade from 5 to 6.", english.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("23 November 2026: My grade is wrong", english.Body.TextContent, StringComparison.Ordinal);
        Assert.Contains("Downloaded everything that is held about you", english.Body.TextContent, StringComparison.Ordinal);
        Assert.Contains("Ar 23 Tachwedd 2026 newidiodd AQA Education y radd o 5 i 6.", welsh.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Popeth y mae’r gofrestr yn ei gadw amdanoch", welsh.Title);
        Assert.Equal(Names.Except(["index.html"]).Order(StringComparer.Ordinal), english.QuerySelectorAll("a").OfType<IHtmlAnchorElement>().Select(link => link.GetAttribute("href")!).Order(StringComparer.Ordinal));
        Assert.Empty(english.QuerySelectorAll("script, link, img"));
    }

    [Fact]
    public async Task What_the_learner_wrote_is_shown_as_text()
    {
        await ChallengeAsync("<script>alert(1)</script>");
        using var browser = await Site.BrowserAsync(Account);

        var index = (await DownloadAsync(browser, await WebPage.ReadAsync(await browser.GetAsync("/learner/data"))))["index.html"];

        Assert.DoesNotContain("<script", index, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)", index, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trail_of_more_than_a_thousand_entries_is_in_it_whole()
    {
        var (get, access) = (Site.Services.GetRequiredService<GetLearningEvents>(), Seeds.AccessOf(Huw, Purpose.Enrolment));
        for (var i = 0; i < 1_005; i++)
        {
            await get.RunAsync(Amelia, null, access);
        }

        using var browser = await Site.BrowserAsync(Account);
        var files = await DownloadAsync(browser, await WebPage.ReadAsync(await browser.GetAsync("/learner/data")));

        Assert.Equal(1_005, Values(files["who-has-looked.json"], "Action").Count(action => action == "record-shown"));
    }

    [Fact]
    public async Task That_it_was_downloaded_is_written_down_and_nothing_in_names_is_personal()
    {
        using var browser = await Site.BrowserAsync(Account);
        var page = await WebPage.ReadAsync(await browser.GetAsync("/learner/data"));

        var answer = (await page.SubmitAsync(browser, "Download")).Response;

        Assert.Equal(("application/zip", "no-store"), (answer.Content.Headers.ContentType!.MediaType, answer.Headers.CacheControl!.ToString()));
        Assert.Equal(("attachment", "personal-learning-record-data.zip"), (answer.Content.Headers.ContentDisposition!.DispositionType, answer.Content.Headers.ContentDisposition.FileName));
        var looked = await Site.OpenAsync("/learner/who-has-looked/entries?own=show", Account);
        Assert.Contains("Downloaded everything that is held about you", looked.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_is_a_learners_own()
    {
        Assert.Equal(HttpStatusCode.Redirect, (await Site.OpenAsync("/learner/data")).Response.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await Site.OpenAsync("/learner/data", Huw)).Response.StatusCode);
    }

    private static async Task<Dictionary<string, string>> DownloadAsync(HttpClient browser, WebPage page)
    {
        var token = page.Document.QuerySelector<IHtmlInputElement>("main input[name=__RequestVerificationToken]")!.Value;
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token)]);
        var answer = await browser.PostAsync(page.Response.RequestMessage!.RequestUri, form);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync(), ZipArchiveMode.Read);
        var files = new Dictionary<string, string>();
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(entry.Open(), Encoding.UTF8);
            files.Add(entry.FullName, await reader.ReadToEndAsync());
        }

        return files;
    }

    private static int Rows(string json) => JsonDocument.Parse(json).RootElement.GetArrayLength();

    private static List<string?> Values(string json, string name) => [.. JsonDocument.Parse(json).RootElement.EnumerateArray().Select(row => row.GetProperty(name).GetString())];

    /// <summary>A result that was corrected, a problem, a share, and somebody who looked.</summary>
    private async Task EverythingAsync()
    {
        var achieved = A.AchievementOf(Amelia, A.Learner(), Maths, "2024-08-22", "5");
        await Site.Seed.AchieveAsync(Aqa, achieved);
        await Site.Seed.AchieveAsync(Aqa, achieved with { Action = "2", Grade = "6" });
        await ChallengeAsync("My grade is wrong");
        await Site.Services.GetRequiredService<IShareStore>().AddAsync(
            Amelia, new ShareTerms { Fields = ShareFields.Grade, ForWhom = "Môn Builders", EndsAt = Clock.Noon.AddDays(7) }, Seeds.AccessOf(Account, Purpose.OwnRecord));
        await Site.Services.GetRequiredService<GetLearningEvents>().RunAsync(Amelia, null, Seeds.AccessOf(Huw, Purpose.Enrolment));
    }

    private async Task ChallengeAsync(string said) =>
        Assert.NotNull((await Site.Services.GetRequiredService<RaiseChallenge>().RunAsync(new(Amelia, null, ChallengeType.Missing, said), Seeds.AccessOf(Account, Purpose.OwnRecord))).Challenge);
}
