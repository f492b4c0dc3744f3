using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Core.Mail;
using Plr.Server.Tests.AccessRights;
using Plr.Testing;
using Plr.Testing.Pages;

namespace Plr.Server.Tests.SignIn;

/// <summary>The second step of signing in, in this process over HTTP.</summary>
public sealed class FactorTests : IAsyncLifetime
{
    private const string Password = "three words together";
    private TestSite _site = null!;

    public async ValueTask InitializeAsync() => _site = await TestSite.StartAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task An_officer_without_a_second_factor_sets_one_up_before_anything_else_opens()
    {
        await AccountAsync(Roles.OfficeSenior);
        using var browser = _site.Browser();
        var next = await PasswordAsync(browser);

        Assert.Equal("/account/security/app", next);
        Assert.Equal("/account/security/app", await WhereAsync(browser, "/office"));
        Assert.Equal("/account/security/app", await WhereAsync(browser, "/account/security"));
        var page = await WebPage.ReadAsync(await browser.GetAsync("/account/security/app"));
        var phone = PhoneApp.Reading(_site, page.Document.QuerySelector("strong.plr-code")!.TextContent);
        var wrong = await page.SubmitAsync(browser, "Turn on", ("Code from the new app", "000000"));
        var codes = await wrong.SubmitAsync(browser, "Turn on", ("Code from the new app", phone.Code()));

        Assert.StartsWith("The code from the new app is not right", Assert.Single(wrong.ErrorSummary()).Text, StringComparison.Ordinal);
        Assert.Equal("Two-step sign-in is on: keep your recovery codes", codes.Heading());
        Assert.Equal(RecoveryCode.Many, codes.Document.QuerySelectorAll("li.plr-code").Select(code => code.TextContent).Distinct().Count());
        Assert.Equal("/office", codes.Link("Continue"));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/office")).StatusCode);
        Assert.False((await WebPage.ReadAsync(await browser.GetAsync("/account/security"))).HasLink("Turn off two-step sign-in"));
    }

    [Fact]
    public async Task A_password_alone_opens_nothing_of_an_account_that_has_a_second_factor_and_a_code_opens_it_once()
    {
        var phone = await PhoneApp.SetUpAsync(_site, await AccountAsync(Roles.OfficeSenior));
        using var browser = _site.Browser();
        using var thief = _site.Browser();

        Assert.Equal("/sign-in/factor", await PasswordAsync(browser));
        Assert.Equal("/sign-in/factor", await PasswordAsync(thief));
        Assert.Equal("/sign-in/factor?to=%2Foffice%2Fpeople", await WhereAsync(browser, "/office/people"));
        Assert.Equal("/sign-in/factor?to=%2Fsign-in%2Fpassword", await WhereAsync(browser, "/sign-in/password"));
        Assert.Equal("/sign-in/factor?to=%2Faccount%2Fsecurity%2Fapp", await WhereAsync(browser, "/account/security/app"));
        var code = phone.Code();
        var first = await CodeAsync(browser, code, "/sign-in/factor?to=%2Foffice%2Fpeople");
        var second = await CodeAsync(thief, code);

        Assert.Equal("/office/people", first.Response.Headers.Location?.OriginalString);
        Assert.StartsWith("The code is not right or was used before", Assert.Single(second.ErrorSummary()).Text, StringComparison.Ordinal);
        Assert.Equal("/sign-in/factor?to=%2Foffice", await WhereAsync(thief, "/office"));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/office")).StatusCode);
    }

