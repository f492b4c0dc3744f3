using System.Net;
using System.Text;
using Plr.Core.DataChallenges;
using Plr.Server.Mail;
using Plr.Testing;
using Plr.Testing.Pages;

namespace Plr.Server.Tests.Learner;

public sealed class ProblemTests : ProblemPages
{
    public static TheoryData<string, string, string> BadFiles => new()
    {
        { "slip.zip", "PK\u0003\u0004", "The selected file must be a PDF, JPEG or PNG" },
        { "slip.pdf", "PK\u0003\u0004", "The selected file must be a PDF, JPEG or PNG" },
        { "photo.png", "<script>alert(1)</script>", "The selected file must be a PDF, JPEG or PNG" },
        { "run.js", "alert(1)", "The selected file must be a PDF, JPEG or PNG" },
        { "slip.pdf", "", "The selected file is empty" },
        { "", "", "Select a file" },
    };

    [Theory]
    [MemberData(nameof(BadFiles))]
    public async Task What_is_no_evidence_is_refused_in_words_and_nothing_is_kept(string name, string content, string words)
    {
        using var browser = await Site.BrowserAsync(Account);
        var page = await EvidenceAsync(browser);
        var answer = name.Length == 0 ? await WithoutFileAsync(browser, page) : await SendAsync(browser, page, name, Encoding.Latin1.GetBytes(content));

        Assert.Equal([(words, "#Chosen")], answer.ErrorSummary());
        Assert.Equal(words, answer.ErrorAt("Add a file"));
        Assert.False((await OpenAsync(browser, Address(page))).Text.Contains("Files you added", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(10, null)]
    [InlineData(11, "The selected file must be smaller than 10 MB")]
    public async Task Eleven_megabytes_are_refused_and_ten_are_taken(int size, string? words)
    {
        using var browser = await Site.BrowserAsync(Account);
        var content = new byte[size * 1024 * 1024];
        Pdf.CopyTo(content, 0);
        Pdf.CopyTo(content, content.Length - Pdf.Length);
        var answer = await SendAsync(browser, await EvidenceAsync(browser), "large.pdf", content);

        Assert.Equal(words, answer.ErrorSummary().Select(error => error.Text).FirstOrDefault());
        Assert.Equal(words is null, answer.Text.Contains("large.pdf", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_can_be_removed_before_it_is_sent_and_there_are_five_at_most()
    {
        using var browser = await Site.BrowserAsync(Account);
        var page = await EvidenceAsync(browser);
        for (var i = 0; i < 5; i++)
        {
            page = await SendAsync(browser, page, $"slip{i}.pdf", Encoding.UTF8.GetBytes($"%PDF-1.7 {i} %%EOF"));
        }

        Assert.Contains("You have added 5 files. Remove one to add another.", page.Text, StringComparison.Ordinal);
        page = await PressAsync(browser, page, "Remove slip3.pdf");
        Assert.DoesNotContain("slip3.pdf", page.Text, StringComparison.Ordinal);
        Assert.Contains("Add a file", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forged_form_adds_and_removes_nothing()
    {
        using var browser = await Site.BrowserAsync(Account);
        var page = await EvidenceAsync(browser);
        var forged = await SendAsync(browser, page, "slip.pdf", Pdf, withToken: false);
        using var nothing = new FormUrlEncodedContent([]);

        Assert.Equal(HttpStatusCode.BadRequest, forged.Response.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync(Address(page) + "?handler=Continue", nothing)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync(Address(page) + $"?handler=Remove&file={Guid.Empty}", nothing)).StatusCode);
        Assert.DoesNotContain("slip.pdf", (await OpenAsync(browser, Address(page))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_given_to_be_saved_as_it_was_and_never_shown_within_the_site()
    {
        using var browser = await Site.BrowserAsync(Account);
        var page = await OpenAsync(browser, $"/learner/problems/{(await RaisedAsync()).Id}");
        page = await SendAsync(browser, await OpenAsync(browser, page.Link("Add a file")), "<b>slip.PDF", Pdf);
        Assert.Contains("On 23 November 2026 you added a file.", page.Text, StringComparison.Ordinal);

        var address = page.Link("<b>slip.pdf");
        var file = await browser.GetAsync(address);

        Assert.Equal(Pdf, await file.Content.ReadAsByteArrayAsync());
        Assert.Equal(("application/pdf", "attachment"), (file.Content.Headers.ContentType!.MediaType, file.Content.Headers.ContentDisposition!.DispositionType));
        Assert.Equal("default-src 'none'; sandbox; frame-ancestors 'none'", Assert.Single(file.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", Assert.Single(file.Headers.GetValues("X-Content-Type-Options")));
        Assert.True(file.Headers.CacheControl!.NoStore);
        Assert.Equal(HttpStatusCode.NotFound, (await Site.OpenAsync(address, await StrangerAsync())).Response.StatusCode);
    }

    [Fact]
    public async Task Another_learners_problem_is_answered_as_one_that_does_not_exist()
    {
        var raised = await RaisedAsync();
        var stranger = await StrangerAsync();
        foreach (var page in new[] { "", "/sent", "/withdraw", "/review", "/information", "/file" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await Site.OpenAsync($"/learner/problems/{raised.Id}{page}", stranger)).Response.StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, (await Site.OpenAsync($"/learner/problems/{raised.Id}", Account)).Response.StatusCode);
    }

    [Fact]
    public async Task What_is_asked_is_read_and_answered()
    {
        using var browser = await Site.BrowserAsync(Account);
        var raised = await RaisedAsync();
        Assert.Equal($"/learner/problems/{raised.Id}", Address(await OpenAsync(browser, $"/learner/problems/{raised.Id}/information")));
        await Part<AskForInformation>().RunAsync(raised.Id, raised.Version, "Which <name> is\nright?", Office);
        var problem = await OpenAsync(browser, $"/learner/problems/{raised.Id}");
        Assert.Contains("Waiting for you", problem.Text, StringComparison.Ordinal);
        Assert.Contains("Please answer by 21 December 2026.", problem.Text, StringComparison.Ordinal);
        var form = await OpenAsync(browser, problem.Link("Answer"));
        Assert.Contains("Which <name> is right?", form.Text, StringComparison.Ordinal);
        Assert.Equal([("Say in a few words what is wrong", "#Said")], (await form.SubmitAsync(browser, "Send answer")).ErrorSummary());
        problem = await PressAsync(browser, form, "Send answer", ("Your answer", "Prys, with a y."));

        Assert.Contains("With the register office", problem.Text, StringComparison.Ordinal);
        Assert.Contains("On 23 November 2026 you answered: Prys, with a y.", problem.Text, StringComparison.Ordinal);
        Assert.False(problem.HasLink("Answer"));
    }

    [Fact]
    public async Task A_report_is_withdrawn_after_a_question_and_stays_in_the_list()
    {
        using var browser = await Site.BrowserAsync(Account);
        var raised = await RaisedAsync();
        var question = await OpenAsync(browser, (await OpenAsync(browser, $"/learner/problems/{raised.Id}")).Link("Withdraw this report"));
        Assert.Equal("Do you want to withdraw this report?", question.Heading());
        var problem = await PressAsync(browser, question, "Withdraw report");
        var again = await PressAsync(browser, question, "Withdraw report");

        Assert.Contains("You withdrew it. Nothing was changed.", problem.Text, StringComparison.Ordinal);
        Assert.False(problem.HasLink("Withdraw this report") || problem.HasLink("Add a file"));
        Assert.Equal(Address(problem), Address(again));
        Assert.Equal("Withdrawn", Assert.Single((await OpenAsync(browser, "/learner/problems")).TableRows("Problems you reported"))[3]);
    }

    [Fact]
    public async Task A_refusal_says_why_and_how_to_ask_for_a_review_which_there_is_once()
    {
        using var browser = await Site.BrowserAsync(Account);
        var raised = await RaisedAsync();
        await Part<RejectChallenge>().RunAsync(raised.Id, raised.Version, "It is as in the passport.", Office);
        var problem = await OpenAsync(browser, $"/learner/problems/{raised.Id}");
        Assert.Contains("the register office said that the record stays as it is, because: It is as in the passport.", problem.Text, StringComparison.Ordinal);
        var form = await OpenAsync(browser, problem.Link("Ask for a review"));
        Assert.Equal([("Say in a few words what is wrong", "#Said")], (await form.SubmitAsync(browser, "Send request")).ErrorSummary());
        problem = await PressAsync(browser, form, "Send request", ("Why should it be looked at again?", "It is another passport."));
        Assert.Contains("With the register office", problem.Text, StringComparison.Ordinal);
        var second = Office with { Actor = Office.Actor with { AccountId = Guid.CreateVersion7() } };
        await Part<RejectChallenge>().RunAsync(raised.Id, 4, "Still.", second);

        Assert.False((await OpenAsync(browser, $"/learner/problems/{raised.Id}")).HasLink("Ask for a review"));
        Assert.Equal($"/learner/problems/{raised.Id}", Address(await OpenAsync(browser, $"/learner/problems/{raised.Id}/review")));
    }

    [Fact]
    public async Task Mail_of_a_problem_says_its_reference_and_day_and_nothing_of_it_in_both_languages()
    {
        var raised = await RaisedAsync(said: "My secret.");
        var words = Part<MailWords>();
        var told = new List<string>();
        foreach (var isWelsh in new[] { false, true })
        {
            foreach (var kind in Enum.GetValues<Core.Mail.MailKind>().Where(kind => kind >= Core.Mail.MailKind.ChallengeRaised))
            {
                var message = words.Message(new(Guid.CreateVersion7(), 1, kind, "Siân", null, isWelsh, [$"{raised.Reference}", "2026-12-23"], Clock.Noon), "sian@example.org");
                Assert.DoesNotContain($"{raised.Reference}", message.Subject, StringComparison.Ordinal);
                Assert.Contains($"{raised.Reference}", message.TextBody, StringComparison.Ordinal);
                told.Add(message.TextBody!);
            }
        }

        Assert.Equal(28, told.Distinct().Count());
        Assert.Contains(told, text => text.Contains("You can expect an answer by 23 December 2026.", StringComparison.Ordinal));
        Assert.Contains(told, text => text.Contains("Gallwch ddisgwyl ateb erbyn 23 Rhagfyr 2026.", StringComparison.Ordinal));
    }

    private static async Task<WebPage> EvidenceAsync(HttpClient browser)
    {
        var page = await PressAsync(browser, await BeginAsync(browser), "Continue", ("The grade is wrong", ""));
        return await PressAsync(browser, page, "Continue", ("The grade it should be", "8"));
    }

    private static async Task<WebPage> WithoutFileAsync(HttpClient browser, WebPage page)
    {
        var token = page.Document.QuerySelector("form[enctype] input[name=__RequestVerificationToken]")!.GetAttribute("value");
        // As browsers send a file field that was left alone: an empty name and no bytes.
        var text = $"--b\r\nContent-Disposition: form-data; name=\"__RequestVerificationToken\"\r\n\r\n{token}\r\n--b\r\nContent-Disposition: form-data; name=\"Chosen\"; filename=\"\"\r\nContent-Type: application/octet-stream\r\n\r\n\r\n--b--\r\n";
        using var form = new StringContent(text);
        form.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
        return await WebPage.ReadAsync(await browser.PostAsync(Address(page), form));
    }
}
