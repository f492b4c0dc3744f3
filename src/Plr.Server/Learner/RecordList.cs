using System.Globalization;
using Plr.Core.LearningEvents;
using Plr.Core.Qualifications;
using Plr.Server.Records;

namespace Plr.Server.LearnerSite;

/// <summary>What the reader chose of the record's list; every part is a word in the page's address and none of them is personal.</summary>
public sealed record RecordChoice(string? Sort, string? Order, string? Type, string? Level, string? Year, string? Awarding, string? Status)
{
    /// <summary>The word in the address that asks for years instead of a table.</summary>
    public const string Timeline = "timeline";

    /// <summary>"timeline", or anything else for the table.</summary>
    public string? View { get; init; }

    public bool IsTimeline => string.Equals(View, Timeline, StringComparison.OrdinalIgnoreCase);

    public bool IsFiltered => new[] { Type, Level, Year, Awarding, Status }.Any(choice => !string.IsNullOrEmpty(choice));
}

/// <summary>The qualifications of a record, filtered and sorted as the reader chose; newest first unless they chose otherwise.</summary>
public sealed class RecordList
{
    private readonly RecordWords _words;

    public RecordList(IReadOnlyList<LearningEvent> all, RecordChoice choice, RecordWords words)
    {
        _words = words;
        All = all;
        Choice = choice;
        Sort = RecordColumns.All.FirstOrDefault(column => string.Equals(column, choice.Sort, StringComparison.OrdinalIgnoreCase)) ?? "Date";
        IsDescending = choice.Order is null ? Sort == "Date" : string.Equals(choice.Order, "desc", StringComparison.OrdinalIgnoreCase);
        Shown = [.. Sorted(all.Where(IsChosen))];
    }

    /// <summary>The whole record.</summary>
    public IReadOnlyList<LearningEvent> All { get; }

    /// <summary>What the reader chose to see.</summary>
    public IReadOnlyList<LearningEvent> Shown { get; }

    public RecordChoice Choice { get; }

    /// <summary>What is shown by year, newest first whatever the table is sorted by; last, under null, what has no date.</summary>
    public IReadOnlyList<(string? Year, IReadOnlyList<LearningEvent> Learned)> ByYear =>
    [
        .. Shown.OrderByDescending(DateOf).ThenBy(learned => learned.Facts.Subject, StringComparer.CurrentCulture).GroupBy(YearOf)
            .Select(year => (year.Key, (IReadOnlyList<LearningEvent>)[.. year])),
    ];

    public string Sort { get; }

    public bool IsDescending { get; }

    public IReadOnlyList<string> Types => Values(learned => learned.Facts.QualificationType);

    /// <summary>From low to high; the value stands in the address and is the same in both languages.</summary>
    public IReadOnlyList<(string Value, string Text)> Levels =>
        [.. All.Where(learned => LevelOf(learned) is not null).OrderBy(Rank).Select(learned => (LevelValue(learned)!, LevelOf(learned)!)).Distinct()];

    public IReadOnlyList<string> Years => [.. Values(YearOf).Reverse()];

    public IReadOnlyList<string> AwardingOrganisations => Values(learned => learned.Facts.AwardingOrganisationName);

    public IReadOnlyList<EventStatus> Statuses => [.. All.Select(learned => learned.Facts.Status).Distinct().Order()];

    /// <summary>The highest level that was achieved: not withdrawn, and not with a grade that says it was not. Null when no level can be told.</summary>
    public string? HighestLevel => All
        .Where(learned => learned.Facts is { Status: not EventStatus.Withdrawn, Grade: not ("U" or "Fail") })
        .OrderByDescending(Rank).Where(learned => Rank(learned) is not null)
        .Select(LevelOf).FirstOrDefault();

    private static QualificationLevel? Rank(LearningEvent learned) => QualificationLevel.Of(learned.Facts.Level);

    private static DateOnly? DateOf(LearningEvent learned) => learned.Facts.AchievementAwardDate ?? learned.Facts.ParticipationEndDate;

    private static string? YearOf(LearningEvent learned) => DateOf(learned)?.Year.ToString(CultureInfo.InvariantCulture);

    private static string? LevelValue(LearningEvent learned) => Rank(learned) switch
    {
        null => learned.Facts.Level?.Trim(),
        { IsEntry: true } entry => $"entry-{entry.Entry}",
        var one when one.From == one.To => $"{one.To}",
        var two => $"{two.From}-{two.To}",
    };

    private static bool Is(string? choice, string? value) => string.IsNullOrEmpty(choice) || choice == value;

    private string? LevelOf(LearningEvent learned) => _words.Level(learned.Facts.Level);

    private bool IsChosen(LearningEvent learned) =>
        Is(Choice.Type, learned.Facts.QualificationType) && Is(Choice.Level, LevelValue(learned)) && Is(Choice.Year, YearOf(learned))
        && Is(Choice.Awarding, learned.Facts.AwardingOrganisationName) && Is(Choice.Status, learned.Facts.Status.ToString());

    private IReadOnlyList<string> Values(Func<LearningEvent, string?> value) =>
        [.. All.Select(value).Where(text => !string.IsNullOrWhiteSpace(text)).Distinct().Order(StringComparer.CurrentCulture)!];

    private IEnumerable<LearningEvent> Sorted(IEnumerable<LearningEvent> events) => Sort switch
    {
        "Date" => By(events, DateOf, Comparer<DateOnly?>.Default),
        "Level" => By(events, Rank, Comparer<QualificationLevel?>.Default),
        "Type" => By(events, learned => learned.Facts.QualificationType, StringComparer.CurrentCulture),
        "Grade" => By(events, learned => learned.Facts.Grade, StringComparer.CurrentCulture),
        "Awarding" => By(events, learned => learned.Facts.AwardingOrganisationName, StringComparer.CurrentCulture),
        "Provider" => By(events, learned => learned.Facts.AchievementProviderName, StringComparer.CurrentCulture),
        "Source" => By(events, learned => _words.Source(learned.Facts.Source), StringComparer.CurrentCulture),
        "Status" => By(events, learned => learned.Facts.Status, Comparer<EventStatus>.Default),
        _ => By(events, learned => learned.Facts.Subject, StringComparer.CurrentCulture),
    };

    // The store gives the newest first; sorting is stable, so equal ones stay in that order.
    private IEnumerable<LearningEvent> By<T>(IEnumerable<LearningEvent> events, Func<LearningEvent, T> key, IComparer<T> comparer) =>
        IsDescending ? events.OrderByDescending(key, comparer) : events.OrderBy(key, comparer);
}
