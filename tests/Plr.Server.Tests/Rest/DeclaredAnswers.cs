using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Plr.Server.Tests.Rest;

/// <summary>Sees each answer of the open interface that a site gives, and keeps those whose status or code the OpenAPI document does not name.</summary>
internal sealed class DeclaredAnswers : IStartupFilter
{
    private readonly ConcurrentBag<(string Operation, int Status, string? Code)> _given = [];

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (context, inner) =>
        {
            var (real, copy) = (context.Response.Body, new MemoryStream());
            context.Response.Body = copy;
            try
            {
                await inner(context);
            }
            finally
            {
                context.Response.Body = real;
                await real.WriteAsync(copy.ToArray());
            }

            if (context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) && context.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>() is { } name)
            {
                _given.Add((name.EndpointName, context.Response.StatusCode, Code(context.Response.ContentType, copy.ToArray())));
            }
        });
        next(app);
    };

    /// <summary>What was answered and is not in the document.</summary>
    public IReadOnlyList<string> NotIn(JsonElement document)
    {
        var answers = document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject())
            .ToDictionary(operation => operation.Value.GetProperty("operationId").GetString()!, operation => operation.Value.GetProperty("responses"));
        return [.. _given.Distinct().Where(given => answers.TryGetValue(given.Operation, out var its) && !Says(its, given.Status, given.Code)).Select(given => $"{given.Operation}: {given.Status} {given.Code}").Order(StringComparer.Ordinal)];
    }

    private static bool Says(JsonElement answers, int status, string? code) =>
        answers.TryGetProperty($"{status}", out var answer)
        && (code is null || (answer.TryGetProperty("x-response-codes", out var codes) && codes.EnumerateArray().Any(known => known.GetString() == code)));

    private static string? Code(string? type, byte[] body)
    {
        if (type?.EndsWith("json", StringComparison.Ordinal) is not true || body.Length == 0)
        {
            return null;
        }

        using var document = JsonDocument.Parse(body);
        return document.RootElement.TryGetProperty("code", out var code) ? code.GetString() : null;
    }
}
