using System.Text;
using Plr.Server.Files;
using Plr.Testing;
using static Plr.Server.Tests.Files.SmallFiles;

namespace Plr.Server.Tests.Files;

public class CsvFileTests
{
    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    [InlineData("\r")]
    public void Any_line_end_and_empty_lines_and_a_missing_last_line_end_are_read(string end)
    {
        var file = Good(string.Join(end, Headings, "9Z,f,10000001,2,1,2,3", "", ",,,,4,5,6", "", ""));
        Assert.Equal(2, file.RowCount);
        Assert.Equal(new CsvFileHeader("9Z", "f", "10000001", 2), file.Header);
        var rows = file.Rows().ToList();
        Assert.Equal([(1L, 2L), (2L, 4L)], rows.Select(row => (row.Number, row.Line)));
        Assert.Equal(["4", "5", "6"], rows[1].Cells.Skip(4));
        Assert.Equal(2, Good(string.Join(end, Headings, "9Z,f,10000001,2,1,2,3", ",,,,4,5,6")).Rows().Count());
    }

    [Fact]
    public void Values_are_kept_exactly_and_only_quotes_are_taken_off()
    {
        var file = Good(Headings + "\r\n9Z,f,1,1,\" a \"\"b\"\", c \", x ,\"two\r\nlines\"\r\n");
        var row = Assert.Single(file.Rows());
        Assert.Equal(" a \"b\", c ", row["A"]);
        Assert.Equal(" x ", row["B"]);
        Assert.Equal("two\r\nlines", row["C"]);
        Assert.Equal(row[6], row["C"]);
        Assert.Throws<ArgumentException>(() => row["D"]);
    }

    [Fact]
    public void A_row_after_a_cell_of_several_lines_has_the_line_that_an_editor_shows()
    {
        var file = Good(Headings + "\r\n9Z,f,1,2,\"a\r\nb\nc\",,\r\n,,,,x,,\r\n");
        Assert.Equal([2, 5], file.Rows().Select(row => row.Line));
    }

    [Fact]
    public void Quoted_headings_and_a_quote_within_an_unquoted_cell_are_read()
    {
        var quoted = string.Join(',', Headings.Split(',').Select(heading => $"\"{heading}\""));
        Assert.Equal("6\" pipe", Good(quoted + "\n\"9Z\",f,1,1,6\" pipe,,\n").Rows().Single()["A"]);
    }

    [Fact]
    public void A_row_that_begins_with_a_number_sign_is_a_row() =>
        Assert.Equal("#1", Good("A,B,C\n#1,2,3\n", Extract).Rows().Single()["A"]);

    [Theory]
    [InlineData("'=1+1", "=1+1")]
    [InlineData("'+44", "+44")]
    [InlineData("'-", "-")]
    [InlineData("'@x", "@x")]
    [InlineData("=1+1", "=1+1")]
    [InlineData("'tis", "'tis")]
    [InlineData("'", "'")]
    [InlineData("O'=", "O'=")]
    public void The_apostrophe_before_a_formula_is_taken_off_and_no_other(string cell, string value) =>
        Assert.Equal(value, Good($"A,B,C\n{cell},2,3\n", Extract).Rows().Single()["A"]);

