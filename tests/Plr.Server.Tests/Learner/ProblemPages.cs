using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Plr.Core;
using Plr.Core.DataChallenges;
using Plr.Core.Learners;
using Plr.Testing;
using Plr.Testing.Pages;

namespace Plr.Server.Tests.Learner;

/// <summary>Amelia with four results, and the ways of somebody who reports a problem.</summary>
public abstract class ProblemPages : LearnerPages
{
    protected static readonly byte[] Pdf = Encoding.UTF8.GetBytes("%PDF-1.7\nresult slip\n%%EOF\n");

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await FourResultsAsync();
    }

    protected static async Task<WebPage> OpenAsync(HttpClient browser, string address) => await FollowAsync(browser, await WebPage.ReadAsync(await browser.GetAsync(address)));

    protected static async Task<WebPage> FollowAsync(HttpClient browser, WebPage page)
    {
        while (page.Response.Headers.Location is { } next)
        {
            page = await WebPage.ReadAsync(await browser.GetAsync(next));
        }

        return page;
    }

    protected static async Task<WebPage> PressAsync(HttpClient browser, WebPage page, string button, params (string Label, string Value)[] answers) =>
        await FollowAsync(browser, await page.SubmitAsync(browser, button, answers));

    protected static string Address(WebPage page) => page.Response.RequestMessage!.RequestUri!.AbsolutePath;

    /// <summary>Chooses a file on a page that takes one; what comes is followed.</summary>
    protected static async Task<WebPage> SendAsync(HttpClient browser, WebPage page, string fileName, byte[] content, bool withToken = true)
    {
        var token = page.Document.QuerySelector("form[enctype] input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var form = new MultipartFormDataContent();
        if (withToken)
        {
            form.Add(new StringContent(token), "__RequestVerificationToken");
        }

        form.Add(new ByteArrayContent(content), "Chosen", fileName);
        return await FollowAsync(browser, await WebPage.ReadAsync(await browser.PostAsync(Address(page), form)));
    }

    /// <summary>The first question about a qualification.</summary>
    protected static async Task<WebPage> BeginAsync(HttpClient browser, string subject = "GCSE Mathematics")
    {
        var record = await OpenAsync(browser, "/learner");
        var qualification = await OpenAsync(browser, record.Link(subject));
        return await OpenAsync(browser, qualification.Link("Report a problem with this qualification"));
    }

    /// <summary>Up to all answers: the grade of mathematics is wrong.</summary>
    protected static async Task<WebPage> ToCheckAsync(HttpClient browser, string wanted = "8", string said = "My slip says 8.")
    {
        var page = await PressAsync(browser, await BeginAsync(browser), "Continue", ("The grade is wrong", ""));
        page = await PressAsync(browser, page, "Continue", ("The grade it should be", wanted), ("Anything else that helps (optional)", said));
        page = await PressAsync(browser, page, "Continue without a file");
        return await PressAsync(browser, page, "Continue", ("No messages: I look here", ""));
    }

    /// <summary>A challenge that is raised, not through the pages.</summary>
    protected async Task<DataChallenge> RaisedAsync(ChallengeType type = ChallengeType.WrongDetails, string said = "My name is Prys.")
    {
        var answer = await Part<RaiseChallenge>().RunAsync(new(Amelia, null, type, said), Seeds.AccessOf(Account, Purpose.OwnRecord));
        return answer.Challenge ?? throw new InvalidOperationException(answer.Code.Name);
    }

    protected T Part<T>()
        where T : notnull => Site.Services.GetRequiredService<T>();

    protected Access Office { get; } = new(new Actor(Roles.OfficeSenior, Guid.Parse("0199aaaa-0000-7000-8000-000000000001"), "Olwen Rees"), Channel.Office, Purpose.RegisterUpkeep, "test");

    protected async Task<Core.Accounts.Account> StrangerAsync()
    {
        var text = A.Learner("Gareth", "Lloyd");
        return await Site.Seed.LearnerAccountAsync(await Site.Seed.RegisterAsync(text, Huw), text);
    }
}
