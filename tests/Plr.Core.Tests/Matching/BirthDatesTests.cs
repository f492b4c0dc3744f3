using Plr.Core.Matching;

namespace Plr.Core.Tests.Matching;

public sealed class BirthDatesTests
{
    [Theory]
    [InlineData(20010203, 20010203, BirthDates.Equal)]
    [InlineData(20010203, 20010302, BirthDates.DayMonthSwapped)]
    [InlineData(20010203, 20010213, BirthDates.OneSlip)]
    [InlineData(20010203, 20010204, BirthDates.OneSlip)]
    [InlineData(19780203, 19870203, BirthDates.OneSlip)]
    [InlineData(20010203, 20020203, BirthDates.OneSlip)]
    [InlineData(20010203, 19910203, BirthDates.OneSlip)]
    [InlineData(20010203, 20010228, BirthDates.TwoOfThree)]
    [InlineData(20010203, 19760203, BirthDates.TwoOfThree)]
    [InlineData(20010617, 20010101, BirthDates.YearKnown)]
    [InlineData(20010617, 20010000, BirthDates.YearKnown)]
    [InlineData(20010101, 20020101, BirthDates.SameYear)]
    [InlineData(20010101, 20050101, BirthDates.Different)]
    [InlineData(20010101, 20010101, BirthDates.Equal)]
    [InlineData(20010203, 20020305, BirthDates.Near)]
    [InlineData(20010203, 20011117, BirthDates.SameYear)]
    [InlineData(20010203, 19761117, BirthDates.Different)]
    [InlineData(0, 19761117, 0)]
    [InlineData(99991231, 20010203, BirthDates.Different)]
    public void Dates_agree_by_degrees(int left, int right, int level)
    {
        Assert.Equal(level, BirthDates.Compare(left, right));
        Assert.Equal(level, BirthDates.Compare(right, left));
    }

    [Theory]
    [InlineData(1900, 2, 29, 19000229)]
    [InlineData(2001, 0, 0, 20010000)]
    [InlineData(2001, 13, 1, 0)]
    [InlineData(0, 1, 1, 0)]
    public void A_date_that_cannot_be_is_none(int year, int month, int day, int packed) => Assert.Equal(packed, BirthDates.Pack(year, month, day));
}
