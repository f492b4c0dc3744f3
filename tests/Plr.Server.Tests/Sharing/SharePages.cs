using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Plr.Server.Tests.Learner;
using Plr.Testing;
using Plr.Testing.Pages;

namespace Plr.Server.Tests.Sharing;

/// <summary>Amelia's site with four results, and how she shares and an employer checks.</summary>
public abstract class SharePages : LearnerPages
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await FourResultsAsync();
    }

    /// <summary>Goes through the journey to the check page: history only, with grades, for an employer, for seven days.</summary>
    protected static async Task<WebPage> ToTheCheckAsync(HttpClient browser, string? views = null, bool mayDownload = true)
    {
        var what = await OpenAsync(browser, "/learner/shares/new");
        var who = await what.SubmitAsync(browser, "Continue", ("Only some", ""), ("A level History, GCE A Level, Level 3, 13 August 2026", "")).NextAsync(browser);
        var howLong = await who.SubmitAsync(browser, "Continue", ("Somebody I name", ""), ("If you name somebody: who?", "Môn Builders"), ("What is it for? (optional)", "apprenticeship")).NextAsync(browser);
        return await howLong.SubmitAsync(browser, "Continue", ("7 days", ""), ("How many times may it be looked at? (optional)", views ?? ""), (mayDownload ? "Yes" : "No", "")).NextAsync(browser);
    }

    /// <summary>Makes a share; its page.</summary>
    protected static async Task<WebPage> SharedAsync(HttpClient browser, string? views = null, bool mayDownload = true) =>
        await (await ToTheCheckAsync(browser, views, mayDownload)).SubmitAsync(browser, "Share").NextAsync(browser);

    protected static string CodeOn(WebPage page) => page.Document.QuerySelector(".plr-share-code")!.TextContent.Trim();

    protected static string LinkOn(WebPage page) => new Uri(page.Document.QuerySelector("code")!.TextContent.Trim()).AbsolutePath;

    protected static async Task<WebPage> OpenAsync(HttpClient browser, string address) => await WebPage.ReadAsync(await browser.GetAsync(address));

    /// <summary>What an employer sees who types the code and a birth date, here Amelia's.</summary>
    protected async Task<WebPage> CheckAsync(HttpClient browser, string code, string day = "29") =>
        await (await OpenAsync(browser, "/check")).SubmitAsync(browser, "Check", ("Share code, or reference of a report", code), ("Day", day), ("Month", "2"), ("Year", "2008")).NextAsync(browser);

    protected Task<HttpClient> AmeliasBrowserAsync() => Site.BrowserAsync(Account);
}

/// <summary>Following what a form's answer says.</summary>
internal static class Following
{
    public static async Task<WebPage> NextAsync(this Task<WebPage> answered, HttpClient browser)
    {
        var page = await answered;
        return page.Response.Headers.Location is { } next ? await WebPage.ReadAsync(await browser.GetAsync(next)) : page;
    }

    /// <summary>Presses the button of a receipt.</summary>
    /// <param name="format">pdf or json.</param>
    public static async Task<HttpResponseMessage> SubmitReceiptAsync(this WebPage page, HttpClient browser, string format)
    {
        var (token, action) = (page.Document.QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]")!.Value, page.Document.QuerySelector("button[name=format]")?.Closest("form")?.GetAttribute("action"));
        using var form = new FormUrlEncodedContent([new("format", format), new("__RequestVerificationToken", token)]);
        return await browser.PostAsync(new Uri(page.Response.RequestMessage!.RequestUri!, action ?? "?handler=Receipt"), form);
    }
}
