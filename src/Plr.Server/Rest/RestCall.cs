using System.Globalization;
using Plr.Core;
using Plr.Core.Learners;
using Plr.Core.MachineClients;
using Plr.Core.Responses;
using Plr.Server.SignIn;

namespace Plr.Server.Rest;

/// <summary>A page of a list and the cursor of the next.</summary>
internal sealed record Paged<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>What the routes read from a call beside its body: purpose, ULN, instant, page.</summary>
internal sealed class RestCall(Visit visit)
{
    /// <summary>The header that says why: a word of <see cref="Purpose"/>; without it, enrolment for providers and award for awarding organisations.</summary>
    public const string PurposeHeader = "Purpose";

    public const int MostItems = 500;
    public const int UsualItems = 100;

    /// <summary>Who, as whom, through what, why; a refusal when the purpose is none.</summary>
    public (Access Access, RestAnswer? Refusal) AccessOf(HttpRequest request)
    {
        var word = request.Headers[PurposeHeader].ToString();
        if (word.Length == 0)
        {
            return (visit.Access(), null);
        }

        var known = Enum.GetValues<Purpose>();
        return known.Any(purpose => purpose.Word() == word)
            ? (visit.Access(known.First(purpose => purpose.Word() == word)), null)
            : (visit.Access(), RestAnswer.Refuse(ResponseCodes.BadRequest, $"{PurposeHeader} is one of: {string.Join(", ", known.Select(purpose => purpose.Word()))}."));
    }

    /// <summary>Whether the caller may also do this: by the policy, and with software by the scopes of its token.</summary>
    public bool MayAlso(Access access, PolicyAction action, Subject subject) =>
        (visit.Machine is not { } machine || Scope.Opens(machine.Scopes, action)) && Policy.Allow(access, action, subject).IsAllowed;

    /// <summary>The word of the query that is true or false; false when it is not there.</summary>
    public static (bool Said, RestAnswer? Refusal) FlagOf(HttpRequest request, string name) => request.Query[name].ToString() switch
    {
        "true" => (true, null),
        "" or "false" => (false, null),
        _ => (false, RestAnswer.Refuse(ResponseCodes.BadRequest, $"{name} is true or false.")),
    };

    /// <summary>The ULN of the address, or why it is none.</summary>
    public static (Uln Uln, RestAnswer? Refusal) UlnOf(string text) => Uln.TryParse(text, out var uln)
        ? (uln, null)
        : (default, RestAnswer.Refuse(ResponseCodes.IncorrectIdentifier, null, [new(ResponseCodes.IncorrectIdentifier, "ULN", FindingRules.BadUln)]));

    /// <summary>A day (its end, UTC) or an instant with its offset.</summary>
    public static (DateTimeOffset? AsOf, RestAnswer? Refusal) AsOf(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return (null, null);
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day < DateOnly.MaxValue)
        {
            return (new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero).AddTicks(-10), null);
        }

        string[] forms = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFK"];
        return text[^1] == 'Z' && DateTimeOffset.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? (instant, null)
            : (null, RestAnswer.Refuse(ResponseCodes.BadRequest, "asOf is a day such as 2026-08-20, or an instant in UTC such as 2026-08-20T12:00:00Z."));
    }

    /// <summary>The days from which on and up to which a report goes; up to now when the last is not there.</summary>
    public static (DateOnly From, DateOnly? To, RestAnswer? Refusal) DaysOf(HttpRequest request)
    {
        var (from, to) = (request.Query[RestWords.From.Name].ToString(), request.Query[RestWords.To.Name].ToString());
        var findings = new List<Finding>();
        void Refuse(string field, FindingRule rule) => findings.Add(new(ResponseCodes.IncorrectFormat, field, rule));
        if (LearnerRules.Date(from) is null)
        {
            Refuse(RestWords.From.Name, from.Length == 0 ? FindingRules.Missing : FindingRules.NotADate);
        }

        if (to.Length > 0 && LearnerRules.Date(to) is null)
        {
            Refuse(RestWords.To.Name, FindingRules.NotADate);
        }

        return findings.Count == 0
            ? (LearnerRules.Date(from)!.Value, LearnerRules.Date(to), null)
            : (default, null, RestAnswer.Refuse(ResponseCodes.IncorrectFormat, null, findings));
    }

    /// <summary>How many items and from which cursor on; cursors are opaque to the caller.</summary>
    public static (int Limit, string? Cursor, RestAnswer? Refusal) PageOf(HttpRequest request)
    {
        var asked = request.Query["limit"].ToString();
        var limit = UsualItems;
        if (asked.Length > 0 && (!int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MostItems))
        {
            return (0, null, RestAnswer.Refuse(ResponseCodes.BadRequest, $"limit is a number from 1 to {MostItems}."));
        }

        var cursor = request.Query["cursor"].ToString();
        return (limit, cursor.Length == 0 ? null : cursor, null);
    }

    /// <summary>As <see cref="PageOf"/> where the cursor is a number.</summary>
    public static (int Limit, int? Cursor, RestAnswer? Refusal) NumberedPageOf(HttpRequest request)
    {
        var (limit, cursor, refusal) = PageOf(request);
        var number = 0;
        return refusal is not null || cursor is null || int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out number)
            ? (limit, cursor is null ? null : number, refusal)
            : (0, null, NoCursor);
    }

    /// <summary>What stands in the cursor is no cursor.</summary>
    public static RestAnswer NoCursor => RestAnswer.Refuse(ResponseCodes.BadRequest, "cursor is the value of next in an earlier answer.");

    /// <summary>A page of what was read with one item more than asked for.</summary>
    public static Paged<TShown> Page<T, TShown>(IReadOnlyList<T> read, int limit, Func<T, TShown> show, Func<T, string> cursor) =>
        new([.. read.Take(limit).Select(show)], read.Count > limit ? cursor(read[limit - 1]) : null);
}
