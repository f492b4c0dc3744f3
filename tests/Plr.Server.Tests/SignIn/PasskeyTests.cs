using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Core.Mail;
using Plr.Testing;
using Plr.Testing.Pages;

namespace Plr.Server.Tests.SignIn;

/// <summary>Adding, showing and removing passkeys, in this process over HTTP with a device written for it.</summary>
public sealed class PasskeyTests : IAsyncLifetime
{
    private const string Password = "three words together";
    private const string Refused = "The passkey was not accepted. Try again within 5 minutes of pressing the button, or sign in another way.";
    private TestSite _site = null!;

    public async ValueTask InitializeAsync() => _site = await TestSite.StartAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_learner_adds_a_passkey_with_the_password_signs_in_with_it_and_removes_it()
    {
        var account = await AccountAsync(Roles.Learner);
        using var device = new PasskeyDevice();
        using var browser = await _site.BrowserAsync(account);
        var added = await KeepAsync(browser, await AskAsync(browser, ("Name of the passkey", "My phone"), ("Password", Password)), device);
        using var other = _site.Browser();
        var into = await SignInAsync(other, device);
        var listed = await WebPage.ReadAsync(await other.GetAsync("/account/security"));

        Assert.Equal("/account/security#passkeys", added.Response.Headers.Location?.OriginalString);
        Assert.Equal("/learner", into.Response.Headers.Location?.OriginalString);
        Assert.Equal(account.Id.ToString("N"), device.UserHandle);
        Assert.Contains("My phone Remove (My phone) Added 23 November 2026, 12:00pm Last used 23 November 2026, 12:00pm", listed.Text, StringComparison.Ordinal);
        Assert.Equal(["internal"], (await KeysAsync(account))[0].Transports);
        var gone = await (await WebPage.ReadAsync(await other.GetAsync(listed.Link("Remove (My phone)")))).SubmitAsync(other, "Remove");
        Assert.Equal("/account/security#passkeys", gone.Response.Headers.Location?.OriginalString);
        Assert.Empty(await KeysAsync(account));
        Assert.Equal([MailKind.PasskeyAdded, MailKind.PasskeyRemoved], (await MailAsync()).Select(mail => mail.Kind).Order());
        using var late = _site.Browser();
        Assert.Equal(Refused, Assert.Single((await SignInAsync(late, device)).ErrorSummary()).Text);
    }

