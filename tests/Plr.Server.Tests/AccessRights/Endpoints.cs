using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plr.Server.SignIn;

namespace Plr.Server.Tests.AccessRights;

/// <summary>Every endpoint of the application with what the gate sees on it: pages are loaded first, as a request would.</summary>
internal static partial class Endpoints
{
    public static async Task<IReadOnlyList<(string Pattern, HttpMethod Method, DoesAttribute? Does)>> AllAsync(IServiceProvider services)
    {
        var loader = services.GetRequiredService<PageLoader>();
        var found = new List<(string, HttpMethod, DoesAttribute?)>();
        foreach (var endpoint in services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Distinct())
        {
            var page = endpoint.Metadata.GetMetadata<PageActionDescriptor>();
            var does = page is null
                ? endpoint.Metadata.GetMetadata<DoesAttribute>()
                : (await loader.LoadAsync(page, endpoint.Metadata)).EndpointMetadata?.OfType<DoesAttribute>().LastOrDefault();
            var method = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is [var first, ..] ? first : "GET";
            found.Add(("/" + endpoint.RoutePattern.RawText!.TrimStart('/'), HttpMethod.Parse(method), does));
        }

        return [.. found.Distinct().OrderBy(found => found.Item1, StringComparer.Ordinal)];
    }

    /// <summary>An address of the pattern, about things that do not exist.</summary>
    public static string Address(string pattern) => Parameter().Replace(pattern, part => part.Value.Contains(":guid", StringComparison.Ordinal) ? Guid.Empty.ToString() : "2000000000");

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();
}
