using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plr.Core;
using Plr.Server.OpenInterface;
using Plr.Server.Tests.Documents;
using Plr.Testing;

namespace Plr.Server.Tests.Rest;

/// <summary>The examples of the open interface are sent, and what comes back is what they show. PLR_ACCEPT=1 writes it.</summary>
public sealed partial class ExampleTests
{
    private static readonly string Kept = Repository.PathTo("src", "Plr.Server", "OpenInterface", "Answers.json");
    private static readonly string[] ShownHeaders = ["Content-Type", "Content-Disposition", "ETag", "Location"];

    [Fact]
    public async Task Each_example_gets_the_answer_that_it_shows()
    {
        await using var register = await ExampleRegister.StartAsync();
        var answers = new List<KeyValuePair<string, ExampleAnswer>>();
        foreach (var example in Examples.All)
        {
            answers.Add(new(example.Name, await SendAsync(register, example)));
        }

        var written = Examples.Write(answers);
        if (Environment.GetEnvironmentVariable("PLR_ACCEPT") == "1" && !Repository.IsCI)
        {
            await File.WriteAllTextAsync(Kept, written);
        }

        Assert.Equal(await File.ReadAllTextAsync(Kept), written);
    }

    [Fact]
    public async Task Every_operation_has_an_example_and_each_body_has_the_form_that_the_document_says()
    {
        await using var register = await ExampleRegister.StartAsync();
        using var document = JsonDocument.Parse(await register.Nobody.GetStringAsync("/api/openapi.json"));
        var shown = new List<string>();
        foreach (var (operation, name) in Operations(document.RootElement))
        {
            var example = Examples.All.Single(example => example.Name == name);
            var answer = Examples.AnswerTo(example)!;
            shown.Add(name);
            if (operation.TryGetProperty("requestBody", out var body) && body.GetProperty("content").TryGetProperty("application/json", out var sent))
            {
                AssertFits(document.RootElement, sent, JsonNode.Parse(example.Body!)!);
            }

            var content = operation.GetProperty("responses").GetProperty($"{answer.Status}").GetProperty("content").GetProperty(answer.Headers["Content-Type"]);
            if (answer.Body is { } given && given.GetValueKind() == JsonValueKind.Object)
            {
                AssertFits(document.RootElement, content, given);
            }
        }

        Assert.True(shown.Count > 15, "The document has no operations.");
        Assert.Empty(Examples.All.Select(example => example.Operation).Distinct().Except([.. shown, Examples.Token.Operation]));
    }

