using System.Net;
using Plr.Core;
using Plr.Core.DataChallenges;
using Plr.Core.Journeys;
using Plr.Testing;
using Plr.Testing.Pages;

namespace Plr.Server.Tests.Learner;

public sealed class ReportProblemTests : ProblemPages
{
    [Fact]
    public async Task A_wrong_grade_is_reported_in_four_questions_and_goes_to_the_awarding_organisation()
    {
        using var browser = await Site.BrowserAsync(Account);
        var what = await BeginAsync(browser);
        Assert.Equal("What is wrong with it?", what.Heading());
        var shouldBe = await PressAsync(browser, what, "Continue", ("The grade is wrong", ""));
        Assert.Equal("What should it be?", shouldBe.Heading());
        var evidence = await PressAsync(browser, shouldBe, "Continue", ("The grade it should be", "8"));
        Assert.Equal("Do you have something that shows it?", evidence.Heading());
        evidence = await SendAsync(browser, evidence, "slip.pdf", Pdf);
        var contact = await PressAsync(browser, evidence, "Continue");
        Assert.Equal("How can we tell you how it goes?", contact.Heading());
        var check = await PressAsync(browser, contact, "Continue", ("By e-mail", ""), ("E-mail address", "home@example.org"));
        Assert.Equal(
            ("GCSE Mathematics", "The grade is wrong", "8", "slip.pdf", "home@example.org"),
            (check.SummaryListValue("About"), check.SummaryListValue("What is wrong"), check.SummaryListValue("What it should be"), check.SummaryListValue("Files"), check.SummaryListValue("Messages go to")));

        var sent = await PressAsync(browser, check, "Send report");

        var challenge = Assert.Single(await Part<ListOwnChallenges>().RunAsync(Amelia, Seeds.AccessOf(Account, Purpose.OwnRecord)));
        Assert.Equal("Report sent", sent.Heading());
        Assert.Equal($"{challenge.Reference}", sent.Document.QuerySelector(".govuk-panel strong")!.TextContent);
        Assert.Contains("AQA Education has your report", sent.Text, StringComparison.Ordinal);
        Assert.Contains("You can expect an answer by 23 December 2026.", sent.Text, StringComparison.Ordinal);
        Assert.Equal((ChallengeState.WithOrganisation, "8", "home@example.org"), (challenge.State, challenge.Wanted, challenge.MailTo));
        var problem = await OpenAsync(browser, sent.Link("See the problem"));
        Assert.Equal("GCSE Mathematics", problem.Heading());
        Assert.Equal("slip.pdf", problem.SummaryListValue("Files"));
        Assert.Contains("On 23 November 2026 it went to AQA Education.", problem.Text, StringComparison.Ordinal);
        var list = (await OpenAsync(browser, problem.Link("Problems"))).TableRows("Problems you reported");
        Assert.Equal(["GCSE Mathematics", "The grade is wrong", $"{challenge.Reference}", "Being looked into", "23 December 2026"], Assert.Single(list));
        Assert.Equal("Under data challenge", (await OpenAsync(browser, "/learner")).Document.QuerySelector("main .govuk-tag--yellow")!.TextContent);
    }

