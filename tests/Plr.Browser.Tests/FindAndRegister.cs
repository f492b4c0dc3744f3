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
        var typed = await SearchAsync(visitor, alike, givenName);
        await visitor.SeesInBothAsync("Is one of these the person?", "Ai un o’r rhain yw’r person?", [.. typed, .. await visitor.Page.Locator("main tbody tr:has(th:text-matches('name|postcode', 'i')) td").AllInnerTextsAsync()]);
        Assert.NotEqual(0, await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "This is the person" }).CountAsync());
        await visitor.Page.WaitForTimeoutAsync(5_500);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "None of these: register a new learner" }).ClickAsync();
        await visitor.SeesInBothAsync("Register a learner", "Cofrestru dysgwr", typed);
        await visitor.PressAsync("Continue");
        await visitor.SeesAsync("Register a learner");
        await visitor.Page.GetByLabel("Privacy notice seen: the record may be shared").CheckAsync();
        await visitor.Page.GetByLabel("Passport").CheckAsync();
        await visitor.PressAsync("Continue");
        await visitor.SeesInBothAsync("Check the details before you register the learner", "Gwiriwch y manylion cyn cofrestru’r dysgwr", typed);
        await visitor.PressAsync("Register learner");
        await visitor.SeesInBothAsync("Learner registered", "Dysgwr wedi’i gofrestru", typed);
        await visitor.FollowAsync("See the learner");
        await visitor.SeesInBothAsync("Learner found", "Wedi dod o hyd i’r dysgwr", typed);
        await visitor.FollowAsync("Update this learner’s details");
        await visitor.SeesInBothAsync("Update a learner’s details", "Diweddaru manylion dysgwr", typed);
        await visitor.Page.GetByLabel("Town").FillAsync("Bangor");
        await visitor.PressAsync("Save details");
        await visitor.SeesAsync("Learner found");
        Assert.Equal(1, await visitor.Page.GetByText("The learner’s details are updated").CountAsync());
    }

    [Theory]
    [InlineData(1280, "Tomos Pritchard")]
    [InlineData(320, "Noah Whitfield")]
    public async Task A_form_that_is_saved_after_another_tab_was_shows_both_changes_in_both_languages(int width, string name)
    {
        await using var visitor = await browser.VisitAsync(width);
        await BeAsync(visitor, name);
        await visitor.Page.GotoAsync($"{demo.Address}learner/details");
        var uln = await visitor.Page.Locator("dd.plr-uln").InnerTextAsync();
        await BeAsync(visitor, "Megan Ellis");
        await visitor.Page.GotoAsync($"{demo.Address}organisation/learners/find");
        await visitor.SeesInBothAsync("Find a learner", "Dod o hyd i ddysgwr", "Megan Ellis");
        await visitor.Page.GetByLabel("Unique learner number (ULN)").FillAsync(uln);
        await visitor.Page.GetByLabel("Given name").FillAsync(name.Split(' ')[0]);
        await visitor.Page.GetByLabel("Family name").FillAsync(name.Split(' ')[1]);
        await visitor.PressAsync("Find learner");
        var other = await visitor.Page.Context.NewPageAsync();
        await other.GotoAsync(visitor.Page.Url);
        foreach (var (tab, town) in new[] { (other, "Dolgellau"), (visitor.Page, "Porthmadog") })
        {
            await tab.GetByRole(AriaRole.Link, new() { Name = "Update this learner’s details" }).ClickAsync();
            await tab.GetByLabel("Town").FillAsync(town);
        }

        await other.GetByRole(AriaRole.Button, new() { Name = "Save details" }).ClickAsync();
        await other.GetByText("The learner’s details are updated").WaitForAsync();
        await visitor.Page.BringToFrontAsync();
        await visitor.PressAsync("Save details");
        var towns = await visitor.Page.Locator("main tbody td:nth-of-type(-n+3)").AllInnerTextsAsync();
        Assert.Equal(["Porthmadog", "Dolgellau"], towns.Skip(1));
        await visitor.SeesInBothAsync("This learner was changed while your form was open", "Newidiwyd y dysgwr hwn tra oedd eich ffurflen ar agor", ["Megan Ellis", .. towns]);
        await visitor.PressAsync("Take my changes over");
        await visitor.SeesAsync("Learner found");
    }

    /// <summary>Looks for somebody who is like a learner of the demo in all but the given name.</summary>
    /// <returns>What was typed, and by whom.</returns>
    private async Task<string[]> SearchAsync(Visitor visitor, string alike, string givenName)
    {
        await BeAsync(visitor, alike);
        await visitor.Page.GotoAsync($"{demo.Address}learner/details");
        var born = (await HeldAsync(visitor, "Date of birth")).Split(' ');
        var postcode = await HeldAsync(visitor, "Last known postcode");
        await BeAsync(visitor, "Megan Ellis");
        await visitor.Page.GotoAsync($"{demo.Address}organisation/learners/find");
        await visitor.SeesAsync("Find a learner");
        await visitor.FollowAsync("By personal details");
        await visitor.SeesInBothAsync("Find a learner", "Dod o hyd i ddysgwr", "Megan Ellis");
        await visitor.Page.GetByLabel("Given name").FillAsync(givenName);
        await visitor.Page.GetByLabel("Family name", new() { Exact = true }).FillAsync(alike.Split(' ')[1]);
        await visitor.Page.GetByLabel("Day").FillAsync(born[0]);
        await visitor.Page.GetByLabel("Month").FillAsync(born[1]);
        await visitor.Page.GetByLabel("Year").FillAsync(born[2]);
        await visitor.Page.GetByLabel("Female").CheckAsync();
        await visitor.Page.GetByLabel("Last known postcode").FillAsync(postcode);
        await visitor.PressAsync("Find learner");
        var familyName = alike.Split(' ')[1];
        return ["Megan Ellis", givenName, familyName, $"{givenName} {familyName}", postcode];
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
