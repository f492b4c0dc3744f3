using System.Text.Json;
using Microsoft.Playwright;

namespace Plr.Browser.Tests;

/// <summary>A learner of the demo adds a passkey, signs in with it and removes it, in a real browser with an authenticator that Chromium plays.</summary>
public sealed class PasskeySignIn(Browser browser, DemoSite demo) : IClassFixture<Browser>, IClassFixture<DemoSite>
{
    [Theory]
    [InlineData(1280)]
    [InlineData(320)]
    public async Task A_learner_adds_a_passkey_signs_in_with_it_and_removes_it(int width)
    {
        await using var visitor = await browser.VisitAsync(width);
        var device = await Device.PlugInAsync(visitor.Page);
        await visitor.Page.GotoAsync($"{demo.Address}sign-in");
        await visitor.PressAsync("Be Noah Whitfield");
        await visitor.FollowAsync("Your sign-in");
        await visitor.SeesAsync("Your sign-in");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await visitor.SeesAsync("Add a passkey");
        await visitor.Page.GetByLabel("Name of the passkey").FillAsync($"Key {width}");
        await visitor.PressAsync("Continue");
        await visitor.SeesAsync("Add a passkey");
        Assert.False(await visitor.Page.GetByText("No passkey was made.").IsVisibleAsync());
        await visitor.PressAsync("Make the passkey");
        await visitor.Page.WaitForURLAsync("**/account/security#passkeys");
        await visitor.SeesAsync("Your sign-in");
        Assert.Equal(1, await visitor.Page.GetByRole(AriaRole.Heading, new() { Name = $"Key {width}" }).CountAsync());

        await visitor.PressAsync("Sign out");
        await visitor.FollowAsync("Sign in again");
        Assert.False(await visitor.Page.GetByText("No passkey was shown.").IsVisibleAsync());
        await device.RefuseAsync();
        await visitor.PressAsync("Sign in with a passkey");
        await visitor.Page.GetByText("No passkey was shown.").WaitForAsync();
        await visitor.SeesAsync("Who do you want to be?");
        await device.AgreeAsync();
        await visitor.PressAsync("Sign in with a passkey");
        await visitor.Page.WaitForURLAsync("**/learner");
        await visitor.FollowAsync("Your sign-in");
        await visitor.SeesAsync("Your sign-in");
        Assert.Equal(0, await visitor.Page.GetByText("Not used yet").CountAsync());

        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = $"Remove (Key {width})" }).ClickAsync();
        await visitor.SeesAsync("Remove a passkey");
        await visitor.PressAsync("Remove");
        await visitor.SeesAsync("Your sign-in");
        Assert.Equal(0, await visitor.Page.GetByRole(AriaRole.Heading, new() { Name = $"Key {width}" }).CountAsync());
    }

    [Fact]
    public async Task Without_a_script_the_sign_in_page_offers_no_passkey_and_the_page_to_add_one_says_why()
    {
        await using var visitor = await browser.VisitAsync(1280, withScripts: false);
        await visitor.Page.GotoAsync($"{demo.Address}sign-in");
        Assert.False(await visitor.Page.GetByText("Sign in with a passkey").IsVisibleAsync());
        await visitor.PressAsync("Be Noah Whitfield");
        await visitor.Page.GotoAsync($"{demo.Address}account/security/passkeys/add");
        Assert.True(await visitor.Page.GetByText("Passkeys need a browser that knows them").IsVisibleAsync());
    }

    /// <summary>Chromium's own virtual authenticator: a device of one's own, opened by finger, face or PIN.</summary>
    private sealed class Device(ICDPSession wire, string id)
    {
        public static async Task<Device> PlugInAsync(IPage page)
        {
            var wire = await page.Context.NewCDPSessionAsync(page);
            await wire.SendAsync("WebAuthn.enable");
            var options = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            };
            var answer = await wire.SendAsync("WebAuthn.addVirtualAuthenticator", new() { ["options"] = options });
            return new(wire, answer!.Value.GetProperty("authenticatorId").GetString()!);
        }

        /// <summary>The finger is not its owner's.</summary>
        public Task<JsonElement?> RefuseAsync() => VerifiesAsync(false);

        public Task<JsonElement?> AgreeAsync() => VerifiesAsync(true);

        private Task<JsonElement?> VerifiesAsync(bool isOwner) => wire.SendAsync("WebAuthn.setUserVerified", new() { ["authenticatorId"] = id, ["isUserVerified"] = isOwner });
    }
}