    [Fact]
    public void UTF_8_is_read_with_and_without_its_mark()
    {
        var text = Headings + "\n9Z,f,1,1,Siân,Łukasz,😀\n";
        byte[] marked = [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)];
        Assert.Equal(["Siân", "Łukasz", "😀"], Good(text).Rows().Single().Cells.Skip(4));
        Assert.Equal(["Siân", "Łukasz", "😀"], Good(marked).Rows().Single().Cells.Skip(4));
    }

    [Fact]
    public void What_is_not_UTF_8_is_read_as_Windows_1252()
    {
        byte[] bytes = [.. Encoding.ASCII.GetBytes(Headings + "\n9Z,f,1,1,"), 0x53, 0x69, 0xE2, 0x6E, .. ",O"u8, 0x92, .. "Brien,"u8, 0x80, (byte)'\n'];
        Assert.Equal(["Siân", "O’Brien", "€"], Good(bytes).Rows().Single().Cells.Skip(4));
    }

    [Fact]
    public void A_character_on_the_border_of_two_blocks_is_still_UTF_8()
    {
        for (var shift = 0; shift < 5; shift++)
        {
            var lines = string.Concat(Enumerable.Repeat("é😀ŵ,ŷ,€\r\n", 20_000));
            var file = Good("A,B,C\r\n" + new string('x', shift) + lines, Extract);
            Assert.Equal(20_000, file.RowCount);
            Assert.Equal(20_001, file.Rows(after: 19_999).Single().Line);
            Assert.Equal("é😀ŵ", file.Rows(after: 19_999).Single()["A"]);
        }
    }

    [Fact]
    public void Reading_can_go_on_after_any_row()
    {
        var file = Good("A,B,C\n" + string.Concat(Enumerable.Range(1, 1000).Select(n => $"{n},,\n")), Extract);
        Assert.Equal(["998", "999", "1000"], file.Rows(after: 997).Select(row => row["A"]));
        Assert.Equal(998, file.Rows(after: 997).First().Number);
        Assert.Empty(file.Rows(after: 1000));
        Assert.Equal(1000, file.Rows().Count());
    }

    [Fact]
    public void The_columns_of_our_own_output_are_accepted_and_left_out()
    {
        var file = Good(Headings + ",Code,Text\n9Z,f,1,1,1,2,3,RC011,wrong\n");
        Assert.Equal(7, file.Rows().Single().Cells.Count);
    }

    [Fact]
    public void An_extract_has_its_columns_in_any_order_and_others_between()
    {
        var row = Good("New,C,A,New,B\nx,3,1,y,2\n", Extract).Rows().Single();
        Assert.Equal(["1", "2", "3"], row.Cells);
    }

    [Fact]
    public void A_file_that_changes_while_it_is_read_is_noticed()
    {
        var stream = new MemoryStream();
        stream.Write("A,B,C\n1,2,3\n4,5,6\n"u8);
        var file = CsvFile.Open(stream, Extract).File!;
        stream.SetLength(12);
        Assert.Throws<InvalidDataException>(() => file.Rows().Count());
    }

    [Theory]
    [InlineData("LRB_10000001_231120261200.CSV", "10000001", 400)]
    [InlineData("AO_RN5196_231120261200.CSV", "RN5196", 1500)]
    public void The_sample_files_have_the_form_of_their_layouts(string name, string owner, int rows)
    {
        using var stream = File.OpenRead(SharedFiles.Path("samples", name));
        var layout = name.StartsWith("LRB", StringComparison.Ordinal) ? FileLayouts.Registrations2A : FileLayouts.Achievements1A;
        var (file, faults) = CsvFile.Open(stream, layout, owner);
        Assert.Empty(faults);
        Assert.Equal(rows, file!.Header!.Count);
        Assert.Equal(name, file.Header.FileName);
        Assert.Equal(owner, file.Header.Owner);
        Assert.Equal(rows, file.Rows().Count());
        Assert.All(file.Rows(), row => Assert.NotEmpty(row["MISIdentifier"]));
    }

    [Theory]
    [InlineData("qualifications.csv", 649)]
    [InlineData("organisations.csv", 334)]
    public void The_extracts_of_the_Ofqual_register_have_the_form_of_their_layouts(string name, int rows)
    {
        using var stream = File.OpenRead(SharedFiles.Path("ofqual", name));
        var (file, faults) = CsvFile.Open(stream, name[0] == 'q' ? FileLayouts.Qualifications : FileLayouts.AwardingOrganisations);
        Assert.Empty(faults);
        Assert.Equal(rows, file!.Rows().Count(row => row[0].Length > 0));
    }

    [Fact]
    public void The_layouts_have_the_columns_of_their_documents()
    {
        Assert.Equal(30, FileLayouts.Registrations2A.Columns.Length);
        Assert.Equal(20, FileLayouts.Achievements1A.Columns.Length);
        Assert.Equal(12, FileLayouts.Registrations2A.PlaceOf("FamilyNameAt16"));
        Assert.Equal(17, FileLayouts.Registrations2A.PlaceOf("LastKnownAddressCountyorCity"));
    }
}
