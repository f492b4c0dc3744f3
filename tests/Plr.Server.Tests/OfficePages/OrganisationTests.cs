using System.Net;
using Plr.Core;
using Plr.Testing.Pages;

namespace Plr.Server.Tests.OfficePages;

public sealed class OrganisationTests(OfficeRegister office) : IClassFixture<OfficeRegister>
{
    [Fact]
    public async Task The_home_counts_and_leads_only_to_where_one_may_go()
    {
        var senior = await office.Site.OpenAsync("/office", office.Olwen);
        var agent = await office.Site.OpenAsync("/office", office.Agent);
        var welsh = await office.Site.OpenAsync("/cy/office", office.Auditor);

        Assert.Equal("/office/organisations", senior.Link("Organisations"));
        Assert.Equal("/office/trail", senior.Link("Trail check"));
        Assert.Contains("People", agent.Text, StringComparison.Ordinal);
        Assert.False(agent.HasLink("Organisations") || agent.HasLink("Trail check"));
        Assert.Equal(("Swyddfa’r gofrestr", "/cy/office/trail"), (welsh.Heading(), welsh.Link("Gwirio’r trywydd")));
    }

    [Fact]
    public async Task Organisations_are_searched_by_name_and_number()
    {
        await office.Site.Seed.CollegeAsync("Ysgol y Bont", "10002222");
        var byName = await office.Site.OpenAsync("/office/organisations?search=y%20bont", office.Olwen);
        var byNumber = await office.Site.OpenAsync("/office/organisations?search=10002222", office.Olwen);
        var none = await office.Site.OpenAsync("/cy/office/organisations?search=zzz", office.Olwen);

        Assert.Equal([["Ysgol y Bont", "10002222", "–", "Active"]], byName.TableRows("Organisations"));
        Assert.Equal(byName.TableRows("Organisations"), byNumber.TableRows("Organisations"));
        Assert.Contains("Nid oes gan unrhyw sefydliad hynny yn ei enw na’i rifau.", none.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_organisations_come_a_page_at_a_time()
    {
        await using var site = await TestSite.StartAsync();
        var olwen = await site.Seed.AccountAsync("Olwen Rees", Roles.OfficeSenior);
        foreach (var number in Enumerable.Range(0, 51))
        {
            await site.Seed.CollegeAsync($"College {number:00}", $"{10003000 + number}");
        }

        var first = await site.OpenAsync("/office/organisations", olwen);
        var second = await site.OpenAsync(first.Link("Next"), olwen);
        Assert.Contains("1 to 50 of 51", first.Text, StringComparison.Ordinal);
        Assert.Equal("College 50", Assert.Single(second.TableRows("Organisations"))[0]);
        Assert.True(second.HasLink("Previous") && !second.HasLink("Next"));
    }

    [Fact]
    public async Task An_organisation_is_added_and_what_is_wrong_is_said_field_by_field()
    {
        using var browser = await office.Site.BrowserAsync(office.Olwen);
        var form = await WebPage.ReadAsync(await browser.GetAsync("/office/organisations/add"));
        var refused = await form.SubmitAsync(browser, "Add organisation", ("UKPRN", "12"));
        Assert.Equal([("Name: is missing", "#Name"), ("UKPRN: is not a UKPRN of 8 digits", (string?)"#Ukprn")], refused.ErrorSummary());

        var taken = await refused.SubmitAsync(browser, "Add organisation", ("Name", "Coleg Newydd"), ("UKPRN", "10007945"));
        Assert.Equal("UKPRN: is another organisation’s", Assert.Single(taken.ErrorSummary()).Text);

        var added = await taken.SubmitAsync(browser, "Add organisation", ("UKPRN", "10009999"));
        var page = await WebPage.ReadAsync(await browser.GetAsync(added.Response.Headers.Location));
        Assert.Equal(("Coleg Newydd", "10009999", "Active"), (page.Heading(), page.SummaryListValue("UKPRN"), page.SummaryListValue("Status")));
        Assert.Contains("Nobody of this organisation has an account yet.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suspended_organisations_people_are_out_at_once_and_back_after_reactivation()
    {
        var college = await office.Site.Seed.CollegeAsync("Coleg Cau", "10004444");
        var person = await office.Site.Seed.CollegePersonAsync(college, "Mair Cau");
        using var theirs = await office.Site.BrowserAsync(person);
        Assert.Equal(HttpStatusCode.OK, (await theirs.GetAsync("/organisation")).StatusCode);
        using var browser = await office.Site.BrowserAsync(office.Olwen);

        var confirm = await WebPage.ReadAsync(await browser.GetAsync($"/office/organisations/{college.Id}/status"));
        Assert.Equal("Are you sure that you want to suspend Coleg Cau?", confirm.Heading());
        var done = await confirm.SubmitAsync(browser, "Suspend");
        Assert.Equal($"/office/organisations/{college.Id}", done.Response.Headers.Location!.OriginalString);
        Assert.Equal("/sign-in?to=%2Forganisation", (await theirs.GetAsync("/organisation")).Headers.Location?.OriginalString);

        var back = await WebPage.ReadAsync(await browser.GetAsync($"/cy/office/organisations/{college.Id}/status"));
        await back.SubmitAsync(browser, "Ailddechrau");
        Assert.Equal("Active", (await WebPage.ReadAsync(await browser.GetAsync($"/office/organisations/{college.Id}"))).SummaryListValue("Status"));
        Assert.Equal(HttpStatusCode.OK, (await office.Site.OpenAsync("/organisation", person)).Response.StatusCode);
    }

    [Fact]
    public async Task What_does_not_exist_has_no_page()
    {
        foreach (var address in new[] { $"/office/organisations/{Guid.Empty}", $"/office/organisations/{Guid.Empty}/status", $"/office/people/{Guid.Empty}", $"/office/people/{Guid.Empty}/status", $"/office/people/add/{Guid.Empty}", $"/office/trail/{Guid.Empty}" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await office.Site.OpenAsync(address, office.Olwen)).Response.StatusCode);
        }
    }
}
