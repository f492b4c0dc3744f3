using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Core.Organisations;
using Plr.Testing;
using Plr.Testing.Pages;

namespace Plr.Server.Tests.SignIn;

public sealed class LinkAndSessionTests : IAsyncLifetime
{
    private TestSite _site = null!;
    private Account _officer = null!;

    private IAccountStore Accounts => _site.Services.GetRequiredService<IAccountStore>();

    public async ValueTask InitializeAsync()
    {
        _site = await TestSite.StartAsync();
        _officer = await _site.Seed.AccountAsync("Olwen Rees", Roles.OfficeSenior);
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Opening_a_link_uses_nothing_up_and_pressing_the_button_uses_it_once()
    {
        var address = await LinkAsync(_officer);
        await _site.OpenAsync(address);
        using var browser = _site.Browser();
        using var other = _site.Browser();
        var page = await WebPage.ReadAsync(await browser.GetAsync(address));
        var theirs = await WebPage.ReadAsync(await other.GetAsync(address));

        var first = await page.SubmitAsync(browser, "Sign in");
        var second = await theirs.SubmitAsync(other, "Sign in");

        Assert.Equal("Sign in with your one-time link", page.Heading());
        Assert.Equal("/sign-in/password", first.Response.Headers.Location?.OriginalString);
        Assert.Equal((HttpStatusCode.Gone, "This link does not work any more"), (second.Response.StatusCode, second.Heading()));
        Assert.Equal("Nid yw’r ddolen hon yn gweithio mwyach", (await _site.OpenAsync("/cy" + address)).Heading());
    }

    [Fact]
    public async Task A_link_ends_and_a_wrong_one_is_answered_alike()
    {
        var address = await LinkAsync(_officer);
        _site.Time.Advance(TimeSpan.FromMinutes(31));

        var late = await _site.OpenAsync(address);
        var wrong = await _site.OpenAsync("/sign-in/link?token=wrong");
        var none = await _site.OpenAsync("/sign-in/link");

        Assert.Equal("This link does not work any more", late.Heading());
        Assert.Equal((late.Text, late.Text), (wrong.Text, none.Text));
    }

    [Fact]
    public async Task The_secret_of_a_link_goes_no_further()
    {
        var address = await LinkAsync(_officer);
        using var browser = _site.Browser();
        var page = await WebPage.ReadAsync(await browser.GetAsync(address));
        var next = await page.SubmitAsync(browser, "Sign in");

        Assert.Equal(["no-referrer"], page.Response.Headers.GetValues("Referrer-Policy"));
        Assert.Equal("no-store", page.Response.Headers.CacheControl?.ToString());
        Assert.Equal("/sign-in/link", next.Response.RequestMessage!.RequestUri!.PathAndQuery);
        Assert.Equal(["same-origin"], (await _site.OpenAsync("/")).Response.Headers.GetValues("Referrer-Policy"));
    }

    [Fact]
    public async Task The_first_password_is_set_after_the_link_and_signs_in_from_then_on()
    {
        using var browser = await ByLinkAsync(_officer);
        var page = await WebPage.ReadAsync(await browser.GetAsync("/sign-in/password"));
        var tooShort = await page.SubmitAsync(browser, "Save password", ("New password", "short"));
        var common = await tooShort.SubmitAsync(browser, "Save password", ("New password", "Password"));
        var own = await common.SubmitAsync(browser, "Save password", ("New password", "olwen.rees1"));
        var set = await own.SubmitAsync(browser, "Save password", ("New password", "blue lamp harbour"));
        using var another = _site.Browser();
        var signIn = await WebPage.ReadAsync(await another.GetAsync("/sign-in"));
        var home = await signIn.SubmitAsync(another, "Sign in", ("E-mail address", "olwen.rees@example.org"), ("Password", "blue lamp harbour"));

        Assert.Equal("Set a password", page.Heading());
        Assert.False(page.HasLink("Not now"));
        Assert.Equal([("The new password must have at least 8 characters", "#Password")], tooShort.ErrorSummary());
        const string Guessed = "Choose another password: this one is easily guessed, because many people use it or because it is the service’s name, your name or your e-mail address";
        Assert.Equal([(Guessed, "#Password")], common.ErrorSummary());
        Assert.Equal([(Guessed, "#Password")], own.ErrorSummary());
        Assert.Equal("/sign-in/password-set", set.Response.Headers.Location?.OriginalString);
        Assert.Equal("/account/security/app", home.Response.Headers.Location?.OriginalString);
        Assert.Equal("Change your password", (await WebPage.ReadAsync(await another.GetAsync("/sign-in/password"))).Heading());
    }

    [Fact]
    public async Task An_open_session_is_not_enough_to_change_a_password_but_a_link_is()
    {
        using var first = await ByLinkAsync(_officer);
        await (await WebPage.ReadAsync(await first.GetAsync("/sign-in/password"))).SubmitAsync(first, "Save password", ("New password", "blue lamp harbour"));
        using var browser = _site.Browser();
        var signIn = await WebPage.ReadAsync(await browser.GetAsync("/sign-in"));
        await signIn.SubmitAsync(browser, "Sign in", ("E-mail address", "olwen.rees@example.org"), ("Password", "blue lamp harbour"));
        var page = await WebPage.ReadAsync(await browser.GetAsync("/sign-in/password"));
        var wrong = await page.SubmitAsync(browser, "Save password", ("Current password", "red lamp harbour"), ("New password", "green lamp harbour"));
        var right = await wrong.SubmitAsync(browser, "Save password", ("Current password", "blue lamp harbour"), ("New password", "green lamp harbour"));

        Assert.Equal([("That is not your current password, or you must wait a moment before you try again", "#Current")], wrong.ErrorSummary());
        Assert.Equal("/sign-in/password-set", right.Response.Headers.Location?.OriginalString);
        using var forgotten = await ByLinkAsync(_officer);
        var again = await WebPage.ReadAsync(await forgotten.GetAsync("/sign-in/password"));
        Assert.False(again.Document.QuerySelector("#Current") is not null);
        Assert.Equal("/sign-in/password-set", (await again.SubmitAsync(forgotten, "Save password", ("New password", "yellow lamp harbour"))).Response.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_learner_may_go_on_without_a_password_and_one_without_an_email_address_is_not_asked()
    {
        var college = await _site.Seed.CollegePersonAsync(await _site.Seed.CollegeAsync());
        var amelia = await _site.Seed.RegisterAsync(A.Learner(), college);
        var gareth = await _site.Seed.RegisterAsync(A.Learner("Gareth", "Lloyd"), college);
        var withAddress = await _site.Seed.LearnerAccountAsync(amelia, A.Learner());
        await _site.Services.GetRequiredService<InviteAccount>().RunAsync(new(null, gareth.ToString()), Seeds.Upkeep);
        var without = await Accounts.FindAsync(gareth);

        using var browser = await ByLinkAsync(withAddress);
        var page = await WebPage.ReadAsync(await browser.GetAsync("/cy/sign-in/password"));
        using var plain = _site.Browser();
        var next = await (await WebPage.ReadAsync(await plain.GetAsync(await LinkAsync(without!)))).SubmitAsync(plain, "Sign in");

        Assert.Equal("/cy/learner", page.Link("Ddim nawr"));
        Assert.Equal("/learner", next.Response.Headers.Location?.OriginalString);
        Assert.Equal("/learner", (await plain.GetAsync("/sign-in/password")).Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_on_the_server()
    {
        using var browser = await _site.BrowserAsync(_officer);
        var cookie = await CookieAsync(browser);
        var page = await WebPage.ReadAsync(await browser.GetAsync("/sign-in/password"));

        var answer = await page.SubmitAsync(browser, "Sign out");

        Assert.Equal("/signed-out", answer.Response.Headers.Location?.OriginalString);
        Assert.Equal("You have signed out", (await WebPage.ReadAsync(await browser.GetAsync("/signed-out"))).Heading());
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(cookie));
        Assert.Equal("/signed-out", (await page.SubmitAsync(browser, "Sign out")).Response.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Another_site_cannot_sign_anybody_out()
    {
        using var browser = await _site.BrowserAsync(_officer);
        using var empty = new FormUrlEncodedContent([]);

        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync("/sign-out", empty)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/sign-out")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/sign-in/password")).StatusCode);
    }

    [Fact]
    public async Task Suspending_the_account_ends_its_sessions_at_once()
    {
        using var browser = await _site.BrowserAsync(_officer);
        var before = (await browser.GetAsync("/sign-in/password")).StatusCode;

        await Accounts.SetStatusAsync(_officer.Id, AccountStatus.Suspended, Seeds.Upkeep);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Redirect), (before, (await browser.GetAsync("/sign-in/password")).StatusCode));
    }

    [Fact]
    public async Task Suspending_the_organisation_puts_its_people_out_at_once()
    {
        var college = await _site.Seed.CollegeAsync();
        using var browser = await _site.BrowserAsync(await _site.Seed.CollegePersonAsync(college));
        var organisations = _site.Services.GetRequiredService<IOrganisationStore>();

        var before = (await browser.GetAsync("/sign-in/password")).StatusCode;
        await organisations.SetStatusAsync(college.Id, OrganisationStatus.Suspended, Seeds.Upkeep);

        Assert.Equal(HttpStatusCode.OK, before);
        Assert.Equal("/sign-in?to=%2Fsign-in%2Fpassword", (await browser.GetAsync("/sign-in/password")).Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_session_ends_when_it_is_not_used_and_after_twelve_hours_in_any_case()
    {
        using var idle = await _site.BrowserAsync(_officer);
        using var busy = await _site.BrowserAsync(_officer);
        _site.Time.Advance(TimeSpan.FromMinutes(20));
        await busy.GetAsync("/sign-in/password");
        _site.Time.Advance(TimeSpan.FromMinutes(20));

        Assert.Equal(HttpStatusCode.Redirect, (await idle.GetAsync("/sign-in/password")).StatusCode);
        for (var minutes = 40; minutes < 12 * 60; minutes += 20)
        {
            Assert.Equal(HttpStatusCode.OK, (await busy.GetAsync("/sign-in/password")).StatusCode);
            _site.Time.Advance(TimeSpan.FromMinutes(20));
        }

        Assert.Equal(HttpStatusCode.Redirect, (await busy.GetAsync("/sign-in/password")).StatusCode);
    }

    [Fact]
    public async Task Signing_in_begins_a_session_with_a_key_of_its_own_and_ends_the_one_the_browser_had()
    {
        using var browser = await _site.BrowserAsync(_officer);
        var before = await CookieAsync(browser);

        var page = await WebPage.ReadAsync(await browser.GetAsync(await LinkAsync(_officer)));
        var answer = await page.SubmitAsync(browser, "Sign in");

        var cookie = Assert.Single(answer.Response.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("plr=", StringComparison.Ordinal));
        Assert.Matches("^plr-device=[A-Za-z0-9_-]{43}; max-age=34560000; path=/; samesite=lax; httponly$", Assert.Single(answer.Response.Headers.GetValues("Set-Cookie"), other => other != cookie));
        Assert.DoesNotContain(before, cookie, StringComparison.Ordinal);
        Assert.Matches("^plr=[A-Za-z0-9_-]{43}; path=/; samesite=lax; httponly$", cookie);
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(before));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/sign-in/password")).StatusCode);
    }

    [Fact]
    public async Task Over_https_the_session_cookie_is_secure_and_the_hosts_alone()
    {
        await using var site = await TestSite.StartAsync(new Settings { PublicUrl = "https://records.example.org" });
        var officer = await site.Seed.AccountAsync("Olwen Rees", Roles.OfficeSenior);
        using var browser = site.Browser();
        browser.BaseAddress = new Uri("https://records.example.org/");
        var page = await WebPage.ReadAsync(await browser.GetAsync(await LinkAsync(officer, site)));

        var answer = await page.SubmitAsync(browser, "Sign in");

        var cookies = answer.Response.Headers.GetValues("Set-Cookie").Order(StringComparer.Ordinal).ToList();
        Assert.Equal(2, cookies.Count);
        Assert.Matches("^__Host-plr-device=[A-Za-z0-9_-]{43}; max-age=34560000; path=/; secure; samesite=lax; httponly$", cookies[0]);
        Assert.Matches("^__Host-plr=[A-Za-z0-9_-]{43}; path=/; secure; samesite=lax; httponly$", cookies[1]);
    }

    [Theory]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("'; DROP TABLE session; --")]
    [InlineData("")]
    public async Task A_cookie_that_nobody_was_given_opens_nothing(string cookie) => Assert.Equal(HttpStatusCode.Redirect, await StatusAsync("plr=" + cookie));

    private async Task<string> LinkAsync(Account account, TestSite? site = null)
    {
        var token = Secret.New();
        var accounts = (site ?? _site).Services.GetRequiredService<IAccountStore>();
        await accounts.InviteAsync(account.Id, Secret.Hash(token), _site.Time.GetUtcNow() + TimeSpan.FromMinutes(30), Seeds.Upkeep);
        return "/sign-in/link?token=" + token;
    }

    private async Task<HttpClient> ByLinkAsync(Account account)
    {
        var browser = _site.Browser();
        var page = await WebPage.ReadAsync(await browser.GetAsync(await LinkAsync(account)));
        await page.SubmitAsync(browser, "Sign in");
        return browser;
    }

    /// <summary>The cookies that a browser sends.</summary>
    private static async Task<string> CookieAsync(HttpClient browser) =>
        (await browser.GetAsync("/")).RequestMessage!.Headers.GetValues("Cookie").Single().Split("; ").Single(cookie => cookie.StartsWith("plr=", StringComparison.Ordinal));

    private async Task<HttpStatusCode> StatusAsync(string cookie)
    {
        using var browser = _site.Browser();
        browser.DefaultRequestHeaders.Add("Cookie", cookie);
        return (await browser.GetAsync("/sign-in/password")).StatusCode;
    }
}
