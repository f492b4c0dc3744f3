using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Core.Organisations;
using Plr.Testing;
using Plr.Testing.Pages;

namespace Plr.Server.Tests.SignIn;

/// <summary>What is wrong with a passkey is never said: each of these gets the same words, opens nothing and breaks nothing.</summary>
public sealed class PasskeyRefusalTests : IAsyncLifetime
{
    private const string Refused = "The passkey was not accepted. Try again within 5 minutes of pressing the button, or sign in another way.";
    private TestSite _site = null!;
    private Account _account = null!;

    /// <summary>Everything that a device, or a page in the middle, can say wrongly.</summary>
    private static readonly Dictionary<string, Action<PasskeyDevice>> Wrong = new()
    {
        ["another origin"] = device => device.Origin = "https://localhost:5080",
        ["another port"] = device => device.Origin = "http://localhost:5081",
        ["an origin with a path"] = device => device.Origin = "http://localhost:5080/",
        ["a neighbour's origin"] = device => device.Origin = "http://evil.localhost:5080",
        ["no origin"] = device => device.Origin = "",
        ["a page in another site's frame"] = device => device.IsCrossOrigin = true,
        ["another relying party"] = device => device.RpId = "example.org",
        ["nobody present"] = device => device.IsPresent = false,
        ["no user verification"] = device => device.IsVerified = false,
        ["another challenge"] = device => device.Challenge = System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)),
        ["no challenge"] = device => device.Challenge = "",
        ["another kind of answer"] = device => device.Type = "payment.get",
    };

    public static TheoryData<string> EverythingWrong => [.. Wrong.Keys];

    public async ValueTask InitializeAsync()
    {
        _site = await TestSite.StartAsync();
        _account = await _site.Seed.AccountAsync("Olwen Rees", Roles.OfficeSenior);
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Theory]
    [MemberData(nameof(EverythingWrong))]
    public async Task What_a_device_says_wrongly_neither_signs_in_nor_is_added(string what)
    {
        using var device = await DeviceAsync(_account);
        using var browser = _site.Browser();
        using var session = await _site.BrowserAsync(_account);
        using var added = new PasskeyDevice();
        var page = await WebPage.ReadAsync(await session.GetAsync("/account/security/passkeys/add"));
        page = await page.SubmitAsync(session, "Continue");
        Wrong[what](device);
        Wrong[what](added);

        await AssertRefusedAsync(browser, await SignInAsync(browser, device));
        Assert.Equal(Refused, Assert.Single((await PasskeyDevice.SendAsync(session, page, added.Make(AskedNew(page)))).ErrorSummary()).Text);
        Assert.Single(await _site.Services.GetRequiredService<IPasskeyStore>().ListAsync(_account.Id));
    }

    [Fact]
    public async Task A_signature_of_another_key_does_not_sign_in()
    {
        using var device = await DeviceAsync(_account);
        device.Forge();
        using var browser = _site.Browser();

        await AssertRefusedAsync(browser, await SignInAsync(browser, device));
    }

    [Fact]
    public async Task A_count_that_goes_back_does_not_sign_in_and_one_that_goes_on_does()
    {
        using var device = await DeviceAsync(_account, count: 7);
        using var browser = _site.Browser();
        foreach (var count in new uint[] { 7, 6, 0 })
        {
            device.Count = count;
            await AssertRefusedAsync(browser, await SignInAsync(browser, device));
        }

        device.Count = 8;
        Assert.Equal("/office", (await SignInAsync(browser, device)).Response.Headers.Location?.OriginalString);
        Assert.Equal(8, Assert.Single(await _site.Services.GetRequiredService<IPasskeyStore>().ListAsync(_account.Id)).SignCount);
    }

    [Fact]
    public async Task A_key_does_not_sign_in_as_somebody_else_or_as_nobody()
    {
        var other = await _site.Seed.AccountAsync("Megan Ellis", Roles.OfficeAgent);
        using var device = await DeviceAsync(_account);
        using var browser = _site.Browser();
        foreach (var owner in new[] { other.Id.ToString("N"), Guid.Empty.ToString("N"), "not an id", null })
        {
            device.UserHandle = owner;
            await AssertRefusedAsync(browser, await SignInAsync(browser, device));
        }
    }

    [Fact]
    public async Task A_key_of_a_suspended_account_or_organisation_does_not_sign_in()
    {
        var college = await _site.Seed.CollegeAsync();
        var person = await _site.Seed.CollegePersonAsync(college);
        using var first = await DeviceAsync(_account);
        using var second = await DeviceAsync(person);
        using var browser = _site.Browser();
        await _site.Services.GetRequiredService<IAccountStore>().SetStatusAsync(_account.Id, AccountStatus.Suspended, Seeds.Upkeep);
        await _site.Services.GetRequiredService<IOrganisationStore>().SetStatusAsync(college.Id, OrganisationStatus.Suspended, Seeds.Upkeep);

        await AssertRefusedAsync(browser, await SignInAsync(browser, first));
        await AssertRefusedAsync(browser, await SignInAsync(browser, second));
    }

    [Fact]
    public async Task A_challenge_is_over_after_five_minutes()
    {
        using var device = await DeviceAsync(_account);
        using var browser = _site.Browser();
        var (page, asked, _) = await AskAsync(browser);
        _site.Time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        Assert.Equal("/office", (await PasskeyDevice.SendAsync(browser, page, device.Show(asked))).Response.Headers.Location?.OriginalString);

        using var late = _site.Browser();
        (page, asked, _) = await AskAsync(late);
        _site.Time.Advance(TimeSpan.FromMinutes(5));
        await AssertRefusedAsync(late, await PasskeyDevice.SendAsync(late, page, device.Show(asked)));
    }

    [Fact]
    public async Task An_answer_that_was_overheard_with_its_cookie_signs_in_once()
    {
        using var device = await DeviceAsync(_account);
        using var asking = _site.Browser();
        using var browser = _site.Browser();
        using var thief = _site.Browser();
        var (_, asked, cookie) = await AskAsync(asking);
        var answer = device.Show(asked);
        var page = await WebPage.ReadAsync(await browser.GetAsync("/sign-in"));
        var thiefs = await WebPage.ReadAsync(await thief.GetAsync("/sign-in"));
        browser.DefaultRequestHeaders.Add("Cookie", cookie);
        thief.DefaultRequestHeaders.Add("Cookie", cookie);

        Assert.Equal("/office", (await PasskeyDevice.SendAsync(browser, page, answer)).Response.Headers.Location?.OriginalString);
        await AssertRefusedAsync(thief, await PasskeyDevice.SendAsync(thief, thiefs, answer));
        // The count says nothing here (0): it is the challenge that was used before.
        Assert.Equal(0, Assert.Single(await _site.Services.GetRequiredService<IPasskeyStore>().ListAsync(_account.Id)).SignCount);
    }

    [Fact]
    public async Task A_challenge_of_another_browser_session_or_purpose_is_not_answered()
    {
        using var device = await DeviceAsync(_account);
        using var browser = _site.Browser();
        using var other = _site.Browser();
        var (_, asked, _) = await AskAsync(browser);
        await AssertRefusedAsync(other, await PasskeyDevice.SendAsync(other, await WebPage.ReadAsync(await other.GetAsync("/sign-in")), device.Show(asked)));
        var (page, _, _) = await AskAsync(other);
        await AssertRefusedAsync(other, await PasskeyDevice.SendAsync(other, page, device.Show(asked)));

        using var first = await _site.BrowserAsync(_account);
        using var second = await _site.BrowserAsync(_account);
        using var added = new PasskeyDevice();
        var mine = await (await WebPage.ReadAsync(await first.GetAsync("/account/security/passkeys/add"))).SubmitAsync(first, "Continue");
        var theirs = await WebPage.ReadAsync(await second.GetAsync("/account/security/passkeys/add"));
        var token = theirs.Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("Credential", added.Make(AskedNew(mine)))]);
        second.DefaultRequestHeaders.Add("Cookie", CookieOf(mine.Response));
        Assert.Equal(Refused, Assert.Single((await WebPage.ReadAsync(await second.PostAsync("/account/security/passkeys/add?handler=Keep", form))).ErrorSummary()).Text);
        Assert.Single(await _site.Services.GetRequiredService<IPasskeyStore>().ListAsync(_account.Id));
    }

    [Fact]
    public async Task A_second_factor_that_was_asked_for_in_one_session_is_not_given_in_another()
    {
        await PhoneApp.SetUpAsync(_site, _account);
        using var device = await DeviceAsync(_account);
        using var first = await HalfAsync();
        using var second = await HalfAsync();
        var page = await WebPage.ReadAsync(await second.GetAsync("/sign-in/factor"));
        var asking = await first.GetAsync("/sign-in/factor?handler=AskPasskey");
        var asked = await asking.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        second.DefaultRequestHeaders.Add("Cookie", CookieOf(asking));

        Assert.Equal(Refused, Assert.Single((await PasskeyDevice.SendAsync(second, page, device.Show(asked))).ErrorSummary()).Text);
        Assert.Equal("/sign-in/factor?to=%2Foffice", (await second.GetAsync("/office")).Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"id\":\"AA\"}")]
    [InlineData("{\"id\":\"AA\",\"type\":\"public-key\",\"clientExtensionResults\":{},\"response\":null}")]
    [InlineData("{\"id\":\"*\",\"type\":\"public-key\",\"clientExtensionResults\":{},\"response\":{\"clientDataJSON\":\"AA\",\"authenticatorData\":\"AA\",\"signature\":\"AA\",\"userHandle\":\"AA\",\"attestationObject\":\"AA\"}}")]
    [InlineData("{\"id\":\"AA\",\"type\":\"public-key\",\"clientExtensionResults\":{},\"response\":{\"clientDataJSON\":\"bnVsbA\",\"authenticatorData\":\"AA\",\"signature\":\"\",\"userHandle\":\"_w\",\"attestationObject\":\"v4__\"}}")]
    [InlineData("{\"id\":\"\\ud800\"}")]
    [InlineData("deep")]
    [InlineData("long")]
    public async Task What_is_no_passkey_at_all_is_refused_in_the_same_words(string credential)
    {
        credential = credential switch { "deep" => new string('[', 8000), "long" => "{\"id\":\"" + new string('A', 200_000) + "\"}", _ => credential };
        using var browser = _site.Browser();
        using var session = await _site.BrowserAsync(_account);
        var (page, _, _) = await AskAsync(browser);
        var add = await (await WebPage.ReadAsync(await session.GetAsync("/account/security/passkeys/add"))).SubmitAsync(session, "Continue");

        await AssertRefusedAsync(browser, await PasskeyDevice.SendAsync(browser, page, credential));
        Assert.Equal(Refused, Assert.Single((await PasskeyDevice.SendAsync(session, add, credential)).ErrorSummary()).Text);
    }

    [Theory]
    [InlineData("AAAA")]
    [InlineData("*")]
    [InlineData("")]
    public async Task A_cookie_that_is_not_ours_is_no_challenge(string value)
    {
        using var device = await DeviceAsync(_account);
        using var browser = _site.Browser();
        using var asking = _site.Browser();
        var (_, asked, _) = await AskAsync(asking);
        var page = await WebPage.ReadAsync(await browser.GetAsync("/sign-in"));
        browser.DefaultRequestHeaders.Add("Cookie", "plr-passkey=" + value);

        await AssertRefusedAsync(browser, await PasskeyDevice.SendAsync(browser, page, device.Show(asked)));
    }

    private async Task<PasskeyDevice> DeviceAsync(Account account, uint count = 0)
    {
        var device = new PasskeyDevice { Count = count };
        await device.AddToAsync(_site, account);
        return device;
    }

    private static async Task<(WebPage Page, string Asked, string Cookie)> AskAsync(HttpClient browser)
    {
        var page = await WebPage.ReadAsync(await browser.GetAsync("/sign-in"));
        var asking = await browser.GetAsync("/sign-in?handler=AskPasskey");
        return (page, await asking.Content.ReadAsStringAsync(), CookieOf(asking));
    }

    private static async Task<WebPage> SignInAsync(HttpClient browser, PasskeyDevice device)
    {
        var (page, asked, _) = await AskAsync(browser);
        return await PasskeyDevice.SendAsync(browser, page, device.Show(asked));
    }

    private static async Task AssertRefusedAsync(HttpClient browser, WebPage page)
    {
        Assert.Equal(HttpStatusCode.OK, page.Response.StatusCode);
        Assert.Equal("Sign in", (await WebPage.ReadAsync(await browser.GetAsync(page.Response.RequestMessage!.RequestUri))).Heading());
        Assert.Equal(Refused, Assert.Single(page.ErrorSummary()).Text);
        Assert.Equal("/sign-in?to=%2Foffice", (await browser.GetAsync("/office")).Headers.Location?.OriginalString);
    }

    private static string AskedNew(WebPage page) => page.Document.QuerySelector("form[data-passkey-new]")!.GetAttribute("data-passkey-new")!;

    private static string CookieOf(HttpResponseMessage response) =>
        response.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("plr-passkey=", StringComparison.Ordinal)).Split(';')[0];

    /// <summary>A browser in which only the first step is done.</summary>
    private async Task<HttpClient> HalfAsync()
    {
        var accounts = _site.Services.GetRequiredService<IAccountStore>();
        var begun = await SessionBegun.BeginAsync(
            accounts, _site.Services.GetRequiredService<SessionRules>(), (await accounts.GetAsync(_account.Id))!, _site.Time.GetUtcNow(), Seeds.AccessOf(_account, Purpose.OwnRecord), default);
        var browser = _site.Browser();
        browser.DefaultRequestHeaders.Add("Cookie", "plr=" + begun.Key);
        return browser;
    }
}
