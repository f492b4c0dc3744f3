using System.Net;
using AngleSharp.Dom;
using Plr.Testing;
using Plr.Testing.Pages;

namespace Plr.Server.Tests.Sharing;

public sealed class ShareJourneyTests : SharePages
{
    [Fact]
    public async Task A_learner_chooses_checks_and_is_given_code_link_and_square()
    {
        using var browser = await AmeliasBrowserAsync();

        var check = await ToTheCheckAsync(browser);
        Assert.Equal("Check what you share", check.Heading());
        Assert.Equal("A level History, GCE A Level, Level 3, 13 August 2026 Shown with: name, title, level, date, awarding organisation, grades", check.SummaryListValue("What they see"));
        Assert.Equal("Môn Builders apprenticeship", check.SummaryListValue("Who it is for"));
        Assert.Equal("Until the end of 30 November 2026 As often as they like They may keep a receipt", check.SummaryListValue("How long"));
        var share = await check.SubmitAsync(browser, "Share").NextAsync(browser);

        Assert.Equal("Share for: Môn Builders", share.Heading());
        Assert.Matches("^[3467ACDEFGHJKMNPQRTWXY9]{3}-[3467ACDEFGHJKMNPQRTWXY9]{3}-[3467ACDEFGHJKMNPQRTWXY9]{3}$", CodeOn(share));
        Assert.StartsWith("/check/link/", LinkOn(share), StringComparison.Ordinal);
        Assert.Contains("Nobody has looked at it yet.", share.Text, StringComparison.Ordinal);
        var list = await OpenAsync(browser, "/learner/shares");
        Assert.Equal(["Môn Builders", "23 November 2026", "Open until 30 November 2026", "0"], Assert.Single(list.TableRows("What you share now")));
    }

    [Fact]
    public async Task Changing_an_answer_leads_straight_back_to_the_check()
    {
        using var browser = await AmeliasBrowserAsync();
        var check = await ToTheCheckAsync(browser);

        var who = await OpenAsync(browser, check.Link("Change who it is for"));
        Assert.Equal("Môn Builders", who.Value("If you name somebody: who?"));
        var back = await who.SubmitAsync(browser, "Continue", ("Anyone I give the code to", "")).NextAsync(browser);

        Assert.Equal("Check what you share", back.Heading());
        Assert.Equal("Anyone I give it to apprenticeship", back.SummaryListValue("Who it is for"));
    }

    [Fact]
    public async Task A_skipped_page_leads_to_the_one_that_is_missing_and_a_journey_that_is_over_to_the_beginning()
    {
        using var browser = await AmeliasBrowserAsync();
        var what = await OpenAsync(browser, "/learner/shares/new");
        var who = await what.SubmitAsync(browser, "Continue", ("All of them", "")).NextAsync(browser);
        var skipped = who.Response.RequestMessage!.RequestUri!.AbsolutePath.Replace("/for", "/check", StringComparison.Ordinal);

        Assert.Equal("Who is it for?", (await OpenAsync(browser, (await browser.GetAsync(skipped)).Headers.Location!.ToString())).Heading());
        Assert.Equal("/learner/shares/new", (await browser.GetAsync($"/learner/shares/new/{Guid.Empty}/check")).Headers.Location!.ToString());
    }

    [Fact]
    public async Task Pressing_the_button_twice_or_going_back_makes_one_share()
    {
        using var browser = await AmeliasBrowserAsync();
        var check = await ToTheCheckAsync(browser);

        var first = await check.SubmitAsync(browser, "Share").NextAsync(browser);
        var second = await check.SubmitAsync(browser, "Share").NextAsync(browser);
        var back = await browser.GetAsync(check.Response.RequestMessage!.RequestUri!.AbsolutePath);

        Assert.Equal(CodeOn(first), CodeOn(second));
        Assert.Equal(first.Response.RequestMessage!.RequestUri!.AbsolutePath, back.Headers.Location!.ToString());
        Assert.Single((await OpenAsync(browser, "/learner/shares")).TableRows("What you share now"));
    }

