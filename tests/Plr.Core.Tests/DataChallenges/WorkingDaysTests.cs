using System.Globalization;
using Plr.Core.DataChallenges;

namespace Plr.Core.Tests.DataChallenges;

public class WorkingDaysTests
{
    /// <summary>The government's published lists, without what was proclaimed once.</summary>
    [Theory]
    [InlineData(2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28")]
    [InlineData(2023, "01-02 04-07 04-10 05-01 05-29 08-28 12-25 12-26")]
    [InlineData(2024, "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26")]
    [InlineData(2025, "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26")]
    [InlineData(2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28")]
    [InlineData(2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28")]
    [InlineData(2028, "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26")]
    [InlineData(2033, "01-03 04-15 04-18 05-02 05-30 08-29 12-26 12-27")]
    public void The_bank_holidays_of_a_year_are_computed(int year, string days) =>
        Assert.Equal(days.Split(' '), WorkingDays.BankHolidays(year).Select(day => day.ToString("MM-dd", CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("1818-03-22")]
    [InlineData("1943-04-25")]
    [InlineData("2000-04-23")]
    [InlineData("2019-04-21")]
    [InlineData("2038-04-25")]
    [InlineData("2049-04-18")]
    [InlineData("2076-04-19")]
    public void Easter_is_where_the_tables_have_it_in_the_years_that_are_hard(string sunday) => Assert.Equal(Day(sunday), WorkingDays.Easter(Day(sunday).Year));

    [Theory]
    [InlineData("2026-11-23", 20, "2026-12-21")]
    [InlineData("2026-12-18", 5, "2026-12-29")]
    [InlineData("2027-12-23", 2, "2027-12-29")]
    [InlineData("2026-04-01", 2, "2026-04-07")]
    [InlineData("2026-11-21", 1, "2026-11-23")]
    [InlineData("2026-11-20", 1, "2026-11-23")]
    [InlineData("2026-11-20", 0, "2026-11-20")]
    public void Working_days_are_counted_over_weekends_Easter_and_substitute_days(string from, int count, string to) => Assert.Equal(Day(to), WorkingDays.ByRule.After(Day(from), count));

    [Theory]
    [InlineData("2026-12-21", 10, "2026-12-07")]
    [InlineData("2026-12-29", 1, "2026-12-24")]
    [InlineData("2026-04-07", 1, "2026-04-02")]
    public void And_back(string from, int count, string to) => Assert.Equal(Day(to), WorkingDays.ByRule.Before(Day(from), count));

    [Fact]
    public void What_was_proclaimed_once_counts_when_it_is_named()
    {
        var days = WorkingDays.Parse(" 2026-12-07; 2026-12-08 ")!;

        Assert.Equal(Day("2026-12-09"), days.After(Day("2026-12-04"), 1));
        Assert.Equal(Day("2026-12-07"), WorkingDays.ByRule.After(Day("2026-12-04"), 1));
        Assert.Equal(0, days.Between(Day("2026-12-04"), Day("2026-12-08")));
        Assert.Equal(Day("2026-12-09"), days.OnOrAfter(Day("2026-12-07")));
    }

    [Theory]
    [InlineData("2026-13-01")]
    [InlineData("8 May 2030")]
    [InlineData("2026-12-07, 2026-12-08")]
    public void What_is_no_day_is_not_read(string days) => Assert.Null(WorkingDays.Parse(days));

    [Fact]
    public void Between_two_days_are_as_many_as_are_walked()
    {
        var from = Day("2026-03-27");
        for (var count = 0; count < 300; count++)
        {
            var to = WorkingDays.ByRule.After(from, count);
            Assert.Equal(count, WorkingDays.ByRule.Between(from, to));
            Assert.Equal(from, count == 0 ? to : WorkingDays.ByRule.Before(to, count));
        }

        Assert.Equal(0, WorkingDays.ByRule.Between(from, from.AddDays(-9)));
    }

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
