using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Core.Mail;
using Plr.Server.SignIn;
using Plr.Testing;
using Plr.Testing.Pages;

namespace Plr.Server.Tests.SignIn;

public sealed class SessionListTests : IAsyncLifetime
{
    private const string Password = "three words together";
    private TestSite _site = null!;
    private Account _account = null!;

    public async ValueTask InitializeAsync()
    {
        _site = await TestSite.StartAsync();
        var uln = await _site.Seed.RegisterAsync(A.Learner(), await _site.Seed.CollegePersonAsync(await _site.Seed.CollegeAsync()));
        _account = await _site.Seed.AccountAsync("Olwen Rees", Roles.Learner, uln: uln, passwordHash: _site.Services.GetRequiredService<IPasswordHasher>().Hash(Password));
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Sessions_are_listed_with_this_one_first_and_ended_one_by_one_or_all_others_at_once()
    {
        using var phone = await SignInAsync("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1");
        using var library = await SignInAsync("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:121.0) Gecko/20100101 Firefox/121.0");
        using var plain = await SignInAsync("");
        using var own = await SignInAsync("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36");
        var page = await WebPage.ReadAsync(await own.GetAsync("/account/security"));

        Assert.Equal(["Chrome, Linux", "Unknown browser", "Firefox, Windows", "Safari, iPhone"], page.Document.QuerySelectorAll("h3").Select(h => h.TextContent));
        Assert.Contains("Signed in 23 November 2026, 12:00pm", page.Text, StringComparison.Ordinal);
        await page.SubmitAsync(own, "Sign out (Unknown browser, 23 November 2026, 12:00pm)");
        Assert.False(await IsSignedInAsync(plain));
        Assert.True(await IsSignedInAsync(phone) && await IsSignedInAsync(library));
        await (await WebPage.ReadAsync(await own.GetAsync("/account/security"))).SubmitAsync(own, "Sign out everywhere else");
        Assert.True(await IsSignedInAsync(own));
        Assert.False(await IsSignedInAsync(phone) || await IsSignedInAsync(library));
    }

    [Fact]
    public async Task Nobody_ends_somebody_elses_session()
    {
        using var own = await SignInAsync("");
        var college = await _site.Services.GetRequiredService<IAccountStore>().FindAsync("huw.pugh@example.org");
        using var thief = await _site.BrowserAsync(college!);
        var target = Assert.Single(await _site.Services.GetRequiredService<IAccountStore>().OpenSessionsAsync(_account.Id, _site.Time.GetUtcNow()));
        var page = await WebPage.ReadAsync(await thief.GetAsync("/account/security"));
        var token = page.Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("Id", target.Id.ToString())]);
        await thief.PostAsync("/account/security?handler=End", form);

        Assert.True(await IsSignedInAsync(own));
    }

    [Fact]
    public async Task What_names_no_session_ends_none()
    {
        using var other = await SignInAsync("");
        using var own = await SignInAsync("");
        var page = await WebPage.ReadAsync(await own.GetAsync("/account/security"));
        var token = page.Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("Id", "nonsense")]);
        using var answer = await own.PostAsync("/account/security?handler=End", form);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.True(await IsSignedInAsync(other) && await IsSignedInAsync(own));
    }

    [Fact]
    public async Task A_new_device_is_told_by_mail_and_neither_the_first_nor_one_that_is_known()
    {
        using var first = await SignInAsync("");
        Assert.Empty(await MailAsync());
        using var second = await SignInAsync("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:121.0) Gecko/20100101 Firefox/121.0");
        Assert.Equal(["Firefox, Windows"], Assert.Single(await MailAsync()).Values);
        await (await WebPage.ReadAsync(await second.GetAsync("/learner"))).SubmitAsync(second, "Sign out");
        await SignInAsync(second);

        Assert.True(await IsSignedInAsync(second));
        Assert.Empty(await MailAsync());
    }

    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36 Edg/120.0", "Edge, Windows")]
    [InlineData("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36", "Chrome, Android")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 14_1) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Safari/605.1.15", "Safari, Mac")]
    [InlineData("<script>alert(1)</script>", null)]
    [InlineData(null, null)]
    public void Only_the_family_and_the_system_are_kept_of_what_a_browser_says(string? userAgent, string? kept) => Assert.Equal(kept, Browsers.Of(userAgent));

    private async Task<HttpClient> SignInAsync(string userAgent)
    {
        var browser = _site.Browser();
        browser.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", userAgent);
        await SignInAsync(browser);
        _site.Time.Advance(TimeSpan.FromSeconds(1));
        return browser;
    }

    private static async Task SignInAsync(HttpClient browser) => await (await WebPage.ReadAsync(await browser.GetAsync("/sign-in"))).SubmitAsync(
        browser, "Sign in", ("E-mail address", "olwen.rees@example.org"), ("Password", Password));

    private static async Task<bool> IsSignedInAsync(HttpClient browser) => (await browser.GetAsync("/learner")).IsSuccessStatusCode;

    private async Task<IReadOnlyList<ClaimedMail>> MailAsync()
    {
        var (outbox, found) = (_site.Services.GetRequiredService<IOutbox>(), new List<ClaimedMail>());
        while (await outbox.ClaimAsync(_site.Time.GetUtcNow(), TimeSpan.FromMinutes(1)) is { } mail)
        {
            found.Add(mail);
            await outbox.SentAsync(mail, _site.Time.GetUtcNow());
        }

        return found;
    }
}