    private static IEnumerable<(JsonElement Operation, string Name)> Operations(JsonElement document) =>
        document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()).Select(method => (method.Value, method.Value.GetProperty("operationId").GetString()!));

    /// <summary>The example is the one of the document, and fits the schema.</summary>
    private static void AssertFits(JsonElement document, JsonElement content, JsonNode body)
    {
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(content.GetProperty("example").GetRawText()), body));
        Assert.Equal([], SchemaCheck.Faults(content.GetProperty("schema"), JsonSerializer.SerializeToElement(body), document));
    }

    private static async Task<ExampleAnswer> SendAsync(ExampleRegister register, Example example)
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(example.Method), example.Address);
        if (example.Body is not null)
        {
            request.Content = new StringContent(register.Filled(example.Body), Encoding.UTF8);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(example.Headers.Single(header => header.Name == "Content-Type").Value);
        }

        foreach (var (name, value) in example.Headers.Where(header => header.Name != "Content-Type"))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await (await register.OfAsync(example.Caller)).SendAsync(request);
        await register.Site.RunBatchesAsync();
        var headers = answer.Headers.Concat(answer.Content.Headers).Where(header => ShownHeaders.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
            .OrderBy(header => header.Key, StringComparer.Ordinal).ToDictionary(header => header.Key, header => Steady(header.Key == "Content-Type" ? answer.Content.Headers.ContentType!.MediaType! : header.Value.Single()));
        return new((int)answer.StatusCode, headers, await BodyAsync(answer));
    }

    private static async Task<JsonNode?> BodyAsync(HttpResponseMessage answer)
    {
        var type = answer.Content.Headers.ContentType!.MediaType!;
        return type.EndsWith("json", StringComparison.Ordinal) ? JsonNode.Parse(Steady(await answer.Content.ReadAsStringAsync()))
            : type == "text/csv" ? JsonValue.Create((await answer.Content.ReadAsStringAsync()).ReplaceLineEndings("\n").TrimStart('\uFEFF'))
            : JsonValue.Create("(the file)");
    }

    /// <summary>What is random is written the same each time.</summary>
    private static string Steady(string text) => ReportReference().Replace(AccessToken().Replace(TraceId().Replace(text, "\"4bf92f3577b34da6a3ce929d0e0e4736\""), "\"access_token\":\"…\""), "3AC-7DE-9FG-HJK-MNP");

    [GeneratedRegex("\"[0-9a-f]{32}\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TraceId();

    [GeneratedRegex("\"access_token\":\"[^\"]+\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AccessToken();

    [GeneratedRegex("[34679A-Z]{3}(-[34679A-Z]{3}){4}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ReportReference();
}

/// <summary>A register of which the examples tell: the same numbers each time.</summary>
internal sealed class ExampleRegister : IAsyncDisposable
{
    private (Guid Id, string Secret) _key;
    private HttpClient? _learner;

    private ExampleRegister(TestSite site) => (Site, Nobody) = (site, site.Browser());

    public TestSite Site { get; }

    public HttpClient Nobody { get; }

    private HttpClient College { get; set; } = null!;

    private HttpClient Awarding { get; set; } = null!;

    public static async Task<ExampleRegister> StartAsync()
    {
        var keys = new KeySettings { Ulns = Convert.ToBase64String(new byte[32]), Audit = Convert.ToBase64String([.. Enumerable.Repeat((byte)7, 32)]) };
        var register = new ExampleRegister(await TestSite.StartAsync(new Settings { Keys = keys }));
        var (college, awarding) = (await register.Site.Seed.CollegeAsync(), await register.Site.Seed.AwardingOrganisationAsync());
        await register.Site.Seed.QualificationsAsync(A.QualificationCalled("600/1166/X", "AQA Level 1/Level 2 GCSE (9-1) in Mathematics"), A.QualificationCalled("600/1167/1", "AQA Level 1/Level 2 GCSE (9-1) in English Language"));
        (register.College, register._key) = await register.ClientAsync(college, RestSite.CollegeRoles);
        (register.Awarding, _) = await register.ClientAsync(awarding, Roles.AwardingOrganisation);
        return register;
    }

    public async Task<HttpClient> OfAsync(ExampleCaller caller) => caller switch
    {
        ExampleCaller.Nobody => Nobody,
        ExampleCaller.College => College,
        ExampleCaller.AwardingOrganisation => Awarding,
        _ => _learner ??= await Site.BrowserAsync(await Site.Seed.LearnerAccountAsync(Core.Learners.Uln.Parse(Examples.Uln), A.Learner())),
    };

    /// <summary>A body with the names that the shell would fill in.</summary>
    public string Filled(string body) => body.Replace("$ID", _key.Id.ToString(), StringComparison.Ordinal).Replace("$SECRET", _key.Secret, StringComparison.Ordinal);

    public async ValueTask DisposeAsync()
    {
        foreach (var http in new[] { Nobody, College, Awarding, _learner })
        {
            http?.Dispose();
        }

        await Site.DisposeAsync();
    }

    private async Task<(HttpClient Http, (Guid Id, string Secret) Key)> ClientAsync(Core.Organisations.Organisation organisation, Roles roles)
    {
        var (client, secret) = await RestSite.ClientAsync(Site.Services, organisation, roles);
        var http = Site.Browser();
        http.DefaultRequestHeaders.Authorization = new("Bearer", await RestSite.TokenAsync(http, client.Id, secret));
        return (http, (client.Id, secret));
    }
}
