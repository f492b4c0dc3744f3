using System.Net;
using System.Text;
using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Server.Files;
using Plr.Testing;
using Plr.Testing.Pages;

namespace Plr.Server.Tests.PortalPages;

/// <summary>What the page of a file says: of the whole file, of its rows, and the file that comes back.</summary>
public sealed class FileOutcomeTests(PortalSite portal) : IClassFixture<PortalSite>
{
    private static readonly string Headings = string.Join(',', FileLayouts.Registrations2A.Columns);

    private static readonly string Blanks = new(',', 26);

    public static TheoryData<string, string, string, string> BadFiles => new()
    {
        { "headings missing", Headings.Replace(",GivenName,", ",", StringComparison.Ordinal) + "\n2A\n", "A heading is missing.", "line 1, column 8" },
        { "headings shuffled", Headings.Replace("ULN,MISIdentifier", "MISIdentifier,ULN", StringComparison.Ordinal) + "\n2A\n", "A heading stands in the wrong place.", "line 1, column 5" },
        { "wrong count", $"{Headings}\n2A,a.csv,10007945,7{Blanks}\n", "The number of rows in the first row is not the number of rows in the file.", "line 2, column 4" },
        { "another organisation", $"{Headings}\n2A,a.csv,10007946,1{Blanks}\n", "The file names another organisation.", "line 2, column 3" },
        { "blank lines only", "\n\n\n", "The file is empty.", "" },
        { "headings only", $"{Headings}\n", "The file has headings and no row.", "" },
        { "quote never closed", $"{Headings}\n2A,a.csv,10007945,1,\"{Blanks}\n", "A quotation mark opens a cell and is never closed.", "line 2, column 5" },
    };

    [Theory]
    [MemberData(nameof(BadFiles))]
    public async Task A_file_that_cannot_be_read_says_what_is_wrong_and_where(string name, string content, string words, string place)
    {
        var page = await portal.OutcomeAsync(portal.Huw, "registrations", $"{name}.csv", content);

        AssertRefused(page, words, place);
    }

