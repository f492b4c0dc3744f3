using System.Net;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Server.Mail;
using Plr.Testing;
using Plr.Testing.Pages;

namespace Plr.Server.Tests.SignIn;

public sealed class SendLinkTests : IAsyncLifetime
{
    private TestSite _site = null!;
    private Account _learner = null!;

    public async ValueTask InitializeAsync()
    {
        _site = await TestSite.StartAsync();
        var college = await _site.Seed.CollegeAsync();
        var uln = await _site.Seed.RegisterAsync(A.Learner(), await _site.Seed.CollegePersonAsync(college));
        _learner = await _site.Seed.AccountAsync("Siân Pritchard", Roles.Learner, uln: uln, email: "sian@example.org");
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Who_has_forgotten_the_password_is_sent_a_link_that_signs_in_once()
    {
        using var browser = _site.Browser();
        var sent = await AskAsync(browser, " Sian@Example.org ");
        var mail = Assert.Single(await MailAsync());
        var link = mail.TextBody!.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Single(word => word.StartsWith("http", StringComparison.Ordinal));
        var page = await WebPage.ReadAsync(await browser.GetAsync(new Uri(link).PathAndQuery));
        var signedIn = await page.SubmitAsync(browser, "Sign in");
        using var other = _site.Browser();
        var again = await WebPage.ReadAsync(await other.GetAsync(new Uri(link).PathAndQuery));

        Assert.Equal("Look in your e-mail", sent.Heading());
        Assert.Equal("sian@example.org", Assert.IsType<MailboxAddress>(Assert.Single(mail.To)).Address);
        Assert.Equal(HttpStatusCode.Redirect, signedIn.Response.StatusCode);
        Assert.Equal("This link does not work any more", again.Heading());
    }

    [Fact]
    public async Task Nothing_tells_whether_there_is_such_an_account()
    {
        using var browser = _site.Browser();

        var some = await AskAsync(browser, "sian@example.org");
        var none = await AskAsync(browser, "nobody@example.org");

        Assert.Equal((some.Response.StatusCode, some.Text), (none.Response.StatusCode, none.Text));
        Assert.Single(await MailAsync());
    }

    [Fact]
    public async Task Asking_again_at_once_sends_nothing_and_later_ends_the_first_link()
    {
        using var browser = _site.Browser();
        await AskAsync(browser, "sian@example.org");
        await AskAsync(browser, "sian@example.org");
        var first = Assert.Single(await MailAsync());
        _site.Time.Advance(TimeSpan.FromMinutes(3));
        await AskAsync(browser, "sian@example.org");

        Assert.Equal(2, (await MailAsync()).Count);
        var link = first.TextBody!.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Single(word => word.StartsWith("http", StringComparison.Ordinal));
        Assert.Equal("This link does not work any more", (await _site.OpenAsync(new Uri(link).PathAndQuery)).Heading());
    }

    [Fact]
    public async Task A_suspended_account_is_sent_nothing()
    {
        await _site.Services.GetRequiredService<IAccountStore>().SetStatusAsync(_learner.Id, AccountStatus.Suspended, Seeds.Upkeep);
        using var browser = _site.Browser();

        Assert.Equal("Look in your e-mail", (await AskAsync(browser, "sian@example.org")).Heading());
        Assert.Empty(await MailAsync());
    }

    [Theory]
    [InlineData("", "Enter your e-mail address")]
    [InlineData("sian", "Enter an e-mail address such as name@example.org")]
    public async Task What_is_no_address_is_said_at_the_field(string typed, string error)
    {
        using var browser = _site.Browser();

        Assert.Equal(error, (await AskAsync(browser, typed)).ErrorAt("E-mail address"));
    }

    [Fact]
    public async Task The_page_speaks_Welsh()
    {
        using var browser = _site.Browser();
        Assert.Equal("Mewngofnodi gyda dolen a anfonwn atoch", (await WebPage.ReadAsync(await browser.GetAsync("/cy/sign-in/send-link"))).Heading());
    }

    private static async Task<WebPage> AskAsync(HttpClient browser, string address) =>
        await (await WebPage.ReadAsync(await browser.GetAsync("/sign-in/send-link"))).SubmitAsync(browser, "Send the link", ("E-mail address", address));

    private async Task<List<MimeMessage>> MailAsync()
    {
        await _site.Services.GetRequiredService<MailRound>().RunAsync(default);
        var folder = Path.Combine(_site.Services.GetRequiredService<Settings>().DataFolder, "mail");
        return Directory.Exists(folder) ? [.. Directory.GetFiles(folder).Order().Select(file => MimeMessage.Load(file))] : [];
    }
}
