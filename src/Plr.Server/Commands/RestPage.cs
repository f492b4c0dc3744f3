using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Plr.Server.OpenInterface;
using Plr.Server.Rest;

namespace Plr.Server.Commands;

/// <summary>The reference page of the open interface, from the same OpenAPI document as the page that the server gives under /api.</summary>
internal static class RestPage
{
    public const string Page = "rest.md";

    public static async Task<string> TextAsync()
    {
        await using var app = PlrHost.Build([], new Settings());
        // Nothing listens and nothing is opened: the routes alone are what the document is made from.
        app.UseEndpoints(_ => { });
        var reference = await app.Services.GetRequiredService<OpenReference>().ReadAsync();
        var page = new StringBuilder("""
            # The open interface

            Software calls the register over REST under `/api`, for an organisation whose machine client has a key: [Connect a client](../how-to/connect-a-client.md).
            The server shows this page under `/api`, and gives [the same as an OpenAPI 3.1 document](openapi.json) at `/api/openapi.json`. The tests send every example.

            ## Get a token


            """);
        Add(page, Examples.Token);
        page.Append("The token lasts ten minutes. `scope` asks for less than all that the client can have:\n\n| Scope | What it opens |\n|---|---|\n");
        foreach (var (name, text) in reference.Scopes)
        {
            page.Append(Reference.Line($"| `{name}` | {text} |"));
        }

        AddCalls(page, reference);
        foreach (var group in reference.Groups)
        {
            page.Append(Reference.Line($"\n## {group.Name}\n\n{group.Text}"));
            foreach (var operation in group.Operations)
            {
                Add(page, operation);
            }
        }

        page.Append("\n## Objects\n\nDates are `2026-11-23`, moments `2026-11-23T12:00:00Z`. A star marks what is always there.\n");
        foreach (var described in reference.Objects)
        {
            page.Append(Reference.Line($"\n### {described.Name}\n\n{described.Text}"));
            page.Append(described.Values.Count > 0 ? Reference.Line($"\nOne of {string.Join(", ", described.Values.Select(value => $"`{value}`"))}.") : "");
            AddFields(page, described.Fields, "Field");
        }

        return page.ToString();
    }

    private static void AddCalls(StringBuilder page, RestReference reference)
    {
        page.Append($"""

            ## Every call

            - JSON is UTF-8, at most {RestJson.LargestBody / 1024} KiB. A name stands once; unknown names are refused. What is not known is left out of an answer.
            - A refusal is problem details (RFC 9457) with one of the [response codes](response-codes.md).
            - A `POST` with an `Idempotency-Key` can be sent again for 24 hours: it has one effect and the same answer.
            - A learner comes with an `ETag`. An update sends it back in `If-Match`, and is refused when somebody else changed the learner meanwhile.
            - A list comes in pages: ask again with the value of `next` as `cursor`.
            - Whoever is shown reads in their trail that they were, when, by which software and for which `Purpose`.

            | Header of answers | What it means |
            |---|---|

            """.ReplaceLineEndings("\n"));
        foreach (var header in reference.Headers)
        {
            page.Append(Reference.Line($"| `{header.Name}` | {header.Text} |"));
        }
    }

    private static void Add(StringBuilder page, ReferenceOperation operation)
    {
        page.Append(Reference.Line($"\n### {operation.Id}\n\n`{operation.Method} {operation.Path}`\n\n{operation.Summary}. {operation.Callers}"));
        AddFields(page, operation.Parameters, "Parameter");
        if (operation.Body is { } body)
        {
            page.Append(Reference.Line($"\nThe body is `{body.MediaType}`{(body.Type.Object is null ? "" : $": {Link(body.Type)}")}."));
        }

        page.Append("\n| Status | What it means | Codes | What comes |\n|---|---|---|---|\n");
        foreach (var answer in operation.Answers)
        {
            var codes = string.Join(", ", answer.Codes.Select(code => $"[{code.Code}](response-codes.md#{code.Anchor})"));
            var headers = string.Concat(answer.Headers.Where(header => !header.StartsWith("RateLimit", StringComparison.Ordinal)).Select(header => $", `{header}`"));
            var comes = answer.Type is null ? string.Join(", ", answer.MediaTypes.Select(type => $"`{type}`")) : Link(answer.Type);
            page.Append(Reference.Line($"| {answer.Status} {ReasonPhrases.GetReasonPhrase(answer.Status)} | {answer.Text} | {codes} | {comes}{headers} |"));
        }

        page.Append('\n');
        foreach (var example in operation.Examples)
        {
            Add(page, example);
        }
    }

    private static void AddFields(StringBuilder page, IReadOnlyList<ReferenceField> fields, string heading)
    {
        if (fields.Count > 0)
        {
            page.Append(Reference.Line($"\n| {heading} | Form | What it means |\n|---|---|---|"));
        }

        foreach (var field in fields)
        {
            page.Append(Reference.Line($"| `{field.Name}`{(field.IsRequired ? "\\*" : "")}{(field.Where is null ? "" : $" ({field.Where})")} | {Link(field.Type)} | {field.Text} |"));
        }
    }

    private static void Add(StringBuilder page, Example example) => page.Append(Reference.Line($"```http\n{example.Request.Trim()}\n```\n\ngets\n\n```http\n{example.Answer?.Trim()}\n```\n"));

    private static string Link(ReferenceType type) => type.Object is null
        ? type.Text.Replace("|", "\\|", StringComparison.Ordinal)
        : $"[{type.Text}](#{type.Object.ToLowerInvariant()})";
}
