using FsCheck.Xunit;
using Plr.Core.Learners;

namespace Plr.Core.Tests.Learners;

public class UlnTests
{
    [Theory]
    [InlineData("9276308686")]
    [InlineData("1000000043")]
    [InlineData("1000000000")]
    [InlineData("1000102504")]
    [InlineData("1026893096")]
    [InlineData("6936002314")]
    [InlineData("4444599390")]
    [InlineData("1964986809")]
    [InlineData("8383558804")]
    [InlineData("7667649978")]
    [InlineData("1174112637")]
    [InlineData("1026922983")]
    [InlineData("2000000001")]
    [InlineData("3000000002")]
    [InlineData("4000000003")]
    [InlineData("1234567899")]
    public void A_valid_number_is_read_and_printed_as_it_was(string text)
    {
        Assert.True(Uln.TryParse(text, out var uln, out var fault));
        Assert.Null(fault);
        Assert.Equal(text, uln.ToString());
        Assert.Equal(uln, Uln.Parse(text));
        Assert.Equal(uln, Uln.FromValue(uln.Value));
        Assert.Equal(uln, Uln.FromStem(uln.Stem));
    }

    [Theory]
    [InlineData("1000000063", UlnFault.NoCheckDigitExists)]
    [InlineData("9999999999", UlnFault.TemporaryNumber)]
    [InlineData("1234567890", UlnFault.WrongCheckDigit)]
    [InlineData("1111111111", UlnFault.WrongCheckDigit)]
    [InlineData("6666666666", UlnFault.WrongCheckDigit)]
    [InlineData("9276308685", UlnFault.WrongCheckDigit)]
    [InlineData("1026922984", UlnFault.WrongCheckDigit)]
    [InlineData("100000004", UlnFault.NotTenDigits)]
    [InlineData("10000000433", UlnFault.NotTenDigits)]
    [InlineData("0276308686", UlnFault.LeadingZero)]
    [InlineData("0000000000", UlnFault.LeadingZero)]
    [InlineData("987654321x", UlnFault.NotTenDigits)]
    [InlineData("", UlnFault.NotTenDigits)]
    [InlineData(null, UlnFault.NotTenDigits)]
    [InlineData(" 9276308686", UlnFault.NotTenDigits)]
    [InlineData("927 630 8686", UlnFault.NotTenDigits)]
    [InlineData("+276308686", UlnFault.NotTenDigits)]
    [InlineData("９２７６３０８６８６", UlnFault.NotTenDigits)]
    [InlineData("927630868٦", UlnFault.NotTenDigits)]
    public void Any_other_text_is_refused_and_the_reason_said(string? text, UlnFault expected)
    {
        Assert.False(Uln.TryParse(text, out var uln, out var fault));
        Assert.Equal(expected, fault);
        Assert.Equal(default, uln);
        Assert.Throws<FormatException>(() => Uln.Parse(text!));
    }

