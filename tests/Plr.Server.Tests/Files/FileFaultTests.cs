using System.Text;
using Plr.Server.Files;
using static Plr.Server.Tests.Files.SmallFiles;

namespace Plr.Server.Tests.Files;

public class FileFaultTests
{
    private const string First = "9Z,f,10000001,1,1,2,3";

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    [InlineData("\r\n\r\n")]
    public void An_empty_file_is_refused(string text) => Assert.Equal(FileFaultCode.Empty, OnlyFault(text).Code);

    [Theory]
    [InlineData(Headings)]
    [InlineData(Headings + "\r\n\r\n")]
    public void A_file_without_rows_is_refused(string text) => Assert.Equal(FileFaultCode.NoRows, OnlyFault(text).Code);

    [Fact]
    public void A_wrong_heading_is_named_with_its_column()
    {
        var fault = OnlyFault($"FileVersion,FileName,UKPRN,Count,a,B,C\n{First}\n");
        Assert.Equal((FileFaultCode.HeadingWrong, 1, 5), (fault.Code, fault.Line, fault.Column));
        Assert.Equal("Line 1, column 5: The heading is 'a'; write exactly 'A'.", fault.ToString());
        Assert.Equal(FileFaultCode.HeadingWrong, OnlyFault($"FileVersion,FileName,UKPRN,Count,A ,B,C\n{First}\n").Code);
    }

