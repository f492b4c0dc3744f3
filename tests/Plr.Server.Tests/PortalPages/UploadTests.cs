using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Plr.Testing;
using Plr.Testing.Pages;

namespace Plr.Server.Tests.PortalPages;

public sealed class UploadTests(PortalSite portal) : IClassFixture<PortalSite>
{
    private static readonly byte[] Good = Encoding.UTF8.GetBytes(SmallBatches.Registrations("10007945", A.Learner("Carys", "Vaughan-Price")));

    [Theory]
    [InlineData("", "", "", "Select a file")]
    [InlineData("", "learners.csv", "", "The selected file is empty")]
    [InlineData("", "learners.xlsx", "PK", "The selected file must be a CSV")]
    [InlineData("/cy", "", "", "Dewiswch ffeil")]
    [InlineData("/cy", "learners.csv", "", "Mae’r ffeil a ddewiswyd yn wag")]
    [InlineData("/cy", "learners.xlsx", "PK", "Rhaid i’r ffeil a ddewiswyd fod yn CSV")]
    public async Task What_is_not_a_file_of_rows_is_refused_in_words(string language, string name, string content, string words)
    {
        using var browser = await portal.Site.BrowserAsync(portal.Huw);
        var address = $"{language}/organisation/files/upload?kind=registrations";
        var page = name.Length == 0
            ? await WithoutFileAsync(browser, address)
            : await WebPage.ReadAsync(await PortalSite.SendAsync(browser, address, name, Encoding.UTF8.GetBytes(content)));

        Assert.Equal([(words, (string?)"#Chosen")], page.ErrorSummary());
        Assert.Equal(words, page.ErrorAt(page.Heading()));
    }

