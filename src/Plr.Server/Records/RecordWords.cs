using Plr.Core.LearningEvents;
using Plr.Core.Qualifications;
using Plr.Server.Web;

namespace Plr.Server.Records;

/// <summary>What stands in a record, in the words of the language of the request; for every audience that is shown one.</summary>
public sealed class RecordWords(Texts texts, Dates dates)
{
    /// <summary>A level as it is meant, however it was spelled; what cannot be read is shown as it came; null for none.</summary>
    public string? Level(string? level) => QualificationLevel.Of(level) switch
    {
        null => string.IsNullOrWhiteSpace(level) ? null : level.Trim(),
        { IsEntry: true, Entry: 0 } => texts["Codes.Level.Entry"],
        { IsEntry: true } entry => texts["Codes.Level.EntryNumber", entry.Entry],
        var one when one.From == one.To => texts["Codes.Level.One", one.To],
        var two => texts["Codes.Level.Two", two.From, two.To],
    };

    /// <summary>A qualification in a line: title, type, level and the day of the award, as far as they are known.</summary>
    public string InOneLine(LearningEvent learned) => string.Join(", ", new[]
    {
        learned.Facts.Subject, learned.Facts.QualificationType, Level(learned.Facts.Level), learned.Facts.AchievementAwardDate is { } awarded ? dates.Day(awarded) : null,
    }.Where(part => !string.IsNullOrWhiteSpace(part)));

    public string Status(EventStatus status) => texts[$"Codes.Status.{status}"];

    public string Source(EventSource source) => texts[$"Codes.Source.{source}"];

    public string? Language(string? language) => language is "English" or "Welsh" or "Irish" ? texts[$"Codes.Language.{language}"] : language;

    /// <summary>Who sent a version, when and how: "Sent by AQA Education on 23 November 2026 in a file, row 17".</summary>
    public string From(Provenance from)
    {
        var day = dates.Day(from.RecordedAt);
        return from switch
        {
            { OrganisationName: null } => texts["Codes.From.Office", day],
            { BatchRow: { } row } => texts["Codes.From.File", from.OrganisationName, day, row],
            { Channel: Core.Channel.Rest or Core.Channel.Soap } => texts["Codes.From.System", from.OrganisationName, day],
            _ => texts["Codes.From.Hand", from.OrganisationName, day],
        };
    }

    /// <summary>What happened to a learning event, newest first.</summary>
    public IReadOnlyList<HistoryEntry> History(IReadOnlyList<LearningEventVersion> versions) =>
        [.. versions.Select((version, index) => Entry(index == 0 ? null : versions[index - 1].Facts, version)).Reverse()];

    private HistoryEntry Entry(LearningEventFacts? before, LearningEventVersion version)
    {
        var from = version.Provenance;
        var (day, who) = (dates.Day(from.RecordedAt), from.OrganisationName ?? texts["Codes.Office"]);
        var sentences = from.Action == AchievementAction.Update && before is not null
            ? Changes(before, version.Facts).Select(change => Change(day, who, change)).ToList()
            : [texts[$"Codes.Action.{from.Action}", day, who]];
        return new(sentences, from.Reason, From(from));
    }

    private string Change(string day, string who, (string Field, string? Before, string? After) change)
    {
        var field = texts[$"Codes.Changed.{change.Field}"];
        return change switch
        {
            { Before: null } => texts["Codes.Change.Added", day, who, field, change.After],
            { After: null } => texts["Codes.Change.Removed", day, who, field, change.Before],
            _ => texts["Codes.Change.Changed", day, who, field, change.Before, change.After],
        };
    }

    private IEnumerable<(string Field, string? Before, string? After)> Changes(LearningEventFacts before, LearningEventFacts after) =>
        Comparable(before).Zip(Comparable(after)).Where(pair => pair.First.Value != pair.Second.Value)
            .Select(pair => (pair.First.Field, pair.First.Value, pair.Second.Value));

    private IEnumerable<(string Field, string? Value)> Comparable(LearningEventFacts facts) =>
    [
        ("Grade", facts.Grade),
        ("Status", Status(facts.Status)),
        ("Subject", facts.Subject),
        ("Type", facts.QualificationType),
        ("Level", Level(facts.Level)),
        ("Awarded", facts.AchievementAwardDate is { } awarded ? dates.Day(awarded) : null),
        ("Provider", facts.AchievementProviderName ?? facts.AchievementProviderUkprn),
        ("Language", Language(facts.LanguageForAssessment)),
    ];
}

/// <summary>One thing that happened to a learning event.</summary>
/// <param name="Sentences">What, in whole sentences.</param>
/// <param name="Reason">Why, in the words of who did it; null when they gave none.</param>
/// <param name="From">Who sent it, when and how.</param>
public sealed record HistoryEntry(IReadOnlyList<string> Sentences, string? Reason, string From);