    [Fact]
    public async Task What_is_missing_or_wrong_is_said_at_its_field()
    {
        using var browser = await AmeliasBrowserAsync();
        var what = await OpenAsync(browser, "/learner/shares/new");
        Assert.Equal([("Choose all qualifications or only some", "#What")], (await what.SubmitAsync(browser, "Continue")).ErrorSummary());
        Assert.Equal([("Choose at least one qualification", "#Events")], (await what.SubmitAsync(browser, "Continue", ("Only some", ""))).ErrorSummary());

        var who = await what.SubmitAsync(browser, "Continue", ("All of them", "")).NextAsync(browser);
        Assert.Equal([("Choose who you share with", "#Who")], (await who.SubmitAsync(browser, "Continue")).ErrorSummary());
        Assert.Equal([("Enter who it is for", "#ForWhom")], (await who.SubmitAsync(browser, "Continue", ("Somebody I name", ""))).ErrorSummary());
        Assert.Equal("Who it is for is longer than 200 characters", (await who.SubmitAsync(browser, "Continue", ("Somebody I name", ""), ("If you name somebody: who?", new string('x', 201)))).ErrorAt("If you name somebody: who?"));

        var howLong = await who.SubmitAsync(browser, "Continue", ("Anyone I give the code to", "")).NextAsync(browser);
        Assert.Equal([("Choose how long to share", "#Long")], (await howLong.SubmitAsync(browser, "Continue")).ErrorSummary());
        var far = await howLong.SubmitAsync(browser, "Continue", ("Until a date that I choose", ""), ("Day", "1"), ("Month", "3"), ("Year", "2027"));
        Assert.Equal("The last day is more than 30 days away", far.ErrorAt("If until a date: the last day"));
        var past = await howLong.SubmitAsync(browser, "Continue", ("Until a date that I choose", ""), ("Day", "1"), ("Month", "3"), ("Year", "2026"));
        Assert.Equal("The last day is not in the future", past.ErrorAt("If until a date: the last day"));
        var many = await howLong.SubmitAsync(browser, "Continue", ("7 days", ""), ("How many times may it be looked at? (optional)", "0"));
        Assert.Equal("How often is not between 1 and 100", many.ErrorSummary().Single().Text);
    }

    [Fact]
    public async Task Who_wants_to_be_told_of_each_look_says_so_and_can_change_that()
    {
        using var browser = await AmeliasBrowserAsync();
        var what = await OpenAsync(browser, "/learner/shares/new");
        var who = await what.SubmitAsync(browser, "Continue", ("All of them", "")).NextAsync(browser);
        var howLong = await who.SubmitAsync(browser, "Continue", ("Anyone I give the code to", "")).NextAsync(browser);
        const string tell = "Write to me by e-mail each time somebody looks";
        var check = await howLong.SubmitAsync(browser, "Continue", ("1 day", ""), (tell, "")).NextAsync(browser);
        Assert.EndsWith(tell, check.SummaryListValue("How long"), StringComparison.Ordinal);
        var share = await check.SubmitAsync(browser, "Share").NextAsync(browser);

        var change = await OpenAsync(browser, share.Link("Change this share"));

        Assert.True(change.Document.QuerySelector<AngleSharp.Html.Dom.IHtmlInputElement>("input[name=Tell]")!.IsChecked);
    }

    [Fact]
    public async Task Script_in_a_field_is_text()
    {
        using var browser = await AmeliasBrowserAsync();
        var what = await OpenAsync(browser, "/learner/shares/new");
        var who = await what.SubmitAsync(browser, "Continue", ("All of them", "")).NextAsync(browser);
        var howLong = await who.SubmitAsync(browser, "Continue", ("Somebody I name", ""), ("If you name somebody: who?", "<script>alert(1)</script>")).NextAsync(browser);
        var share = await (await howLong.SubmitAsync(browser, "Continue", ("1 day", "")).NextAsync(browser)).SubmitAsync(browser, "Share").NextAsync(browser);

        Assert.Equal("Share for: <script>alert(1)</script>", share.Heading());
        using var employer = Site.Browser();
        Assert.Equal("<script>alert(1)</script>", (await CheckAsync(employer, CodeOn(share))).SummaryListValue("Shared with"));
    }

