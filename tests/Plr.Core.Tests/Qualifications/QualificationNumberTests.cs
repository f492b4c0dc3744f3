using FsCheck.Xunit;
using Plr.Core.Qualifications;
using Plr.Testing;

namespace Plr.Core.Tests.Qualifications;

public class QualificationNumberTests
{
    [Theory]
    [InlineData("600/1166/X", "600/1166/X")]
    [InlineData("6001166X", "600/1166/X")]
    [InlineData("60011 66X", "600/1166/X")]
    [InlineData(" 600 / 1166 / x ", "600/1166/X")]
    [InlineData("600/1166X", "600/1166/X")]
    [InlineData("500/4606/8", "500/4606/8")]
    [InlineData("50026173", "500/2617/3")]
    [InlineData("1000323X", "100/0323/X")]
    [InlineData("K/501/5773", "K/501/5773")]
    [InlineData("k5015773", "K/501/5773")]
    [InlineData("K 501 5773", "K/501/5773")]
    public void A_number_is_read_in_every_way_it_is_written(string written, string canonical)
    {
        Assert.True(QualificationNumber.TryParse(written, out var number));
        Assert.Equal(canonical, number.Value);
        Assert.Equal(canonical, number.ToString());
        Assert.Equal(canonical.Replace("/", "", StringComparison.Ordinal), number.Compact);
        Assert.Equal(QualificationNumber.Parse(canonical), number);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("600/1166")]
    [InlineData("600/1166/XX")]
    [InlineData("600/1166/Y")]
    [InlineData("6/001166/X")]
    [InlineData("600//1166/X")]
    [InlineData("/600/1166/X")]
    [InlineData("600-1166-X")]
    [InlineData("K/5015/773")]
    [InlineData("K/501/577X")]
    [InlineData("KK/01/5773")]
    [InlineData("É/501/5773")]
    [InlineData("60٠/1166/X")]
    [InlineData("{ULN:L7-1}")]
    public void Another_text_is_no_number(string? text)
    {
        Assert.False(QualificationNumber.TryParse(text, out _));
        Assert.Throws<FormatException>(() => QualificationNumber.Parse(text!));
    }

    [Fact]
    public void A_text_of_any_length_is_refused_quickly() => Assert.False(QualificationNumber.TryParse(new string(' ', 1_000_000) + "6001166X", out _));

    [Theory]
    [InlineData("K/501/5773", true)]
    [InlineData("600/1166/X", false)]
    public void A_unit_begins_with_a_letter(string text, bool unit) => Assert.Equal(unit, QualificationNumber.Parse(text).IsUnit);

    [Fact]
    public void A_default_value_throws_when_it_is_used() => Assert.Throws<InvalidOperationException>(() => default(QualificationNumber).Value);

    [Property]
    public void What_is_printed_is_read_back(uint seed, bool unit, bool letter)
    {
        var digits = $"{seed % 10_000_000:0000000}";
        var compact = unit ? (char)('A' + (seed % 26)) + digits : digits + (letter ? "X" : $"{seed % 10}");
        var number = QualificationNumber.Parse(compact);
        Assert.Equal(compact, number.Compact);
        Assert.Equal(number, QualificationNumber.Parse(number.Value));
    }

    [Fact]
    public void Every_number_of_the_register_of_qualifications_is_read_and_printed_as_it_stands()
    {
        var lines = File.ReadAllLines(SharedFiles.Path("ofqual", "qualifications.csv"));
        var numbers = lines.Skip(1).Select(line => line.Split(',')[0]).ToList();
        Assert.Equal(649, numbers.Count);
        Assert.All(numbers, text => Assert.Equal(text, QualificationNumber.Parse(text).Value));
        Assert.Equal(649, numbers.Select(QualificationNumber.Parse).Distinct().Count());
    }
}
