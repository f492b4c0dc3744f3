using System.Globalization;

namespace Plr.Core.DataChallenges;

/// <summary>
/// The working days of England: Monday to Friday without the bank holidays. These are computed for any year by the rules of the Banking and
/// Financial Dealings Act 1971 and its yearly proclamations: New Year's Day, Christmas Day and Boxing Day have a substitute when they fall on a
/// weekend. What is proclaimed once, as for a coronation, no rule gives: it is named.
/// </summary>
/// <param name="proclaimed">Days off that were proclaimed once.</param>
public sealed class WorkingDays(IReadOnlySet<DateOnly> proclaimed)
{
    /// <summary>Without any day that was proclaimed once.</summary>
    public static WorkingDays ByRule { get; } = new(new HashSet<DateOnly>());

    /// <summary>Reads days such as <c>2030-06-03; 2031-05-05</c>; null when one is no day.</summary>
    public static WorkingDays? Parse(string days)
    {
        var read = days.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(day => DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : (DateOnly?)null).ToList();
        return read.TrueForAll(day => day is not null) ? new(read.Select(day => day!.Value).ToHashSet()) : null;
    }

    public bool Includes(DateOnly day) => !IsWeekend(day) && !proclaimed.Contains(day) && !IsBankHoliday(day);

    /// <summary>The day so many working days after another, which does not count itself.</summary>
    public DateOnly After(DateOnly day, int count) => Walk(day, count, 1);

    /// <summary>The day so many working days before another.</summary>
    public DateOnly Before(DateOnly day, int count) => Walk(day, count, -1);

    /// <summary>This day, or the first working day after it.</summary>
    public DateOnly OnOrAfter(DateOnly day) => Includes(day) ? day : After(day, 1);

    /// <summary>How many working days come after the first day, up to and with the last; 0 when that is not later.</summary>
    public int Between(DateOnly first, DateOnly last)
    {
        var count = 0;
        for (var day = first.AddDays(1); day <= last; day = day.AddDays(1))
        {
            count += Includes(day) ? 1 : 0;
        }

        return count;
    }

    /// <summary>The bank holidays of a year in England, without those that were proclaimed once.</summary>
    public static IReadOnlyList<DateOnly> BankHolidays(int year)
    {
        var easter = Easter(year);
        var christmas = new DateOnly(year, 12, 25);
        return
        [
            Substitute(new DateOnly(year, 1, 1)),
            easter.AddDays(-2),
            easter.AddDays(1),
            FirstMonday(year, 5),
            LastMonday(year, 5),
            LastMonday(year, 8),
            .. christmas.DayOfWeek switch
            {
                // A substitute never falls on the other day or on its substitute.
                DayOfWeek.Friday => new[] { christmas, christmas.AddDays(3) },
                DayOfWeek.Saturday => [christmas.AddDays(2), christmas.AddDays(3)],
                DayOfWeek.Sunday => [christmas.AddDays(1), christmas.AddDays(2)],
                _ => [christmas, christmas.AddDays(1)],
            },
        ];
    }

    /// <summary>Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher).</summary>
    public static DateOnly Easter(int year)
    {
        var (golden, century, ofCentury) = (year % 19, year / 100, year % 100);
        var moon = ((19 * golden) + century - (century / 4) - ((century - ((century + 8) / 25) + 1) / 3) + 15) % 30;
        var weekday = (32 + (2 * (century % 4)) + (2 * (ofCentury / 4)) - moon - (ofCentury % 4)) % 7;
        var late = (golden + (11 * moon) + (22 * weekday)) / 451;
        var count = moon + weekday - (7 * late) + 114;
        return new(year, count / 31, (count % 31) + 1);
    }

    private DateOnly Walk(DateOnly day, int count, int step)
    {
        for (var left = count; left > 0;)
        {
            day = day.AddDays(step);
            left -= Includes(day) ? 1 : 0;
        }

        return day;
    }

    private static bool IsBankHoliday(DateOnly day) => BankHolidays(day.Year).Contains(day);

    private static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    private static DateOnly Substitute(DateOnly day) => day.DayOfWeek switch
    {
        DayOfWeek.Saturday => day.AddDays(2),
        DayOfWeek.Sunday => day.AddDays(1),
        _ => day,
    };

    private static DateOnly FirstMonday(int year, int month)
    {
        var first = new DateOnly(year, month, 1);
        return first.AddDays(((int)DayOfWeek.Monday - (int)first.DayOfWeek + 7) % 7);
    }

    private static DateOnly LastMonday(int year, int month)
    {
        var last = new DateOnly(year, month, DateTime.DaysInMonth(year, month));
        return last.AddDays(-(((int)last.DayOfWeek - (int)DayOfWeek.Monday + 7) % 7));
    }
}
