using System.Text.Json;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using Plr.Testing;

namespace Plr.Server.Tests.Rest;

public sealed class OpenApiTests(RestSite rest) : IClassFixture<RestSite>
{
    private static readonly string Snapshot = Repository.PathTo("docs", "reference", "openapi.json");

    /// <summary>PLR_ACCEPT=1 writes it.</summary>
    [Fact]
    public async Task The_committed_document_is_the_one_that_the_server_gives()
    {
        var served = (await ServedAsync()).ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("PLR_ACCEPT") == "1" && !Repository.IsCI)
        {
            await File.WriteAllTextAsync(Snapshot, served);
        }

        Assert.StartsWith("{\n  \"openapi\": \"3.1.", served, StringComparison.Ordinal);
        Assert.Equal(await File.ReadAllTextAsync(Snapshot), served);
    }

    [Fact]
    public async Task A_reader_of_OpenAPI_takes_the_document_without_a_fault()
    {
        var read = OpenApiDocument.Parse(await ServedAsync(), OpenApiConstants.Json);

        Assert.Equal([], read.Diagnostic!.Errors.Concat(read.Diagnostic.Warnings).Select(error => error.ToString()));
        Assert.Equal([], read.Document!.Validate(ValidationRuleSet.GetDefaultRuleSet()).Select(error => error.ToString()));
    }

    [Fact]
    public async Task Every_operation_says_who_may_call_it_and_every_parameter_answer_and_field_what_it_is()
    {
        using var document = JsonDocument.Parse(await ServedAsync());
        var silent = new List<string>();
        void Says(JsonElement what, string at, params string[] names) => silent.AddRange(names.Where(name => !what.TryGetProperty(name, out _)).Select(name => $"{at}: {name}"));
        foreach (var (path, method) in document.RootElement.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(method => (path.Name, method))))
        {
            var at = $"{method.Name} {path}";
            Says(method.Value, at, "operationId", "summary", "description", "tags", "security", "responses");
            foreach (var parameter in method.Value.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray().ToList() : [])
            {
                Says(parameter, $"{at} {parameter.GetProperty("name")}", "description", "schema");
            }

            foreach (var answer in method.Value.GetProperty("responses").EnumerateObject())
            {
                Says(answer.Value, $"{at} {answer.Name}", "description", "content", "headers");
                Says(answer.Value.GetProperty("headers"), $"{at} {answer.Name}", "RateLimit", "RateLimit-Policy");
                if (answer.Name[0] >= '4')
                {
                    Says(answer.Value.GetProperty("content"), $"{at} {answer.Name}", "application/problem+json");
                    Says(answer.Value, $"{at} {answer.Name}", "x-response-codes");
                }
            }
        }

        foreach (var schema in document.RootElement.GetProperty("components").GetProperty("schemas").EnumerateObject())
        {
            Says(schema.Value, schema.Name, "description");
            foreach (var field in schema.Value.TryGetProperty("properties", out var fields) ? fields.EnumerateObject().ToList() : [])
            {
                Says(field.Value, $"{schema.Name}.{field.Name}", "description");
            }
        }

        Assert.Equal([], silent);
    }

    private async Task<string> ServedAsync()
    {
        using var http = rest.Site.Browser();
        return await http.GetStringAsync("/api/openapi.json");
    }
}
