using System.Text;
using Plr.Core.AccessRequests;
using Plr.Core.Audit;
using Plr.Core.LearningEvents;
using Plr.Core.Sharing;
using Plr.Server.Govuk;
using Plr.Server.Records;
using Plr.Server.Web;

namespace Plr.Server.Documents;

/// <summary>What is held about a learner as one page that opens in any browser, without a connection and without scripts, in the language of the request.</summary>
public sealed class HeldDataIndex(Texts texts, Dates dates, RecordWords words, AuditWords audit, SideBySide sides, Settings settings, TimeProvider time)
{
    private static readonly string[] Files = ["details", "qualifications", "problems", "problem-steps", "problem-files", "shares", "share-views", "who-has-looked"];

    public byte[] Write(HeldData held, IReadOnlyList<AuditLine> looked) => Encoding.UTF8.GetBytes(Markup.Of($$"""
        <!DOCTYPE html>
        <html lang="{{Languages.Code}}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{{texts["MyRecord.Data.IndexTitle"]}}</title>
        <style>body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; font: 1.1rem/1.5 sans-serif; color: #0b0c0c } th, td { padding: .3rem 1rem .3rem 0; text-align: left; vertical-align: top; overflow-wrap: anywhere }</style>
        </head>
        <body>
        <main>
        <h1>{{texts["MyRecord.Data.IndexTitle"]}}</h1>
        <p>{{texts["MyRecord.Data.IndexLead", Languages.IsWelsh ? settings.Operator.NameWelsh : settings.Operator.Name, dates.DayAndTime(time.GetUtcNow())]}}</p>
        <p>{{texts["MyRecord.Data.IndexKeep"]}}</p>
        {{Part("Files", Listed([.. Files.Select(file => Markup.Of($"{texts[$"MyRecord.Data.File.{file}"]} <a href=\"{file}.csv\">{file}.csv</a>, <a href=\"{file}.json\">{file}.json</a>"))]))}}
        {{Part("Details", Details(held))}}
        {{Part("Qualifications", Qualifications(held))}}
        {{Part("Problems", Listed([.. held.Challenges.Select(one => Markup.Of($"{dates.Day(one.Challenge.RaisedAt)}: {one.Challenge.Said}"))]))}}
        {{Part("Shares", Listed([.. held.Shares.Select(Shared)]))}}
        {{Part("Looked", Listed([.. looked.Select(line => Markup.Of($"{dates.DayAndTime(line.At)}. {audit.InOneLine(line)}"))]))}}
        </main>
        </body>
        </html>
        """).ToString());

    private Markup Part(string key, Markup content) => Markup.Of($"<h2>{texts[$"MyRecord.Data.Part.{key}"]}</h2>{content}");

    private Markup Listed(IReadOnlyList<Markup> lines) =>
        lines.Count == 0 ? Markup.Of($"<p>{texts["MyRecord.Data.Nothing"]}</p>") : Markup.Of($"<ul>{Markup.Join(lines.Select(line => Markup.Of($"<li>{line}</li>")))}</ul>");

    private Markup Details(HeldData held) => Markup.Of(
        $"<table><tr><th scope=\"row\">ULN</th><td>{held.Learner.Uln.ToDisplayString()}</td></tr>{Markup.Join(sides.Fields(held.Learner, held.Learner).Select(field => Markup.Of($"<tr><th scope=\"row\">{texts[$"Learner.Detail.{field.Label}"]}</th><td>{field.One}</td></tr>")))}</table>");

    private Markup Qualifications(HeldData held)
    {
        var all = held.Events.GroupBy(moved => moved.Version.Id).Select(group => group.Select(moved => moved.Version).ToList()).ToList();
        return all.Count == 0 ? Listed([]) : Markup.Join(all.Select(Qualification));
    }

    private Markup Qualification(List<LearningEventVersion> versions)
    {
        var facts = versions[^1].Facts;
        (string Label, string? Value)[] known =
        [
            ("Learner.Column.Grade", facts.Grade),
            ("Learner.Column.Type", facts.QualificationType),
            ("Learner.Column.Level", words.Level(facts.Level)),
            ("Learner.Number", facts.SubjectCode),
            ("Learner.Column.Awarding", facts.AwardingOrganisationName),
            ("Learner.Column.Provider", facts.AchievementProviderName ?? facts.AchievementProviderUkprn),
            ("Learner.Column.Date", facts.AchievementAwardDate is { } awarded ? dates.Day(awarded) : null),
            ("Learner.Column.Status", words.Status(facts.Status)),
        ];
        var rows = known.Where(fact => !string.IsNullOrWhiteSpace(fact.Value)).Select(fact => Markup.Of($"<tr><th scope=\"row\">{texts[fact.Label]}</th><td>{fact.Value}</td></tr>"));
        var history = words.History(versions).SelectMany(entry => entry.Sentences).Select(sentence => Markup.Of($"{sentence}."));
        return Markup.Of($"<h3>{facts.Subject}</h3><table>{Markup.Join(rows)}</table>{Listed([.. history])}");
    }

    private Markup Shared(OwnShare own) => Markup.Of(
        $"{texts["MyRecord.Data.Share", dates.Day(own.Share.MadeAt), own.Share.Terms.ForWhom ?? texts["Sharing.Anyone"], dates.Day(own.Share.EndedAt ?? own.Share.Terms.EndsAt), own.Share.Views]}");
}
