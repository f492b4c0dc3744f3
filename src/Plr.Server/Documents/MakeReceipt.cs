using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Plr.Core.Sharing;
using Plr.Server.LearnerSite;
using Plr.Server.Records;
using Plr.Server.Web;
using Plr.Store;

namespace Plr.Server.Documents;

/// <summary>
/// Writes the receipt of what somebody saw through a share: a tagged PDF in the language of the page, or JSON with a signature that anybody can check with the register's public key
/// (docs/reference/receipt.md).
/// </summary>
public sealed class MakeReceipt(ReceiptKey key, Texts texts, Dates dates, RecordWords words, Settings settings, TimeProvider time)
{
    private const string None = "–";

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions Signed = new(JsonSerializerDefaults.Web);

    /// <summary>The register's public key as a JSON web key.</summary>
    public string PublicKey => key.PublicKey;

    /// <summary>The file.</summary>
    public ReportFile Write(ViewSharedRecord.Made made, bool asJson) =>
        new(asJson ? Json(made) : Pdf(made), asJson ? "application/json" : "application/pdf", $"share-receipt-{made.Receipt.Reference}.{(asJson ? "json" : "pdf")}");

    private byte[] Json(ViewSharedRecord.Made made)
    {
        var content = Content(made);
        return JsonSerializer.SerializeToUtf8Bytes(new { Receipt = content, PublicKey = JsonDocument.Parse(key.PublicKey).RootElement, Signature = key.Sign(JsonSerializer.SerializeToUtf8Bytes(content, Signed)) }, Form);
    }

    private object Content(ViewSharedRecord.Made made)
    {
        var (receipt, seen) = (made.Receipt, made.Seen);
        return new
        {
            Format = "plr-receipt-1",
            Reference = receipt.Reference.ToString(),
            Service = settings.ServiceName,
            ConfirmAt = ConfirmAt("/check/receipt"),
            SeenAt = Instant(seen.SeenAt),
            seen.Name,
            DateOfBirth = seen.DateOfBirth?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Uln = seen.Uln?.ToString(),
            SharedWith = seen.Share.Terms.ForWhom,
            ShareEndsAt = Instant(seen.Share.Terms.EndsAt),
            Qualifications = seen.Awards.Select(award => new
            {
                award.Subject,
                award.Number,
                award.Type,
                award.Level,
                award.Grade,
                AwardedOn = award.AwardedOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                award.AwardingOrganisation,
                award.Provider,
                State = award.State.ToString(),
                Since = award.Since is { } since ? Instant(since) : null,
                award.UnderDataChallenge,
            }),
        };
    }

    private byte[] Pdf(ViewSharedRecord.Made made)
    {
        var (receipt, seen) = (made.Receipt, made.Seen);
        using var document = new PdfDocument();
        var flow = new PdfFlow(document);
        var service = Languages.IsWelsh ? settings.ServiceNameWelsh : settings.ServiceName;
        flow.Title(texts["Check.Receipt.Heading"]);
        flow.Paragraph(texts["Check.VerdictText", seen.Name, dates.DayAndTime(seen.SeenAt)]);
        flow.Section(texts["Check.Receipt.About"]);
        flow.Facts(Facts(made));
        if (seen.Awards.Count == 0)
        {
            flow.Section(texts["Check.Awards.Title"]);
            flow.Paragraph(texts["Check.Awards.None"]);
        }
        else
        {
            flow.Table(texts["Check.Awards.Title"], Columns(), [.. seen.Awards.Select(Cells)]);
        }

        flow.Section(texts["Check.Receipt.Title"]);
        flow.Paragraph(texts["Check.Receipt.HowTo", receipt.Reference, ConfirmAt(Languages.IsWelsh ? "/cy/check/receipt" : "/check/receipt")]);
        flow.Edges(service, $"{texts["Check.Receipt.Reference"]} {receipt.Reference}", (page, pages) => texts["Report.PageOf", page, pages]);
        var fingerprint = SHA256.HashData(Encoding.ASCII.GetBytes(receipt.Reference.Value)).AsSpan(0, 16).ToArray();
        return document.Finish(new($"{texts["Check.Receipt.Heading"]}, {receipt.Reference}", Languages.Code, service, seen.SeenAt, fingerprint));
    }

    private List<(string Label, string Value)> Facts(ViewSharedRecord.Made made)
    {
        var (receipt, seen) = (made.Receipt, made.Seen);
        (string Label, string? Value)[] all =
        [
            (texts["Check.Receipt.Reference"], receipt.Reference.ToString()),
            (texts["Check.Receipt.SeenAt"], dates.DayAndTime(seen.SeenAt)),
            (texts["Learner.Name"], seen.Name),
            (texts["Learner.DateOfBirth"], seen.DateOfBirth is { } born ? dates.Day(born) : null),
            (texts["Learner.Uln"], seen.Uln?.ToDisplayString()),
            (texts["Check.SharedWith"], seen.Share.Terms.ForWhom),
            (texts["Sharing.Row.HowLong"], texts["Sharing.Until", dates.Day(ShareDays.LastOf(seen.Share.Terms.EndsAt, time))]),
        ];
        return [.. all.Where(fact => fact.Value is not null).Select(fact => (fact.Label, fact.Value!))];
    }

    private TableColumn[] Columns() =>
    [
        new(texts["Learner.Column.Subject"], 142),
        new(texts["Learner.Column.Level"], 50),
        new(texts["Learner.Column.Grade"], 60),
        new(texts["Learner.Column.Date"], 66),
        new(texts["Learner.Column.Awarding"], 90),
        new(texts["Learner.Column.Status"], PdfCursor.RoomAcross - 408),
    ];

    private IReadOnlyList<IReadOnlyList<CellText>> Cells(SharedAward award) =>
    [
        [new(award.Subject, TextStyle.CellStrong), new(string.Join(", ", new[] { award.Type, award.Number, award.Provider }.Where(part => !string.IsNullOrWhiteSpace(part))), TextStyle.CellNote)],
        [new(words.Level(award.Level) ?? None, TextStyle.Cell)],
        [new(award.Grade ?? None, TextStyle.CellStrong)],
        [new(award.AwardedOn is { } day ? dates.Day(day) : None, TextStyle.Cell)],
        [new(award.AwardingOrganisation ?? None, TextStyle.Cell)],
        [new(State(award), TextStyle.CellStrong)],
    ];

    private string State(SharedAward award)
    {
        var state = award.Since is { } since ? texts[$"Check.State.{award.State}", dates.Day(since)] : texts[$"Check.State.{award.State}"];
        return award.UnderDataChallenge ? $"{state}. {texts["Learner.UnderChallenge"]}" : state;
    }

    private string ConfirmAt(string path) => new Uri(settings.Address(), path).ToString();

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
