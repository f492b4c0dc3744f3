using System.Globalization;
using System.Text;
using Plr.Core;
using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Core.Reports;
using Plr.Server.Records;
using Plr.Server.Web;

namespace Plr.Server.Documents;

/// <summary>One qualification as a row of the report says it, in the order of the columns.</summary>
public sealed record ReportRow(string Subject, string Kind, string Level, string Grade, string Awarded, string Awarding, string Provider, string Status, string Source);

/// <summary>Everything that a report says, in words: the same for whatever draws it.</summary>
public sealed record ReportText
{
    public required string Service { get; init; }

    public required string Title { get; init; }

    public required string Lead { get; init; }

    public required string Reference { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>How to have it confirmed.</summary>
    public required string Confirm { get; init; }

    /// <summary>Where whoever has it checks it; null for a report that only the register office confirms.</summary>
    public string? CheckAddress { get; init; }

    public required IReadOnlyList<(string Label, string Value)> Learner { get; init; }

    public required IReadOnlyList<(string Label, string Value)> About { get; init; }

    public required IReadOnlyList<ReportRow> Rows { get; init; }

    /// <summary>What the words in the column of the status mean, as far as they occur.</summary>
    public required IReadOnlyList<string> Explanations { get; init; }
}

/// <summary>A report in the words of the language of the moment: those of the pages where they have them.</summary>
public sealed class ReportWords(Texts texts, Dates dates, RecordWords words, Settings settings)
{
    private const string None = "–";

    public ReportText Of(Report report, PersonalLearningRecord record) => new()
    {
        Service = Service,
        Title = texts["Report.Title"],
        Lead = texts["Report.Lead", Name(record.Learner.Details), dates.DayAndTime(report.MadeAt)],
        Reference = report.Reference.ToString(),
        MadeAt = report.MadeAt,
        Confirm = report.CanBeChecked ? texts["Report.Confirm.Check", report.Reference, CheckAddress("")] : Confirm(report.Reference.ToString()),
        CheckAddress = report.CanBeChecked ? CheckAddress($"?reference={report.Reference}") : null,
        Learner = Learner(record.Learner),
        About =
        [
            (texts["Report.Reference"], report.Reference.ToString()),
            (texts["Report.MadeOn"], dates.DayAndTime(report.MadeAt)),
            (texts["Report.AskedBy"], AskedBy(report.AskedBy)),
            (texts["Report.Why"], texts[$"Report.Purpose.{report.Purpose.Word()}"]),
            (texts["Report.Qualifications"], Count(record.Events)),
        ],
        Rows = [.. record.Events.Select(Row)],
        Explanations = [.. Explanations(record.Events)],
    };

    /// <summary>What of a report in a language has characters that the letters of a PDF do not have; the fields are named in the language of the moment.</summary>
    public IReadOnlyList<Unprintable> Unprintable(PersonalLearningRecord record, ReportAsker asker, CultureInfo language) =>
    [
        .. Languages.In(language, () => Printed(record, asker).Where(field => !Ascii.IsValid(field.Value)).ToList())
            .GroupBy(field => field.Field, field => field.Value)
            .Select(field => new Unprintable(texts[field.Key], UnprintableCharacters.In(field, texts)))
            .Where(found => found.Characters.Length > 0),
    ];

    /// <summary>The service and who runs it, in the language of the moment.</summary>
    public string Service => Languages.IsWelsh ? settings.ServiceNameWelsh : settings.ServiceName;

    /// <summary>Since when the register holds results, area by area.</summary>
    public IReadOnlyList<CoverageArea> Areas => settings.Coverage.AreaList;

    /// <summary>The same in a sentence; null when no area is set.</summary>
    public string? Since => Areas.Count == 0 ? null : texts["Report.Covers.Since", string.Join(", ", Areas.Select(area => $"{area.NameOfTheMoment} {area.Year}"))];

    /// <summary>What the record may lack.</summary>
    public IReadOnlyList<string> MayBeMissing => settings.Coverage.MayBeMissingOfTheMoment;

    public string Office => Languages.IsWelsh ? settings.Operator.NameWelsh : settings.Operator.Name;

    /// <summary>Who asked for a report, in words.</summary>
    public string AskedBy(ReportAsker asker) => asker switch
    {
        { Kind: "learner", Person: { } person } => texts["Report.Asker.Learner", person],
        { IsSoftware: true, Organisation: { } organisation, Person: { } name } => texts["Report.Asker.Software", name, organisation],
        { Organisation: { } organisation, Person: { } person } => texts["Report.Asker.Organisation", person, organisation],
        { Person: { } person } => texts["Report.Asker.Officer", person],
        // Made by a register that this one took over: the accounts stayed there.
        { Kind: "learner" } => texts["Report.Asker.TheLearner"],
        { Organisation: { } organisation } => texts["Report.Asker.SomebodyOf", organisation],
        _ => texts["Report.Asker.Office"],
    };