    [Fact]
    public void A_stem_with_remainder_zero_has_no_ULN_whatever_the_last_digit()
    {
        for (var last = 0; last <= 9; last++)
        {
            Assert.False(Uln.TryParse($"987654321{last}", out _, out var fault));
            Assert.Equal(UlnFault.NoCheckDigitExists, fault);
        }

        Assert.False(Uln.TryFromStem(987_654_321, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => Uln.FromStem(987_654_321));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(99_999_999)]
    [InlineData(1_000_000_000)]
    public void A_stem_has_nine_digits_and_no_leading_zero(int stem) => Assert.False(Uln.TryFromStem(stem, out _));

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(999_999_999)]
    [InlineData(9_276_308_685)]
    [InlineData(Uln.TemporaryNumber)]
    [InlineData(10_000_000_000)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void A_stored_number_that_is_no_ULN_is_refused(long value)
    {
        Assert.False(Uln.TryFromValue(value, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => Uln.FromValue(value));
    }

    [Theory]
    [InlineData("927 630 8686")]
    [InlineData("  9276308686 ")]
    [InlineData("927\u00A0630\u00A08686")]
    [InlineData("927-630-8686")]
    [InlineData("927\u2011630\u20118686")]
    [InlineData("9 2 7 6 3 0 8 6 8 6")]
    public void People_may_type_blanks_and_hyphens(string typed)
    {
        Assert.True(Uln.TryParseTyped(typed, out var uln));
        Assert.Equal("9276308686", uln.ToString());
    }

    [Theory]
    [InlineData("927 630 868", UlnFault.NotTenDigits)]
    [InlineData("927 630 86860", UlnFault.NotTenDigits)]
    [InlineData("927.630.8686", UlnFault.NotTenDigits)]
    [InlineData("927 630 8685", UlnFault.WrongCheckDigit)]
    [InlineData(" ", UlnFault.NotTenDigits)]
    [InlineData(null, UlnFault.NotTenDigits)]
    public void What_people_type_is_checked_as_strictly(string? typed, UlnFault expected)
    {
        Assert.False(Uln.TryParseTyped(typed, out _, out var fault));
        Assert.Equal(expected, fault);
    }

    [Fact]
    public void Pages_show_groups_of_three_three_and_four()
    {
        Assert.Equal("927 630 8686", Uln.Parse("9276308686").ToDisplayString());
        Assert.Equal("100 000 0043", Uln.Parse("1000000043").ToDisplayString());
    }

    [Fact]
    public void A_default_value_is_no_ULN_and_throws_when_it_is_used()
    {
        Uln none = default;
        Assert.Throws<InvalidOperationException>(() => none.Value);
        Assert.Throws<InvalidOperationException>(() => none.Stem);
        Assert.Throws<InvalidOperationException>(() => none.ToString());
        Assert.Throws<InvalidOperationException>(() => none.ToDisplayString());
    }

    [Fact]
    public void Ten_elevenths_of_a_million_neighbouring_stems_carry_a_ULN()
    {
        var usable = Enumerable.Range(Uln.LowestStem, 1_100_000).Count(stem => Uln.TryFromStem(stem, out _));
        Assert.Equal(1_000_000, usable);
    }

    [Fact]
    public void They_order_as_their_numbers_do()
    {
        var low = Uln.Parse("1000000043");
        var high = Uln.Parse("9276308686");
        Assert.True(low < high && high > low && low <= high && high >= low);
        Assert.Equal([low, high], new[] { high, low }.Order());
    }

    [Property]
    public void What_is_printed_is_read_back(uint seed)
    {
        var uln = AnyUln(seed);
        Assert.Equal(uln, Uln.Parse(uln.ToString()));
        Assert.True(Uln.TryParseTyped(uln.ToDisplayString(), out var typed));
        Assert.Equal(uln, typed);
    }

    [Property]
    public void Every_single_wrong_digit_is_caught(uint seed)
    {
        var right = AnyUln(seed).ToString();
        for (var place = 0; place < right.Length; place++)
        {
            for (var digit = '0'; digit <= '9'; digit++)
            {
                var typed = right.ToCharArray();
                typed[place] = digit;
                Assert.Equal(right[place] == digit, Uln.TryParse(new string(typed), out _));
            }
        }
    }

    // Neighbouring weights differ by one, the tenth digit weighs 1 and the ninth 2: an exchange changes the weighted sum by the difference of the
    // two digits, which is never a multiple of 11. So the check has no blind spot for neighbours, and the count says it.
    [Fact]
    public void All_exchanges_of_two_different_neighbours_are_caught_810592_of_810592()
    {
        var (exchanged, caught) = (0, 0);
        for (var i = 0; i < 110_000; i++)
        {
            if (!Uln.TryFromStem(Uln.LowestStem + (i * 8_171), out var uln))
            {
                continue;
            }

            var right = uln.ToString();
            for (var place = 0; place + 1 < right.Length; place++)
            {
                if (right[place] != right[place + 1])
                {
                    var typed = right.ToCharArray();
                    (typed[place], typed[place + 1]) = (typed[place + 1], typed[place]);
                    exchanged++;
                    caught += Uln.TryParse(new string(typed), out _) ? 0 : 1;
                }
            }
        }

        Assert.Equal((810_592, 810_592), (exchanged, caught));
    }

    private static Uln AnyUln(uint seed)
    {
        var stem = Uln.LowestStem + (int)(seed * 2_654_435_761UL % UlnPermutation.Count);
        return Uln.TryFromStem(stem, out var uln) ? uln : Uln.FromStem(stem == Uln.HighestStem ? stem - 1 : stem + 1);
    }
}