    [Fact]
    public async Task The_journey_speaks_Welsh()
    {
        using var browser = await Site.BrowserAsync(Account);
        var record = await OpenAsync(browser, "/cy/learner");
        var page = await OpenAsync(browser, (await OpenAsync(browser, record.Link("GCSE Mathematics"))).Link("Rhoi gwybod am broblem gyda’r cymhwyster hwn"));
        page = await PressAsync(browser, page, "Parhau", ("Mae’r radd yn anghywir", ""));
        Assert.Equal([("Rhowch y radd a ddylai fod, neu dywedwch isod beth sydd o’i le", "#Wanted")], (await page.SubmitAsync(browser, "Parhau")).ErrorSummary());
        page = await PressAsync(browser, page, "Parhau", ("Y radd a ddylai fod", "8"));
        page = await PressAsync(browser, page, "Parhau heb ffeil");
        page = await PressAsync(browser, page, "Parhau", ("Dim negeseuon: byddaf yn edrych yma", ""));
        Assert.Equal("Mae’r radd yn anghywir", page.SummaryListValue("Beth sydd o’i le"));
        page = await PressAsync(browser, page, "Anfon yr adroddiad");

        Assert.Equal(("Anfonwyd yr adroddiad", "cy"), (page.Heading(), page.Language));
        Assert.Contains("Gallwch ddisgwyl ateb erbyn 23 Rhagfyr 2026.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_answered_is_said_at_its_field()
    {
        using var browser = await Site.BrowserAsync(Account);
        var what = await BeginAsync(browser);
        Assert.Equal([("Select what is wrong", "#Type")], (await what.SubmitAsync(browser, "Continue")).ErrorSummary());
        var shouldBe = await PressAsync(browser, what, "Continue", ("The grade is wrong", ""));
        Assert.Equal([("Enter the grade it should be, or say below what is wrong", "#Wanted")], (await shouldBe.SubmitAsync(browser, "Continue", ("The grade it should be", "  "))).ErrorSummary());
        Assert.Equal([("What it should be: use 300 characters or fewer", "#Wanted")], (await shouldBe.SubmitAsync(browser, "Continue", ("The grade it should be", new string('8', 301)))).ErrorSummary());
        var evidence = await PressAsync(browser, shouldBe, "Continue", ("The grade it should be", ""), ("Anything else that helps (optional)", "I do not know, but not a 5."));
        var contact = await PressAsync(browser, evidence, "Continue without a file");
        Assert.Equal([("Select how we can tell you", "#Reach")], (await contact.SubmitAsync(browser, "Continue")).ErrorSummary());
        Assert.Equal([("Enter an e-mail address such as name@example.org", "#Email")], (await contact.SubmitAsync(browser, "Continue", ("By e-mail", ""), ("E-mail address", "home"))).ErrorSummary());
        Assert.Equal([("Enter your e-mail address", "#Email")], (await contact.SubmitAsync(browser, "Continue", ("By e-mail", ""), ("E-mail address", ""))).ErrorSummary());
    }

    [Fact]
    public async Task Script_that_is_typed_is_shown_as_text()
    {
        const string script = "<script>alert(1)</script>";
        using var browser = await Site.BrowserAsync(Account);
        var check = await ToCheckAsync(browser, script, script + "\r\nsecond line");
        var problem = await OpenAsync(browser, (await PressAsync(browser, check, "Send report")).Link("See the problem"));

        foreach (var page in new[] { check, problem })
        {
            Assert.Equal((script, script + " second line"), (page.SummaryListValue("What it should be"), page.SummaryListValue("In your words")));
            Assert.DoesNotContain(page.Document.Scripts, one => one.Text.Contains("alert", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_change_leads_straight_back_to_all_answers_and_another_kind_of_problem_is_asked_for_anew()
    {
        using var browser = await Site.BrowserAsync(Account);
        var check = await ToCheckAsync(browser);
        var shouldBe = await OpenAsync(browser, check.Link("Change (What it should be)"));
        Assert.Equal((Address(check), "8"), (shouldBe.Link("Back"), shouldBe.Value("The grade it should be")));
        check = await PressAsync(browser, shouldBe, "Continue", ("The grade it should be", "9"));
        Assert.Equal("9", check.SummaryListValue("What it should be"));

        var what = await OpenAsync(browser, check.Link("Change (What is wrong)"));
        var date = await PressAsync(browser, what, "Continue", ("The date is wrong", ""));
        Assert.Equal(("What should it be?", ""), (date.Heading(), date.Value("The date it should be")));
        Assert.Equal("The date is wrong", (await PressAsync(browser, date, "Continue", ("The date it should be", "1 May 2025"))).SummaryListValue("What is wrong"));
    }

    [Fact]
    public async Task The_back_link_goes_one_question_back_and_from_the_first_to_where_it_began()
    {
        using var browser = await Site.BrowserAsync(Account);
        var page = await ToCheckAsync(browser);
        var headings = new List<string>();
        while (page.HasLink("Back") && headings.Count < 6)
        {
            page = await OpenAsync(browser, page.Link("Back"));
            headings.Add(page.Heading());
        }

        Assert.Equal(["How can we tell you how it goes?", "Do you have something that shows it?", "What should it be?", "What is wrong with it?", "GCSE Mathematics", "Your personal learning record"], headings);
    }

    [Fact]
    public async Task Who_comes_to_a_later_page_first_is_led_to_what_is_not_answered()
    {
        using var browser = await Site.BrowserAsync(Account);
        var shouldBe = await PressAsync(browser, await BeginAsync(browser), "Continue", ("The grade is wrong", ""));

        foreach (var page in new[] { "check", "contact", "evidence", "which" })
        {
            Assert.Equal(Address(shouldBe), Address(await OpenAsync(browser, Address(shouldBe).Replace("should-be", page, StringComparison.Ordinal))));
        }
    }

    [Fact]
    public async Task Sent_twice_it_is_one_problem_and_the_pages_before_lead_to_it()
    {
        using var browser = await Site.BrowserAsync(Account);
        var check = await ToCheckAsync(browser);
        var first = await PressAsync(browser, check, "Send report");
        var second = await PressAsync(browser, check, "Send report");
        var back = await OpenAsync(browser, Address(check));

        var challenge = Assert.Single(await Part<ListOwnChallenges>().RunAsync(Amelia, Seeds.AccessOf(Account, Purpose.OwnRecord)));
        Assert.Equal("Report sent", first.Heading());
        Assert.Equal(($"/learner/problems/{challenge.Id}", $"/learner/problems/{challenge.Id}"), (Address(second), Address(back)));
        Assert.Equal(Address(back), Address(await OpenAsync(browser, Address(check).Replace("check", "should-be", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Two_tabs_that_press_at_once_make_one_problem()
    {
        using var browser = await Site.BrowserAsync(Account);
        var check = await ToCheckAsync(browser);
        using var other = await Site.BrowserAsync(Account);
        var tab = await OpenAsync(other, Address(check));

        await Task.WhenAll(check.SubmitAsync(browser, "Send report"), tab.SubmitAsync(other, "Send report"));

        Assert.Single(await Part<ListOwnChallenges>().RunAsync(Amelia, Seeds.AccessOf(Account, Purpose.OwnRecord)));
    }

    [Fact]
    public async Task Answers_outlast_the_session_and_not_what_they_are_kept_for_and_are_nobody_elses()
    {
        string address;
        using (var browser = await Site.BrowserAsync(Account))
        {
            address = Address(await ToCheckAsync(browser));
        }

        Assert.Equal(HttpStatusCode.NotFound, (await Site.OpenAsync(address, await StrangerAsync())).Response.StatusCode);
        Assert.Equal("/sign-in", (await Site.OpenAsync(address)).Response.Headers.Location!.OriginalString.Split('?')[0]);
        Site.Time.Advance(TimeSpan.FromDays(6));
        Assert.Equal("8", (await Site.OpenAsync(address, Account)).SummaryListValue("What it should be"));
        Site.Time.Advance(TimeSpan.FromDays(2));
        var over = await Site.OpenAsync(address, Account);
        Assert.Equal(("This report is not here any more", HttpStatusCode.NotFound), (over.Heading(), over.Response.StatusCode));
        Assert.Equal("/learner/problems", over.Link("See the problems you reported"));
        Assert.Equal(1, await Part<IJourneyStore>().RemoveExpiredAsync(Site.Time.GetUtcNow()));
    }

    [Fact]
    public async Task What_appears_twice_is_two_events_and_both_show_it()
    {
        using var browser = await Site.BrowserAsync(Account);
        var which = await PressAsync(browser, await BeginAsync(browser), "Continue", ("It is on my record more than once", ""));
        Assert.Equal("Which other entry is the same qualification?", which.Heading());
        Assert.Equal([("Select one of these", "#Other")], (await which.SubmitAsync(browser, "Continue")).ErrorSummary());
        var said = await PressAsync(browser, which, "Continue", ("GCSE English Language", ""));
        Assert.Equal([("Say in a few words what is wrong", "#Said")], (await said.SubmitAsync(browser, "Continue")).ErrorSummary());
        var evidence = await PressAsync(browser, said, "Continue", ("Tell us what is wrong", "I took it once."));
        var check = await PressAsync(browser, await PressAsync(browser, evidence, "Continue without a file"), "Continue", ("No messages: I look here", ""));
        Assert.Equal("GCSE English Language", check.SummaryListValue("The other entry"));
        await PressAsync(browser, check, "Send report");

        var rows = (await OpenAsync(browser, "/learner")).TableRows("Qualifications");
        Assert.Equal(["GCSE English Language", "GCSE Mathematics"], rows.Where(row => row.Any(cell => cell.Contains("Under data challenge", StringComparison.Ordinal))).Select(row => row[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_not_mine_can_be_one_event_or_two()
    {
        using var browser = await Site.BrowserAsync(Account);
        var which = await PressAsync(browser, await BeginAsync(browser), "Continue", ("It is not mine", ""));
        Assert.Equal("Is another qualification on your record not yours either?", which.Heading());

        Assert.Equal("Tell us what is wrong", (await PressAsync(browser, which, "Continue", ("No, only this one", ""))).Heading());
    }

    [Fact]
    public async Task A_missing_qualification_is_one_step_from_the_record_and_goes_to_the_office()
    {
        using var browser = await Site.BrowserAsync(Account);
        var page = await OpenAsync(browser, (await OpenAsync(browser, "/learner")).Link("Report a missing qualification"));
        Assert.Equal([("Enter the qualification that is missing", "#Qualification")], (await page.SubmitAsync(browser, "Continue")).ErrorSummary());
        page = await PressAsync(browser, page, "Continue", ("Qualification", "GCSE Welsh"), ("Awarding organisation (optional)", "WJEC"), ("Grade (optional)", "7"));
        page = await PressAsync(browser, await PressAsync(browser, page, "Continue without a file"), "Continue", ("No messages: I look here", ""));
        Assert.Equal(("GCSE Welsh", "WJEC", "7"), (page.SummaryListValue("About"), page.SummaryListValue("Awarding organisation"), page.SummaryListValue("Grade")));
        var back = await OpenAsync(browser, page.Link("Change (About)"));
        Assert.Equal("GCSE Welsh", back.Value("Qualification"));
        page = await PressAsync(browser, page, "Send report");

        Assert.Contains("The register office has your report", page.Text, StringComparison.Ordinal);
        Assert.Equal("GCSE Welsh", (await OpenAsync(browser, page.Link("See the problem"))).Heading());
    }

    [Fact]
    public async Task Wrong_details_are_reported_from_the_details()
    {
        using var browser = await Site.BrowserAsync(Account);
        var page = await OpenAsync(browser, (await OpenAsync(browser, "/learner/details")).Link("Report a problem with your details"));
        Assert.Equal("What is wrong with your details?", page.Heading());
        page = await PressAsync(browser, page, "Continue", ("My name, date of birth or another detail is wrong", ""));
        page = await PressAsync(browser, page, "Continue", ("What your details should say", "My family name is Prys."));
        page = await PressAsync(browser, await PressAsync(browser, page, "Continue without a file"), "Continue", ("No messages: I look here", ""));
        page = await PressAsync(browser, page, "Send report");

        Assert.Equal("Your details", (await OpenAsync(browser, page.Link("See the problem"))).Heading());
    }

    [Fact]
    public async Task Who_has_reported_nothing_is_told_how_to()
    {
        var page = await Site.OpenAsync("/learner/problems", Account);

        Assert.Contains("You have not reported a problem.", page.Text, StringComparison.Ordinal);
        Assert.True(page.HasLink("A qualification is missing") && page.HasLink("Your details are wrong"));
        Assert.Equal("/learner/problems", (await Site.OpenAsync("/learner/problems/new", Account)).Response.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.NotFound, (await Site.OpenAsync("/learner/problems/new?event=999999", Account)).Response.StatusCode);
    }
}
