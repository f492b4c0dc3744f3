using System.Globalization;
using Plr.Server.Govuk;
using Plr.Server.Web;

namespace Plr.Server.Tests.Web;

public sealed class DateTests
{
    private static readonly Dates Dates = new(new Settings());

    [Theory]
    [InlineData("en-GB", "23 November 2026")]
    [InlineData("cy-GB", "23 Tachwedd 2026")]
    public void A_day_is_said_in_the_words_of_the_language(string culture, string expected) =>
        Assert.Equal(expected, In(culture, () => Dates.Day(new DateOnly(2026, 11, 23))));

    [Theory]
    [InlineData("en-GB", 12, "23 June 2026, 1:05pm")]
    [InlineData("cy-GB", 12, "23 Mehefin 2026, 1:05yp")]
    [InlineData("en-GB", 8, "23 June 2026, 9:05am")]
    [InlineData("cy-GB", 8, "23 Mehefin 2026, 9:05yb")]
    [InlineData("en-GB", 23, "24 June 2026, 12:05am")]
    public void An_instant_is_said_in_the_time_of_the_people_who_read_it(string culture, int utcHour, string expected) =>
        Assert.Equal(expected, In(culture, () => Dates.DayAndTime(new DateTimeOffset(2026, 6, 23, utcHour, 5, 0, TimeSpan.Zero))));

    [Theory]
    [InlineData("27", "3", "2007", "2007-03-27")]
    [InlineData(" 07 ", "03", "2007", "2007-03-07")]
    [InlineData("29", "2", "2008", "2008-02-29")]
    [InlineData("1", "January", "2007", "2007-01-01")]
    [InlineData("1", "sep", "2007", "2007-09-01")]
    [InlineData("1", "Mawrth", "2007", "2007-03-01")]
    [InlineData("29", "2", "2007", null)]
    [InlineData("31", "4", "2007", null)]
    [InlineData("0", "4", "2007", null)]
    [InlineData("1", "13", "2007", null)]
    [InlineData("1", "0", "2007", null)]
    [InlineData("1", "smarch", "2007", null)]
    [InlineData("1", "1", "07", null)]
    [InlineData("1", "1", "20077", null)]
    [InlineData("-1", "1", "2007", null)]
    [InlineData("١", "1", "2007", null)]
    [InlineData("1", "", "2007", null)]
    public void Three_fields_are_a_date_or_nothing(string day, string month, string year, string? expected) =>
        Assert.Equal(expected, new DateParts { Day = day, Month = month, Year = year }.ToDate()?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    [Fact]
    public void Missing_parts_are_named_only_when_another_is_there()
    {
        Assert.Equal(["Month", "Year"], new DateParts { Day = "1", Month = " " }.MissingParts());
        Assert.Empty(new DateParts().MissingParts());
        Assert.Empty(DateParts.Of(new DateOnly(2007, 3, 27)).MissingParts());
        Assert.Equal(new DateOnly(2007, 3, 27), DateParts.Of(new DateOnly(2007, 3, 27)).ToDate());
    }

    private static string In(string culture, Func<string> say)
    {
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            return say();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        }
    }
}
