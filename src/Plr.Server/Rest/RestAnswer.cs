using System.Globalization;
using System.Text.Json;
using Microsoft.Net.Http.Headers;
using Plr.Core.Learners;
using Plr.Core.Responses;

namespace Plr.Server.Rest;

/// <summary>An answer of the open interface, whole before the first byte of it goes out.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">JSON, or a problem.</param>
internal sealed record RestAnswer(int Status, ReadOnlyMemory<byte> Body) : IResult
{
    public string ContentType { get; init; } = "application/json";

    public string? Location { get; init; }

    /// <summary>Without its quotes.</summary>
    public string? Version { get; init; }

    public static RestAnswer Of<T>(int status, T value) => new(status, JsonSerializer.SerializeToUtf8Bytes(value, RestJson.Options));

    /// <summary>Under which name a file is kept.</summary>
    public string? FileName { get; init; }

    /// <summary>A refusal with its code, its findings and a link to the code's page.</summary>
    public static RestAnswer Refuse(ResponseCode code, string? detail = null, IReadOnlyList<Finding>? findings = null)
    {
        var problem = RestProblem.Of(code, detail, findings);
        return Of(problem.Status, problem) with { ContentType = RestProblem.MediaType };
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = ContentType;
        response.ContentLength = Body.Length;
        if (Location is not null)
        {
            response.Headers.Location = Location;
        }

        if (Version is not null)
        {
            response.Headers.ETag = Quoted(Version);
        }

        if (FileName is not null)
        {
            response.Headers.ContentDisposition = $"attachment; filename=\"{FileName}\"";
        }

        if (!HttpMethods.IsHead(httpContext.Request.Method))
        {
            await response.Body.WriteAsync(Body, httpContext.RequestAborted);
        }
    }

    /// <summary>
    /// The versions that If-Match names (RFC 9110 §13.1.1): a weak tag, or one that we never write, names none and so matches nothing. Null when it is
    /// not in the form of the header.
    /// </summary>
    public static ReadVersions? VersionsOf(HttpRequest request)
    {
        if (!EntityTagHeaderValue.TryParseStrictList([.. request.Headers.IfMatch.OfType<string>()], out var tags))
        {
            return null;
        }

        return tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any))
            ? tags.Count == 1 ? ReadVersions.Any : null
            : ReadVersions.Of([.. tags.Where(tag => !tag.IsWeak).Select(tag => VersionOf(tag.Tag.AsSpan()[1..^1])).OfType<int>()]);
    }

    /// <summary>Only as we write it: an entity tag is a name, not a number.</summary>
    private static int? VersionOf(ReadOnlySpan<char> tag) =>
        int.TryParse(tag, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && tag.SequenceEqual(version.ToString(CultureInfo.InvariantCulture)) ? version : null;

    private static string Quoted(string version) => $"\"{version}\"";
}