    [Fact]
    public async Task A_file_over_the_limit_is_refused_before_it_is_read()
    {
        var page = await WebPage.ReadAsync(await portal.SendAsync(portal.Huw, "registrations", "large.csv", new byte[25 * 1024 * 1024]));

        Assert.Equal([("The selected file must be smaller than 24 MB", (string?)"#Chosen")], page.ErrorSummary());
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused_and_nothing_is_kept()
    {
        using var browser = await portal.Site.BrowserAsync(portal.Rhian);
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Good), "Chosen", "learners.csv" } };
        var answer = await browser.PostAsync("/organisation/files/upload?kind=registrations", form);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("We could not read what was sent", (await WebPage.ReadAsync(answer)).Heading());
        Assert.DoesNotContain("learners.csv", (await portal.Site.OpenAsync("/organisation/files", portal.Rhian)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kind_that_does_not_exist_has_no_page()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await portal.Site.OpenAsync("/organisation/files/upload?kind=pictures", portal.Huw)).Response.StatusCode);
        Assert.Equal("Send a registration file", (await portal.Site.OpenAsync("/organisation/files/upload", portal.Huw)).Heading());
    }

    [Fact]
    public async Task When_the_disk_takes_no_more_the_page_says_that_nothing_was_kept_and_later_it_works()
    {
        await using var site = await TestSite.StartAsync();
        var huw = await site.Seed.CollegePersonAsync(await site.Seed.CollegeAsync());
        var folder = Path.Combine(site.Services.GetRequiredService<Settings>().DataFolder, "uploads");
        using var browser = await site.BrowserAsync(huw);
        await File.WriteAllTextAsync(folder, "in the way");
        var page = await WebPage.ReadAsync(await PortalSite.SendAsync(browser, "/organisation/files/upload?kind=registrations", "learners.csv", Good));

        Assert.Equal([("The selected file could not be uploaded – try again. Nothing of it was kept", (string?)"#Chosen")], page.ErrorSummary());
        Assert.Contains("sent no files yet", (await site.OpenAsync("/organisation/files", huw)).Text, StringComparison.Ordinal);
        File.Delete(folder);
        var later = await PortalSite.SendAsync(browser, "/organisation/files/upload?kind=registrations", "learners.csv", Good);
        Assert.Equal(HttpStatusCode.Redirect, later.StatusCode);
    }

    [Fact]
    public async Task A_form_that_breaks_off_keeps_nothing()
    {
        using var browser = await portal.Site.BrowserAsync(portal.Rhian);
        var page = await WebPage.ReadAsync(await browser.GetAsync("/organisation/files/upload?kind=registrations"));
        var token = page.Document.QuerySelector("main form input[name=__RequestVerificationToken]")!.GetAttribute("value");
        var text = $"--b\r\nContent-Disposition: form-data; name=\"__RequestVerificationToken\"\r\n\r\n{token}\r\n--b\r\nContent-Disposition: form-data; name=\"Chosen\"; filename=\"half.csv\"\r\n\r\nFileVersion,File";
        using var form = new StringContent(text);
        form.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
        var answer = await WebPage.ReadAsync(await browser.PostAsync("/organisation/files/upload?kind=registrations", form));

        Assert.Equal("The selected file could not be uploaded – try again. Nothing of it was kept", Assert.Single(answer.ErrorSummary()).Text);
        Assert.DoesNotContain("half.csv", (await portal.Site.OpenAsync("/organisation/files", portal.Rhian)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_uploads_of_one_file_at_once_make_one_batch()
    {
        var content = Encoding.UTF8.GetBytes(SmallBatches.Registrations("10007945", A.Learner("Gwawr", "Twice")));
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => portal.SendAsync(portal.Huw, "registrations", "same.csv", content)));
        var addresses = answers.Select(answer => answer.Headers.Location!.OriginalString).ToList();

        Assert.Single(addresses, address => !address.Contains("sent=before", StringComparison.Ordinal));
        Assert.Single(addresses.Select(address => address.Split('?')[0]).Distinct());
        await portal.Site.RunBatchesAsync();
        Assert.Equal("1", (await portal.Site.OpenAsync(addresses[0], portal.Huw)).SummaryListValue("Went in"));
    }

    [Fact]
    public async Task A_file_that_was_sent_before_is_not_judged_twice_unless_asked_for()
    {
        var text = SmallBatches.Registrations("10007945", A.Learner("Mared", "Again"));
        await portal.OutcomeAsync(portal.Huw, "registrations", "again.csv", text);
        var page = await portal.OutcomeAsync(portal.Huw, "registrations", "again.csv", text);
        Assert.Contains("You sent this file before, on 23 November 2026, 12:00pm: nothing was judged twice.", page.Text, StringComparison.Ordinal);

        using var browser = await portal.Site.BrowserAsync(portal.Huw);
        var fresh = await WebPage.ReadAsync(await browser.GetAsync(page.Response.RequestMessage!.RequestUri));
        var again = await fresh.SubmitAsync(browser, "Judge it again");
        await portal.Site.RunBatchesAsync();
        var outcome = await portal.Site.OpenAsync(again.Response.Headers.Location!.OriginalString, portal.Huw);
        Assert.Equal([["Already on the register, nothing changed (RC002)", "1"]], outcome.TableRows("What became of the rows"));
    }

    [Fact]
    public async Task A_page_of_an_unfinished_file_says_so_and_leaves_refreshing_to_the_reader()
    {
        var content = Encoding.UTF8.GetBytes(SmallBatches.Registrations("10007945", A.Learner("Elin", "Waiting")));
        var address = (await portal.SendAsync(portal.Huw, "registrations", "waiting.csv", content)).Headers.Location!.OriginalString;
        var waiting = await portal.Site.OpenAsync(address, portal.Huw);

        Assert.Equal("Waiting", waiting.SummaryListValue("State"));
        Assert.False(waiting.Response.Headers.Contains("Refresh"));
        Assert.Equal(address, waiting.Link("Refresh"));
        await portal.Site.RunBatchesAsync();
        var done = await portal.Site.OpenAsync(address, portal.Huw);
        Assert.Equal("Done", done.SummaryListValue("State"));
        Assert.False(done.HasLink("Refresh"));
    }

    private static async Task<WebPage> WithoutFileAsync(HttpClient browser, string address)
    {
        var page = await WebPage.ReadAsync(await browser.GetAsync(address));
        var token = page.Document.QuerySelector("main form input[name=__RequestVerificationToken]")!.GetAttribute("value");
        // As browsers send a file field that was left alone: an empty name and no bytes.
        var text = $"--b\r\nContent-Disposition: form-data; name=\"__RequestVerificationToken\"\r\n\r\n{token}\r\n--b\r\nContent-Disposition: form-data; name=\"Chosen\"; filename=\"\"\r\nContent-Type: application/octet-stream\r\n\r\n\r\n--b--\r\n";
        using var form = new StringContent(text);
        form.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
        return await WebPage.ReadAsync(await browser.PostAsync(address, form));
    }
}