    [Fact]
    public async Task A_passkey_is_both_factors_for_an_officer_in_a_browser_that_is_listed_and_told_of()
    {
        var account = await AccountAsync(Roles.OfficeSenior);
        await PhoneApp.SetUpAsync(_site, account);
        using var device = await DeviceAsync(account);
        using var first = _site.Browser();
        using var second = _site.Browser();
        second.DefaultRequestHeaders.Add("User-Agent", "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:121.0) Gecko/20100101 Firefox/121.0");
        await SignInAsync(first, device);
        await MailAsync();

        var into = await SignInAsync(second, device, "/cy/sign-in", "Mewngofnodi â chyfrin-allwedd");

        Assert.Equal("/cy/office", into.Response.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.OK, (await second.GetAsync("/office")).StatusCode);
        Assert.Equal("Firefox, Windows", Assert.Single(await MailAsync(), mail => mail is { Kind: MailKind.NewDevice, IsWelsh: true }).Values[0]);
        Assert.Contains("Firefox, Windows", (await WebPage.ReadAsync(await second.GetAsync("/account/security"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_whose_passkey_is_their_only_second_factor_sets_up_no_app_and_shows_it_after_the_password()
    {
        var account = await AccountAsync(Roles.OfficeSenior);
        using var device = await DeviceAsync(account);
        using var browser = _site.Browser();

        Assert.Equal("/sign-in/factor", await PasswordAsync(browser));
        var page = await WebPage.ReadAsync(await browser.GetAsync("/sign-in/factor?to=%2Foffice%2Fpeople"));
        Assert.Equal("Show your passkey", page.Heading());
        Assert.Empty(page.Document.QuerySelectorAll("input[name=Code]"));
        Assert.Equal("/sign-in/factor?to=%2Foffice", await WhereAsync(browser, "/office"));
        Assert.Equal("/office/people", (await ShowAsync(browser, page, device)).Response.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/office")).StatusCode);
        var key = Assert.Single(await KeysAsync(account));
        var kept = await (await WebPage.ReadAsync(await browser.GetAsync($"/account/security/passkeys/{key.Id}/remove"))).SubmitAsync(browser, "Remove");
        Assert.StartsWith("This passkey is your only second step", Assert.Single(kept.ErrorSummary()).Text, StringComparison.Ordinal);
        Assert.Single(await KeysAsync(account));
    }

    [Fact]
    public async Task A_passkey_can_be_shown_where_a_code_is_asked_for_and_only_one_of_the_account()
    {
        var account = await AccountAsync(Roles.OfficeSenior);
        await PhoneApp.SetUpAsync(_site, account);
        using var device = await DeviceAsync(account);
        using var others = await DeviceAsync(await _site.Seed.AccountAsync("Megan Ellis", Roles.OfficeAgent));
        using var browser = _site.Browser();
        await PasswordAsync(browser);
        var page = await WebPage.ReadAsync(await browser.GetAsync("/sign-in/factor"));
        var asked = await AskedAsync(browser, page);

        Assert.Contains(Base64(device.CredentialId), asked, StringComparison.Ordinal);
        Assert.DoesNotContain(Base64(others.CredentialId), asked, StringComparison.Ordinal);
        var wrong = await ShowAsync(browser, page, others);
        Assert.Equal(Refused, Assert.Single(wrong.ErrorSummary()).Text);
        Assert.Equal("/sign-in/factor?to=%2Foffice", await WhereAsync(browser, "/office"));
        Assert.Equal("/office", (await ShowAsync(browser, wrong, device)).Response.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_learners_password_stays_a_way_in_beside_a_passkey()
    {
        using var device = await DeviceAsync(await AccountAsync(Roles.Learner));
        using var browser = _site.Browser();

        Assert.Equal("/learner", await PasswordAsync(browser));
    }

    [Fact]
    public async Task An_open_session_alone_adds_no_passkey()
    {
        var account = await AccountAsync(Roles.OfficeSenior);
        var phone = await PhoneApp.SetUpAsync(_site, account);
        using var browser = await _site.BrowserAsync(account);
        var wrong = await AskAsync(browser, ("Code", "000000"));
        var none = await AskAsync(browser);
        var asked = await AskAsync(browser, ("Code", phone.Code()));

        Assert.StartsWith("The code is not right", Assert.Single(wrong.ErrorSummary()).Text, StringComparison.Ordinal);
        Assert.Equal("#Code", Assert.Single(none.ErrorSummary()).Href);
        Assert.All(new[] { wrong, none }, page => Assert.Null(page.Document.QuerySelector("[data-passkey-new]")));
        Assert.NotNull(asked.Document.QuerySelector("[data-passkey-new]"));
        var learner = await AccountAsync(Roles.Learner, "Ceri Vaughan");
        using var library = await _site.BrowserAsync(learner);
        Assert.Equal("#Password", Assert.Single((await AskAsync(library, ("Password", "four words not together"))).ErrorSummary()).Href);
        Assert.Equal("#Name", Assert.Single((await AskAsync(library, ("Name of the passkey", " "), ("Password", Password))).ErrorSummary()).Href);
    }

    [Fact]
    public async Task A_passkey_that_the_account_has_already_is_excluded_and_refused_for_anybody()
    {
        var (first, second) = (await AccountAsync(Roles.Learner), await AccountAsync(Roles.Learner, "Ceri Vaughan"));
        using var device = await DeviceAsync(first);
        using var browser = await _site.BrowserAsync(first);
        using var others = await _site.BrowserAsync(second);
        var own = await AskAsync(browser, ("Password", Password));

        Assert.Contains(Base64(device.CredentialId), own.Document.QuerySelector("form[data-passkey-new]")!.GetAttribute("data-passkey-new"), StringComparison.Ordinal);
        Assert.Equal(Refused, Assert.Single((await KeepAsync(browser, own, device)).ErrorSummary()).Text);
        Assert.Equal(Refused, Assert.Single((await KeepAsync(others, await AskAsync(others, ("Password", Password)), device)).ErrorSummary()).Text);
        Assert.Single(await KeysAsync(first));
        Assert.Empty(await KeysAsync(second));
    }

    [Fact]
    public async Task An_account_that_has_twenty_is_told_so()
    {
        var account = await AccountAsync(Roles.Learner);
        for (var i = 0; i < Passkey.Most; i++)
        {
            using var device = await DeviceAsync(account);
        }

        using var browser = await _site.BrowserAsync(account);
        Assert.False((await WebPage.ReadAsync(await browser.GetAsync("/account/security"))).HasLink("Add a passkey"));
        Assert.StartsWith("Your account has 20 passkeys", Assert.Single((await AskAsync(browser, ("Password", Password))).ErrorSummary()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_sees_or_removes_anybody_elses_passkey()
    {
        var owner = await AccountAsync(Roles.Learner);
        using var device = await DeviceAsync(owner);
        var key = Assert.Single(await KeysAsync(owner));
        using var thief = await _site.BrowserAsync(await AccountAsync(Roles.Learner, "Ceri Vaughan"));
        var page = await WebPage.ReadAsync(await thief.GetAsync("/account/security"));
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", page.Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!)]);

        Assert.Equal(HttpStatusCode.NotFound, (await thief.GetAsync($"/account/security/passkeys/{key.Id}/remove")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await thief.PostAsync($"/account/security/passkeys/{key.Id}/remove", form)).StatusCode);
        Assert.Single(await KeysAsync(owner));
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080", "")]
    [InlineData("http://[::1]:5080", "")]
    [InlineData("http://records.example.org:5080", "")]
    [InlineData("http://localhost:5080", "http://127.0.0.1:5080")]
    public async Task Where_browsers_make_no_passkeys_none_are_offered(string urls, string publicUrl)
    {
        await using var site = await TestSite.StartAsync(new Settings { Urls = urls, PublicUrl = publicUrl });
        using var browser = await site.BrowserAsync(await site.Seed.AccountAsync("Olwen Rees", Roles.OfficeSenior));

        Assert.Empty((await site.OpenAsync("/sign-in")).Document.QuerySelectorAll("[data-passkey]"));
        Assert.Equal(HttpStatusCode.NotFound, (await site.OpenAsync("/sign-in?handler=AskPasskey")).Response.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/account/security/passkeys/add")).StatusCode);
        Assert.DoesNotContain("Passkeys", (await WebPage.ReadAsync(await browser.GetAsync("/account/security"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_form_is_hidden_until_a_script_shows_it_and_asks_for_the_owner_whatever_host_a_request_names()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in?handler=AskPasskey");
        request.Headers.Host = "127.0.0.1";
        using var browser = _site.Browser();
        var answer = await browser.SendAsync(request);
        var asked = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.True((await _site.OpenAsync("/sign-in")).Document.QuerySelector("form[data-passkey]")!.HasAttribute("hidden"));
        Assert.Contains("\"rpId\":\"localhost\"", asked, StringComparison.Ordinal);
        Assert.Contains("\"userVerification\":\"required\"", asked, StringComparison.Ordinal);
        Assert.Contains("\"allowCredentials\":[]", asked, StringComparison.Ordinal);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("plr-passkey=", StringComparison.Ordinal));
        Assert.All(["httponly", "samesite=strict", "max-age=300"], part => Assert.Contains(part, cookie, StringComparison.OrdinalIgnoreCase));
    }

    private async Task<Account> AccountAsync(Roles roles, string name = "Olwen Rees")
    {
        var hash = _site.Services.GetRequiredService<IPasswordHasher>().Hash(Password);
        if (roles != Roles.Learner)
        {
            return await _site.Seed.AccountAsync(name, roles, passwordHash: hash);
        }

        var college = await _site.Services.GetRequiredService<IAccountStore>().FindAsync("huw.pugh@example.org") ?? await _site.Seed.CollegePersonAsync(await _site.Seed.CollegeAsync());
        return await _site.Seed.AccountAsync(name, roles, uln: await _site.Seed.RegisterAsync(A.Learner() with { GivenName = name.Split(' ')[0], FamilyName = name.Split(' ')[1] }, college), passwordHash: hash);
    }

    /// <summary>A device whose key the account has had for a while.</summary>
    private async Task<PasskeyDevice> DeviceAsync(Account account)
    {
        var device = new PasskeyDevice();
        await device.AddToAsync(_site, account);
        return device;
    }

    private Task<IReadOnlyList<Passkey>> KeysAsync(Account account) => _site.Services.GetRequiredService<IPasskeyStore>().ListAsync(account.Id);

    private static async Task<WebPage> AskAsync(HttpClient browser, params (string Label, string Value)[] answers) =>
        await (await WebPage.ReadAsync(await browser.GetAsync("/account/security/passkeys/add"))).SubmitAsync(browser, "Continue", answers);

    /// <summary>The browser makes a key for what the page asks, and sends it.</summary>
    private static Task<WebPage> KeepAsync(HttpClient browser, WebPage page, PasskeyDevice device) =>
        PasskeyDevice.SendAsync(browser, page, device.Make(page.Document.QuerySelector("form[data-passkey-new]")!.GetAttribute("data-passkey-new")!));

    private static async Task<WebPage> SignInAsync(HttpClient browser, PasskeyDevice device, string address = "/sign-in", string button = "Sign in with a passkey")
    {
        var page = await WebPage.ReadAsync(await browser.GetAsync(address));
        Assert.Equal(button, page.Document.QuerySelector("form[data-passkey] button")!.TextContent);
        return await ShowAsync(browser, page, device);
    }

    private static async Task<WebPage> ShowAsync(HttpClient browser, WebPage page, PasskeyDevice device) => await PasskeyDevice.SendAsync(browser, page, device.Show(await AskedAsync(browser, page)));

    private static async Task<string> AskedAsync(HttpClient browser, WebPage page) => await browser.GetStringAsync(page.Document.QuerySelector("form[data-passkey]")!.GetAttribute("data-passkey-ask"));

    private static async Task<string?> PasswordAsync(HttpClient browser) =>
        (await (await WebPage.ReadAsync(await browser.GetAsync("/sign-in"))).SubmitAsync(browser, "Sign in", ("E-mail address", "olwen.rees@example.org"), ("Password", Password))).Response.Headers.Location?.OriginalString;

    private static async Task<string?> WhereAsync(HttpClient browser, string address) => (await browser.GetAsync(address)).Headers.Location?.OriginalString;

    private static string Base64(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    /// <summary>The mail that waits; it is taken out.</summary>
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
