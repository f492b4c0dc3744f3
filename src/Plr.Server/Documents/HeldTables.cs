using System.Text.Encodings.Web;
using System.Text.Json;
using Plr.Core.AccessRequests;
using Plr.Core.Audit;
using Plr.Core.DataChallenges;
using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Core.Moves;
using Plr.Core.Sharing;
using Plr.Server.Files;
using Plr.Server.Records;

namespace Plr.Server.Documents;

/// <summary>One kind of thing that is held, as data: the same in every language but for the column <c>InWords</c>.</summary>
/// <param name="Name">Of its two files, without ending; nothing personal is in it.</param>
/// <param name="Headings">Of its columns.</param>
/// <param name="Rows">As <see cref="MoveText"/> writes cells.</param>
internal sealed record HeldTable(string Name, IReadOnlyList<string> Headings, IReadOnlyList<IReadOnlyList<string?>> Rows)
{
    public byte[] Csv()
    {
        using var stream = new MemoryStream();
        using (var csv = new CsvOut(stream, byteOrderMark: true))
        {
            csv.Write([.. Headings]);
            foreach (var row in Rows)
            {
                csv.Write([.. row]);
            }
        }

        return stream.ToArray();
    }

    public byte[] Json()
    {
        using var stream = new MemoryStream();
        // The file is no part of a page: letters stand as they are.
        using (var json = new Utf8JsonWriter(stream, new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartArray();
            foreach (var row in Rows)
            {
                json.WriteStartObject();
                foreach (var (heading, cell) in Headings.Zip(row))
                {
                    json.WriteString(heading, MoveText.Read(cell));
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return stream.ToArray();
    }
}

/// <summary>Everything that is held about a learner, as tables. Details and learning events have the columns of a register's own files.</summary>
internal static class HeldTables
{
    public static IReadOnlyList<HeldTable> All(HeldData held, IReadOnlyList<AuditLine> looked, AuditWords words)
    {
        var names = new MoveCodes(held.Organisations);
        return
        [
            Of("details", LearnerColumns.All, held.Details, names),
            Of("qualifications", LearningEventColumns.All, held.Events, names),
            .. Problems(held),
            Shares(held.Shares),
            new("share-views", ["Share", "SeenAt", "Through", "Organisation", "HasReceipt"], [.. held.Shares.SelectMany(own => own.Views, View)]),
            Looked(looked, words),
        ];
    }

    private static HeldTable Of<T>(string name, IReadOnlyList<MoveColumn<T>> columns, IReadOnlyList<T> rows, MoveCodes names) =>
        new(name, [.. columns.Select(column => column.Heading)], [.. rows.Select(row => (IReadOnlyList<string?>)[.. columns.Select(column => column.Write(row, names))])]);

    private static IReadOnlyList<HeldTable> Problems(HeldData held) =>
    [
        new(
            "problems",
            ["ID", "Reference", "ULN", "LearningEvent", "OtherLearningEvent", "Type", "State", "RaisedAt", "Said", "Wanted", "MissingTitle", "MissingAwardingOrganisation", "MissingTakenAt", "MissingTakenIn", "ExpectedOn"],
            [.. held.Challenges.Select(history => Cells(history.Challenge))]),
        new(
            "problem-steps",
            ["Problem", "Number", "Deed", "State", "At", "By", "Organisation", "Said"],
            [.. held.Challenges.SelectMany(history => history.Steps, (history, step) => (IReadOnlyList<string?>)
                [$"{history.Challenge.Id}", $"{step.Number}", $"{step.Deed}", $"{step.State}", MoveText.Write(step.At), $"{step.By}", MoveText.Write(step.Organisation), MoveText.Write(step.Said)])]),
        new(
            "problem-files",
            ["Problem", "Name", "Kind", "Size", "AddedAt"],
            [.. held.Challenges.SelectMany(history => history.Evidence, (history, file) => (IReadOnlyList<string?>)
                [$"{history.Challenge.Id}", MoveText.Write(file.Name), $"{file.Kind}", $"{file.Size}", MoveText.Write(file.AddedAt)])]),
    ];

    private static IReadOnlyList<string?> Cells(DataChallenge one) =>
    [
        $"{one.Id}", one.Reference?.ToString(), $"{one.Uln}", MoveText.Write(one.EventId), MoveText.Write(one.OtherEventId), $"{one.Type}", $"{one.State}", MoveText.Write(one.RaisedAt),
        MoveText.Write(one.Said), MoveText.Write(one.Wanted), MoveText.Write(one.Missing?.Title), MoveText.Write(one.Missing?.AwardingOrganisation), MoveText.Write(one.Missing?.TakenAt),
        MoveText.Write(one.Missing?.TakenIn), one.ExpectedOn?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
    ];

    private static HeldTable Shares(IReadOnlyList<OwnShare> shares) => new(
        "shares",
        ["ID", "ULN", "Version", "MadeAt", "EndsAt", "EndedAt", "ForWhom", "Reason", "LearningEvents", "Fields", "MostViews", "MayDownload", "Views"],
        [.. shares.Select(own => Cells(own.Share))]);

    private static IReadOnlyList<string?> Cells(Share share) =>
    [
        $"{share.Id}", $"{share.Uln}", MoveText.Write(share.Version), MoveText.Write(share.MadeAt), MoveText.Write(share.Terms.EndsAt),
        share.EndedAt is { } ended ? MoveText.Write(ended) : null, MoveText.Write(share.Terms.ForWhom), MoveText.Write(share.Terms.Reason),
        share.Terms.Events is { } chosen ? string.Join(' ', chosen) : "all", $"{share.Terms.Fields}", MoveText.Write(share.Terms.MostViews), share.Terms.MayDownload ? "true" : "false",
        MoveText.Write(share.Views),
    ];

    private static IReadOnlyList<string?> View(OwnShare own, ShareView view) =>
        [$"{own.Share.Id}", MoveText.Write(view.SeenAt), $"{view.Door}", MoveText.Write(view.Organisation), view.HasReceipt ? "true" : "false"];

    private static HeldTable Looked(IReadOnlyList<AuditLine> looked, AuditWords words) => new(
        "who-has-looked",
        ["At", "Actor", "Organisation", "Person", "Action", "Purpose", "Through", "LearningEvent", "InWords"],
        [.. looked.Select(line => (IReadOnlyList<string?>)
            [MoveText.Write(line.At), line.ActorKind, line.Organisation, MoveText.Write(line.Person), line.Action, line.Purpose, line.Channel, MoveText.Write(line.EventId), words.InOneLine(line)])]);
}
