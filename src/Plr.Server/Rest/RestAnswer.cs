using System.Globalization;
using System.Text.Json;
using Microsoft.Net.Http.Headers;
using Plr.Core.Responses;
using Plr.Store;

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

        await response.Body.WriteAsync(Body, httpContext.RequestAborted);
    }

    /// <summary>As it is kept for an idempotency key.</summary>
    public KeptAnswer Keep() => new(Status, string.Join('\n', ContentType, Location, Version, FileName), Body.ToArray());

    public static RestAnswer Of(KeptAnswer kept)
    {
        var headers = kept.Headers.Split('\n');
        return new(kept.Status, kept.Body) { ContentType = headers[0], Location = NotEmpty(headers[1]), Version = NotEmpty(headers[2]), FileName = NotEmpty(headers[3]) };
    }

    /// <summary>The version that If-Match names; null when it is not one strong ETag of ours.</summary>
    public static int? VersionOf(HttpRequest request) =>
        EntityTagHeaderValue.TryParse(request.Headers.IfMatch.ToString(), out var tag) && !tag.IsWeak
        && int.TryParse(tag.Tag.AsSpan().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : null;

    private static string Quoted(string version) => $"\"{version}\"";

    private static string? NotEmpty(string text) => text.Length == 0 ? null : text;
}
