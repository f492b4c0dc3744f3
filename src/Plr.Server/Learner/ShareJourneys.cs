using System.Globalization;
using Plr.Core.Journeys;
using Plr.Core.Sharing;
using Plr.Server.Journeys;

namespace Plr.Server.LearnerSite;

/// <summary>The answers on the way to a share, one part for each of its pages: what, for whom, how long.</summary>
public sealed record ShareAnswers
{
    /// <summary>Whether all qualifications are shared.</summary>
    public bool? IsAll { get; init; }

    /// <summary>Those that were chosen.</summary>
    public IReadOnlyList<int> Events { get; init; } = [];

    public ShareFields Fields { get; init; } = ShareFields.Grade;

    public bool? IsForAnyone { get; init; }

    public string? ForWhom { get; init; }

    public string? Reason { get; init; }

    /// <summary>Null until it was chosen.</summary>
    public DateOnly? LastDay { get; init; }

    /// <summary>Null for as often as they like.</summary>
    public int? MostViews { get; init; }

    public bool MayDownload { get; init; } = true;

    public bool TellMe { get; init; }

    /// <summary>The share, once it is made: the button pressed again leads to it.</summary>
    public Guid? Made { get; init; }

    /// <summary>The first page that was not answered; null when all were.</summary>
    public string? Missing => this switch
    {
        { IsAll: null } => "/Learner/ShareWhat",
        { IsForAnyone: null } => "/Learner/ShareForWhom",
        { LastDay: null } => "/Learner/ShareHowLong",
        _ => null,
    };

    /// <summary>The terms that these answers make.</summary>
    /// <param name="time">Whose days they are.</param>
    public ShareTerms Terms(TimeProvider time) => new()
    {
        Events = IsAll is true ? null : Events,
        Fields = Fields,
        ForWhom = IsForAnyone is true ? null : ForWhom,
        Reason = Reason,
        EndsAt = ShareDays.EndOf(LastDay!.Value, time),
        MostViews = MostViews,
        MayDownload = MayDownload,
        TellMe = TellMe,
    };

    /// <summary>Without the words: they may be personal.</summary>
    public override string ToString() => "share";
}

/// <summary>The journeys of sharing a record.</summary>
public sealed class ShareJourneys(IJourneyStore journeys, Settings settings, TimeProvider time) : JourneyAnswers<ShareAnswers>(journeys, settings, time, "share-record");

/// <summary>Days of a share, in the service's time zone: it ends with its last day.</summary>
public static class ShareDays
{
    public static DateOnly Today(TimeProvider time) => DateOnly.FromDateTime(time.GetLocalNow().DateTime);

    /// <summary>The moment at which a day is over.</summary>
    public static DateTimeOffset EndOf(DateOnly day, TimeProvider time)
    {
        var midnight = day.AddDays(1).ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, time.LocalTimeZone.GetUtcOffset(midnight)).ToUniversalTime();
    }

    /// <summary>The last day of a share that ends then.</summary>
    public static DateOnly LastOf(DateTimeOffset endsAt, TimeProvider time) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(endsAt.AddTicks(-1), time.LocalTimeZone).DateTime);

    /// <summary>What a field for a number of looks says: a number, or nothing for no limit. False when it is neither.</summary>
    public static bool TryViews(string? typed, out int? views)
    {
        views = null;
        if (string.IsNullOrWhiteSpace(typed))
        {
            return true;
        }

        var isNumber = int.TryParse(typed.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        views = isNumber ? number : null;
        return isNumber;
    }
}
