using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Core.DataChallenges;
using Plr.Core.Learners;
using Plr.Core.Reports;
using Plr.Server.Tests.PortalPages;
using Plr.Store;
using Plr.Testing;
using Plr.Testing.Pages;
using UglyToad.PdfPig;

namespace Plr.Server.Tests.Documents;

/// <summary>Reports as each audience makes them on its pages, and as the register office confirms them.</summary>
public sealed class ReportPageTests(PortalSite portal) : IClassFixture<PortalSite>
{
    private TestSite Site => portal.Site;

    [Fact]
    public async Task A_learner_downloads_their_own_report_and_finds_it_in_their_trail()
    {
        var (uln, account) = await LearnerAsync("Eleri", "Morgan");
        using var browser = await Site.BrowserAsync(account);
        var page = await WebPage.ReadAsync(await browser.GetAsync("/learner/report"));

        var answer = (await page.SubmitAsync(browser, "Download the report")).Response;

        var text = await PdfAsync(answer);
        Assert.Contains("What the register holds about Eleri Morgan as of 23 November 2026, 12:00pm.", text, StringComparison.Ordinal);
        Assert.Contains(uln.ToDisplayString(), text, StringComparison.Ordinal);
        Assert.Contains("GCSE Mathematics", text, StringComparison.Ordinal);
        Assert.Contains("Eleri Morgan, the learner", text, StringComparison.Ordinal);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Matches("^personal-learning-record-([0-9A-Z]{3}-){4}[0-9A-Z]{3}\\.pdf$", answer.Content.Headers.ContentDisposition.FileName!.Trim('"'));
        Assert.Contains("no-store", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Contains("Made a report of your record", (await Site.OpenAsync("/learner/who-has-looked?own=show", account)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_is_in_Welsh_when_that_is_chosen_and_on_the_Welsh_page_it_is()
    {
        var (_, account) = await LearnerAsync("Gwenllian", "Parry");
        using var browser = await Site.BrowserAsync(account);
        var page = await WebPage.ReadAsync(await browser.GetAsync("/cy/learner/report"));

        var text = await PdfAsync((await page.SubmitAsync(browser, "Lawrlwytho’r adroddiad")).Response);

        Assert.Contains("Cofnod dysgu personol", text, StringComparison.Ordinal);
        Assert.Contains("23 Tachwedd 2026", text, StringComparison.Ordinal);
        Assert.Contains("Tudalen 1 o ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_under_data_challenge_says_so()
    {
        var (uln, account) = await LearnerAsync("Nia", "Rowlands");
        var record = await Site.Services.GetRequiredService<Core.LearningEvents.GetLearningEvents>().RunAsync(uln, null, Seeds.AccessOf(account, Purpose.OwnRecord));
        await Site.Services.GetRequiredService<RaiseChallenge>().RunAsync(new(uln, record.Record!.Events[0].Id, ChallengeType.WrongGrade, "It was an 8."), Seeds.AccessOf(account, Purpose.OwnRecord));

        var text = await PdfAsync(await DownloadAsync(account, "/learner/report", "Pdf"));

        Assert.Contains("Final. Under data challenge", text, StringComparison.Ordinal);
        Assert.Contains("1 qualification, of which 1 under data challenge", text, StringComparison.Ordinal);
        Assert.Contains("somebody has said that the result is wrong", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_script_is_refused_in_words_that_name_the_field_and_the_data_formats_carry_it()
    {
        var (_, account) = await LearnerAsync("美玲", "Chén 🦊");
        using var browser = await Site.BrowserAsync(account);
        var page = await WebPage.ReadAsync(await browser.GetAsync("/learner/report"));

        var refused = await page.SubmitAsync(browser, "Download the report");

        var error = Assert.Single(refused.ErrorSummary()).Text;
        Assert.StartsWith("A PDF cannot print 美 玲 in “Given name”, 🦊 in “Family name”", error, StringComparison.Ordinal);
        Assert.EndsWith("Choose CSV or JSON, which carry every character.", error, StringComparison.Ordinal);
        var json = await (await DownloadAsync(account, "/learner/report", "Json")).Content.ReadAsStringAsync();
        Assert.Contains("\"givenName\": \"美玲\"", json, StringComparison.Ordinal);
        var csv = await (await DownloadAsync(account, "/learner/report", "Csv")).Content.ReadAsStringAsync();
        Assert.Contains(",美玲,Chén 🦊,", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_organisation_makes_a_report_of_a_record_that_it_may_see_and_of_no_other()
    {
        var (uln, _) = await LearnerAsync("Osian", "Beynon");
        using var browser = await Site.BrowserAsync(portal.Huw);
        var found = await FindLearnerTests.FollowAsync(browser, await FindLearnerTests.AskAsync(browser, uln.ToString(), "Osian", "Beynon"));
        await found.SubmitAsync(browser, "View record", ("To enrol the learner", ""));
        var address = found.Response.RequestMessage!.RequestUri!.AbsolutePath + "/report";

        var text = await PdfAsync((await (await WebPage.ReadAsync(await browser.GetAsync(address))).SubmitAsync(browser, "Download the report")).Response);

        Assert.Contains("Huw Pugh of Coleg Dyffryn", text, StringComparison.Ordinal);
        Assert.Contains("To enrol the learner on a course", text, StringComparison.Ordinal);
        Assert.DoesNotContain(uln.ToString(), address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_learner_who_opted_out_is_not_reported_to_an_organisation()
    {
        var uln = await Site.Seed.RegisterAsync(A.Learner("Tegid", "Onslow") with { AbilityToShare = "2" }, portal.Huw);
        var answer = await Site.Services.GetRequiredService<GetReport>().RunAsync(new(uln, ReportFormat.Json, ReportLanguage.English), Seeds.AccessOf(portal.Huw, Purpose.Enrolment));

        Assert.Equal((Core.Responses.ResponseCodes.NotShared, null, 2), (answer.Code, answer.Report, answer.AbilityToShare));
    }

    [Fact]
    public async Task A_learner_gets_no_report_of_somebody_else()
    {
        var (other, _) = await LearnerAsync("Heledd", "Tudor");
        var (_, account) = await LearnerAsync("Idwal", "Ellis");

        var answer = await Site.Services.GetRequiredService<GetReport>().RunAsync(new(other, ReportFormat.Json, ReportLanguage.English), Seeds.AccessOf(account, Purpose.OwnRecord));

        Assert.Equal((Core.Responses.ResponseCodes.NotAllowed, null), (answer.Code, answer.Report));
    }

    [Fact]
    public async Task An_officer_makes_a_report_for_a_caller_saying_why_and_confirms_it_later()
    {
        var (uln, learner) = await LearnerAsync("Meleri", "Ashton");
        var officer = await Site.Seed.AccountAsync("Ffion Officer", Roles.OfficeAgent);
        using var browser = await Site.BrowserAsync(officer);
        var form = await WebPage.ReadAsync(await browser.GetAsync("/office/reports/make"));

        var wrong = await form.SubmitAsync(browser, "Download the report", ("ULN of the learner", "123"));
        Assert.Equal(
            ["Enter a ULN of ten digits, such as 123 456 7890", "Choose why the report is needed", "Enter who asked and how you checked who they are"],
            wrong.ErrorSummary().Select(error => error.Text));
        Assert.Equal("Enter who asked and how you checked who they are", wrong.ErrorAt("Who asked, and how did you check who they are?"));

        using var filled = new FormUrlEncodedContent(
        [
            new("Uln", uln.ToDisplayString()), new("Purpose", "OwnRecord"), new("Reason", "Called, and gave her date of birth and school."), new("Format", "Pdf"), new("Language", "English"),
            new("__RequestVerificationToken", form.Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!),
        ]);
        var answer = await browser.PostAsync("/office/reports/make", filled);
        var text = await PdfAsync(answer);
        Assert.Contains("Ffion Officer of the register office", text, StringComparison.Ordinal);
        Assert.Contains("The learner’s own record", text, StringComparison.Ordinal);
        var reference = answer.Content.Headers.ContentDisposition!.FileName!.Trim('"')["personal-learning-record-".Length..^4];

        var confirmed = await ConfirmAsync(browser, reference.ToLowerInvariant().Replace('-', ' '));
        foreach (var words in new[] { "The register made this report", "23 November 2026, 12:00pm", "Meleri Ashton", "Ffion Officer", "gave her date of birth and school", "The record has not changed." })
        {
            Assert.Contains(words, confirmed.Text, StringComparison.Ordinal);
        }

        Assert.Equal("The register made this report", confirmed.Heading());
        Assert.StartsWith("The register made this report", confirmed.Title, StringComparison.Ordinal);
        Assert.Empty(confirmed.Document.QuerySelectorAll("main h2[role]"));
        Assert.Equal("", confirmed.Value("Reference of the report"));

        await Site.Seed.AchieveAsync(portal.Awarding, A.AchievementOf(uln, A.Learner("Meleri", "Ashton"), PortalSite.Gcse, "2026-08-20", "9") with { Action = "2" });
        Assert.Contains("The qualifications have changed.", (await ConfirmAsync(browser, reference)).Text, StringComparison.Ordinal);
        var trail = (await Site.OpenAsync("/learner/who-has-looked", learner)).Text;
        Assert.Contains("Made a report of your record", trail, StringComparison.Ordinal);
        Assert.Contains("Confirmed a report of your record by its reference", trail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reference_that_the_register_never_gave_is_said_to_be_unknown()
    {
        using var browser = await Site.BrowserAsync(await Site.Seed.AccountAsync("Cadi Officer", Roles.OfficeSenior));

        var unknown = await ConfirmAsync(browser, ReportReference.New().ToString());
        Assert.Equal("The register made no report with this reference", unknown.Heading());
        Assert.StartsWith(unknown.Heading(), unknown.Title, StringComparison.Ordinal);
        Assert.Contains("Do not rely on the report.", unknown.Text, StringComparison.Ordinal);
        Assert.Equal("This is not a reference: ask for it again and check each letter", Assert.Single((await ConfirmAsync(browser, "ABC")).ErrorSummary()).Text);
    }

    [Fact]
    public async Task A_challenge_that_ends_is_not_said_to_change_the_qualifications()
    {
        var (uln, account) = await LearnerAsync("Lowri", "Hanmer");
        var own = Seeds.AccessOf(account, Purpose.OwnRecord);
        var record = await Site.Services.GetRequiredService<Core.LearningEvents.GetLearningEvents>().RunAsync(uln, null, own);
        await Site.Services.GetRequiredService<RaiseChallenge>().RunAsync(new(uln, record.Record!.Events[0].Id, ChallengeType.WrongGrade, "It was an 8."), own);
        var made = await Site.Services.GetRequiredService<GetReport>().RunAsync(new(uln, ReportFormat.Json, ReportLanguage.English), own);
        await Site.Services.GetRequiredService<Engine>().WriteAsync(session => session.ExecuteAsync("UPDATE data_challenge SET state = 12 WHERE uln = @uln", new { uln = uln.Value }));
        using var browser = await Site.BrowserAsync(await Site.Seed.AccountAsync("Esyllt Officer", Roles.OfficeAgent));

        Assert.Equal("A data challenge has been raised or has ended.", (await ConfirmAsync(browser, made.Report!.Reference.ToString())).SummaryListValue("Since then"));
    }

    [Theory]
    [InlineData("", "Enter who asked and how you checked who they are", "Choose what you need", "Choose the language of the report")]
    [InlineData("/cy", "Nodwch pwy ofynnodd a sut y gwnaethoch wirio pwy ydynt", "Dewiswch beth sydd ei angen arnoch", "Dewiswch iaith yr adroddiad")]
    public async Task All_that_is_wrong_with_an_officers_report_is_said_at_once(string language, string reason, string format, string spoken)
    {
        using var browser = await Site.BrowserAsync(await Site.Seed.AccountAsync("Olwen Officer" + language, Roles.OfficeAgent, email: $"olwen{language.Length}@example.org"));

        var errors = (await MakeAsync(browser, language, "", "", " ", "Word", "Cornish")).ErrorSummary();

        Assert.Equal(["#Uln", "#Purpose", "#Reason", "#Format", "#Language"], errors.Select(error => error.Href!));
        Assert.Equal([reason, format, spoken], errors.Skip(2).Select(error => error.Text));
        var tooLong = Assert.Single((await MakeAsync(browser, language, "1000000078", "OwnRecord", new string('a', 501), "Pdf", "Welsh")).ErrorSummary());
        Assert.Equal("#Reason", tooLong.Href);
        Assert.Contains("500", tooLong.Text, StringComparison.Ordinal);
        Assert.Equal("#Reason", Assert.Single((await MakeAsync(browser, language, "1000000078", "OwnRecord", "a\u0001", "Pdf", "Welsh")).ErrorSummary()).Href);
    }

    [Fact]
    public async Task A_learner_who_is_not_active_is_not_said_to_be_nobody()
    {
        var (uln, _) = await LearnerAsync("Tudur", "Absennol");
        await Site.Services.GetRequiredService<Engine>().WriteAsync(session => session.ExecuteAsync("UPDATE learner SET status = 0 WHERE uln = @uln", new { uln = uln.Value }));
        using var browser = await Site.BrowserAsync(await Site.Seed.AccountAsync("Nest Officer", Roles.OfficeAgent));

        var inactive = await MakeAsync(browser, "", uln.ToString(), "OwnRecord", "Called.", "Pdf", "English");
        var nobody = await MakeAsync(browser, "", "1000000078", "OwnRecord", "Called.", "Pdf", "English");

        Assert.Equal([("The learner with this ULN is no longer active on the register: no report can be made", "#Uln")], inactive.ErrorSummary());
        Assert.Equal([("Nobody on the register has this ULN", "#Uln")], nobody.ErrorSummary());
        // Put back: the log's check reads whoever is on the register.
        await Site.Services.GetRequiredService<Engine>().WriteAsync(session => session.ExecuteAsync("UPDATE learner SET status = 1 WHERE uln = @uln", new { uln = uln.Value }));
    }

    [Fact]
    public async Task The_JSON_is_as_its_schema_says_and_the_CSV_has_the_documented_columns()
    {
        var (_, account) = await LearnerAsync("Branwen", "Gower");
        using var schema = JsonDocument.Parse(await File.ReadAllTextAsync(Repository.PathTo("docs", "reference", "report.schema.json")));
        using var json = JsonDocument.Parse(await (await DownloadAsync(account, "/learner/report", "Json")).Content.ReadAsStringAsync());

        Assert.Equal([], SchemaCheck.Faults(schema.RootElement, json.RootElement));
        var csv = (await (await DownloadAsync(account, "/learner/report", "Csv")).Content.ReadAsStringAsync()).TrimStart('\uFEFF').Split("\r\n");
        var documented = (await File.ReadAllLinesAsync(Repository.PathTo("docs", "reference", "report.md"))).Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1]);
        Assert.Equal(documented, csv[0].Split(','));
        Assert.Equal(csv[0].Split(',').Length, csv[1].Split(',').Length);
    }

    private static async Task<WebPage> MakeAsync(HttpClient browser, string at, string uln, string purpose, string reason, string format, string language)
    {
        var form = await WebPage.ReadAsync(await browser.GetAsync(at + "/office/reports/make"));
        using var filled = new FormUrlEncodedContent(
        [
            new("Uln", uln), new("Purpose", purpose), new("Reason", reason), new("Format", format), new("Language", language),
            new("__RequestVerificationToken", form.Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!),
        ]);
        return await WebPage.ReadAsync(await browser.PostAsync(at + "/office/reports/make", filled));
    }

    private static async Task<WebPage> ConfirmAsync(HttpClient browser, string reference) =>
        await (await WebPage.ReadAsync(await browser.GetAsync("/office/reports"))).SubmitAsync(browser, "Find the report", ("Reference of the report", reference));

    private static async Task<string> PdfAsync(HttpResponseMessage answer)
    {
        Assert.Equal((HttpStatusCode.OK, "application/pdf"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        using var document = PdfDocument.Open(await answer.Content.ReadAsByteArrayAsync());
        return string.Concat(document.GetPages().Select(page => page.Text)).Normalize(NormalizationForm.FormC);
    }

    private async Task<HttpResponseMessage> DownloadAsync(Account account, string address, string format)
    {
        using var browser = await Site.BrowserAsync(account);
        var form = await WebPage.ReadAsync(await browser.GetAsync(address));
        using var filled = new FormUrlEncodedContent(
            [new("Format", format), new("Language", "English"), new("__RequestVerificationToken", form.Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!)]);
        var answer = await browser.PostAsync(address, filled);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return answer;
    }

    private async Task<(Uln Uln, Account Account)> LearnerAsync(string givenName, string familyName)
    {
        var learner = A.Learner(givenName, familyName);
        var uln = await Site.Seed.RegisterAsync(learner, portal.Huw);
        await Site.Seed.AchieveAsync(portal.Awarding, A.AchievementOf(uln, learner, PortalSite.Gcse, "2026-08-20", "7"));
        return (uln, await Site.Seed.AccountAsync($"{givenName} {familyName}", Roles.Learner, uln: uln, email: $"{uln}@example.org"));
    }
}
