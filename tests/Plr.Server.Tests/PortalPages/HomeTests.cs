using Plr.Core.Accounts;

namespace Plr.Server.Tests.PortalPages;

public sealed class HomeTests(PortalSite portal) : IClassFixture<PortalSite>
{
    [Fact]
    public async Task Somebody_of_a_college_is_offered_files_and_finding_a_learner()
    {
        var page = await portal.Site.OpenAsync("/organisation", portal.Rhian);

        Assert.Equal("What do you want to do?", page.Heading());
        Assert.Equal("/organisation/files/upload?kind=registrations", page.Link("Register learners by a file"));
        Assert.True(page.HasLink("Find a learner"));
        Assert.False(page.HasLink("Send achievements"));
        Assert.Contains("Coleg Glan Môr", page.Text, StringComparison.Ordinal);
        Assert.Contains("Your organisation has sent no files yet.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_home_speaks_Welsh()
    {
        var page = await portal.Site.OpenAsync("/cy/organisation", portal.Huw);

        Assert.Equal(("cy", "Beth hoffech chi ei wneud?"), (page.Language, page.Heading()));
        Assert.Equal("/cy/organisation/learners/find", page.Link("Dod o hyd i ddysgwr"));
    }

    [Fact]
    public async Task Who_looks_only_sees_no_files_and_cannot_open_them()
    {
        var page = await portal.Site.OpenAsync("/organisation", portal.Gwen);

        Assert.True(page.HasLink("Find a learner"));
        Assert.False(page.HasLink("Files"));
        Assert.DoesNotContain("Latest files", page.Text, StringComparison.Ordinal);
        await RefusedAsync("/organisation/files", portal.Gwen);
        await RefusedAsync("/organisation/files/upload?kind=registrations", portal.Gwen);
    }

    [Fact]
    public async Task An_awarding_organisation_sends_achievements_and_finds_nobody()
    {
        var page = await portal.Site.OpenAsync("/organisation", portal.Pat);

        Assert.True(page.HasLink("Send achievements"));
        Assert.False(page.HasLink("Find a learner"));
        await RefusedAsync("/organisation/learners/find", portal.Pat);
        await RefusedAsync("/organisation/files/upload?kind=registrations", portal.Pat);
    }

    [Fact]
    public async Task A_super_user_is_told_what_to_ask_for()
    {
        var page = await portal.Site.OpenAsync("/organisation", portal.Sam);

        Assert.Contains("ask the register office to add a role", page.Text, StringComparison.Ordinal);
        await RefusedAsync("/organisation/files", portal.Sam);
        await RefusedAsync("/organisation/learners/find", portal.Sam);
    }

    [Fact]
    public async Task Nobody_is_sent_to_sign_in()
    {
        using var browser = portal.Site.Browser();
        var answer = await browser.GetAsync("/organisation/files");

        Assert.Equal("/sign-in?to=%2Forganisation%2Ffiles", answer.Headers.Location?.OriginalString);
    }

    private async Task RefusedAsync(string address, Account account)
    {
        var page = await portal.Site.OpenAsync(address, account);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, page.Response.StatusCode);
        Assert.Equal("You cannot see this page", page.Heading());
    }
}
