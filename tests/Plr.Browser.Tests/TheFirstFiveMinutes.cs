using Microsoft.Playwright;

namespace Plr.Browser.Tests;

/// <summary>The script of docs/tutorial.md, walked in a real browser by what a person reads.</summary>
public sealed class TheFirstFiveMinutes(Browser browser, DemoSite demo) : IClassFixture<Browser>, IClassFixture<DemoSite>
{
    [Theory]
    [InlineData(1280)]
    [InlineData(320)]
    public async Task The_first_five_minutes(int width)
    {
        await using var visitor = await browser.VisitAsync(width);
        await visitor.Page.GotoAsync(demo.Address.ToString());
        await visitor.SeesAsync("Everything you have achieved, in one record");
        Assert.Contains(demo.Lines, line => line.Contains("invented learners", StringComparison.Ordinal));

        await BeAsync(visitor, "Amelia Okafor");
        await visitor.SeesAsync("Your personal learning record");
        await visitor.Page.Locator("a[href*='/learner/qualifications/']").First.ClickAsync();
        Assert.StartsWith("/learner/qualifications/", new Uri(visitor.Page.Url).AbsolutePath, StringComparison.Ordinal);
        await visitor.SeesAsync((await visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).InnerTextAsync()).Trim());
        await visitor.Page.GotoAsync($"{demo.Address}learner/who-has-looked");
        await visitor.SeesAsync("Who has looked at my record");
        await visitor.Page.GotoAsync($"{demo.Address}learner/details");
        Assert.NotEqual("", await visitor.Page.TitleAsync());
        await LeaveAsync(visitor);

        await BeAsync(visitor, "Megan Ellis");
        await visitor.SeesAsync((await visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).InnerTextAsync()).Trim());
        Assert.Equal("/organisation", new Uri(visitor.Page.Url).AbsolutePath);
        await LeaveAsync(visitor);

        await BeAsync(visitor, "Olwen Rees");
        Assert.Equal("/office", new Uri(visitor.Page.Url).AbsolutePath);
        await visitor.SeesAsync((await visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).InnerTextAsync()).Trim());
        await LeaveAsync(visitor);
    }

    private async Task BeAsync(Visitor visitor, string person)
    {
        await visitor.Page.GotoAsync($"{demo.Address}sign-in");
        await visitor.SeesAsync("Who do you want to be?");
        await visitor.PressAsync($"Be {person}");
    }

    private static async Task LeaveAsync(Visitor visitor)
    {
        await visitor.PressAsync("Sign out");
        await visitor.SeesAsync("You have signed out");
    }
}
