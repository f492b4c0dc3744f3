using System.Text;
using Plr.Server.Files;

namespace Plr.Server.Tests.Files;

public class CsvOutTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("a\nb", "\"a\nb\"")]
    [InlineData(" a", "\" a\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+44", "'+44")]
    [InlineData("-1", "'-1")]
    [InlineData("@x", "'@x")]
    [InlineData("\tx", "'\tx")]
    [InlineData("\rx", "\"'\rx\"")]
    [InlineData("'=1", "''=1")]
    [InlineData("'tis", "'tis")]
    [InlineData("a=b", "a=b")]
    [InlineData("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"")]
    public void A_value_is_quoted_where_needed_and_never_a_formula(string value, string written) =>
        Assert.Equal($"{written},x\r\n", Written(false, [[value, "x"]]));

    [Fact]
    public void Rows_end_with_CR_LF_and_nothing_stands_for_null() => Assert.Equal("a,,b\r\n,\r\n", Written(false, [["a", null, "b"], [null, null]]));

    [Fact]
    public void The_mark_of_UTF_8_is_written_when_asked_for() => Assert.Equal("\uFEFFŵ\r\n", Written(true, [["ŵ"]]));

    [Fact]
    public void What_is_written_is_read_back_exactly()
    {
        const string Letters = "ab,\"'=+-@\t\r\n éŵ😀;#";
        var random = new Random(20261123);
        List<string?[]> rows = [["A", "B", "C"]];
        for (var n = 0; n < 2000; n++)
        {
            // The first cell is never empty, so that no row is an empty line.
            rows.Add(["x", Value(random, Letters), Value(random, Letters)]);
        }

        foreach (var mark in new[] { false, true })
        {
            var file = SmallFiles.Good(Encoding.UTF8.GetBytes(Written(mark, rows)), SmallFiles.Extract);
            Assert.Equal(rows.Skip(1), file.Rows().Select(row => row.Cells.ToArray()));
        }
    }

    private static string Value(Random random, string letters)
    {
        var runes = letters.EnumerateRunes().ToArray();
        return string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => runes[random.Next(runes.Length)].ToString()));
    }

    private static string Written(bool mark, IEnumerable<string?[]> rows)
    {
        using var stream = new MemoryStream();
        using (var csv = new CsvOut(stream, mark))
        {
            foreach (var row in rows)
            {
                csv.Write(row);
            }
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