    [Theory]
    [InlineData(-30, true)]
    [InlineData(59, true)]
    [InlineData(-31, false)]
    [InlineData(60, false)]
    public async Task A_code_of_the_step_before_or_after_is_taken_and_no_other(int seconds, bool isTaken)
    {
        var phone = await PhoneApp.SetUpAsync(_site, await AccountAsync(Roles.OfficeSenior));
        using var browser = _site.Browser();
        await PasswordAsync(browser);

        var answer = await CodeAsync(browser, phone.Code(seconds));

        Assert.Equal(isTaken ? "/office" : null, answer.Response.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task After_three_wrong_codes_the_right_one_waits_and_the_password_does_not_clear_the_count()
    {
        var phone = await PhoneApp.SetUpAsync(_site, await AccountAsync(Roles.OfficeSenior));
        using var browser = _site.Browser();
        await PasswordAsync(browser);
        for (var i = 0; i < 3; i++)
        {
            await CodeAsync(browser, "000000");
        }

        await PasswordAsync(browser);
        var waiting = await CodeAsync(browser, phone.Code());
        _site.Time.Advance(TimeSpan.FromSeconds(6));

        Assert.Single(waiting.ErrorSummary());
        Assert.Equal("/office", (await CodeAsync(browser, phone.Code())).Response.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_recovery_code_signs_in_once_however_it_is_typed_and_its_owner_is_told_by_mail()
    {
        var account = await AccountAsync(Roles.OfficeSenior);
        var code = (await PhoneApp.SetUpAsync(_site, account)).RecoveryCodes[3].Replace("-", " ", StringComparison.Ordinal).ToLowerInvariant();
        await MailAsync();
        using var browser = _site.Browser();
        using var second = _site.Browser();
        await PasswordAsync(browser);
        await PasswordAsync(second);

        Assert.Equal("/office", (await CodeAsync(browser, code)).Response.Headers.Location?.OriginalString);
        Assert.Single((await CodeAsync(second, code)).ErrorSummary());
        var told = Assert.Single(await MailAsync(), mail => mail.Kind == MailKind.RecoveryCodeUsed);
        Assert.Equal(["9"], told.Values);
    }

    [Fact]
    public async Task A_link_takes_the_passwords_place_and_never_the_second_factors()
    {
        var account = await AccountAsync(Roles.OfficeSenior);
        var phone = await PhoneApp.SetUpAsync(_site, account);
        using var browser = await ByLinkAsync(account);

        Assert.Equal("/sign-in/factor?to=%2Fsign-in%2Fpassword", await WhereAsync(browser, "/sign-in/password"));
        await CodeAsync(browser, phone.Code());
        Assert.Equal("Change your password", (await WebPage.ReadAsync(await browser.GetAsync("/sign-in/password"))).Heading());
    }

    [Fact]
    public async Task Changing_to_another_app_takes_a_code_of_the_present_one_and_ends_other_sessions()
    {
        var account = await AccountAsync(Roles.OfficeSenior);
        var phone = await PhoneApp.SetUpAsync(_site, account);
        using var browser = await _site.BrowserAsync(account);
        using var other = await _site.BrowserAsync(account);
        var page = await WebPage.ReadAsync(await browser.GetAsync("/account/security/app"));
        var next = PhoneApp.Reading(_site, page.Document.QuerySelector("strong.plr-code")!.TextContent);
        var refused = await page.SubmitAsync(browser, "Turn on", ("Code from your present app, or a recovery code", "000000"), ("Code from the new app", next.Code()));
        var done = await refused.SubmitAsync(browser, "Turn on", ("Code from your present app, or a recovery code", phone.Code()), ("Code from the new app", next.Code()));

        Assert.Equal("#Current", Assert.Single(refused.ErrorSummary()).Href);
        Assert.Equal("/account/security", done.Link("Continue"));
        Assert.StartsWith("/sign-in?", await WhereAsync(other, "/office"), StringComparison.Ordinal);
        _site.Time.Advance(TimeSpan.FromMinutes(2));
        using var again = _site.Browser();
        await PasswordAsync(again);
        Assert.Single((await CodeAsync(again, phone.Code())).ErrorSummary());
        Assert.Equal("/office", (await CodeAsync(again, next.Code())).Response.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_learner_chooses_turns_it_on_and_off_and_makes_new_recovery_codes()
    {
        var account = await AccountAsync(Roles.Learner);
        using var browser = _site.Browser();
        Assert.Equal("/learner", await PasswordAsync(browser));
        var page = await WebPage.ReadAsync(await browser.GetAsync("/account/security/app"));
        var phone = PhoneApp.Reading(_site, page.Document.QuerySelector("strong.plr-code")!.TextContent);
        var set = await page.SubmitAsync(browser, "Turn on", ("Code from the new app", phone.Code()));
        var old = set.Document.QuerySelector("li.plr-code")!.TextContent;
        _site.Time.Advance(TimeSpan.FromSeconds(30));
        var codes = await (await WebPage.ReadAsync(await browser.GetAsync("/account/security/recovery-codes"))).SubmitAsync(browser, "Make new codes", ("Code", phone.Code()));
        var off = await WebPage.ReadAsync(await browser.GetAsync("/cy/account/security/off"));
        var refused = await off.SubmitAsync(browser, "Troi i ffwrdd", ("Cod", old));
        var done = await refused.SubmitAsync(browser, "Troi i ffwrdd", ("Cod", codes.Document.QuerySelector("li.plr-code")!.TextContent));

        Assert.Single(refused.ErrorSummary());
        Assert.Equal("/cy/account/security", done.Response.Headers.Location?.OriginalString);
        Assert.Equal("/learner", await PasswordAsync(browser));
        Assert.Equal([MailKind.FactorSet, MailKind.FactorRemoved, MailKind.RecoveryCodeUsed], (await MailAsync()).Select(mail => mail.Kind).Order());
        Assert.False((await _site.Services.GetRequiredService<IAccountStore>().GetAsync(account.Id))!.HasApp);
    }

    [Fact]
    public async Task Learners_must_have_one_too_when_the_setting_says_so()
    {
        await using var site = await TestSite.StartAsync(new Settings { SignIn = new() { LearnersNeedSecondFactor = true } });
        await AccountAsync(Roles.Learner, site);
        using var browser = site.Browser();

        Assert.Equal("/account/security/app", await PasswordAsync(browser));
        Assert.Equal("/account/security/app", await WhereAsync(browser, "/learner"));
    }

    [Theory]
    [InlineData(FactorState.ToGive)]
    [InlineData(FactorState.ToSetUp)]
    public async Task A_session_that_owes_the_second_factor_comes_to_what_the_policy_says_and_to_nothing_else(FactorState owed)
    {
        var account = await AccountAsync(Roles.OfficeSenior | Roles.Auditor);
        if (owed == FactorState.ToGive)
        {
            await PhoneApp.SetUpAsync(_site, account);
        }

        var wrong = new List<string>();
        foreach (var (pattern, method, does) in await Endpoints.AllAsync(_site.Services))
        {
            // A browser of its own each time: one of the endpoints signs out.
            using var browser = await HalfAsync(account);
            var address = Endpoints.Address(pattern);
            using var request = new HttpRequestMessage(method, address);
            var answer = await browser.SendAsync(request);
            var isRest = pattern.StartsWith("/api/", StringComparison.Ordinal);
            var isLetIn = isRest ? answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) : answer.Headers.Location?.OriginalString.Split('?')[0] is not ("/sign-in/factor" or "/account/security/app" or "/sign-in/password") || pattern is "/sign-in";
            using var form = new FormUrlEncodedContent([new("Name", "Forged")]);
            var mayTry = does!.MayTry(account.Roles, owed);
            if (isLetIn != mayTry || (!mayTry && !isRest && (await browser.PostAsync(address, form)).StatusCode != HttpStatusCode.Forbidden))
            {
                wrong.Add($"{pattern} ({string.Join(" or ", does.Actions)}): {(int)answer.StatusCode} {answer.Headers.Location}");
            }
        }

        Assert.Equal([], wrong);
    }

    [Fact]
    public async Task What_is_reset_is_set_up_again()
    {
        var account = await AccountAsync(Roles.OfficeSenior);
        await PhoneApp.SetUpAsync(_site, account);
        using var open = await _site.BrowserAsync(account);
        var reset = await _site.Services.GetRequiredService<ResetFactor>().RunAsync(new(account.EmailAddress, null), Seeds.Upkeep);
        using var browser = _site.Browser();

        Assert.Equal(account.Id, reset.Account?.Id);
        Assert.StartsWith("/sign-in?", await WhereAsync(open, "/office"), StringComparison.Ordinal);
        Assert.Equal("/account/security/app", await PasswordAsync(browser));
        Assert.Contains(await MailAsync(), mail => mail.Kind == MailKind.FactorReset);
    }

    private async Task<Account> AccountAsync(Roles roles, TestSite? site = null)
    {
        var at = site ?? _site;
        var hash = at.Services.GetRequiredService<IPasswordHasher>().Hash(Password);
        if (roles != Roles.Learner)
        {
            return await at.Seed.AccountAsync("Olwen Rees", roles, passwordHash: hash);
        }

        var uln = await at.Seed.RegisterAsync(A.Learner(), await at.Seed.CollegePersonAsync(await at.Seed.CollegeAsync()));
        return await at.Seed.AccountAsync("Olwen Rees", roles, uln: uln, passwordHash: hash);
    }

    private static async Task<string?> PasswordAsync(HttpClient browser)
    {
        var open = await WebPage.ReadAsync(await browser.GetAsync("/sign-in"));
        if (open.Response.Headers.Location is not null)
        {
            await (await WebPage.ReadAsync(await browser.GetAsync("/"))).SubmitAsync(browser, "Sign out");
            open = await WebPage.ReadAsync(await browser.GetAsync("/sign-in"));
        }

        return (await open.SubmitAsync(browser, "Sign in", ("E-mail address", "olwen.rees@example.org"), ("Password", Password))).Response.Headers.Location?.OriginalString;
    }

    private static async Task<WebPage> CodeAsync(HttpClient browser, string code, string address = "/sign-in/factor") =>
        await (await WebPage.ReadAsync(await browser.GetAsync(address))).SubmitAsync(browser, "Continue", ("Code", code));

    private static async Task<string?> WhereAsync(HttpClient browser, string address) => (await browser.GetAsync(address)).Headers.Location?.OriginalString;

    private async Task<HttpClient> ByLinkAsync(Account account)
    {
        var token = Secret.New();
        await _site.Services.GetRequiredService<IAccountStore>().InviteAsync(account.Id, Secret.Hash(token), _site.Time.GetUtcNow().AddMinutes(30), Seeds.Upkeep);
        var browser = _site.Browser();
        await (await WebPage.ReadAsync(await browser.GetAsync("/sign-in/link?token=" + token))).SubmitAsync(browser, "Sign in");
        return browser;
    }

    /// <summary>A browser in which only the first step is done.</summary>
    private async Task<HttpClient> HalfAsync(Account account)
    {
        var now = _site.Time.GetUtcNow();
        var current = (await _site.Services.GetRequiredService<IAccountStore>().GetAsync(account.Id))!;
        var begun = await SessionBegun.BeginAsync(
            _site.Services.GetRequiredService<IAccountStore>(), _site.Services.GetRequiredService<SessionRules>(), current, now, Seeds.AccessOf(account, Purpose.OwnRecord), default);
        var browser = _site.Browser();
        browser.DefaultRequestHeaders.Add("Cookie", "plr=" + begun.Key);
        return browser;
    }

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
