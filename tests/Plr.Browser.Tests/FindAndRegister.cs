using Microsoft.Playwright;

namespace Plr.Browser.Tests;

/// <summary>Somebody of a college looks for a person by details, finds that none of the possible matches is the person, registers them and updates them, in a real browser.</summary>
public sealed class FindAndRegister(Browser browser, DemoSite demo) : IClassFixture<Browser>, IClassFixture<DemoSite>
{
    [Theory]
    [InlineData(1280, "Amelia Okafor", "Amelie")]
    [InlineData(320, "Priya Raman", "Prija")]
    public async Task None_of_the_possible_matches_is_the_person_who_is_then_registered(int width, string alike, string givenName)
    {
        await using var visitor = await browser.VisitAsync(width);
        await SearchAsync(visitor, alike, givenName);
        await visitor.SeesAsync("Is one of these the person?");
        Assert.NotEqual(0, await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "This is the person" }).CountAsync());
        await visitor.Page.WaitForTimeoutAsync(5_500);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "None of these: register a new learner" }).ClickAsync();
        await visitor.SeesAsync("Register a learner");
        await visitor.PressAsync("Continue");
        await visitor.SeesAsync("Register a learner");
        await visitor.Page.GetByLabel("Privacy notice seen: the record may be shared").CheckAsync();
        await visitor.Page.GetByLabel("Passport").CheckAsync();
        await visitor.PressAsync("Continue");
        await visitor.SeesAsync("Check the details before you register the learner");
        await visitor.PressAsync("Register learner");
        await visitor.SeesAsync("Learner registered");
        await visitor.FollowAsync("See the learner");
        await visitor.SeesAsync("Learner found");
        await visitor.FollowAsync("Update this learner’s details");
        await visitor.SeesAsync("Update a learner’s details");
        await visitor.Page.GetByLabel("Town").FillAsync("Bangor");
        await visitor.PressAsync("Save details");
        await visitor.SeesAsync("Learner found");
        Assert.Equal(1, await visitor.Page.GetByText("The learner’s details are updated").CountAsync());
    }

    /// <summary>Looks for somebody who is like a learner of the demo in all but the given name.</summary>
    private async Task SearchAsync(Visitor visitor, string alike, string givenName)
    {
        await BeAsync(visitor, alike);
        await visitor.Page.GotoAsync($"{demo.Address}learner/details");
        var born = (await HeldAsync(visitor, "Date of birth")).Split(' ');
        var postcode = await HeldAsync(visitor, "Last known postcode");
        await BeAsync(visitor, "Megan Ellis");
        await visitor.Page.GotoAsync($"{demo.Address}organisation/learners/find");
        await visitor.SeesAsync("Find a learner");
        await visitor.FollowAsync("By personal details");
        await visitor.SeesAsync("Find a learner");
        await visitor.Page.GetByLabel("Given name").FillAsync(givenName);
        await visitor.Page.GetByLabel("Family name", new() { Exact = true }).FillAsync(alike.Split(' ')[1]);
        await visitor.Page.GetByLabel("Day").FillAsync(born[0]);
        await visitor.Page.GetByLabel("Month").FillAsync(born[1]);
        await visitor.Page.GetByLabel("Year").FillAsync(born[2]);
        await visitor.Page.GetByLabel("Female").CheckAsync();
        await visitor.Page.GetByLabel("Last known postcode").FillAsync(postcode);
        await visitor.PressAsync("Find learner");
    }

    private static async Task<string> HeldAsync(Visitor visitor, string detail) =>
        (await visitor.Page.Locator($".govuk-summary-list__row:has(dt:text-is('{detail}')) dd").First.InnerTextAsync()).Trim();

    private async Task BeAsync(Visitor visitor, string name)
    {
        await visitor.Page.Context.ClearCookiesAsync();
        await visitor.Page.GotoAsync($"{demo.Address}sign-in");
        await visitor.PressAsync("Be " + name);
    }
}
