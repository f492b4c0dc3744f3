using Plr.Core.Responses;

namespace Plr.Server.Rest;

/// <summary>What stands in a field, a parameter or a header.</summary>
/// <param name="Text">One sentence.</param>
internal sealed record FieldWord(string Text)
{
    /// <summary>A regular expression that the value matches.</summary>
    public string? Pattern { get; init; }

    /// <summary>A format of OpenAPI's registry, such as date.</summary>
    public string? Format { get; init; }

    /// <summary>Characters.</summary>
    public int? Longest { get; init; }

    /// <summary>The smallest and the largest number, and the one that goes without saying.</summary>
    public (int Least, int Most, int Usual)? Range { get; init; }

    public IReadOnlyList<string> Allowed { get; init; } = [];

    public string? Example { get; init; }

    public static implicit operator FieldWord(string text) => new(text);
}

/// <summary>A parameter of the query.</summary>
internal sealed record QueryWord(string Name, FieldWord Word, bool IsRequired = false);

/// <summary>One outcome that an operation can end with, under the code's own status or, where the answer is what was asked for, another.</summary>
internal sealed record EndWord(ResponseCode Code, int Status);

/// <summary>
/// The words of the open interface's parameters, objects and fields, for the OpenAPI document and the reference that is made from it. A field is
/// found under its object's name and its own, else under its own; the tests name one that has no words.
/// </summary>
internal static partial class RestWords
{
    /// <summary>An example of a ULN: that of the learner whom the examples register.</summary>
    public const string ExampleUln = "7070985923";

    public static readonly QueryWord NewNotice = new("newPrivacyNoticeGiven", new("true when the learner was given the new privacy notice, which lets an opt-out become able to share.") { Allowed = ["true", "false"] });

    public static readonly QueryWord AsOf = new("asOf", new("A day (its end, UTC) or an instant in UTC: the record as it was then. Now, unless told.") { Pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}(T.+Z)?$", Example = "2026-11-23" });

    public static readonly QueryWord From = new("from", new("The first day.") { Format = "date", Example = "2026-11-01" }, IsRequired: true);

    public static readonly QueryWord To = new("to", new("The last day. Up to now, unless told.") { Format = "date", Example = "2026-11-30" });

    public static readonly QueryWord ReportFormat = new("format", new("What the report is written as: pdf, unless told.") { Allowed = ["pdf", "csv", "json"] });

    public static readonly QueryWord ReportLanguage = new("language", new("English, unless told, or Welsh.") { Allowed = ["en", "cy"] });

    public static readonly QueryWord FileKind = new("kind", new("What stands in the file.") { Allowed = ["registrations", "achievements"] }, IsRequired: true);

    public static readonly QueryWord FileName = new("fileName", new("The name of the file, 1 to 255 characters.") { Longest = 255, Example = "AO_RN5196_23112026.CSV" }, IsRequired: true);

    public static readonly QueryWord Again = new("again", new("true to judge a file once more that was sent before.") { Allowed = ["true", "false"] });

    public static readonly QueryWord WhichRows = new("rows", new("rejected for the rejected rows only.") { Allowed = ["rejected"] });

    public static readonly QueryWord Owner = new("awardingOrganisation", new("Only those of the awarding organisation with this recognition number.") { Longest = 20, Example = "RN5196" });

    public static readonly QueryWord Limit = new("limit", new("How many items at most.") { Range = (1, RestCall.MostItems, RestCall.UsualItems) });

    public static readonly QueryWord Cursor = new("cursor", "The value of next in the answer before. Without it, the first page.");

    // Not a field: the other file's fields may be set before this one's.
    private static FieldWord UlnWord => new("A unique learner number: ten digits, the last a check digit.") { Pattern = "^[0-9]{10}$", Example = ExampleUln };

    /// <summary>Parameters of the address.</summary>
    public static IReadOnlyDictionary<string, FieldWord> InPath { get; } = new Dictionary<string, FieldWord>(StringComparer.Ordinal)
    {
        ["uln"] = UlnWord,
        ["id"] = new("The number of the file or the learning event, as an earlier answer gave it.") { Example = "1" },
        ["number"] = new("A qualification or unit number, with its obliques or without.") { Example = "600/1166/X" },
    };

    /// <summary>Headers of a call.</summary>
    public static FieldWord IdempotencyKey { get; } =
        new("1 to 255 visible ASCII characters: sent again within 24 hours, the call has one effect and the same answer.") { Pattern = "^[!-~]+$", Longest = 255, Example = "enrolment-2026-00017" };

    public static FieldWord IfMatch { get; } = new("The ETag that came with the learner: the update is made on that version or not at all.") { Pattern = "^\"[0-9]+\"$", Example = "\"1\"" };

    /// <summary>Headers of answers.</summary>
    public static IReadOnlyDictionary<string, FieldWord> InAnswer { get; } = new Dictionary<string, FieldWord>(StringComparer.Ordinal)
    {
        ["RateLimit"] = new("How many requests are left in this minute (r), and after the last one in how many seconds more come (t).") { Example = "\"minute\";r=2999" },
        ["RateLimit-Policy"] = new("How many requests (q) the client can make in how many seconds (w).") { Example = "\"minute\";q=3000;w=60" },
        ["Retry-After"] = new("How many seconds to wait.") { Pattern = "^[0-9]+$", Example = "12" },
        ["ETag"] = new("The learner's version, for If-Match.") { Pattern = "^\"[0-9]+\"$", Example = "\"1\"" },
        ["Location"] = "The address of what was made.",
        ["WWW-Authenticate"] = "Bearer, and for a token what is wrong with it (RFC 6750).",
        ["Content-Disposition"] = "The name of the file.",
    };

    /// <summary>The words of a field; null when there are none.</summary>
    public static FieldWord? Of(string schema, string field) => Fields.GetValueOrDefault($"{schema}.{field}") ?? Fields.GetValueOrDefault(field);
}
