using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Core.Learners;
using Plr.Core.Organisations;
using Plr.Store;
using Plr.Testing;
using Plr.Testing.Pages;

namespace Plr.Server.Tests.PortalPages;

/// <summary>A register that searches as it does by default, with a college and its people. One for each test class.</summary>
public sealed class SearchSite : IAsyncLifetime
{
    public const string Details = "/organisation/learners/find/details";

    public TestSite Site { get; private set; } = null!;

    public Organisation College { get; private set; } = null!;

    /// <summary>Huw of the college: online and files.</summary>
    public Account Huw { get; private set; } = null!;

    /// <summary>Gwen of the college: looks only.</summary>
    public Account Gwen { get; private set; } = null!;

    /// <summary>Nia of the college: online.</summary>
    public Account Nia { get; private set; } = null!;

    /// <summary>Ifan of another college: online.</summary>
    public Account Ifan { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Site = await TestSite.StartAsync(new Settings { Matching = new() { SearchGoodForMinutes = 119 } });
        College = await Site.Seed.CollegeAsync();
        Huw = await Site.Seed.CollegePersonAsync(College, roles: Roles.LrbOnline | Roles.LrbBatch);
        Gwen = await Site.Seed.CollegePersonAsync(College, "Gwen Parry", Roles.LrbViewOnly);
        Nia = await Site.Seed.CollegePersonAsync(College, "Nia Rees", Roles.LrbOnline);
        Ifan = await Site.Seed.CollegePersonAsync(await Site.Seed.CollegeAsync("Coleg Arall", "10007946"), "Ifan Puw", Roles.LrbOnline);
        await FollowAsync();
    }

    public ValueTask DisposeAsync() => Site.DisposeAsync();

    /// <summary>Puts a learner on the register, where searches find them at once.</summary>
    public async Task<Uln> RegisterAsync(LearnerText learner)
    {
        var uln = await Site.Seed.RegisterAsync(learner, Huw);
        await FollowAsync();
        return uln;
    }

    /// <summary>Makes one learner another's, as linking does.</summary>
    public async Task MergeAsync(Uln uln, Uln master)
    {
        await Site.Services.GetRequiredService<Engine>().WriteAsync(session =>
            session.ExecuteAsync("UPDATE learner SET status = 2, master_uln = @master WHERE uln = @uln", new { uln = uln.Value, master = master.Value }));
        await FollowAsync();
    }

    /// <summary>The find index follows the register.</summary>
    public Task FollowAsync() => Site.Services.GetRequiredService<Core.Matching.LearnerFollower>().FollowAsync(default);

    /// <summary>Types a person's details and searches; what comes is not followed.</summary>
    public static async Task<WebPage> AskAsync(HttpClient browser, LearnerText person, string address = Details)
    {
        var page = await WebPage.ReadAsync(await browser.GetAsync(address));
        var born = (person.DateOfBirth ?? "--").Split('-');
        return await page.SubmitAsync(
            browser, "Find learner", ("Given name", person.GivenName ?? ""), ("Family name", person.FamilyName ?? ""), ("Day", born[2]), ("Month", born[1]), ("Year", born[0]),
            (person.Gender == "1" ? "Male" : "Female", ""), ("Last known postcode", person.LastKnownPostCode ?? ""));
    }

    /// <summary>Types a person's details, searches, and opens the page that tells what came of it.</summary>
    public static async Task<WebPage> SearchAsync(HttpClient browser, LearnerText person) => await FollowAsync(browser, await AskAsync(browser, person));

    public static Task<WebPage> FollowAsync(HttpClient browser, WebPage answer) => FindLearnerTests.FollowAsync(browser, answer);

    public static async Task<WebPage> OpenAsync(HttpClient browser, string address) => await WebPage.ReadAsync(await browser.GetAsync(address));

    /// <summary>Whoever else may use the portal, of the same college or another, is answered for pages of somebody's journey as for a journey that never was.</summary>
    /// <param name="begin">The journey's address, without its pages.</param>
    public async Task IsOthersOnlyAsMissingAsync(string begin, params string[] pages)
    {
        foreach (var other in new[] { Nia, Ifan })
        {
            using var browser = await Site.BrowserAsync(other);
            foreach (var page in pages)
            {
                var (theirs, missing) = (await OpenAsync(browser, begin + page), await OpenAsync(browser, $"/organisation/learners/{Guid.Empty}{page}"));
                Assert.Equal((HttpStatusCode.NotFound, "This search is over"), (theirs.Response.StatusCode, theirs.Heading()));
                Assert.Equal((missing.Response.StatusCode, missing.Title, missing.Text), (theirs.Response.StatusCode, theirs.Title, theirs.Text));
            }
        }
    }

    /// <summary>Where a page is, in the other language.</summary>
    public static string InWelsh(WebPage page) => "/cy" + page.Response.RequestMessage!.RequestUri!.PathAndQuery;
}