    [Fact]
    public void A_missing_heading_is_one_fault_and_not_one_for_each_that_follows()
    {
        var fault = OnlyFault($"FileVersion,FileName,Count,A,B,C\n{First}\n");
        Assert.Equal((FileFaultCode.HeadingMissing, 3), (fault.Code, fault.Column));
        Assert.Contains("'UKPRN'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_last_heading_belongs_after_the_others()
    {
        var fault = OnlyFault($"FileVersion,FileName,UKPRN,Count,A,B\n{First}\n");
        Assert.Equal((FileFaultCode.HeadingMissing, 7), (fault.Code, fault.Column));
    }

    [Fact]
    public void Shuffled_headings_are_each_named()
    {
        var (_, faults) = Open($"FileVersion,FileName,UKPRN,Count,B,A,C\n{First}\n");
        Assert.Equal([(FileFaultCode.HeadingMisplaced, 5), (FileFaultCode.HeadingMisplaced, 6)], faults.Select(fault => (fault.Code, fault.Column)));
        Assert.Equal("The heading 'B' belongs in column 6; 'A' was expected here.", faults[0].Message);
    }

    [Fact]
    public void An_output_column_before_the_end_is_out_of_place()
    {
        var (_, faults) = Open("FileVersion,FileName,UKPRN,Count,Code,A,B,C\n9Z,f,1,1,,1,2,3\n");
        Assert.All(faults, fault => Assert.Equal(FileFaultCode.HeadingMisplaced, fault.Code));
        Assert.Equal(5, faults[0].Column);
    }

    [Fact]
    public void A_repeated_heading_is_named()
    {
        var fault = OnlyFault("FileVersion,FileName,UKPRN,Count,A,B,C,A\n9Z,f,1,1,1,2,3,4\n");
        Assert.Equal((FileFaultCode.HeadingRepeated, 8), (fault.Code, fault.Column));
    }

    [Fact]
    public void A_heading_of_another_layout_is_named()
    {
        var fault = OnlyFault("FileVersion,FileName,UKPRN,Count,A,B,C,Extra\n9Z,f,1,1,1,2,3,4\n");
        Assert.Equal((FileFaultCode.HeadingUnknown, 8), (fault.Code, fault.Column));
    }

    [Fact]
    public void A_missing_heading_of_an_extract_is_named() => Assert.Equal(FileFaultCode.HeadingMissing, OnlyFault("A,C,X\n1,2,3\n", Extract).Code);

    [Theory]
    [InlineData(First + "\n" + First)]
    [InlineData("FileVersion;FileName;UKPRN;Count;A;B;C\n9Z;f;1;1;1;2;3")]
    [InlineData("%PDF-1.7 rubbish")]
    public void A_first_line_that_is_no_headings_is_one_fault(string text)
    {
        var fault = OnlyFault(text);
        Assert.Equal((FileFaultCode.HeadingWrong, 1, 1), (fault.Code, fault.Line, fault.Column));
        Assert.Contains("'FileVersion'", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\n,,,,4,5", FileFaultCode.TooFewCells, 3, 6)]
    [InlineData("\n,,,,4,5,6,7", FileFaultCode.TooManyCells, 3, 8)]
    [InlineData("\n,,,,4,\"5,6\n,,,,7,8,9\n", FileFaultCode.QuoteNotClosed, 3, 6)]
    [InlineData("\n,,,,4,\"5\"x,6\n,,,,7,8,9\n", FileFaultCode.TextAfterQuote, 3, 6)]
    [InlineData("\n\n,,,,\"", FileFaultCode.QuoteNotClosed, 4, 5)]
    [InlineData("\n9Y,,,,4,5,6", FileFaultCode.HeaderValueDiffers, 3, 1)]
    [InlineData("\n,,,2,4,5,6", FileFaultCode.HeaderValueDiffers, 3, 4)]
    [InlineData("\n,,,,4,5,6", FileFaultCode.WrongCount, 2, 4)]
    public void What_is_wrong_in_a_later_row_is_named_with_line_and_column(string later, FileFaultCode code, int line, int column)
    {
        var fault = OnlyFault($"{Headings}\n{First}{later}");
        Assert.Equal((code, line, column), (fault.Code, fault.Line, fault.Column));
    }

    [Theory]
    [InlineData(",f,10000001,1,1,2,3", FileFaultCode.HeaderValueMissing, 1)]
    [InlineData("9Z,,10000001,1,1,2,3", FileFaultCode.HeaderValueMissing, 2)]
    [InlineData("9Z,f,,1,1,2,3", FileFaultCode.HeaderValueMissing, 3)]
    [InlineData("9Z,f,10000001,,1,2,3", FileFaultCode.HeaderValueMissing, 4)]
    [InlineData("2A,f,10000001,1,1,2,3", FileFaultCode.WrongVersion, 1)]
    [InlineData("9z,f,10000001,1,1,2,3", FileFaultCode.WrongVersion, 1)]
    [InlineData("9Z,f,10000002,1,1,2,3", FileFaultCode.WrongOrganisation, 3)]
    [InlineData("9Z,f,10000001,2,1,2,3", FileFaultCode.WrongCount, 4)]
    [InlineData("9Z,f,10000001,0,1,2,3", FileFaultCode.WrongCount, 4)]
    [InlineData("9Z,f,10000001,one,1,2,3", FileFaultCode.WrongCount, 4)]
    [InlineData("9Z,f,10000001,-1,1,2,3", FileFaultCode.WrongCount, 4)]
    [InlineData("9Z,f,10000001,99999999999999999999,1,2,3", FileFaultCode.WrongCount, 4)]
    public void A_wrong_file_header_is_named_with_its_column(string row, FileFaultCode code, int column)
    {
        var fault = OnlyFault($"{Headings}\n{row}\n", owner: "10000001");
        Assert.Equal((code, 2, column), (fault.Code, fault.Line, fault.Column));
    }

    [Fact]
    public void A_line_of_ten_megabytes_is_refused_with_little_memory()
    {
        var bytes = Encoding.UTF8.GetBytes($"{Headings}\n9Z,f,1,1,{new string('x', 10_000_000)},2,3\n");
        var before = GC.GetAllocatedBytesForCurrentThread();
        var fault = OnlyFault(bytes);
        Assert.Equal((FileFaultCode.LineTooLong, 2, FileText.LongestLine + 1), (fault.Code, fault.Line, fault.Column));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        Assert.Equal(FileFaultCode.LineTooLong, OnlyFault(new string('x', 10_000_000)).Code);
    }

    [Fact]
    public void A_quote_that_swallows_the_rest_of_a_large_file_is_named_where_it_opens()
    {
        var lines = string.Concat(Enumerable.Repeat(",,,,4,5,6\n", 1_000_000));
        var fault = OnlyFault($"{Headings}\n{First}\n,,,,4,\"5,6\n{lines}");
        Assert.Equal((FileFaultCode.QuoteNotClosed, 3, 6), (fault.Code, fault.Line, fault.Column));
        fault = OnlyFault($"\"{Headings}\n{lines}");
        Assert.Equal((FileFaultCode.QuoteNotClosed, 1, 1), (fault.Code, fault.Line, fault.Column));
    }

    [Fact]
    public void A_file_that_is_not_text_is_refused()
    {
        var zero = OnlyFault($"{Headings}\n9Z,f,1,1,a\0,2,3\n");
        Assert.Equal((FileFaultCode.NotText, 2, 11), (zero.Code, zero.Line, zero.Column));
        byte[] utf16 = [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Headings)];
        Assert.Contains("UTF-16", OnlyFault(utf16).Message, StringComparison.Ordinal);
        Assert.Equal(FileFaultCode.NotText, OnlyFault(Encoding.BigEndianUnicode.GetBytes(Headings)).Code);
        byte[] neither = [.. Encoding.ASCII.GetBytes(Headings + "\r\nab"), 0x81, (byte)'\n'];
        Assert.Equal((FileFaultCode.NotText, 2, 3), (OnlyFault(neither).Code, OnlyFault(neither).Line, OnlyFault(neither).Column));
    }

    [Fact]
    public void A_file_that_is_marked_as_UTF_8_and_is_not_is_refused_with_the_place()
    {
        byte[] bytes = [.. Encoding.UTF8.Preamble, .. Encoding.ASCII.GetBytes(Headings + "\r\nabc"), 0xE2, (byte)'x'];
        var fault = OnlyFault(bytes);
        Assert.Equal((FileFaultCode.NotUtf8, 2, 4), (fault.Code, fault.Line, fault.Column));
    }

    [Fact]
    public void Any_bytes_at_all_give_a_file_or_a_fault()
    {
        var random = new Random(20261123);
        for (var round = 0; round < 2000; round++)
        {
            var bytes = new byte[random.Next(300)];
            random.NextBytes(bytes);
            for (var i = 0; i < bytes.Length && round % 2 == 0; i++)
            {
                bytes[i] = (byte)"ABC,\"\r\n'=\u00e9 "[bytes[i] % 11];
            }

            byte[] whole = round % 4 < 2 ? bytes : [.. "A,B,C\n"u8, .. bytes];
            var (file, faults) = Open(whole, Extract);
            Assert.NotEqual(file is null, faults.Count == 0);
            Assert.Equal(file?.RowCount ?? 0, file?.Rows().Count() ?? 0);
        }
    }

    [Fact]
    public void Text_of_the_file_in_a_message_is_short_and_on_one_line()
    {
        var fault = OnlyFault($"FileVersion,FileName,UKPRN,Count,\"{new string('x', 5000)}\r\n\",B,C\n{First}\n");
        Assert.InRange(fault.Message.Length, 40, 120);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Fact]
    public void A_stream_that_cannot_seek_is_a_mistake_of_the_caller()
    {
        using var pipe = new System.IO.Pipes.AnonymousPipeServerStream();
        Assert.Throws<ArgumentException>(() => CsvFile.Open(pipe, Layout));
    }
}