    [Fact]
    public async Task A_file_that_breaks_its_own_encoding_says_at_which_byte()
    {
        byte[] content = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Headings + "\n2A,"), 0xC3, 0x28, (byte)'\n'];
        AssertRefused(await portal.OutcomeAsync(portal.Huw, "registrations", "broken.csv", content), "The file says that it is UTF-8, but it is not.", "line 2, column 4");
    }

    [Fact]
    public async Task One_line_of_ten_megabytes_is_refused()
    {
        var content = new byte[10 * 1024 * 1024];
        Array.Fill(content, (byte)'x');
        AssertRefused(await portal.OutcomeAsync(portal.Huw, "registrations", "line.csv", content), "A line of the file is too long.", "line 1");
    }

    [Fact]
    public async Task A_refusal_speaks_Welsh_and_says_which_part_is_English()
    {
        var page = await portal.OutcomeAsync(portal.Huw, "registrations", "cymraeg.csv", $"{Headings}\n2A,b.csv,10007945,8{Blanks}\n", "/cy");

        Assert.Equal(("cy", "Beth ddigwyddodd i’ch ffeil"), (page.Language, page.Heading()));
        Assert.Contains("Nid yw nifer y rhesi yn y rhes gyntaf yr un â nifer y rhesi yn y ffeil.", page.Text, StringComparison.Ordinal);
        Assert.Contains("Edrychwch ar linell 2, colofn 4 y ffeil.", page.Text, StringComparison.Ordinal);
        Assert.Contains("LearnerRecordCount is 8", page.Document.QuerySelector("details [lang=en]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Good_rows_go_in_and_rejected_ones_are_told_with_row_code_and_fields()
    {
        var page = await portal.OutcomeAsync(portal.Huw, "registrations", "mixed.csv", Mixed("Mixed"));

        Assert.Equal(("Done", "4", "1", "3"), (page.SummaryListValue("State"), page.SummaryListValue("Rows"), page.SummaryListValue("Went in"), page.SummaryListValue("Rejected")));
        Assert.Equal(["New learner registered (RC001)", "Something is not in the right form (RC011)", "The learner is younger than 13 or older than 110 (RC013)"], page.TableRows("What became of the rows").Select(row => row[0]));
        var rows = page.TableRows("Rejected rows");
        Assert.Equal(["Row 2, line 3", "RC011", "Something is not in the right form", "Gender is not one of 0, 1, 2, 9 DateOfBirth is not a date in the form yyyy-MM-dd, such as 2007-03-27"], rows[0]);
        Assert.Equal(["Row 3, line 4", "RC013"], rows[1].Take(2));
        var list = await portal.Site.OpenAsync("/organisation/files", portal.Huw);
        Assert.Equal(["mixed.csv", "Learner registration", "23 November 2026, 12:00pm", "Done", "4", "3"], list.TableRows("Files, newest first").First(row => row[0] == "mixed.csv"));
    }

    [Fact]
    public async Task Findings_are_said_in_Welsh_on_a_Welsh_page()
    {
        var page = await portal.OutcomeAsync(portal.Huw, "registrations", "cymysg.csv", Mixed("Cymysg"), "/cy");

        Assert.Equal("GivenName yn wag: rhowch o leiaf un llythyren", page.TableRows("Rhesi a wrthodwyd")[2][3]);
    }

    [Fact]
    public async Task The_output_of_a_registration_can_be_sent_again_and_does_not_open_as_a_formula()
    {
        var page = await portal.OutcomeAsync(portal.Huw, "registrations", "formula.csv", Mixed("Formula"));
        var whole = await DownloadAsync(portal, page.Link("Download all rows with their ULNs (CSV)"), "formula-output.CSV");
        var rejected = await DownloadAsync(portal, page.Link("Download the rejected rows to correct and send again (CSV)"), "formula-rejected.CSV");

        Assert.Equal((5, 4), (Lines(whole).Length, Lines(rejected).Length));
        Assert.DoesNotContain(",=", rejected, StringComparison.Ordinal);
        Assert.Contains("'=1+1", rejected, StringComparison.Ordinal);
        var again = await portal.OutcomeAsync(portal.Huw, "registrations", "formula-output.CSV", whole);
        Assert.Equal(("4", "1", "3"), (again.SummaryListValue("Rows"), again.SummaryListValue("Went in"), again.SummaryListValue("Rejected")));
        Assert.Equal("Already on the register, nothing changed (RC002)", again.TableRows("What became of the rows")[0][0]);
    }

    [Fact]
    public async Task Achievements_come_back_with_class_code_and_words()
    {
        var learner = A.Learner("Bethan", "Achieves");
        var uln = await portal.Site.Seed.RegisterAsync(learner, portal.Huw);
        AchievementText[] rows =
        [
            A.AchievementOf(uln, learner, PortalSite.Gcse, "2026-08-20", "7"),
            A.AchievementOf(uln, learner, PortalSite.Gcse, "2027-08-20", "7"),
            A.AchievementOf(uln, A.Learner("Somebody", "Else"), PortalSite.Gcse, "2025-08-21", "7"),
        ];
        var page = await portal.OutcomeAsync(portal.Pat, "achievements", "ao.csv", SmallBatches.Achievements("RN5196", rows));

        Assert.Equal(
            [["New achievement on a record", "1"], ["Names, date of birth or gender do not agree with the ULN (AC103)", "1"], ["The award date is in the future or before the learner was 10 (AC204)", "1"]],
            page.TableRows("What became of the rows"));
        Assert.Equal("Business rule: The award date is in the future or before the learner was 10", page.TableRows("Rejected rows")[0][2]);
        Assert.False(page.HasLink("Download all rows with their ULNs (CSV)"));
        var output = await DownloadAsync(portal, page.Link("Download the rejected rows to correct and send again (CSV)"), "ao-rejected.CSV", portal.Pat);
        Assert.Equal(3, Lines(output).Length);
        var again = await portal.OutcomeAsync(portal.Pat, "achievements", "ao-rejected.CSV", output);
        Assert.Equal("2", again.SummaryListValue("Rejected"));
    }

    [Fact]
    public async Task Another_organisations_file_is_as_if_there_were_none()
    {
        var address = (await portal.SendAsync(portal.Huw, "registrations", "own.csv", Encoding.UTF8.GetBytes(Mixed("Own")))).Headers.Location!.OriginalString;
        await portal.Site.RunBatchesAsync();

        foreach (var page in new[] { address, $"{address}/output", "/organisation/files/2000000000" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await portal.Site.OpenAsync(page, portal.Rhian)).Response.StatusCode);
        }

        using var browser = await portal.Site.BrowserAsync(portal.Rhian);
        var own = await WebPage.ReadAsync(await browser.GetAsync("/organisation/files"));
        Assert.DoesNotContain("own.csv", own.Text, StringComparison.Ordinal);
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", own.Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!)]);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.PostAsync($"{address}?handler=again", form)).StatusCode);
    }

    internal static async Task<string> DownloadAsync(PortalSite portal, string address, string name, Core.Accounts.Account? by = null)
    {
        using var browser = await portal.Site.BrowserAsync(by ?? portal.Huw);
        var answer = await browser.GetAsync(address);
        Assert.Equal((HttpStatusCode.OK, "text/csv", "attachment", name), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentDisposition!.DispositionType, answer.Content.Headers.ContentDisposition.FileName));
        Assert.Contains("no-store", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        return await answer.Content.ReadAsStringAsync();
    }

    internal static string[] Lines(string csv) => csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

    /// <summary>One good row, two faults in one row, a child beside a formula, and a missing name.</summary>
    private static string Mixed(string familyName) => SmallBatches.Registrations(
        "10007945",
        A.Learner("Nia", familyName),
        A.Learner("Nia", familyName, "14/05/2008") with { Gender = "F" },
        A.Learner("=1+1", familyName, "2020-01-02"),
        A.Learner("", familyName, "2007-01-03"));

    private static void AssertRefused(WebPage page, string words, string place)
    {
        Assert.Equal("Could not be read", page.SummaryListValue("State"));
        Assert.Contains("Nothing of this file went in", page.Text, StringComparison.Ordinal);
        Assert.Contains(words, page.Text, StringComparison.Ordinal);
        Assert.Contains(place.Length > 0 ? $"Look at {place}" : "Correct the file and send it again.", page.Text, StringComparison.Ordinal);
        Assert.True(page.HasLink("Send a registration file"));
        Assert.Empty(page.Document.QuerySelectorAll("table"));
    }
}
