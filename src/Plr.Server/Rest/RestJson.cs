using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Net.Http.Headers;
using Plr.Core.Responses;

namespace Plr.Server.Rest;

/// <summary>A body that was read: what it says, and its hash for the idempotency key.</summary>
internal sealed record RestBody<T>(T Value, byte[] Hash);

/// <summary>
/// JSON at the edge: strict UTF-8, no duplicate names, no unknown ones, nothing after the end, little depth. What is wrong is said with its place.
/// </summary>
internal static class RestJson
{
    /// <summary>The largest JSON body, in bytes.</summary>
    public const int LargestBody = 256 * 1024;

    private const int MostDepth = 16;

    public static JsonSerializerOptions Options { get; } = Make();

    /// <summary>Whether there is anything in the body, of a route that takes none.</summary>
    public static async Task<bool> IsSentAsync(HttpContext context) => await context.Request.Body.ReadAsync(new byte[1], context.RequestAborted) > 0;

    /// <summary>Reads a body; a refusal when it is not what the route takes.</summary>
    public static async Task<(RestBody<T>? Body, RestAnswer? Refusal)> ReadAsync<T>(HttpContext context)
        where T : class
    {
        if (!IsJson(context.Request.ContentType))
        {
            return (null, RestAnswer.Refuse(ResponseCodes.WrongMediaType, "Send Content-Type: application/json, in UTF-8."));
        }

        using var bytes = new MemoryStream();
        await context.Request.Body.CopyToAsync(bytes, context.RequestAborted);
        var span = bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
        try
        {
            return JsonSerializer.Deserialize<T>(span.Span, Options) is { } value
                ? (new(value, SHA256.HashData(span.Span)), null)
                : (null, RestAnswer.Refuse(ResponseCodes.BadRequest, "The body is null; send an object."));
        }
        catch (JsonException e)
        {
            return (null, RestAnswer.Refuse(ResponseCodes.BadRequest, Where(e)));
        }
    }

    /// <summary>Where the JSON went wrong. The exception's own words repeat the body, which may be personal: they are not used.</summary>
    private static string Where(JsonException e) => e is { LineNumber: { } line, BytePositionInLine: { } column }
        ? $"The body is not the JSON that this takes: line {line + 1}, byte {column + 1}{(IsPlain(e.Path) ? $", at {e.Path}" : "")}. Names stand once, unknown ones not at all, and every value is a string, true or false, or where it says so a list of strings."
        : "The body is not the JSON that this takes.";

    private static bool IsPlain(string? path) => path is { Length: > 1 and < 80 } && path.All(c => char.IsAsciiLetterOrDigit(c) || c is '$' or '.' or '[' or ']');

    private static bool IsJson(string? type) => MediaTypeHeaderValue.TryParse(type, out var media)
        && media.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!media.Charset.HasValue || media.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            AllowDuplicateProperties = false,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            MaxDepth = MostDepth,
            NumberHandling = JsonNumberHandling.Strict,
            PropertyNameCaseInsensitive = false,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
