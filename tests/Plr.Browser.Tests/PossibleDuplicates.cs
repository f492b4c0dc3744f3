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

    [Fact]
    public async Task What_one_officer_proposes_the_other_approves_and_it_can_be_taken_back_the_same_way()
    {
        await using var visitor = await browser.VisitAsync(1280);
        var ulns = new[] { await UlnAsync(visitor, "Zofia Nowak"), await UlnAsync(visitor, "Callum Fraser") };
        await BeAsync(visitor, "Olwen Rees");
        await visitor.Page.GotoAsync($"{demo.Address}office/duplicates/add");
        await visitor.Page.GetByLabel("One ULN").FillAsync(ulns[0]);
        await visitor.Page.GetByLabel("The other ULN").FillAsync(ulns[1]);
        await visitor.PressAsync("Look at both");
        await visitor.Page.GetByRole(AriaRole.Radio).First.CheckAsync();
        await visitor.Page.GetByLabel("Why are they one person?").FillAsync("Only to see how it is done.");
        await visitor.PressAsync("Propose to link them");
        await DecideAsync(visitor, "Siwan Ifans", "Approve and link");
        var linked = await LinkedAsync(visitor, ulns[0]);
        Assert.Equal(linked, await LinkedAsync(visitor, ulns[1]));

        await visitor.Page.GetByRole(AriaRole.Radio).First.CheckAsync();
        await visitor.Page.GetByLabel("Why are they two persons?").FillAsync("They are two after all.");
        await visitor.PressAsync("Propose to unlink it");
        await DecideAsync(visitor, "Olwen Rees", "Approve and unlink");
        Assert.NotEqual(await LinkedAsync(visitor, ulns[0]), await LinkedAsync(visitor, ulns[1]));
    }

    private async Task DecideAsync(Visitor visitor, string name, string button)
    {
        var proposal = visitor.Page.Url;
        await BeAsync(visitor, name);
        await visitor.Page.GotoAsync(proposal);
        await visitor.PressAsync(button);
        await visitor.SeesAsync(button.EndsWith("unlink", StringComparison.Ordinal) ? "Proposal to unlink two learners" : "Proposal to link two learners");
        Assert.Equal(1, await visitor.Page.GetByText("Approved and carried out", new() { Exact = true }).CountAsync());
    }

    /// <summary>The learner to whom a ULN leads.</summary>
    private async Task<string> LinkedAsync(Visitor visitor, string uln)
    {
        await visitor.Page.GotoAsync($"{demo.Address}office/links/find");
        await visitor.Page.GetByLabel("ULN", new() { Exact = true }).FillAsync(uln);
        await visitor.PressAsync("Find");
        await visitor.SeesAsync("Linked ULNs of a learner");
        return await visitor.Page.Locator("main h2.govuk-heading-m").First.InnerTextAsync();
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
