using Microsoft.AspNetCore.OpenApi;
using Plr.Server.OpenInterface;
using Plr.Server.Work;

namespace Plr.Server.Rest;

/// <summary>What the open interface is made of.</summary>
internal static class RestParts
{
    public static void AddRest(this IServiceCollection services)
    {
        services.AddSingleton<RestLimits>();
        services.AddSingleton(parts => new Chore("callers of the open interface who have not come for a while", TimeSpan.FromMinutes(5), _ =>
        {
            parts.GetRequiredService<RestLimits>().Forget();
            return Task.CompletedTask;
        }));
        services.AddSingleton<OpenReference>();
        services.AddScoped<RestCall>();
        services.AddScoped<Once>();
        services.ConfigureHttpJsonOptions(o =>
        {
            // For the OpenAPI document, which describes types as they are written here.
            o.SerializerOptions.PropertyNamingPolicy = RestJson.Options.PropertyNamingPolicy;
            o.SerializerOptions.NumberHandling = RestJson.Options.NumberHandling;
            foreach (var converter in RestJson.Options.Converters)
            {
                o.SerializerOptions.Converters.Add(converter);
            }
        });
        services.AddOpenApi(OpenApiWords.Set);

        // HEAD goes without saying. Not in a lambda of AddOpenApi: with one, comments in the code become the document's words.
        services.Configure<OpenApiOptions>("v1", o => o.ShouldInclude = route => route.HttpMethod != HttpMethods.Head);
    }
}
