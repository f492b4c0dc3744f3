using System.Text;
using Microsoft.Playwright;

namespace Plr.Browser.Tests;

/// <summary>A learner reports that a grade is wrong, in a real browser: in English and in Welsh, at both widths, and without scripts.</summary>
public sealed class ReportAProblem(Browser browser, DemoSite demo) : IClassFixture<Browser>, IClassFixture<DemoSite>
{
    private static readonly FilePayload Slip = new() { Name = "slip.pdf", MimeType = "application/pdf", Buffer = Encoding.UTF8.GetBytes("%PDF-1.7\nresult slip\n%%EOF\n") };

    [Theory]
    [InlineData(1280, true)]
    [InlineData(320, true)]
    [InlineData(320, false)]
    public async Task A_wrong_grade_is_reported_and_withdrawn(int width, bool withScripts)
    {
        await using var visitor = await browser.VisitAsync(width, withScripts);
        var see = Sees(visitor, withScripts);
        await visitor.Page.GotoAsync($"{demo.Address}sign-in");
        await visitor.PressAsync("Be Amelia Okafor");
        await visitor.Page.Locator("a[href*='/learner/qualifications/']").First.ClickAsync();
        var subject = (await visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).InnerTextAsync()).Trim();
        await visitor.FollowAsync("Report a problem with this qualification");
        await see("What is wrong with it?");
        await visitor.PressAsync("Continue");
        await see("What is wrong with it?");
        await visitor.Page.GetByLabel("The grade is wrong").CheckAsync();
        await visitor.PressAsync("Continue");
        await see("What should it be?");
        await visitor.Page.GetByLabel("The grade it should be").FillAsync("A*");
        await visitor.PressAsync("Continue");
        await see("Do you have something that shows it?");
        await visitor.Page.GetByLabel("Add a file").SetInputFilesAsync(Slip);
        await visitor.PressAsync("Upload file");
        await see("Do you have something that shows it?");
        await visitor.PressAsync("Continue");
        await see("How can we tell you how it goes?");
        await visitor.Page.GetByLabel("By e-mail").CheckAsync();
        await visitor.Page.GetByLabel("E-mail address").FillAsync("amelia@example.org");
        await visitor.PressAsync("Continue");
        await see("Check your answers before you send");
        await visitor.PressAsync("Send report");
        await see("Report sent");
        var sent = visitor.Page.Url;
        await visitor.Page.GoBackAsync();
        Assert.Equal(new Uri(sent).AbsolutePath.Replace("/sent", "", StringComparison.Ordinal), new Uri(visitor.Page.Url).AbsolutePath);
        await see(subject);
        await visitor.FollowAsync("Withdraw this report");
        await see("Do you want to withdraw this report?");
        await visitor.PressAsync("Withdraw report");
        await see(subject);
        await visitor.Page.GotoAsync($"{demo.Address}learner/problems");
        await see("Problems you reported");
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(320)]
    public async Task A_missing_qualification_is_reported_in_Welsh(int width)
    {
        await using var visitor = await browser.VisitAsync(width);
        await visitor.Page.GotoAsync($"{demo.Address}cy/sign-in");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Noah Whitfield" }).First.ClickAsync();
        await visitor.FollowAsync("Rhoi gwybod am gymhwyster coll");
        await visitor.SeesAsync("Pa gymhwyster sydd ar goll?");
        await visitor.Page.GetByLabel("Cymhwyster", new() { Exact = true }).FillAsync("TGAU Cymraeg");
        await visitor.PressAsync("Parhau");
        await visitor.SeesAsync("A oes gennych rywbeth sy’n dangos hynny?");
        await visitor.PressAsync("Parhau heb ffeil");
        await visitor.SeesAsync("Sut gallwn ddweud wrthych sut mae’n mynd?");
        await visitor.Page.GetByLabel("Dim negeseuon: byddaf yn edrych yma").CheckAsync();
        await visitor.PressAsync("Parhau");
        await visitor.SeesAsync("Gwiriwch eich atebion cyn anfon");
        await visitor.PressAsync("Anfon yr adroddiad");
        await visitor.SeesAsync("Anfonwyd yr adroddiad");
        await visitor.FollowAsync("Gweld y broblem");
        await visitor.SeesAsync("TGAU Cymraeg");
        await visitor.Page.GotoAsync($"{demo.Address}cy/learner/problems");
        await visitor.SeesAsync("Problemau y rhoesoch wybod amdanynt");
    }

    /// <summary>axe is a script itself: without scripts, only the heading is looked at.</summary>
    private static Func<string, Task> Sees(Visitor visitor, bool withScripts) => withScripts
        ? visitor.SeesAsync
        : async heading => Assert.Equal(heading, (await visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).InnerTextAsync()).Trim());
}
