using Microsoft.Playwright;

namespace Plr.Browser.Tests;

/// <summary>A learner shares and an employer checks, in both languages, on a narrow and a wide screen, with and without scripts.</summary>
public sealed class ShareAndCheck(Browser browser, DemoSite demo) : IClassFixture<Browser>, IClassFixture<DemoSite>
{
    [Theory]
    [InlineData(1280, true)]
    [InlineData(320, false)]
    public async Task A_learner_shares_and_an_employer_checks(int width, bool withScripts)
    {
        await using var learner = await browser.VisitAsync(width, withScripts);
        await BeAsync(learner, "");
        await learner.Page.GotoAsync($"{demo.Address}learner/shares");
        await SeesAsync(learner, "Share my record", withScripts);
        await learner.Page.GetByRole(AriaRole.Button, new() { Name = "Share qualifications" }).ClickAsync();
        await SeesAsync(learner, "What do you want to share?", withScripts);
        await learner.Page.GetByLabel("Only some").CheckAsync();
        await learner.Page.Locator("input[name=Events]").First.CheckAsync();
        await learner.PressAsync("Continue");
        await SeesAsync(learner, "Who is it for?", withScripts);
        await learner.Page.GetByLabel("Somebody I name").CheckAsync();
        await learner.Page.GetByLabel("If you name somebody: who?").FillAsync("Môn Builders");
        await learner.PressAsync("Continue");
        await SeesAsync(learner, "How long and how often?", withScripts);
        await learner.Page.GetByLabel("7 days").CheckAsync();
        await learner.PressAsync("Continue");
        await SeesAsync(learner, "Check what you share", withScripts);
        await learner.PressAsync("Share");
        await SeesAsync(learner, "Share for: Môn Builders", withScripts);
        var code = await learner.Page.Locator(".plr-share-code").InnerTextAsync();
        var link = await learner.Page.Locator("code").InnerTextAsync();
        await learner.Page.GotoAsync($"{demo.Address}learner/details");
        var born = (await learner.Page.Locator("dl > div", new() { HasText = "Date of birth" }).Locator("dd").First.InnerTextAsync()).Trim().Split(' ');

        await using var employer = await browser.VisitAsync(width, withScripts);
        await employer.Page.GotoAsync($"{demo.Address}check");
        await SeesAsync(employer, "Check somebody’s qualifications", withScripts);
        await TypeAsync(employer, code.ToLowerInvariant(), born, "1999");
        await employer.Page.GetByRole(AriaRole.Alert).WaitForAsync();
        await SeesAsync(employer, "Check somebody’s qualifications", withScripts);
        await TypeAsync(employer, code, born, born[2]);
        await SeesAsync(employer, "Qualifications shared with you", withScripts);
        await employer.Page.GotoAsync(link);
        await SeesAsync(employer, "Somebody shares their qualifications with you", withScripts);
        await employer.PressAsync("See the qualifications");
        await SeesAsync(employer, "Qualifications shared with you", withScripts);
        var kept = await employer.Page.RunAndWaitForDownloadAsync(() => employer.PressAsync("Download the receipt (PDF)"));
        var reference = Path.GetFileNameWithoutExtension(kept.SuggestedFilename)["share-receipt-".Length..];
        await employer.Page.GotoAsync($"{demo.Address}check/receipt");
        await SeesAsync(employer, "Confirm a receipt", withScripts);
        await employer.Page.GetByLabel("Reference of the receipt").FillAsync(reference);
        await employer.PressAsync("Confirm");
        await SeesAsync(employer, "This register made the receipt", withScripts);

        await learner.Page.GotoAsync($"{demo.Address}learner/shares");
        await learner.Page.GetByRole(AriaRole.Link, new() { Name = "Môn Builders" }).First.ClickAsync();
        await SeesAsync(learner, "Share for: Môn Builders", withScripts);
        Assert.Contains("They kept a receipt.", await learner.Page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await learner.FollowAsync("Change this share");
        await SeesAsync(learner, "Change this share", withScripts);
        await learner.PressAsync("Save");
        await learner.FollowAsync("End this share");
        await SeesAsync(learner, "Do you want to end this share?", withScripts);
        await learner.PressAsync("End this share");
        await SeesAsync(learner, "Share for: Môn Builders", withScripts);
        await employer.Page.GotoAsync(link);
        await SeesAsync(employer, "The person has ended this share", withScripts);
    }

    [Fact]
    public async Task The_same_in_Welsh()
    {
        await using var learner = await browser.VisitAsync(320);
        await BeAsync(learner, "cy/");
        await learner.Page.GotoAsync($"{demo.Address}cy/learner/shares/new");
        await learner.SeesAsync("Beth ydych chi am ei rannu?");
        await learner.Page.GetByLabel("Pob un").CheckAsync();
        await learner.PressAsync("Parhau");
        await learner.SeesAsync("Ar gyfer pwy?");
        await learner.Page.GetByLabel("Unrhyw un rwy’n rhoi’r cod iddo").CheckAsync();
        await learner.PressAsync("Parhau");
        await learner.SeesAsync("Am ba hyd a pha mor aml?");
        await learner.Page.GetByLabel("7 diwrnod").CheckAsync();
        await learner.PressAsync("Parhau");
        await learner.SeesAsync("Gwiriwch yr hyn rydych yn ei rannu");
        await learner.PressAsync("Rhannu");
        await learner.SeesAsync("Rhaniad ar gyfer: Unrhyw un rwy’n ei roi iddo");
        var link = await learner.Page.Locator("code").InnerTextAsync();

        await using var employer = await browser.VisitAsync(320);
        await employer.Page.GotoAsync(link);
        await employer.SeesAsync("Mae rhywun yn rhannu ei gymwysterau â chi");
        await employer.PressAsync("Gweld y cymwysterau");
        await employer.SeesAsync("Cymwysterau a rannwyd â chi");
    }

    // axe runs as a script.
    private static async Task SeesAsync(Visitor visitor, string heading, bool withScripts)
    {
        if (withScripts)
        {
            await visitor.SeesAsync(heading);
        }
        else
        {
            Assert.Equal(heading, (await visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).InnerTextAsync()).Trim());
        }
    }

    private static async Task TypeAsync(Visitor visitor, string code, string[] born, string year)
    {
        await visitor.Page.GetByLabel("Share code, or reference of a report").FillAsync(code);
        await visitor.Page.GetByLabel("Day").FillAsync(born[0]);
        await visitor.Page.GetByLabel("Month").FillAsync(born[1]);
        await visitor.Page.GetByLabel("Year").FillAsync(year);
        await visitor.PressAsync("Check");
    }

    private async Task BeAsync(Visitor visitor, string language)
    {
        await visitor.Page.GotoAsync($"{demo.Address}{language}sign-in");
        await visitor.Page.Locator("button", new() { HasText = "Amelia Okafor" }).First.ClickAsync();
    }
}
