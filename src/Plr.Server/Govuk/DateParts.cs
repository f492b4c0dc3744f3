using System.Globalization;
using Plr.Server.Web;

namespace Plr.Server.Govuk;

/// <summary>A date as somebody types it into three fields. Months may be numbers or names in English or Welsh.</summary>
public sealed record DateParts
{
    public string? Day { get; set; }

    public string? Month { get; set; }

    public string? Year { get; set; }

    public bool IsEmpty => string.IsNullOrWhiteSpace(Day) && string.IsNullOrWhiteSpace(Month) && string.IsNullOrWhiteSpace(Year);

    public static DateParts Of(DateOnly date) => new()
    {
        Day = date.Day.ToString(CultureInfo.InvariantCulture),
        Month = date.Month.ToString(CultureInfo.InvariantCulture),
        Year = date.Year.ToString("0000", CultureInfo.InvariantCulture),
    };

    /// <summary>The parts that are empty while another is filled, by the names of the properties.</summary>
    public IEnumerable<string> MissingParts()
    {
        (string Name, string? Value)[] parts = [(nameof(Day), Day), (nameof(Month), Month), (nameof(Year), Year)];
        return IsEmpty ? [] : parts.Where(p => string.IsNullOrWhiteSpace(p.Value)).Select(p => p.Name);
    }

    /// <summary>The date, or null when the parts are not a date of the calendar with a year of four digits.</summary>
    public DateOnly? ToDate()
    {
        var month = MonthNumber(Month?.Trim() ?? "");
        return Number(Day) is { } day && Number(Year) is >= 1000 and <= 9999 and var year && month is >= 1 and <= 12
            && day >= 1 && day <= DateTime.DaysInMonth(year, month.Value)
                ? new DateOnly(year, month.Value, day)
                : null;
    }

    private static int? Number(string? text) =>
        int.TryParse(text?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static int? MonthNumber(string text) => Number(text) ?? MonthNamed(text, Languages.English) ?? MonthNamed(text, Languages.Welsh);

    // "Sept" and "Sep" both mean September: three letters tell all months apart in both languages.
    private static int? MonthNamed(string text, CultureInfo culture)
    {
        var index = text.Length < 3 ? -1 : Array.FindIndex(culture.DateTimeFormat.MonthNames, name => name.StartsWith(text, StringComparison.OrdinalIgnoreCase));
        return index < 0 ? null : index + 1;
    }
}
