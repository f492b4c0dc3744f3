using Microsoft.Playwright;

namespace Plr.Browser.Tests;

/// <summary>An officer of the demo puts two ULNs on the work list, proposes to link them and takes it back, in a real browser.</summary>
public sealed class PossibleDuplicates(Browser browser, DemoSite demo) : IClassFixture<Browser>, IClassFixture<DemoSite>
{
    [Theory]
    [InlineData(1280, "Amelia Okafor", "Tomos Pritchard")]
    [InlineData(320, "Priya Raman", "Noah Whitfield")]
    public async Task An_officer_proposes_to_link_two_learners_and_withdraws(int width, string one, string other)
    {
        await using var visitor = await browser.VisitAsync(width);
        var ulns = new[] { await UlnAsync(visitor, one), await UlnAsync(visitor, other) };
        await BeAsync(visitor, "Olwen Rees");
        await visitor.Page.GotoAsync($"{demo.Address}office/duplicates");
        await visitor.SeesAsync("Possible duplicates");
        await visitor.FollowAsync("Add a pair by two ULNs");
        await visitor.SeesAsync("Add a pair by two ULNs");
        await visitor.Page.GetByLabel("One ULN").FillAsync(ulns[0]);
        await visitor.Page.GetByLabel("The other ULN").FillAsync(ulns[1]);
        await visitor.PressAsync("Look at both");
        await visitor.SeesAsync("Are these two one person?");
        Assert.Equal(1, await visitor.Page.GetByText("Very likely two persons").CountAsync());
        await visitor.Page.GetByText("What happened to ULN").First.ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Radio).First.CheckAsync();
        await visitor.Page.GetByLabel("Why are they one person?").FillAsync("Only to see how it is done.");
        await visitor.PressAsync("Propose to link them");
        await visitor.SeesAsync("Proposal to link two learners");
        await visitor.PressAsync("Withdraw the proposal");
        await visitor.SeesAsync("Proposal to link two learners");
        Assert.Equal(1, await visitor.Page.GetByText("Withdrawn", new() { Exact = true }).CountAsync());
        await visitor.Page.GotoAsync($"{demo.Address}office/links");
        await visitor.SeesAsync("Proposals that wait");
        await visitor.Page.GotoAsync($"{demo.Address}office/links/find");
        await visitor.Page.GetByLabel("ULN", new() { Exact = true }).FillAsync(ulns[0]);
        await visitor.PressAsync("Find");
        await visitor.SeesAsync("Linked ULNs of a learner");
    }

    private async Task BeAsync(Visitor visitor, string name)
    {
        await visitor.Page.Context.ClearCookiesAsync();
        await visitor.Page.GotoAsync($"{demo.Address}sign-in");
        await visitor.PressAsync("Be " + name);
    }

    private async Task<string> UlnAsync(Visitor visitor, string name)
    {
        await BeAsync(visitor, name);
        await visitor.Page.GotoAsync($"{demo.Address}learner/details");
        return await visitor.Page.Locator("dd.plr-uln").InnerTextAsync();
    }
}
