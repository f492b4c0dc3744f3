using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using MimeKit;
using Plr.Core;
using Plr.Core.Reports;
using Plr.Server.Mail;
using Plr.Testing;
using Plr.Testing.Pages;
using UglyToad.PdfPig;

namespace Plr.Server.Tests.Sharing;

public sealed class CheckTests : SharePages
{
    private HttpClient _employer = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _employer = Site.Browser();
    }

    [Fact]
    public async Task An_employer_without_an_account_reads_the_verdict_first_and_then_each_award()
    {
        using var browser = await AmeliasBrowserAsync();
        var share = await SharedAsync(browser);

        var seen = await CheckAsync(_employer, CodeOn(share));

        Assert.Equal("Qualifications shared with you", seen.Heading());
        Assert.Contains("The record matches On 23 November 2026, 12:00pm this register confirmed what it holds for Siân Pritchard.", seen.Text, StringComparison.Ordinal);
        Assert.Equal(
            [["A level History GCE A Level, 603/2000/2", "Level 3", "B", "13 August 2026", "AQA Education", "Awarded"]],
            seen.TableRows("Qualifications"));
        Assert.Contains("This share ends at the end of 30 November 2026. The qualifications do not.", seen.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Mathematics", seen.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Amelia.ToDisplayString(), seen.Text, StringComparison.Ordinal);
        Assert.Equal(("no-referrer", "no-store"), (seen.Response.Headers.GetValues("Referrer-Policy").Single(), seen.Response.Headers.CacheControl!.ToString()));
        Assert.Contains("noindex", seen.Response.Headers.GetValues("X-Robots-Tag").Single(), StringComparison.Ordinal);
        var own = await OpenAsync(browser, share.Response.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Contains("23 November 2026, 12:00pm: opened with the code and your date of birth.", own.Text, StringComparison.Ordinal);
        var looked = await OpenAsync(browser, "/learner/who-has-looked");
        Assert.Contains("Looked at what you shared", looked.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lower")]
    [InlineData("spaces")]
    public async Task A_code_opens_however_it_is_typed(string how)
    {
        using var browser = await AmeliasBrowserAsync();
        var code = CodeOn(await SharedAsync(browser));

        Assert.Equal("Qualifications shared with you", (await CheckAsync(_employer, how == "lower" ? code.ToLowerInvariant() : $" {code.Replace('-', ' ')} ")).Heading());
    }

    [Theory]
    [InlineData("")]
    [InlineData("3AC-7DE-9F0")]
    [InlineData("3AC-7DE-9FO")]
    [InlineData("3AC-7DE")]
    public async Task What_is_no_code_is_said_at_the_field_before_anything_is_tried(string typed)
    {
        var page = await CheckAsync(_employer, typed);

        Assert.StartsWith(typed.Length == 0 ? "Enter the share code" : "This is not a share code or a reference.", page.ErrorAt("Share code, or reference of a report"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_code_and_wrong_birth_date_look_the_same_and_wait_after_some()
    {
        using var browser = await AmeliasBrowserAsync();
        var code = CodeOn(await SharedAsync(browser));

        var wrongDate = await CheckAsync(_employer, code, "28");
        var wrongCode = await CheckAsync(_employer, Plr.Core.Sharing.ShareCode.Of(new byte[16]).ToString());
        Assert.Equal(wrongDate.ErrorSummary(), wrongCode.ErrorSummary());
        Assert.Equal(wrongDate.Response.StatusCode, wrongCode.Response.StatusCode);
        for (var tried = 0; tried < 4; tried++)
        {
            await CheckAsync(_employer, code, $"{10 + tried}");
        }

        Assert.Equal(wrongDate.ErrorSummary(), (await CheckAsync(_employer, code)).ErrorSummary());
        Site.Time.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal("Qualifications shared with you", (await CheckAsync(_employer, code)).Heading());
    }

    [Fact]
    public async Task A_link_shows_nothing_and_counts_nothing_before_its_button_is_pressed()
    {
        using var browser = await AmeliasBrowserAsync();
        var share = await SharedAsync(browser, views: "1");
        var link = LinkOn(share);

        for (var scanned = 0; scanned < 3; scanned++)
        {
            var page = await OpenAsync(_employer, link);
            Assert.Equal("Somebody shares their qualifications with you", page.Heading());
            Assert.DoesNotContain("Siân", page.Document.DocumentElement.TextContent, StringComparison.Ordinal);
            Assert.Contains("noindex", page.Response.Headers.GetValues("X-Robots-Tag").Single(), StringComparison.Ordinal);
            Assert.Equal("no-referrer", page.Response.Headers.GetValues("Referrer-Policy").Single());
        }

        var seen = await (await OpenAsync(_employer, link)).SubmitAsync(_employer, "See the qualifications").NextAsync(_employer);
        Assert.Equal("Qualifications shared with you", seen.Heading());
        Assert.Equal("This share was looked at as often as it may be", (await OpenAsync(_employer, link)).Heading());

        // What was opened can be read again, and does not count.
        Assert.Equal("Qualifications shared with you", (await OpenAsync(_employer, seen.Response.RequestMessage!.RequestUri!.AbsolutePath)).Heading());
        Assert.Equal(HttpStatusCode.NotFound, (await OpenAsync(_employer, link + "x")).Response.StatusCode);
    }

    [Fact]
    public async Task What_was_opened_is_over_after_half_an_hour()
    {
        using var browser = await AmeliasBrowserAsync();
        var seen = await CheckAsync(_employer, CodeOn(await SharedAsync(browser)));
        Site.Time.Advance(TimeSpan.FromMinutes(31));

        var over = await OpenAsync(_employer, seen.Response.RequestMessage!.RequestUri!.AbsolutePath);

        Assert.Equal((HttpStatusCode.Gone, "This page is over"), (over.Response.StatusCode, over.Heading()));
        Assert.Equal(HttpStatusCode.Gone, (await OpenAsync(_employer, "/check/seen/nothing")).Response.StatusCode);
    }

    [Fact]
    public async Task A_receipt_is_signed_says_what_was_seen_and_is_confirmed_without_showing_it_again()
    {
        using var browser = await AmeliasBrowserAsync();
        var seen = await CheckAsync(_employer, CodeOn(await SharedAsync(browser)));

        var json = await seen.SubmitReceiptAsync(_employer, "json");
        using var receipt = JsonDocument.Parse(await json.Content.ReadAsStringAsync());
        var signature = receipt.RootElement.GetProperty("signature").GetString()!;
        var key = new JsonWebKey(await _employer.GetStringAsync("/check/receipt?handler=Key"));
        using var signer = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = Base64UrlEncoder.DecodeBytes(key.X), Y = Base64UrlEncoder.DecodeBytes(key.Y) } });

        Assert.True(signer.VerifyData(Encoding.ASCII.GetBytes(signature[..signature.LastIndexOf('.')]), Base64UrlEncoder.DecodeBytes(signature[(signature.LastIndexOf('.') + 1)..]), HashAlgorithmName.SHA256));
        var signed = JsonDocument.Parse(Base64UrlEncoder.Decode(signature.Split('.')[1])).RootElement;
        Assert.True(JsonElement.DeepEquals(signed, receipt.RootElement.GetProperty("receipt")));
        var award = Assert.Single(signed.GetProperty("qualifications").EnumerateArray());
        Assert.Equal(("A level History", "B", "Current"), (award.GetProperty("subject").GetString(), award.GetProperty("grade").GetString(), award.GetProperty("state").GetString()));

        var reference = signed.GetProperty("reference").GetString()!;
        var pdf = await (await seen.SubmitReceiptAsync(_employer, "pdf")).Content.ReadAsByteArrayAsync();
        using var document = PdfDocument.Open(pdf);
        var text = string.Join(' ', document.GetPages().Select(page => page.Text));
        Assert.Contains(reference, text, StringComparison.Ordinal);
        Assert.Contains("A level History", text, StringComparison.Ordinal);

        var confirmed = await (await OpenAsync(_employer, "/check/receipt")).SubmitAsync(_employer, "Confirm", ("Reference of the receipt", reference.ToLowerInvariant()));
        Assert.Equal("This register made the receipt", confirmed.Heading());
        Assert.Equal(("1", "Nothing that was shown has changed", "Is still open"), (confirmed.SummaryListValue("Qualifications shown"), confirmed.SummaryListValue("Since then"), confirmed.SummaryListValue("The share")));
        Assert.DoesNotContain("History", confirmed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Siân", confirmed.Text, StringComparison.Ordinal);
        var unknown = await (await OpenAsync(_employer, "/check/receipt")).SubmitAsync(_employer, "Confirm", ("Reference of the receipt", $"{Plr.Core.Reports.ReportReference.New()}"));
        Assert.Equal("This register made no such receipt", unknown.Heading());
    }

    [Fact]
    public async Task A_learner_who_allows_no_receipt_is_heeded()
    {
        using var browser = await AmeliasBrowserAsync();
        var seen = await CheckAsync(_employer, CodeOn(await SharedAsync(browser, mayDownload: false)));

        Assert.DoesNotContain("receipt", seen.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("text/html", (await seen.SubmitReceiptAsync(_employer, "json")).Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_correction_and_a_withdrawal_show_and_who_left_an_address_is_written_to()
    {
        using var browser = await AmeliasBrowserAsync();
        var share = await SharedAsync(browser);
        var seen = await CheckAsync(_employer, CodeOn(share));
        var wrong = await seen.SubmitAsync(_employer, "Tell me", ("E-mail address", "nobody"));
        Assert.Equal("E-mail address is not an e-mail address such as name@example.org", wrong.ErrorAt("E-mail address"));
        var told = await wrong.SubmitAsync(_employer, "Tell me", ("E-mail address", "hr@example.org"), ("Your organisation", "Môn Builders")).NextAsync(_employer);
        Assert.Contains("We write to you if something that you saw here is corrected", told.Text, StringComparison.Ordinal);

        Site.Time.Advance(TimeSpan.FromHours(1));
        await Site.Seed.AchieveAsync(Aqa, A.AchievementOf(Amelia, A.Learner(), History, "2026-08-13", "A") with { Action = "2" });
        Assert.Equal([["A level History GCE A Level, 603/2000/2", "Level 3", "A", "13 August 2026", "AQA Education", "Awarded; corrected on 23 November 2026"]], (await CheckAsync(_employer, CodeOn(share))).TableRows("Qualifications"));
        await Site.Seed.AchieveAsync(Aqa, A.AchievementOf(Amelia, A.Learner(), History, "2026-08-13", "A") with { Action = "3", ActionReason = "Sent in error" });
        Assert.Equal("Withdrawn on 23 November 2026: it does not count any more", (await CheckAsync(_employer, CodeOn(share))).TableRows("Qualifications")[0][^1]);

        var mails = await SentMailAsync();
        Assert.All(mails, mail => Assert.Contains("hr@example.org", mail, StringComparison.Ordinal));
        Assert.Equal(2, mails.Count);
        Assert.DoesNotContain(mails, mail => mail.Contains("Pritchard", StringComparison.Ordinal) || mail.Contains("History", StringComparison.Ordinal));
        using var signedInAgain = await AmeliasBrowserAsync();
        var own = await OpenAsync(signedInAgain, share.Response.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Contains("They said that they are: Môn Builders", own.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("hr@example.org", own.Text, StringComparison.Ordinal);
    }

    private async Task<List<string>> SentMailAsync()
    {
        await Site.Services.GetRequiredService<MailRound>().RunAsync(default);
        return [.. Directory.GetFiles(Path.Combine(Site.Services.GetRequiredService<Settings>().DataFolder, "mail")).Select(file => MimeMessage.Load(file)).Select(mail => $"{mail.To} {mail.Subject} {mail.TextBody}")];
    }

    [Fact]
    public async Task Whoever_is_signed_in_checks_as_nobody()
    {
        using var browser = await AmeliasBrowserAsync();
        var code = CodeOn(await SharedAsync(browser));
        using var college = await Site.BrowserAsync(Huw);

        Assert.Equal("Qualifications shared with you", (await CheckAsync(college, code)).Heading());
        var looked = await OpenAsync(browser, "/learner/who-has-looked/entries");
        Assert.DoesNotContain("Huw Pugh", string.Join(' ', looked.TableRows(looked.Document.QuerySelector("caption")!.TextContent.Trim())[0]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_that_a_learner_was_given_is_checked_by_its_reference_until_they_end_that_and_a_colleges_is_not()
    {
        using var browser = await AmeliasBrowserAsync();
        var form = await OpenAsync(browser, "/learner/report");
        var pdf = await (await form.SubmitAsync(browser, "Download the report")).Response.Content.ReadAsByteArrayAsync();
        var reference = (await OpenAsync(browser, "/learner/shares")).TableRows("What you share now")[0][0];
        Assert.StartsWith("Report ", reference, StringComparison.Ordinal);
        reference = reference["Report ".Length..];
        using (var document = PdfDocument.Open(pdf))
        {
            Assert.All(document.GetPages(), page => Assert.Contains(reference, page.Text, StringComparison.Ordinal));
            Assert.Contains("/check", document.GetPage(document.NumberOfPages).Text, StringComparison.Ordinal);
        }

        var asked = await OpenAsync(_employer, $"/check?reference={reference}");
        Assert.Equal(reference, asked.Value("Share code, or reference of a report"));
        var seen = await asked.SubmitAsync(_employer, "Check", ("Day", "29"), ("Month", "2"), ("Year", "2008")).NextAsync(_employer);
        Assert.Equal(4, seen.TableRows("Qualifications").Count);
        Assert.Equal(Amelia.ToDisplayString(), seen.SummaryListValue("ULN"));
        Assert.StartsWith("The code or the date of birth is not right", (await CheckAsync(_employer, reference, "28")).ErrorSummary().Single().Text, StringComparison.Ordinal);

        var own = await OpenAsync(browser, (await OpenAsync(browser, "/learner/shares")).Link($"Report {reference}"));
        await (await OpenAsync(browser, own.Link("End this share"))).SubmitAsync(browser, "End this share").NextAsync(browser);
        Assert.Equal("The person has ended this share", (await CheckAsync(_employer, reference)).Heading());

        var college = (await Site.Services.GetRequiredService<GetReport>().RunAsync(new(Amelia, ReportFormat.Pdf, ReportLanguage.English), new(Huw.Actor, Channel.Portal, Purpose.Enrolment, "test"))).Report!;
        Assert.NotEmpty((await CheckAsync(_employer, $"{college.Reference}")).ErrorSummary());
    }

    [Fact]
    public async Task The_pages_speak_Welsh()
    {
        using var browser = await AmeliasBrowserAsync();
        var share = await SharedAsync(browser);

        var start = await OpenAsync(_employer, "/cy/check");
        Assert.Equal("Gwirio cymwysterau rhywun", start.Heading());
        var seen = await (await OpenAsync(_employer, "/cy" + LinkOn(share))).SubmitAsync(_employer, "Gweld y cymwysterau").NextAsync(_employer);
        Assert.Contains("Mae’r cofnod yn cyfateb", seen.Text, StringComparison.Ordinal);
        Assert.Equal("Dyfarnwyd", seen.TableRows("Cymwysterau")[0][^1]);
    }
}
