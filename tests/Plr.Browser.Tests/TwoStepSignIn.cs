using Microsoft.Playwright;
using OtpNet;

namespace Plr.Browser.Tests;

/// <summary>A learner of the demo turns two-step sign-in on and off in a real browser.</summary>
public sealed class TwoStepSignIn(Browser browser, DemoSite demo) : IClassFixture<Browser>, IClassFixture<DemoSite>
{
    [Theory]
    [InlineData(1280)]
    [InlineData(320)]
    public async Task A_learner_turns_two_step_sign_in_on_and_off(int width)
    {
        await using var visitor = await browser.VisitAsync(width);
        await visitor.Page.GotoAsync($"{demo.Address}sign-in");
        await visitor.PressAsync("Be Noah Whitfield");
        await visitor.FollowAsync("Your sign-in");
        await visitor.SeesAsync("Your sign-in");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Turn on two-step sign-in" }).ClickAsync();
        await visitor.SeesAsync("Set up an authenticator app");
        var secret = Base32Encoding.ToBytes((await visitor.Page.Locator("strong.plr-code").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal));
        await visitor.Page.GetByLabel("Code from the new app").FillAsync(new Totp(secret).ComputeTotp(TimeProvider.System.GetUtcNow().UtcDateTime));
        await visitor.PressAsync("Turn on");
        await visitor.SeesAsync("Two-step sign-in is on: keep your recovery codes");
        var code = await visitor.Page.Locator("li.plr-code").First.InnerTextAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await visitor.SeesAsync("Your sign-in");
        await visitor.FollowAsync("Turn off two-step sign-in");
        await visitor.SeesAsync("Turn off two-step sign-in");
        await visitor.Page.GetByLabel("Code", new() { Exact = true }).FillAsync(code);
        await visitor.PressAsync("Turn off");
        await visitor.SeesAsync("Your sign-in");
        Assert.Equal(1, await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Turn on two-step sign-in" }).CountAsync());
    }
}
