using System.Globalization;
using System.Text;
using Plr.Server.Files;
using static Plr.Server.Tests.Files.SmallFiles;

namespace Plr.Server.Tests.Files;

/// <summary>Rows in the order of a column's numbers.</summary>
public class CsvFileOrderTests
{
    [Fact]
    public void Rows_come_by_number_and_for_one_number_as_in_the_file_with_their_own_numbers_and_lines()
    {
        var file = Good(Headings + "\r\n9Z,f,1,5,20,\"two\r\nlines\",é\r\n\r\n,,,,3,b,ŵ\r\n,,,,20,c,\"a \"\"q\"\"\"\r\n,,,,none,d,😀\r\n,,,,3,e,");
        var rows = file.RowsBy("A").ToList();
        Assert.Equal([(4L, 7L), (2, 5), (5, 8), (1, 2), (3, 6)], rows.Select(row => (row.Number, row.Line)));
        Assert.Equal(["none", "3", "3", "20", "20"], rows.Select(row => row["A"]));
        Assert.Equal(["d", "b", "e", "two\r\nlines", "c"], rows.Select(row => row["B"]));
        Assert.Equal(["😀", "ŵ", "", "é", "a \"q\""], rows.Select(row => row["C"]));
    }

    [Fact]
    public void Windows_1252_and_single_carriage_returns_are_read()
    {
        byte[] bytes = [.. Encoding.ASCII.GetBytes(Headings + "\r9Z,f,1,2,2,"), 0x80, 0x80, 0x80, .. ",x\r,,,,1,"u8, 0xE2, .. ",y"u8];
        Assert.Equal(["â", "€€€"], Good(bytes).RowsBy("A").Select(row => row["B"]));
    }

    [Fact]
    public void A_batch_that_begins_again_goes_on_where_it_stopped()
    {
        var file = Good(Headings + "\n9Z,f,1,60,7,0,\n" + string.Concat(Enumerable.Range(1, 59).Select(i => $",,,,{i * 37 % 11},{i},\n")));
        var all = file.RowsBy("A").Select(row => row.Number).ToList();
        Assert.Equal(file.Rows().OrderBy(row => int.Parse(row["A"], CultureInfo.InvariantCulture)).Select(row => row.Number), all);
        Assert.All(Enumerable.Range(0, 62), after => Assert.Equal(all.Skip(after), file.RowsBy("A", after).Select(row => row.Number)));
    }

    [Fact]
    public void A_file_larger_than_a_window_comes_window_by_window()
    {
        const int count = CsvFile.RowsInWindow + 3;
        var text = new StringBuilder(Headings).Append('\n').Append(CultureInfo.InvariantCulture, $"9Z,f,1,{count},{count},,\n");
        for (var i = count - 1; i > 0; i--)
        {
            text.Append(CultureInfo.InvariantCulture, $",,,,{i},,\n");
        }

        var file = Good(text.ToString());
        var first = Enumerable.Range(0, CsvFile.RowsInWindow).Select(i => (long)CsvFile.RowsInWindow - i);
        Assert.Equal([.. first, count, count - 1, count - 2], file.RowsBy("A").Select(row => row.Number));
        Assert.Equal([count - 1, count - 2], file.RowsBy("A", CsvFile.RowsInWindow + 1).Select(row => row.Number));
    }

    [Fact]
    public void Long_rows_fill_a_window_before_their_number_does()
    {
        const int count = 40;
        var longest = new string('x', FileText.LongestLine - 100);
        var file = Good(Headings + "\n9Z,f,1,40,40,,\n" + string.Concat(Enumerable.Range(1, count - 1).Select(i => $",,,,{count - i},{longest},\n")));
        var rows = file.RowsBy("A").Select(row => (int)row.Number).ToList();
        Assert.Equal(Enumerable.Range(1, count), rows.Order());
        Assert.InRange(rows.Zip(rows.Skip(1)).Count(pair => pair.First < pair.Second), 2, 3);
    }

    [Fact]
    public void A_file_that_changed_since_is_not_read_on()
    {
        var bytes = Encoding.UTF8.GetBytes(Headings + "\n9Z,f,1,2,2,,\n,,,,1,,\n");
        var stream = new MemoryStream();
        stream.Write(bytes);
        var (file, _) = CsvFile.Open(stream, Layout);
        stream.SetLength(bytes.Length - 9);
        Assert.Throws<InvalidDataException>(() => file!.RowsBy("A").Count());
    }
}