    /// <summary>How to have a report confirmed.</summary>
    private string Confirm(string reference) => settings.Operator.Email.Length > 0
        ? texts["Report.Confirm.Email", reference, Office, settings.Operator.Email]
        : texts["Report.Confirm.Text", reference, Office];

    private string CheckAddress(string query) => new Uri(settings.Address(), (Languages.IsWelsh ? Languages.WelshPrefix : "") + "/check" + query).ToString();

    public string this[string key] => texts[key];

    public string PageOf(int page, int pages) => texts["Report.PageOf", page, pages];

    private static string Name(LearnerDetails held) => $"{held.GivenName} {held.FamilyName}";

    /// <summary>What the register or its settings put into a report, under the key of its name.</summary>
    private IEnumerable<(string Field, string Value)> Printed(PersonalLearningRecord record, ReportAsker asker) =>
    [
        .. Details(record.Learner),
        ("Report.AskedBy", AskedBy(asker)),
        .. record.Events.Select(Row).SelectMany(row => new[]
        {
            ("Learner.Column.Subject", row.Subject), ("Learner.Column.Type", row.Kind), ("Learner.Column.Level", row.Level), ("Learner.Column.Grade", row.Grade),
            ("Learner.Column.Awarding", row.Awarding), ("Learner.Column.Provider", row.Provider),
        }),
        ("Report.Service", Service),
        ("Report.Office", Office),
        ("Report.Email", settings.Operator.Email),
        .. MayBeMissing.Append(Since ?? "").Select(said => ("Public.Covers.Title", said)),
    ];

    private List<(string Label, string Value)> Learner(Learner learner) => [.. Details(learner).Select(detail => (texts[detail.Key], detail.Value))];

    private List<(string Key, string Value)> Details(Learner learner)
    {
        var held = learner.Details;
        (string Label, string? Value)[] all =
        [
            ("Uln", learner.Uln.ToDisplayString()),
            ("GivenName", held.GivenName),
            ("MiddleOtherName", held.MiddleOtherName),
            ("FamilyName", held.FamilyName),
            ("PreferredGivenName", held.PreferredGivenName),
            ("PreviousFamilyName", held.PreviousFamilyName),
            ("DateOfBirth", dates.Day(held.DateOfBirth)),
            ("Gender", texts.Code("Gender", held.Gender)),
            ("UniqueCandidateIdentifier", held.UniqueCandidateIdentifier),
        ];
        return [.. all.Where(detail => !string.IsNullOrWhiteSpace(detail.Value)).Select(detail => ($"Learner.Detail.{detail.Label}", detail.Value!.Trim()))];
    }

    private string Count(IReadOnlyList<LearningEvent> events)
    {
        var challenged = events.Count(learned => learned.UnderDataChallenge);
        var count = events.Count switch { 0 => texts["Report.Count.None"], 1 => texts["Report.Count.One"], var many => texts["Report.Count.Many", many] };
        return challenged == 0 ? count : texts["Report.Count.Challenged", count, challenged];
    }

    private ReportRow Row(LearningEvent learned)
    {
        var facts = learned.Facts;
        var status = words.Status(facts.Status);
        return new(
            facts.Subject,
            string.Join(", ", new[] { facts.QualificationType, facts.SubjectCode }.Where(part => !string.IsNullOrWhiteSpace(part))),
            words.Level(facts.Level) ?? None,
            Held(facts.Grade),
            facts.AchievementAwardDate is { } awarded ? dates.Day(awarded) : None,
            Held(facts.AwardingOrganisationName),
            Held(facts.AchievementProviderName ?? facts.AchievementProviderUkprn),
            learned.UnderDataChallenge ? $"{status}. {texts["Learner.UnderChallenge"]}" : status,
            texts["Report.Source", words.Source(facts.Source)]);
    }

    private IEnumerable<string> Explanations(IReadOnlyList<LearningEvent> events)
    {
        if (events.Any(learned => learned.UnderDataChallenge))
        {
            yield return texts["Report.Explain.Challenged"];
        }

        foreach (var status in events.Select(learned => learned.Facts.Status).Distinct().Where(status => status != EventStatus.Final).Order())
        {
            yield return texts[$"Report.Explain.{status}"];
        }
    }

    private static string Held(string? value) => string.IsNullOrWhiteSpace(value) ? None : value.Trim();
}
