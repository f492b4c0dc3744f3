using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Playwright;
using Plr.Core;
using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Core.Reports;
using Plr.Server;
using Plr.Server.Documents;
using Plr.Server.Records;
using Plr.Server.Web;

namespace Plr.Bench;

/// <summary>
/// The report of a record, written on one thread, against headless Chromium printing a page of the same words, both warm and in the same
/// run. <c>taskset -c 0</c> before the command keeps Chromium's processes to one core as well.
/// </summary>
internal static class ReportBench
{
    private static readonly Settings Settings = new();
    private static readonly ReportWords Words = new(new Texts(), new Dates(Settings), new RecordWords(new Texts(), new Dates(Settings)), Settings);
    private static readonly string[] Flags =
        ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    public static async Task<int> RunAsync(string[] args)
    {
        var events = int.Parse(args.ElementAtOrDefault(0) ?? "30", CultureInfo.InvariantCulture);
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Languages.English;
        var records = Enumerable.Range(0, 50).Select(i => Record(i, events)).ToArray();
        var make = new MakeReport(null!, Words);
        var own = OwnRate(records, make, out var size);
        if (args.ElementAtOrDefault(1) is { } path)
        {
            await File.WriteAllBytesAsync(path, make.Write(ReportOf(records[0]), records[0]).Content);
        }

        var chromium = await ChromiumRateAsync(records);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"report of {events} events: {own:F0} a second on one thread, {size / 1024.0:F1} KiB; Chromium {chromium:F1} a second; ratio {own / chromium:F0}"));
        return 0;
    }

    private static double OwnRate(PersonalLearningRecord[] records, MakeReport make, out int size)
    {
        size = 0;
        var best = 0.0;
        for (var round = 0; round < 6; round++)
        {
            var watch = Stopwatch.StartNew();
            var count = 0;
            while (watch.Elapsed < TimeSpan.FromSeconds(2))
            {
                var record = records[count % records.Length];
                size = make.Write(ReportOf(record), record).Content.Length;
                count++;
            }

            // The first rounds warm up.
            best = Math.Max(best, count / watch.Elapsed.TotalSeconds);
        }

        return best;
    }

    private static async Task<double> ChromiumRateAsync(PersonalLearningRecord[] records)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = Flags });
        var page = await browser.NewPageAsync();
        await page.SetContentAsync(Html(Words.Of(ReportOf(records[0]), records[0])));
        var print = new PagePdfOptions { Format = "A4", PrintBackground = true };
        for (var i = 0; i < 10; i++)
        {
            await page.PdfAsync(print);
        }

        var best = 0.0;
        for (var round = 0; round < 3; round++)
        {
            var watch = Stopwatch.StartNew();
            var count = 0;
            while (watch.Elapsed < TimeSpan.FromSeconds(4))
            {
                await page.PdfAsync(print);
                count++;
            }

            best = Math.Max(best, count / watch.Elapsed.TotalSeconds);
        }

        return best;
    }

    private static string Html(ReportText text)
    {
        var html = new StringBuilder("<!doctype html><html lang=en><meta charset=utf-8><title>Report</title><style>body{font-family:sans-serif;font-size:9pt}td,th{text-align:left}</style>");
        html.Append(CultureInfo.InvariantCulture, $"<h1>{WebUtility.HtmlEncode(text.Title)}</h1><p>{WebUtility.HtmlEncode(text.Lead)}</p>");
        foreach (var facts in new[] { text.Learner, text.About })
        {
            html.Append("<table>");
            foreach (var (label, value) in facts)
            {
                html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=row>{WebUtility.HtmlEncode(label)}</th><td>{WebUtility.HtmlEncode(value)}</td></tr>");
            }

            html.Append("</table>");
        }

        html.Append("<table>");
        foreach (var row in text.Rows)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=row>{WebUtility.HtmlEncode(row.Subject)}<p>{WebUtility.HtmlEncode(row.Kind)}</p></th>");
            foreach (var cell in new[] { row.Level, row.Grade, row.Awarded, row.Awarding, row.Provider, row.Status + " " + row.Source })
            {
                html.Append(CultureInfo.InvariantCulture, $"<td>{WebUtility.HtmlEncode(cell)}</td>");
            }

            html.Append("</tr>");
        }

        return html.Append("</table>").ToString();
    }

    private static Report ReportOf(PersonalLearningRecord record) => new(
        ReportReference.New(), record.Learner.Uln, DateTimeOffset.UnixEpoch, new("learner", "Bench", null), Channel.LearnerSite, Purpose.OwnRecord, null, ReportFormat.Pdf,
        ReportLanguage.English, ReportContents.Of(record, withWithdrawn: true));

    private static PersonalLearningRecord Record(int i, int events)
    {
        var details = new LearnerDetails
        {
            GivenName = $"Given{i}",
            FamilyName = $"Family{i}",
            LastKnownPostCode = "ZZ99 9ZZ",
            DateOfBirth = new(2008, 1, 1),
            Gender = 9,
            VerificationType = 1,
            AbilityToShare = 1,
        };
        var learner = new Learner
        {
            Uln = Uln.Parse("9276308686"),
            Details = details,
            Status = LearnerStatus.Active,
            TierLevel = 1,
            Version = 1,
            CreatedAt = DateTimeOffset.UnixEpoch,
            LastUpdatedAt = DateTimeOffset.UnixEpoch,
            CreatedVia = Channel.Portal,
            LastUpdatedVia = Channel.Portal,
        };
        return new(learner, [.. Enumerable.Range(1, events).Select(id => Event(i, id))]);
    }

    private static LearningEvent Event(int i, int id) => new(
        id,
        1,
        new LearningEventFacts
        {
            Source = EventSource.AO,
            Status = id % 7 == 3 ? EventStatus.Provisional : EventStatus.Final,
            Subject = $"Level 3 Certificate in Hospitality Supervision and Leadership Principles {id + i}",
            SubjectCode = string.Create(CultureInfo.InvariantCulture, $"601/{1000 + id}/{i % 10}"),
            QualificationType = "Vocationally-Related Qualification",
            Level = "Level 3",
            Grade = id % 9 == 0 ? "Distinction" : "A*",
            AchievementAwardDate = new DateOnly(2026, 8, 20).AddDays(-id * (i + 1)),
            AchievementProviderName = $"Coleg Dyffryn {id % 5}",
            AwardingOrganisationName = "Pearson Education Ltd",
        },
        new Provenance(DateTimeOffset.UnixEpoch, null, "Test Board", Channel.Batch, 1, id, AchievementAction.Create, null, null),
        DateTimeOffset.UnixEpoch,
        UnderDataChallenge: id % 11 == 1);
}
