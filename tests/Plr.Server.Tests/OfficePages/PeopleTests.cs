using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Testing;
using Plr.Testing.Pages;

namespace Plr.Server.Tests.OfficePages;

public sealed class PeopleTests(OfficeRegister office) : IClassFixture<OfficeRegister>
{
    [Fact]
    public async Task A_person_is_added_to_an_organisation_and_invited_by_a_link_that_is_shown_once()
    {
        using var browser = await office.Site.BrowserAsync(office.Olwen);
        var form = await WebPage.ReadAsync(await browser.GetAsync($"/office/people/add/{office.College.Id}"));
        var added = await form.SubmitAsync(browser, "Add person", ("Name", "Nerys Newydd"), ("E-mail address", "nerys@example.org"), ("Registers learners by files", "on"));
        var person = await WebPage.ReadAsync(await browser.GetAsync(added.Response.Headers.Location));
        Assert.Equal(("Nerys Newydd", "Coleg Dyffryn", "Registers learners by files", "No password yet"),
            (person.Heading(), person.SummaryListValue("Organisation"), person.SummaryListValue("Roles"), person.SummaryListValue("Status")));

        var invited = await person.SubmitAsync(browser, "Make a one-time link");
        var link = invited.Document.QuerySelector("code")!.TextContent;
        Assert.StartsWith("http://localhost:5080/sign-in/link?token=", link, StringComparison.Ordinal);
        Assert.Contains("It works once, until 12:30pm, and is shown only now.", invited.Text, StringComparison.Ordinal);
        Assert.True(await office.Site.Services.GetRequiredService<IAccountStore>().IsInvitationOpenAsync(Secret.Hash(link.Split("token=")[1]), Clock.Noon));
        var later = await WebPage.ReadAsync(await browser.GetAsync(added.Response.Headers.Location));
        Assert.Null(later.Document.QuerySelector("code"));
        Assert.Contains(later.Heading(), (await WebPage.ReadAsync(await browser.GetAsync($"/office/organisations/{office.College.Id}"))).TableRows("People").Select(row => row[0]));
    }

    [Theory]
    [InlineData("", "Add an officer", "Add person", "Name: is missing", "E-mail address: is missing", "Roles: is missing")]
    [InlineData("/cy", "Ychwanegu swyddog", "Ychwanegu’r person", "Enw: ar goll", "Cyfeiriad e-bost: ar goll", "Rolau: ar goll")]
    public async Task What_is_missing_is_said_field_by_field(string language, string heading, string button, string name, string email, string roles)
    {
        using var browser = await office.Site.BrowserAsync(office.Olwen);
        var form = await WebPage.ReadAsync(await browser.GetAsync($"{language}/office/people/add"));
        var refused = await form.SubmitAsync(browser, button);

        Assert.Equal(heading, refused.Heading());
        Assert.Equal([(name, "#Name"), (email, "#EmailAddress"), (roles, (string?)"#Roles")], refused.ErrorSummary());
    }

    [Fact]
    public async Task An_officer_is_added_listed_suspended_and_reactivated()
    {
        using var browser = await office.Site.BrowserAsync(office.Olwen);
        var form = await WebPage.ReadAsync(await browser.GetAsync("/office/people/add"));
        var added = await form.SubmitAsync(browser, "Add person", ("Name", "Osian Officer"), ("E-mail address", "osian@example.org"), ("Auditor", "on"));
        var address = added.Response.Headers.Location!.OriginalString;
        var list = await WebPage.ReadAsync(await browser.GetAsync("/office/people"));
        Assert.Contains("Osian Officer", list.TableRows("People of the register office").Select(row => row[0]));

        await (await WebPage.ReadAsync(await browser.GetAsync(address + "/status"))).SubmitAsync(browser, "Suspend account");
        var suspended = await WebPage.ReadAsync(await browser.GetAsync(address));
        Assert.Equal("Suspended", suspended.SummaryListValue("Status"));
        Assert.DoesNotContain("Make a one-time link", suspended.Text, StringComparison.Ordinal);
        await (await WebPage.ReadAsync(await browser.GetAsync(address + "/status"))).SubmitAsync(browser, "Reactivate account");
        Assert.Equal("No password yet", (await WebPage.ReadAsync(await browser.GetAsync(address))).SummaryListValue("Status"));
    }

    [Fact]
    public async Task Nobody_suspends_themselves()
    {
        using var browser = await office.Site.BrowserAsync(office.Olwen);
        var own = await WebPage.ReadAsync(await browser.GetAsync($"/office/people/{office.Olwen.Id}"));
        Assert.False(own.HasLink("Suspend account"));
        var refused = await (await WebPage.ReadAsync(await browser.GetAsync($"/office/people/{office.Olwen.Id}/status"))).SubmitAsync(browser, "Suspend account");
        Assert.Equal(HttpStatusCode.Forbidden, refused.Response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/office")).StatusCode);
    }

    [Fact]
    public async Task A_learners_account_is_not_among_the_offices_people()
    {
        var huw = await office.Site.Seed.CollegePersonAsync(office.College, "Huw Llyfr");
        var learner = A.Learner("Lowri", "Dysgwr");
        var account = await office.Site.Seed.LearnerAccountAsync(await office.Site.Seed.RegisterAsync(learner, huw), learner);

        Assert.Equal(HttpStatusCode.NotFound, (await office.Site.OpenAsync($"/office/people/{account.Id}", office.Olwen)).Response.StatusCode);
        Assert.DoesNotContain("Lowri", (await office.Site.OpenAsync("/office/people", office.Olwen)).Text, StringComparison.Ordinal);
    }
}
