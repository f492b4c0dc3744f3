using System.Globalization;

namespace Plr.Server.Web;

/// <summary>Dates and times in words, as the language of the request says them, in the time zone of the people who read them.</summary>
public sealed class Dates(Settings settings)
{
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(settings.TimeZone);

    /// <summary><c>23 November 2026</c>, <c>23 Tachwedd 2026</c>.</summary>
    public string Day(DateOnly date) => date.ToString("d MMMM yyyy", CultureInfo.CurrentCulture);

    /// <summary>The day on which the instant falls in the readers' time zone.</summary>
    public string Day(DateTimeOffset instant) => Day(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, _zone).DateTime));

    /// <summary><c>2:05pm</c>; <c>2:05yp</c> (y prynhawn) and <c>9:30yb</c> (y bore) in Welsh.</summary>
    public string Time(DateTimeOffset instant)
    {
        var local = TimeZoneInfo.ConvertTime(instant, _zone);
        var half = (Languages.IsWelsh, local.Hour < 12) switch
        {
            (true, true) => "yb",
            (true, false) => "yp",
            (false, true) => "am",
            (false, false) => "pm",
        };
        return local.ToString("h:mm", CultureInfo.InvariantCulture) + half;
    }

    /// <summary><c>23 November 2026, 2:05pm</c>.</summary>
    public string DayAndTime(DateTimeOffset instant) => $"{Day(instant)}, {Time(instant)}";
}
