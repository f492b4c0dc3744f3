using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Core.Audit;
using Plr.Core.Learners;
using Plr.Testing;
using Plr.Testing.Pages;

namespace Plr.Server.Tests.PortalPages;

public sealed class FindLearnerTests(PortalSite portal) : IClassFixture<PortalSite>
{
    [Theory]
    [InlineData("", "Enter the ULN", "Enter the given name", "Enter the family name")]
    [InlineData("/cy", "Rhowch yr ULN", "Rhowch yr enw cyntaf", "Rhowch y cyfenw")]
    public async Task Each_field_that_is_empty_is_said(string language, string uln, string given, string family)
    {
        using var browser = await portal.Site.BrowserAsync(portal.Gwen);
        var page = await WebPage.ReadAsync(await browser.GetAsync($"{language}/organisation/learners/find"));
        var answer = await page.SubmitAsync(browser, language.Length == 0 ? "Find learner" : "Dod o hyd i’r dysgwr");

        Assert.Equal([(uln, "#Uln"), (given, "#GivenName"), (family, (string?)"#FamilyName")], answer.ErrorSummary());
    }

    [Theory]
    [InlineData("1000000109")]
    [InlineData("123")]
    [InlineData("9999999999")]
    public async Task A_number_that_is_no_ULN_is_refused_and_what_was_typed_is_kept(string typed)
    {
        using var browser = await portal.Site.BrowserAsync(portal.Huw);
        var answer = await AskAsync(browser, typed, "Nia", "Hughes");

        Assert.Equal("Enter a ULN of ten digits without a slip: the last digit does not fit the others, or there are not ten", Assert.Single(answer.ErrorSummary()).Text);
        Assert.Equal(("Nia", "Hughes"), (answer.Value("Given name"), answer.Value("Family name")));
    }

    [Theory]
    [InlineData(36, "a")]
    [InlineData(1, "\u0001")]
    public async Task A_name_that_no_learner_can_have_is_refused_before_it_is_kept_anywhere(int count, string sign)
    {
        using var browser = await portal.Site.BrowserAsync(portal.Huw);
        var name = "N" + string.Concat(Enumerable.Repeat(sign, count));
        var answer = await AskAsync(browser, "1000000078", name, name);

        Assert.Equal(
            ["Enter a given name of at most 35 characters, without signs that no name has", "Enter a family name of at most 35 characters, without signs that no name has"],
            answer.ErrorSummary().Select(line => line.Text));
    }

    [Fact]
    public async Task A_learner_is_found_by_ULN_and_names_without_either_in_the_address()
    {
        var uln = await portal.Site.Seed.RegisterAsync(A.Learner("Amelia", "Found"), portal.Huw);
        using var browser = await portal.Site.BrowserAsync(portal.Gwen);
        var page = await FollowAsync(browser, await AskAsync(browser, uln.ToDisplayString(), "amelia", "FOUND"));

        Assert.Equal("Learner found", page.Heading());
        Assert.Equal((uln.ToDisplayString(), "Amelia Found", "29 February 2008", "Female", "LL57 1DT"),
            (page.SummaryListValue("ULN"), page.SummaryListValue("Name"), page.SummaryListValue("Date of birth"), page.SummaryListValue("Gender"), page.SummaryListValue("Last known postcode")));
        Assert.DoesNotContain(uln.ToString(), page.Response.RequestMessage!.RequestUri!.ToString(), StringComparison.Ordinal);
        var (lines, _) = await portal.Site.Services.GetRequiredService<IAuditTrail>().ReadAsync(uln, 0, 10, Seeds.Upkeep);
        Assert.Equal("learner-shown", lines[0].Action);
    }

    [Fact]
    public async Task Wrong_names_find_nobody_and_say_what_to_check()
    {
        var uln = await portal.Site.Seed.RegisterAsync(A.Learner("Ffion", "Hidden"), portal.Huw);
        using var browser = await portal.Site.BrowserAsync(portal.Huw);
        var page = await FollowAsync(browser, await AskAsync(browser, uln.ToString(), "Zebedee", "Quark"));

        Assert.Equal("No learner found", page.Heading());
        Assert.Contains("whether the learner was registered under an earlier family name", page.Text, StringComparison.Ordinal);
        Assert.True(page.HasLink("Find another learner"));
        Assert.DoesNotContain("Hidden", page.Text, StringComparison.Ordinal);
        var record = await WebPage.ReadAsync(await browser.GetAsync(page.Response.RequestMessage!.RequestUri + "/record"));
        Assert.Equal((HttpStatusCode.NotFound, "This search is over"), (record.Response.StatusCode, record.Heading()));
    }

    [Fact]
    public async Task A_search_is_its_owners_only_and_ends()
    {
        await using var site = await TestSite.StartAsync();
        var college = await site.Seed.CollegeAsync();
        var (huw, gwen) = (await site.Seed.CollegePersonAsync(college), await site.Seed.CollegePersonAsync(college, "Gwen Parry"));
        var uln = await site.Seed.RegisterAsync(A.Learner("Owain", "Owned"), huw);
        using var browser = await site.BrowserAsync(huw);
        var address = (await FollowAsync(browser, await AskAsync(browser, uln.ToString(), "Owain", "Owned"))).Response.RequestMessage!.RequestUri!.AbsolutePath;

        await IsOverAsync(site, address, gwen);
        await IsOverAsync(site, address + "/record", gwen);
        await IsOverAsync(site, "/cy" + address, gwen);
        Assert.Equal("Learner found", (await site.OpenAsync(address, huw)).Heading());
        site.Time.Advance(TimeSpan.FromMinutes(31));
        await IsOverAsync(site, address, huw);
    }

    internal static async Task<WebPage> AskAsync(HttpClient browser, string uln, string given, string family)
    {
        var page = await WebPage.ReadAsync(await browser.GetAsync("/organisation/learners/find"));
        return await page.SubmitAsync(browser, "Find learner", ("Unique learner number (ULN)", uln), ("Given name", given), ("Family name", family));
    }

    internal static async Task<WebPage> FollowAsync(HttpClient browser, WebPage answer)
    {
        Assert.Equal(HttpStatusCode.Redirect, answer.Response.StatusCode);
        return await WebPage.ReadAsync(await browser.GetAsync(answer.Response.Headers.Location));
    }

    private static async Task IsOverAsync(TestSite site, string address, Account account)
    {
        var page = await site.OpenAsync(address, account);
        Assert.Equal(HttpStatusCode.NotFound, page.Response.StatusCode);
        Assert.Contains(page.Heading(), new[] { "This search is over", "Mae’r chwiliad hwn ar ben" });
        Assert.DoesNotContain("Owned", page.Text, StringComparison.Ordinal);
    }
}