    [Fact]
    public async Task A_share_is_made_longer_narrower_and_ended_and_nobody_else_comes_to_it()
    {
        using var browser = await AmeliasBrowserAsync();
        var what = await OpenAsync(browser, "/learner/shares/new");
        var who = await what.SubmitAsync(browser, "Continue", ("Only some", ""), ("A level History, GCE A Level, Level 3, 13 August 2026", ""), ("GCSE Mathematics, GCSE (9 to 1), Level 1/Level 2, 22 August 2024", "")).NextAsync(browser);
        var howLong = await who.SubmitAsync(browser, "Continue", ("Anyone I give the code to", "")).NextAsync(browser);
        var share = await (await howLong.SubmitAsync(browser, "Continue", ("1 day", "")).NextAsync(browser)).SubmitAsync(browser, "Share").NextAsync(browser);
        var address = share.Response.RequestMessage!.RequestUri!.AbsolutePath;

        var change = await OpenAsync(browser, share.Link("Change this share"));
        foreach (var input in change.Document.QuerySelectorAll("input[name=Events]").Skip(1).Cast<AngleSharp.Html.Dom.IHtmlInputElement>())
        {
            input.IsChecked = false;
        }

        var changed = await change.SubmitAsync(browser, "Save", ("Day", "10"), ("Month", "12"), ("Year", "2026"), ("How many times may it be looked at? (optional)", "3")).NextAsync(browser);
        Assert.Equal(("Until the end of 10 December 2026", "0 of 3"), (changed.SummaryListValue("How long"), changed.SummaryListValue("How often")));
        using var employer = Site.Browser();
        Assert.Single((await CheckAsync(employer, CodeOn(share))).TableRows("Qualifications"));

        // The form of another window, filled before: it is told, and what was chosen there is not lost silently.
        var stale = await change.SubmitAsync(browser, "Save", ("Day", "11"), ("Month", "12"), ("Year", "2026"));
        Assert.StartsWith("You changed this share in another window.", stale.ErrorSummary().Single().Text, StringComparison.Ordinal);

        var ended = await (await OpenAsync(browser, changed.Link("End this share"))).SubmitAsync(browser, "End this share").NextAsync(browser);
        Assert.Contains("You ended this share on 23 November 2026.", ended.Text, StringComparison.Ordinal);
        Assert.False(ended.HasLink("Change this share"));
        Assert.Equal("The person has ended this share", (await CheckAsync(employer, CodeOn(share))).Heading());

        var other = A.Learner("Gareth", "Lloyd");
        var gareth = await Site.Seed.LearnerAccountAsync(await Site.Seed.RegisterAsync(other, Huw), other);
        Assert.Equal(HttpStatusCode.NotFound, (await Site.OpenAsync(address, gareth)).Response.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Site.OpenAsync(address + "/change", gareth)).Response.StatusCode);
    }

    [Fact]
    public async Task The_pages_speak_Welsh()
    {
        using var browser = await AmeliasBrowserAsync();

        var what = await OpenAsync(browser, "/cy/learner/shares/new");
        Assert.Equal("Beth ydych chi am ei rannu?", what.Heading());
        var who = await what.SubmitAsync(browser, "Parhau", ("Pob un", "")).NextAsync(browser);
        var howLong = await who.SubmitAsync(browser, "Parhau", ("Unrhyw un rwy’n rhoi’r cod iddo", "")).NextAsync(browser);
        var check = await howLong.SubmitAsync(browser, "Parhau", ("7 diwrnod", "")).NextAsync(browser);
        var share = await check.SubmitAsync(browser, "Rhannu").NextAsync(browser);

        Assert.Equal("Rhaniad ar gyfer: Unrhyw un rwy’n ei roi iddo", share.Heading());
        Assert.StartsWith("/cy/check/link/", LinkOn(share), StringComparison.Ordinal);
    }
}
