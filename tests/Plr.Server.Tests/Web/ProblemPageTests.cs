using System.Net;
using Plr.Testing.Pages;

namespace Plr.Server.Tests.Web;

public sealed class ProblemPageTests : IAsyncLifetime
{
    private TestSite _site = null!;

    public async ValueTask InitializeAsync() => _site = await TestSite.StartAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Theory]
    [InlineData("/nowhere?x=1", HttpStatusCode.NotFound, "Page not found", "Heb ddod o hyd i’r dudalen")]
    [InlineData("/problem", HttpStatusCode.NotFound, "Page not found", "Heb ddod o hyd i’r dudalen")]
    [InlineData("/cookies?test=403", HttpStatusCode.Forbidden, "You cannot see this page", "Ni allwch weld y dudalen hon")]
    [InlineData("/cookies?test=413", HttpStatusCode.RequestEntityTooLarge, "What you sent is too large", "Mae’r hyn a anfonwyd gennych yn rhy fawr")]
    [InlineData("/cookies?test=bug", HttpStatusCode.InternalServerError, "Sorry, there is a problem with the service", "Mae’n ddrwg gennym, mae problem gyda’r gwasanaeth")]
    public async Task A_page_that_cannot_be_shown_says_so_in_words(string address, HttpStatusCode status, string english, string welsh)
    {
        var page = await _site.OpenAsync(address);
        var tudalen = await _site.OpenAsync("/cy" + address);

        Assert.Equal((status, english, "en"), (page.Response.StatusCode, page.Heading(), page.Language));
        Assert.Equal((status, welsh, "cy"), (tudalen.Response.StatusCode, tudalen.Heading(), tudalen.Language));
        Assert.Equal("/cy" + address, page.Link("Cymraeg"));
        Assert.Equal(address, tudalen.Link("English"));
        // As a word of its own: a reference may hold the three digits by chance.
        Assert.DoesNotMatch($@"\b{(int)status}\b", page.Text);
        Assert.Equal("no-store", page.Response.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task A_bug_shows_a_reference_and_nothing_of_its_inside()
    {
        var page = await _site.OpenAsync("/cookies?test=bug");

        Assert.Matches("give this reference: [0-9a-zA-Z:]{8,}", page.Text);
        Assert.DoesNotContain(FailsOnRequest.Secret, page.Document.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", page.Document.DocumentElement.OuterHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bug_in_a_form_that_was_sent_shows_the_same_page()
    {
        using var browser = _site.Browser();
        var form = await WebPage.ReadAsync(await browser.GetAsync("/test/every-field"));
        form.Document.QuerySelector("main form")!.SetAttribute("action", "/test/every-field?test=bug");
        var page = await form.SubmitAsync(browser, "Send everything");

        Assert.Equal((HttpStatusCode.InternalServerError, "Sorry, there is a problem with the service"), (page.Response.StatusCode, page.Heading()));
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused_in_words()
    {
        using var browser = _site.Browser();
        using var nothing = new FormUrlEncodedContent([]);
        var page = await WebPage.ReadAsync(await browser.PostAsync("/test/every-field", nothing));

        Assert.Equal((HttpStatusCode.BadRequest, "We could not read what was sent"), (page.Response.StatusCode, page.Heading()));
        Assert.Equal("/cy/test/every-field", page.Link("Cymraeg"));
    }
}
