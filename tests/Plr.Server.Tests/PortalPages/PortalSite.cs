using System.Text;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Core.Organisations;
using Plr.Testing;
using Plr.Testing.Pages;

namespace Plr.Server.Tests.PortalPages;

/// <summary>A register with two colleges and an awarding organisation, and their people. One for each test class.</summary>
public sealed class PortalSite : IAsyncLifetime
{
    public const string Gcse = "600/1166/1";

    public TestSite Site { get; private set; } = null!;

    public Organisation College { get; private set; } = null!;

    public Organisation Awarding { get; private set; } = null!;

    /// <summary>Huw of the college: online and files.</summary>
    public Account Huw { get; private set; } = null!;

    /// <summary>Gwen of the college: looks only.</summary>
    public Account Gwen { get; private set; } = null!;

    /// <summary>Pat of the awarding organisation.</summary>
    public Account Pat { get; private set; } = null!;

    /// <summary>Sam of the college: its super user.</summary>
    public Account Sam { get; private set; } = null!;

    /// <summary>Rhian of another college: online and files.</summary>
    public Account Rhian { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Site = await TestSite.StartAsync(new Settings { LargestRequestMiB = 24 });
        College = await Site.Seed.CollegeAsync();
        Awarding = await Site.Seed.AwardingOrganisationAsync();
        Huw = await Site.Seed.CollegePersonAsync(College, roles: Roles.LrbOnline | Roles.LrbBatch);
        Gwen = await Site.Seed.CollegePersonAsync(College, "Gwen Parry", Roles.LrbViewOnly);
        Sam = await Site.Seed.CollegePersonAsync(College, "Sam Bowen", Roles.SuperUser);
        Pat = await Site.Seed.AccountAsync("Pat Lane", Roles.AwardingOrganisation, Awarding);
        Rhian = await Site.Seed.CollegePersonAsync(await Site.Seed.CollegeAsync("Coleg Glan Môr", "10007946"), "Rhian Morgan");
        await Site.Seed.QualificationsAsync(A.QualificationCalled(Gcse, "GCSE Mathematics"));
    }

    public ValueTask DisposeAsync() => Site.DisposeAsync();

    /// <summary>Chooses a file on the upload page and presses the button; what comes is not followed.</summary>
    public async Task<HttpResponseMessage> SendAsync(Account by, string kind, string fileName, byte[] content, string language = "")
    {
        using var browser = await Site.BrowserAsync(by);
        return await SendAsync(browser, $"{language}/organisation/files/upload?kind={kind}", fileName, content);
    }

    public static async Task<HttpResponseMessage> SendAsync(HttpClient browser, string address, string fileName, byte[] content)
    {
        var page = await WebPage.ReadAsync(await browser.GetAsync(address));
        var token = page.Document.QuerySelector("main form input[name=__RequestVerificationToken]")?.GetAttribute("value") ?? "";
        using var form = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" }, { new ByteArrayContent(content), "Chosen", fileName } };
        return await browser.PostAsync(address, form);
    }

    /// <summary>Sends a file, carries it out, and opens the page that tells of it.</summary>
    public async Task<WebPage> OutcomeAsync(Account by, string kind, string fileName, byte[] content, string language = "")
    {
        var answer = await SendAsync(by, kind, fileName, content, language);
        Assert.Equal(System.Net.HttpStatusCode.Redirect, answer.StatusCode);
        await Site.RunBatchesAsync();
        return await Site.OpenAsync(answer.Headers.Location!.OriginalString, by);
    }

    public Task<WebPage> OutcomeAsync(Account by, string kind, string fileName, string content, string language = "") =>
        OutcomeAsync(by, kind, fileName, Encoding.UTF8.GetBytes(content), language);
}
