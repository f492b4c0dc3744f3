using System.Globalization;

namespace Plr.Core.Matching;

/// <summary>How near two dates of birth are. A better level is a larger number.</summary>
public static class BirthDates
{
    public const int Different = 1;

    /// <summary>Another day and month of the same year, or of one that is off by one or ten.</summary>
    public const int SameYear = 2;

    /// <summary>Each of day, month and year is as good as right: a few days, a month, a year or ten years off.</summary>
    public const int Near = 3;

    /// <summary>The same year, and one of the two is 1 January or a year alone, which is written where day and month are not known.</summary>
    public const int YearKnown = 4;

    /// <summary>Two of day, month and year are the same.</summary>
    public const int TwoOfThree = 5;

    /// <summary>One digit is wrong, two neighbours changed places, or day, month or year is off by one, or the year by ten.</summary>
    public const int OneSlip = 6;

    /// <summary>Day and month changed places.</summary>
    public const int DayMonthSwapped = 7;

    public const int Equal = 8;

    /// <summary>A date as yyyymmdd.</summary>
    public static int Pack(DateOnly date) => (date.Year * 10000) + (date.Month * 100) + date.Day;

    /// <summary>A date of which month or day may be 0, not known; 0 when there is no such date.</summary>
    public static int Pack(int year, int month, int day) =>
        year is > 0 and <= 9999 && month is >= 0 and <= 12 && day is >= 0 and <= 31 ? (year * 10000) + (month * 100) + day : 0;

    /// <summary>The level of two dates; 0 when one of them is missing.</summary>
    public static int Compare(int left, int right)
    {
        if (left == 0 || right == 0)
        {
            return 0;
        }

        var (leftYear, leftMonth, leftDay) = Parts(left);
        var (rightYear, rightMonth, rightDay) = Parts(right);
        if (left == right && leftMonth != 0)
        {
            return Equal;
        }

        // 1 January twice is a day that nobody knew twice: only the years say something.
        if (leftMonth == 0 || rightMonth == 0 || (left % 10000 == 101 && right % 10000 == 101))
        {
            return OfYears(leftYear, rightYear);
        }

        var equal = (leftYear == rightYear ? 1 : 0) + (leftMonth == rightMonth ? 1 : 0) + (leftDay == rightDay ? 1 : 0);
        if (leftYear == rightYear && leftMonth == rightDay && leftDay == rightMonth)
        {
            return DayMonthSwapped;
        }

        var years = Math.Abs(leftYear - rightYear);
        if (equal == 2 && (years is 1 or 10 || Math.Abs(leftMonth - rightMonth) == 1 || Math.Abs(leftDay - rightDay) == 1))
        {
            return OneSlip;
        }

        if (IsOneSlip(left, right))
        {
            return OneSlip;
        }

        if (equal == 2)
        {
            return TwoOfThree;
        }

        if (leftYear == rightYear && (left % 10000 == 101 || right % 10000 == 101))
        {
            return YearKnown;
        }

        var isYearNear = years is 0 or 1 or 10;
        return isYearNear && Math.Abs(leftMonth - rightMonth) <= 1 && Math.Abs(leftDay - rightDay) <= 4 ? Near
            : isYearNear ? SameYear
            : Different;
    }

    private static int OfYears(int left, int right) => left == right ? YearKnown : Math.Abs(left - right) is 1 or 10 ? SameYear : Different;

    // One digit differs, or two digits beside each other changed places: also the two last of the year (1978, 1987).
    private static bool IsOneSlip(int left, int right)
    {
        // Either makes the dates differ by one to nine, or nine times that, of some power of ten: few dates do.
        var apart = Math.Abs(left - right);
        while (apart % 10 == 0)
        {
            apart /= 10;
        }

        return (apart < 10 || (apart <= 81 && apart % 9 == 0)) && DifferInOneOrTwoNeighbours(left, right);
    }

    private static bool DifferInOneOrTwoNeighbours(int left, int right)
    {
        Span<char> a = stackalloc char[8];
        Span<char> b = stackalloc char[8];
        left.TryFormat(a, out _, "D8", CultureInfo.InvariantCulture);
        right.TryFormat(b, out _, "D8", CultureInfo.InvariantCulture);
        var from = a.CommonPrefixLength(b);
        return a[(from + 1)..].SequenceEqual(b[(from + 1)..])
            || (from < 7 && a[from] == b[from + 1] && a[from + 1] == b[from] && a[(from + 2)..].SequenceEqual(b[(from + 2)..]));
    }

    internal static (int Year, int Month, int Day) Parts(int date) => (date / 10000, date / 100 % 100, date % 100);
}
