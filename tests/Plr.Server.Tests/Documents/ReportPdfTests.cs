using System.Text;
using System.Text.RegularExpressions;
using Plr.Core.LearningEvents;
using Plr.Core.Reports;
using Plr.Server.Documents;
using Plr.Server.Web;
using UglyToad.PdfPig;

namespace Plr.Server.Tests.Documents;

/// <summary>The tagged PDF against three readers of others: qpdf, poppler and PdfPig.</summary>
public sealed partial class ReportPdfTests
{
    public static TheoryData<int, ReportLanguage> Records => new()
    {
        { 0, ReportLanguage.English }, { 1, ReportLanguage.Welsh }, { 30, ReportLanguage.English }, { 30, ReportLanguage.Welsh }, { 400, ReportLanguage.English },
    };

    [Theory]
    [MemberData(nameof(Records))]
    public void Every_reader_finds_the_file_well_formed_and_tagged(int events, ReportLanguage language)
    {
        var (report, file) = SampleReports.Write(new(SampleReports.Learner(), SampleReports.Events(events)), language: language);

        Assert.Contains("No syntax or stream encoding errors found", SampleReports.Run(file.Content, "qpdf", "--check"), StringComparison.Ordinal);
        var facts = SampleReports.Run(file.Content, "pdfinfo");
        Assert.Matches(@"Tagged: +yes", facts);
        Assert.Matches($@"Title: +{(language == ReportLanguage.Welsh ? "Cofnod dysgu personol" : "Personal learning record")}, {report.Reference}", facts);
        Assert.Matches(@"Page size: +595.28 x 841.89 pts \(A4\)", facts);
        Assert.Matches(@"PDF version: +1.7", facts);
        var text = Encoding.Latin1.GetString(file.Content);
        Assert.Contains(language == ReportLanguage.Welsh ? "<rdf:li>cy</rdf:li>" : "<rdf:li>en</rdf:li>", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_structure_says_what_each_part_is()
    {
        var (_, file) = SampleReports.Write(new(SampleReports.Learner(), SampleReports.Events(30)));
        var lines = SampleReports.Run(file.Content, "pdfinfo", "-struct").Split('\n').Select(line => line.Trim()).ToList();

        Assert.Equal("Document", lines.First(line => line.Length > 0));
        Assert.Single(lines, line => line.StartsWith("H1", StringComparison.Ordinal));
        Assert.Equal(5, lines.Count(line => line.StartsWith("H2", StringComparison.Ordinal)));
        Assert.Equal(3, lines.Count(line => line.StartsWith("Table", StringComparison.Ordinal)));
        Assert.Equal(7, lines.Count(line => line.Contains("/Scope /Column", StringComparison.Ordinal)));
        Assert.Equal(30 + 5 + 5, lines.Count(line => line.Contains("/Scope /Row", StringComparison.Ordinal)));
        Assert.Equal(30 * 6, lines.Count(line => line.StartsWith("TD", StringComparison.Ordinal)) - 10);
        Assert.Equal(4, lines.Count(line => line.StartsWith("LI", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Records))]
    public void What_the_readers_read_back_is_the_data(int events, ReportLanguage language)
    {
        var record = new PersonalLearningRecord(SampleReports.Learner(), SampleReports.Events(events));
        var (report, file) = SampleReports.Write(record, language: language);
        var said = Said(report, record);

        AssertSaidInOrder(said, Plain(SampleReports.Run(file.Content, "pdfinfo", "-struct-text")));
        using var document = PdfDocument.Open(file.Content);
        AssertSaidInOrder(said, Plain(string.Concat(document.GetPages().Select(page => page.Text))));
    }

    [Theory]
    [InlineData("Siân Ŵyn", "Llŷr-Ẁỳ")]
    [InlineData("Łukasz Świętosław", "Brzęczyszczykiewicz Żółć")]
    [InlineData("Nguyễn Thị Ánh", "Đặng Phước Lộc")]
    [InlineData("Ελένη", "Παπαδοπούλου-Ἀθηνᾶ")]
    [InlineData("Володимир Ґалаґан", "Щербаківський Ћирић")]
    [InlineData("M\u0302arie x\u0323\u0302", "O\u0308zil Ng\u0303a\u0303")]
    [InlineData("İıŞşĞğ ǅ ß", "Þórður Æsir Œuvre ŋ")]
    public void Latin_with_marks_Greek_and_Cyrillic_are_read_back_in_full(string givenName, string familyName)
    {
        var record = new PersonalLearningRecord(SampleReports.Learner(givenName, familyName), SampleReports.Events(1));
        var (report, file) = SampleReports.Write(record);
        var said = Said(report, record);

        Assert.Empty(SampleReports.Words.Unprintable(record, report.AskedBy, Languages.English));
        AssertSaidInOrder(said, Plain(SampleReports.Run(file.Content, "pdfinfo", "-struct-text")));
        using var document = PdfDocument.Open(file.Content);
        AssertSaidInOrder(said, Plain(string.Concat(document.GetPages().Select(page => page.Text))));
    }

    [Fact]
    public void A_word_that_is_wider_than_its_column_is_broken_and_read_back_whole()
    {
        var events = new[] { SampleReports.Event(1) with { Facts = SampleReports.Event(1).Facts with { Subject = new string('W', 3000) + "-" + new string('é', 3000), Grade = "ABCDEFGHIJKLMNOP" } } };
        var record = new PersonalLearningRecord(SampleReports.Learner(new string('Q', 300)), events);
        var (report, file) = SampleReports.Write(record);

        Assert.Contains("No syntax", SampleReports.Run(file.Content, "qpdf", "--check"), StringComparison.Ordinal);
        using var document = PdfDocument.Open(file.Content);
        Assert.True(document.NumberOfPages > 5);
        AssertSaidInOrder(Said(report, record), Plain(SampleReports.Run(file.Content, "pdfinfo", "-struct-text")));
        // The blank at the end of a line may hang over: nobody sees it.
        Assert.All(document.GetPages().SelectMany(page => page.Letters).Where(letter => !string.IsNullOrWhiteSpace(letter.Value)), letter => Assert.InRange(letter.EndBaseLine.X, 42, 553));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    [InlineData(400)]
    public void Every_page_has_the_reference_its_number_and_what_continues_has_its_headings(int events)
    {
        var (report, file) = SampleReports.Write(new(SampleReports.Learner(), SampleReports.Events(events)));
        using var document = PdfDocument.Open(file.Content);
        var pages = document.GetPages().Select(page => page.Text).ToList();

        for (var i = 0; i < pages.Count; i++)
        {
            Assert.Contains($"Reference {report.Reference}Page {i + 1} of {pages.Count}", pages[i], StringComparison.Ordinal);
            Assert.StartsWith("Personal Learning Record", pages[i][pages[i].LastIndexOf("Personal Learning Record", StringComparison.Ordinal)..], StringComparison.Ordinal);
        }

        Assert.All(pages.Where(page => page.Contains("Hospitality", StringComparison.Ordinal)), page => Assert.Contains("Awardingorganisation", Plain(page), StringComparison.Ordinal));
    }

    [Fact]
    public void Each_section_has_a_bookmark_to_its_page()
    {
        var (_, file) = SampleReports.Write(new(SampleReports.Learner(), SampleReports.Events(30)));
        using var document = PdfDocument.Open(file.Content);

        Assert.True(document.TryGetBookmarks(out var bookmarks));
        var titles = bookmarks.GetNodes().ToList();
        Assert.Equal(["The learner", "This report", "Qualifications", "What the record covers", "How to check this report"], titles.Select(node => node.Title));
        Assert.All(titles.OfType<UglyToad.PdfPig.Outline.DocumentBookmarkNode>(), node => Assert.Contains(Plain(node.Title), Plain(document.GetPage(node.PageNumber).Text), StringComparison.Ordinal));
    }

    [Fact]
    public void Thirty_events_take_less_than_a_hundred_kilobytes_with_both_fonts_inside()
    {
        var (_, file) = SampleReports.Write(new(SampleReports.Learner(), SampleReports.Events(30)));
        var fonts = SampleReports.Run(file.Content, "pdffonts");

        Assert.InRange(file.Content.Length, 10_000, 100_000);
        Assert.Equal(2, FontLine().Count(fonts));
        Assert.StartsWith("personal-learning-record-", file.Name, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_script_is_said_with_its_field_and_its_characters()
    {
        var events = new[] { SampleReports.Event(1), SampleReports.Event(2) with { Facts = SampleReports.Event(2).Facts with { Subject = "Calligraphy 書道 書", Grade = "ممتاز" } } };
        var record = new PersonalLearningRecord(SampleReports.Learner("Zoë 🦊"), events);

        var found = SampleReports.Words.Unprintable(record, new("officer", "Σωκράτης", null), Languages.English);

        Assert.Equal([new("Given name", "🦊"), new("Subject", "書 道"), new("Grade", "م ت ا ز")], found);
        var welsh = Languages.In(Languages.Welsh, () => SampleReports.Words.Unprintable(record, new("officer", "Σωκράτης", null), Languages.English));
        Assert.Equal(["Enw cyntaf", "Pwnc", "Gradd"], welsh.Select(field => field.Field));
    }

    [Theory]
    [InlineData(4, "")]
    [InlineData(5, "“Z” with 5 marks")]
    [InlineData(30, "“Z” with 30 marks")]
    public void Marks_that_would_cover_the_lines_above_are_refused_in_words(int marks, string said)
    {
        var record = new PersonalLearningRecord(SampleReports.Learner("AZ" + new string('\u0301', marks) + "oë"), []);

        Assert.Equal(said, string.Concat(SampleReports.Words.Unprintable(record, new("register", null, null), Languages.English).Select(field => $"{field.Characters}")));
    }

    [Theory]
    [InlineData("Zoë\uFE0F \U000E0101Ann\U000E0041", "")]
    [InlineData("Z\u0E34\u3164\uE000", "\u25CC\u0E34 (U+0E34) U+3164 U+E000")]
    public void What_cannot_be_seen_is_named_by_its_number_and_what_only_chooses_a_form_is_left_out(string givenName, string said)
    {
        var record = new PersonalLearningRecord(SampleReports.Learner(givenName), []);

        Assert.Equal(said, string.Concat(SampleReports.Words.Unprintable(record, new("register", null, null), Languages.English).Select(field => field.Characters)));
    }

    [Fact]
    public void What_is_printed_is_looked_at_in_the_reports_language_and_named_in_the_pages()
    {
        var words = SampleReports.WordsOf(new Settings { ServiceNameWelsh = "記録", Operator = new() { Email = "書@example.org" } });
        var record = new PersonalLearningRecord(SampleReports.Learner(), []);

        Assert.Equal([new("E-mail address of the register office", "書")], words.Unprintable(record, new("register", null, null), Languages.English));
        Assert.Equal(
            [new("Name of the service", "記 録"), new("E-mail address of the register office", "書")], words.Unprintable(record, new("register", null, null), Languages.Welsh));
    }

    [Theory]
    [InlineData("Distinction*")]
    [InlineData("MMMMMM")]
    public void A_grade_is_not_broken_where_it_could_be_read_as_another(string grade)
    {
        var record = new PersonalLearningRecord(SampleReports.Learner(), [SampleReports.Event(1) with { Facts = SampleReports.Event(1).Facts with { Grade = grade } }]);
        using var document = PdfDocument.Open(SampleReports.Write(record).File.Content);

        Assert.Contains(document.GetPages().SelectMany(page => page.GetWords()), word => word.Text == grade);
    }

    [Fact]
    public void The_headings_of_a_table_never_stand_alone_at_the_foot_of_a_page()
    {
        var first = SampleReports.Event(1) with { Facts = SampleReports.Event(1).Facts with { Subject = string.Concat(Enumerable.Repeat("Hospitality ", 60)) } };
        for (var length = 0; length < 2600; length += 60)
        {
            var (_, file) = SampleReports.Write(new(SampleReports.Learner(new string('Q', 1 + length)), [first, .. SampleReports.Events(3)]));
            using var document = PdfDocument.Open(file.Content);
            var withHeadings = document.GetPages().Select(page => Plain(page.Text)).Where(page => page.Contains("Awardingorganisation", StringComparison.Ordinal)).ToList();

            Assert.NotEmpty(withHeadings);
            Assert.All(withHeadings, page => Assert.Contains("Hospitality", page, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void What_the_record_covers_is_as_it_is_set()
    {
        var settings = new Settings { Coverage = new() { Areas = "Ynys Hir/Yr Ynys Hir=1999", MayBeMissing = "diplomas of guilds; night classes", MayBeMissingWelsh = "diplomâu urddau; dosbarthiadau nos" } };
        var record = new PersonalLearningRecord(SampleReports.Learner(), []);

        using var document = PdfDocument.Open(SampleReports.Write(record, language: ReportLanguage.Welsh, settings: settings).File.Content);
        var said = Plain(string.Concat(document.GetPages().Select(page => page.Text)));
        Assert.Contains(Plain("Canlyniadau ers: Yr Ynys Hir 1999."), said, StringComparison.Ordinal);
        Assert.Contains(Plain("dosbarthiadau nos"), said, StringComparison.Ordinal);
        var json = Encoding.UTF8.GetString(SampleReports.Write(record, ReportFormat.Json, settings: settings).File.Content);
        Assert.Contains(Plain("\"resultsSince\": [{ \"area\": \"Ynys Hir\", \"areaWelsh\": \"Yr Ynys Hir\", \"year\": 1999 }]"), Plain(json), StringComparison.Ordinal);
        Assert.DoesNotContain("England", json, StringComparison.Ordinal);
    }

    [Fact]
    public void The_CSV_of_an_empty_record_has_a_line_with_the_reference_and_the_learner()
    {
        var (report, file) = SampleReports.Write(new(SampleReports.Learner(), []), ReportFormat.Csv);
        var lines = Encoding.UTF8.GetString(file.Content).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(2, lines.Length);
        Assert.Equal($"{report.Reference},2026-11-23T12:00:00Z,9276308686,Siân,Pritchard,2008-02-29{new string(',', lines[0].Count(c => c == ',') - 5)}", lines[1]);
    }

    [Fact]
    public void A_name_of_the_service_that_has_nothing_to_print_is_no_bug() =>
        Assert.NotEmpty(SampleReports.Write(new(SampleReports.Learner(), []), settings: new Settings { ServiceName = "\u200B" }).File.Content);

    /// <summary>Everything that the report says of the record, in the order of reading.</summary>
    private static List<string> Said(Report report, PersonalLearningRecord record)
    {
        var text = Languages.In(report.Language == ReportLanguage.Welsh ? Languages.Welsh : Languages.English, () => SampleReports.Words.Of(report, record));
        return
        [
            text.Title, text.Lead,
            .. text.Learner.Concat(text.About).SelectMany(fact => new[] { fact.Label, fact.Value }),
            .. text.Rows.SelectMany(row => new[] { row.Subject, row.Kind, row.Level, row.Grade, row.Awarded, row.Awarding, row.Provider, row.Status, row.Source }),
            .. text.Explanations,
        ];
    }

    private static void AssertSaidInOrder(IEnumerable<string> said, string read)
    {
        var at = 0;
        foreach (var words in said.Select(words => Plain(words.Normalize())))
        {
            var found = read.IndexOf(words, at, StringComparison.Ordinal);
            // A row on a new page comes after that page's headings, which are no content; nothing else may stand between.
            Assert.True(found >= 0, $"'{words}' is not read back after '{read[Math.Max(0, at - 60)..at]}' but: {read.AsSpan(at, Math.Min(200, read.Length - at))}");
            at = found + words.Length;
        }
    }

    // Readers break lines and pad columns as they like, and poppler quotes each part: what is compared is the characters.
    private static string Plain(string text) => Blanks().Replace(text, "");

    [GeneratedRegex(@"[\s""]+", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Blanks();

    [GeneratedRegex(@"^[A-Z]{6}\+NotoSans-(Regular|Bold) +CID TrueType +Identity-H +yes yes yes", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex FontLine();
}
