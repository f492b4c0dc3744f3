using System.Security.Cryptography;
using System.Text;
using Plr.Server.Web;

namespace Plr.Server.Documents;

/// <summary>A report as a tagged PDF on A4, in black and greys.</summary>
internal static class ReportPdf
{
    public static byte[] Write(ReportText text, ReportWords words)
    {
        using var document = new PdfDocument();
        var flow = new PdfFlow(document);
        flow.Title(text.Title);
        flow.Paragraph(text.Lead);
        flow.Section(words["Report.Learner"]);
        flow.Facts(text.Learner);
        flow.Section(words["Report.About"]);
        flow.Facts(text.About);
        Qualifications(flow, text, words);
        flow.Section(words["Public.Covers.Title"]);
        Coverage(flow, words);
        flow.Section(words["Report.Confirm.Title"]);
        flow.Paragraph(text.Confirm);
        flow.Edges(text.Service, $"{words["Report.Reference"]} {text.Reference}", words.PageOf, text.CheckAddress);
        // The identifier of a file is told by its reference: the register makes no second one with it.
        var fingerprint = SHA256.HashData(Encoding.ASCII.GetBytes(text.Reference)).AsSpan(0, 16).ToArray();
        return document.Finish(new($"{text.Title}, {text.Reference}", Languages.Code, text.Service, text.MadeAt, fingerprint));
    }

    private static void Coverage(PdfFlow flow, ReportWords words)
    {
        flow.Paragraph(words["Public.Covers.Lead"]);
        if (words.Since is { } since)
        {
            flow.Paragraph(since);
        }

        if (words.MayBeMissing.Count > 0)
        {
            flow.Paragraph(words["Report.Covers.Missing"]);
            flow.Bullets(words.MayBeMissing);
        }

        flow.Paragraph(words["Report.Covers.Valid"]);
    }

    private static void Qualifications(PdfFlow flow, ReportText text, ReportWords words)
    {
        if (text.Rows.Count == 0)
        {
            flow.Section(words["Report.Qualifications"]);
            flow.Paragraph(words["Report.None"]);
            return;
        }

        flow.Table(words["Report.Qualifications"], Columns(words), [.. text.Rows.Select(Cells)]);
        foreach (var explanation in text.Explanations)
        {
            flow.Paragraph(explanation);
        }
    }

    private static TableColumn[] Columns(ReportWords words) =>
    [
        new(words["Learner.Column.Subject"], 122),
        new(words["Learner.Column.Level"], 44),
        new(words["Learner.Column.Grade"], 64),
        new(words["Learner.Column.Date"], 56),
        new(words["Learner.Column.Awarding"], 74),
        new(words["Learner.Column.Provider"], 72),
        new(words["Learner.Column.Status"], PdfCursor.RoomAcross - 432),
    ];

    private static IReadOnlyList<IReadOnlyList<CellText>> Cells(ReportRow row) =>
    [
        row.Kind.Length == 0 ? [new(row.Subject, TextStyle.CellStrong)] : [new(row.Subject, TextStyle.CellStrong), new(row.Kind, TextStyle.CellNote)],
        [new(row.Level, TextStyle.Cell)],
        [new(row.Grade, TextStyle.CellStrong)],
        [new(row.Awarded, TextStyle.Cell)],
        [new(row.Awarding, TextStyle.Cell)],
        [new(row.Provider, TextStyle.Cell)],
        [new(row.Status, TextStyle.CellStrong), new(row.Source, TextStyle.CellNote)],
    ];
}
