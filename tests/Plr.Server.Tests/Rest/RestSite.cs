using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Plr.Core;
using Plr.Core.MachineClients;
using Plr.Core.Organisations;
using Plr.Store;
using Plr.Testing;

namespace Plr.Server.Tests.Rest;

/// <summary>A register with a college, an awarding organisation and their machine clients.</summary>
public sealed class RestSite : IAsyncLifetime
{
    public const Roles CollegeRoles = Roles.LrbOnline | Roles.LrbBatch;
    private readonly DeclaredAnswers _answers = new();

    public TestSite Site { get; private set; } = null!;

    public Organisation College { get; private set; } = null!;

    public Organisation Awarding { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Site = await TestSite.StartAsync(new Settings { Rest = new RestSettings { RequestsInMinute = 100_000 } }, parts => parts.AddSingleton<IStartupFilter>(_answers));
        College = await Site.Seed.CollegeAsync();
        Awarding = await Site.Seed.AwardingOrganisationAsync();
        await Site.Seed.QualificationsAsync(A.QualificationCalled("600/1166/X", "GCSE Mathematics"), A.QualificationCalled("600/1167/1", "GCSE English"));
    }

    public async ValueTask DisposeAsync()
    {
        using var http = Site.Browser();
        using var document = JsonDocument.Parse(await http.GetStringAsync("/api/openapi.json"));
        await Site.DisposeAsync();
        Assert.Equal([], _answers.NotIn(document.RootElement));
    }

    /// <summary>A client of an organisation with a secret.</summary>
    public Task<(MachineClient Client, string Secret)> ClientAsync(Organisation organisation, Roles roles = CollegeRoles) => ClientAsync(Site.Services, organisation, roles);

    public static async Task<(MachineClient Client, string Secret)> ClientAsync(IServiceProvider parts, Organisation organisation, Roles roles = CollegeRoles)
    {
        var names = Enum.GetValues<Roles>().Where(role => role != Roles.None && roles.HasFlag(role)).Select(role => role.ToString()).ToList();
        var added = await parts.GetRequiredService<AddMachineClient>().RunAsync(new("Student records", organisation.Code, names), Seeds.Upkeep);
        var key = await parts.GetRequiredService<AddClientKey>().RunAsync(new(added.Client!.Id, null), Seeds.Upkeep);
        return (added.Client, key.Secret!);
    }

    /// <summary>Software that has signed in.</summary>
    public async Task<HttpClient> SignedInAsync(Organisation organisation, Roles roles = CollegeRoles, string scope = "")
    {
        var (client, secret) = await ClientAsync(organisation, roles);
        var http = Site.Browser(inner => new SearchesFirst(inner));
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(http, client.Id, secret, scope));
        return http;
    }

    public static async Task<string> TokenAsync(HttpClient http, Guid id, string secret, string scope = "")
    {
        using var answer = await AskTokenAsync(http, new() { ["client_id"] = id.ToString(), ["client_secret"] = secret, ["scope"] = scope });
        Assert.Equal("OK", answer.StatusCode.ToString());
        return (await JsonOf(answer)).GetProperty("access_token").GetString()!;
    }

    public static async Task<HttpResponseMessage> AskTokenAsync(HttpClient http, Dictionary<string, string> fields)
    {
        using var form = new FormUrlEncodedContent(fields.Append(new("grant_type", "client_credentials")));
        return await http.PostAsync("/oauth/token", form);
    }

    public static async Task<JsonElement> JsonOf(HttpResponseMessage answer)
    {
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return document.RootElement.Clone();
    }

    public static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    public static JsonContent Json(object value) => JsonContent.Create(value, options: new JsonSerializerOptions(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull });

    /// <summary>Settings of servers that share a PostgreSQL database.</summary>
    public static Settings Shared(PostgresDatabase database)
    {
        database.RequirePresent();
        return new Settings
        {
            Store = new StoreSettings { Engine = EngineKind.Postgres, ConnectionString = database.Options.ConnectionString! },
            Keys = new KeySettings { Ulns = Convert.ToBase64String(new byte[32]), Audit = Convert.ToBase64String([.. Enumerable.Repeat((byte)7, 32)]) },
        };
    }

    /// <summary>A POST with a key.</summary>
    public static HttpRequestMessage Post(string address, HttpContent content, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return request;
    }
}
