using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Server.SignIn;
using Plr.Testing;
using Plr.Testing.Pages;

namespace Plr.Server.Tests.SignIn;

public sealed class SignInPageTests : IAsyncLifetime
{
    private const string Password = "three words together";
    private TestSite _site = null!;

    public async ValueTask InitializeAsync() => _site = await TestSite.StartAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Theory]
    [InlineData(Roles.OfficeSenior, "", "/office")]
    [InlineData(Roles.OfficeSenior, "/cy", "/cy/office")]
    [InlineData(Roles.LrbOnline, "", "/organisation")]
    [InlineData(Roles.Learner, "", "/learner")]
    public async Task Who_signs_in_comes_home_in_their_language(Roles roles, string language, string home)
    {
        var account = await AccountAsync(roles);
        var phone = roles == Roles.Learner ? null : await PhoneApp.SetUpAsync(_site, account);

        var answer = await SignInAsync($"{language}/sign-in", "Olwen.Rees@Example.org", Password, phone);

        Assert.Equal((HttpStatusCode.Redirect, home), (answer.Response.StatusCode, answer.Response.Headers.Location?.OriginalString));
    }

    [Theory]
    [InlineData("/learner/who-has-looked", "/learner/who-has-looked")]
    [InlineData("/sign-in/password", "/sign-in/password")]
    [InlineData("/office", "/learner")]
    [InlineData("//example.org/learner", "/learner")]
    [InlineData("/\\example.org", "/learner")]
    [InlineData("https://example.org/learner", "/learner")]
    [InlineData("/learner//example.org", "/learner")]
    [InlineData("/learner/../office", "/learner")]
    [InlineData("/learnerish", "/learner")]
    [InlineData("/learner?x=1", "/learner")]
    [InlineData("", "/learner")]
    public async Task The_page_that_was_asked_for_comes_next_only_when_it_is_of_this_site_and_this_audience(string to, string next)
    {
        await AccountAsync(Roles.Learner);

        var answer = await SignInAsync("/sign-in?to=" + Uri.EscapeDataString(to), "olwen.rees@example.org", Password);

        Assert.Equal(next, answer.Response.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("/sign-in/password", "/sign-in?to=%2Fsign-in%2Fpassword")]
    [InlineData("/cy/sign-in/password", "/cy/sign-in?to=%2Fsign-in%2Fpassword")]
    public async Task Nobody_signed_in_is_led_to_sign_in_and_from_there_to_the_page(string address, string signIn)
    {
        var page = await _site.OpenAsync(address);

        Assert.Equal(signIn, page.Response.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_wrong_password_an_unknown_address_and_a_suspended_account_are_answered_alike()
    {
        await AccountAsync(Roles.OfficeSenior);
        var suspended = await AccountAsync(Roles.OfficeAgent, "Gone Away");
        await _site.Services.GetRequiredService<IAccountStore>().SetStatusAsync(suspended.Id, AccountStatus.Suspended, Seeds.Upkeep);

        var wrong = await SignInAsync("/sign-in", "olwen.rees@example.org", "not the password");
        var unknown = await SignInAsync("/sign-in", "nobody@example.org", Password);
        var gone = await SignInAsync("/sign-in", "gone.away@example.org", Password);

        Assert.StartsWith("The e-mail address or the password is not right", Assert.Single(wrong.ErrorSummary()).Text, StringComparison.Ordinal);
        Assert.Equal(wrong.ErrorSummary(), unknown.ErrorSummary());
        Assert.Equal(wrong.ErrorSummary(), gone.ErrorSummary());
        Assert.Equal("", wrong.Value("Password"));
        Assert.Equal("olwen.rees@example.org", wrong.Value("E-mail address"));
        Assert.StartsWith("Error: Sign in", wrong.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_three_wrong_passwords_the_right_one_must_wait_and_the_page_says_how_long()
    {
        await AccountAsync(Roles.OfficeSenior);
        for (var i = 0; i < 3; i++)
        {
            await SignInAsync("/sign-in", "olwen.rees@example.org", "not the password");
        }

        var waiting = await SignInAsync("/sign-in", "olwen.rees@example.org", Password);
        _site.Time.Advance(TimeSpan.FromSeconds(6));
        var inTime = await SignInAsync("/sign-in", "olwen.rees@example.org", Password);

        Assert.Contains("5 seconds at first, at most 15 minutes", Assert.Single(waiting.ErrorSummary()).Text, StringComparison.Ordinal);
        Assert.Equal("/account/security/app", inTime.Response.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task An_empty_form_says_what_to_enter_in_both_languages()
    {
        var page = await SignInAsync("/sign-in", "", "");
        var tudalen = await _site.OpenAsync("/cy/sign-in");
        using var browser = _site.Browser();
        tudalen = await (await WebPage.ReadAsync(await browser.GetAsync("/cy/sign-in"))).SubmitAsync(browser, "Mewngofnodi");

        Assert.Equal([("Enter your e-mail address", "#EmailAddress"), ("Enter your password", "#Password")], page.ErrorSummary());
        Assert.Equal([("Rhowch eich cyfeiriad e-bost", "#EmailAddress"), ("Rhowch eich cyfrinair", "#Password")], tudalen.ErrorSummary());
    }

    [Fact]
    public async Task Somebody_signed_in_already_is_led_home()
    {
        var account = await AccountAsync(Roles.Learner);

        var page = await _site.OpenAsync("/cy/sign-in", account);

        Assert.Equal("/cy/learner", page.Response.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Without_the_demo_nobody_can_become_somebody_by_pressing_a_button()
    {
        var account = await AccountAsync(Roles.OfficeSenior);
        using var browser = _site.Browser();
        var page = await WebPage.ReadAsync(await browser.GetAsync("/sign-in"));
        var token = page.Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var content = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("Account", account.Id.ToString())]);

        var answer = await browser.PostAsync("/sign-in?handler=Be", content);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("Sign in", page.Heading());
    }

    [Fact]
    public async Task The_demo_asks_who_you_want_to_be()
    {
        var doors = new List<DemoDoor>();
        await using var demo = await TestSite.StartAsync(configure: parts => parts.AddSingleton(new DemoDoors(doors)));
        var officer = await demo.Seed.AccountAsync("Olwen Rees", Roles.OfficeSenior);
        var college = await demo.Seed.CollegePersonAsync(await demo.Seed.CollegeAsync());
        doors.AddRange([new(officer.Id, officer.Name, "office", "SignIn.Demo.Lead"), new(college.Id, college.Name, "organisation", "SignIn.Demo.Lead")]);
        using var browser = demo.Browser();

        var page = await WebPage.ReadAsync(await browser.GetAsync("/sign-in"));
        var next = await page.SubmitAsync(browser, "Be Huw Pugh");
        var again = await WebPage.ReadAsync(await browser.GetAsync("/sign-in"));

        Assert.Equal("Who do you want to be?", page.Heading());
        Assert.Equal(["Huw Pugh", "Olwen Rees"], page.Document.QuerySelectorAll("h3").Select(h => h.TextContent));
        Assert.Equal("/organisation", next.Response.Headers.Location?.OriginalString);
        Assert.Equal("/organisation", again.Response.Headers.Location?.OriginalString);
    }

    private Task<Account> AccountAsync(Roles roles, string name = "Olwen Rees") =>
        _site.Seed.AccountAsync(name, roles, passwordHash: _site.Services.GetRequiredService<IPasswordHasher>().Hash(Password));

    /// <param name="phone">Where the second step's code comes from, if there is one.</param>
    private async Task<WebPage> SignInAsync(string address, string email, string password, PhoneApp? phone = null)
    {
        using var browser = _site.Browser();
        var page = await WebPage.ReadAsync(await browser.GetAsync(address));
        var welsh = page.Language == "cy";
        var answer = await page.SubmitAsync(
            browser, welsh ? "Mewngofnodi" : "Sign in", (welsh ? "Cyfeiriad e-bost" : "E-mail address", email), (welsh ? "Cyfrinair" : "Password", password));
        if (phone is null)
        {
            return answer;
        }

        var second = await WebPage.ReadAsync(await browser.GetAsync(answer.Response.Headers.Location));
        return await second.SubmitAsync(browser, welsh ? "Parhau" : "Continue", (welsh ? "Cod" : "Code", phone.Code()));
    }
}
