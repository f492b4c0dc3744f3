using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using Plr.Core;
using Plr.Core.MachineClients;
using Plr.Core.Organisations;
using Plr.Core.Responses;
using Plr.Testing;
using static Plr.Server.Tests.Rest.RestSite;

namespace Plr.Server.Tests.Rest;

public sealed class MachineSignInTests(RestSite rest) : IClassFixture<RestSite>
{
    [Fact]
    public async Task A_secret_gives_a_token_of_ten_minutes_for_the_scopes_asked_for()
    {
        var (client, secret) = await rest.ClientAsync(rest.College);
        using var http = rest.Site.Browser();
        using var answer = await AskTokenAsync(http, new() { ["client_id"] = client.Id.ToString(), ["client_secret"] = secret, ["scope"] = "records.read learners.find" });
        var given = await JsonOf(answer);
        Assert.Equal(("Bearer", 600, "records.read learners.find"), (given.GetProperty("token_type").GetString(), given.GetProperty("expires_in").GetInt32(), given.GetProperty("scope").GetString()));
        Assert.Equal(("no-store", "no-cache"), (answer.Headers.CacheControl!.ToString(), answer.Headers.Pragma.ToString()));
        http.DefaultRequestHeaders.Authorization = new("Bearer", given.GetProperty("access_token").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/api/learners/1000000043/learning-events")).StatusCode);

        rest.Site.Time.Advance(TimeSpan.FromMinutes(10));
        var over = await http.GetAsync("/api/learners/1000000043/learning-events");
        Assert.Equal((HttpStatusCode.Unauthorized, "Bearer error=\"invalid_token\""), (over.StatusCode, over.Headers.WwwAuthenticate.ToString()));
    }

    [Fact]
    public async Task The_secret_may_come_in_the_header_and_nowhere_twice()
    {
        var (client, secret) = await rest.ClientAsync(rest.College);
        using var http = rest.Site.Browser();
        http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{client.Id}:{Uri.EscapeDataString(secret)}")));
        Assert.Equal(HttpStatusCode.OK, (await AskTokenAsync(http, [])).StatusCode);
        using var twice = await AskTokenAsync(http, new() { ["client_id"] = client.Id.ToString(), ["client_secret"] = secret });
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_request"), (twice.StatusCode, (await JsonOf(twice)).GetProperty("error").GetString()));
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskTokenAsync(http, new() { ["client_id"] = Guid.CreateVersion7().ToString() })).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskTokenAsync(rest.Site.Browser(), [])).StatusCode);
    }

    [Fact]
    public async Task What_is_wrong_is_refused_in_the_words_of_the_standard()
    {
        var (client, secret) = await rest.ClientAsync(rest.College);
        using var http = rest.Site.Browser();
        async Task<(HttpStatusCode, string?)> Ask(string id, string key, string scope = "")
        {
            using var answer = await AskTokenAsync(http, new() { ["client_id"] = id, ["client_secret"] = key, ["scope"] = scope });
            return (answer.StatusCode, (await JsonOf(answer)).GetProperty("error").GetString());
        }

        Assert.Equal((HttpStatusCode.Unauthorized, "invalid_client"), await Ask(client.Id.ToString(), secret + "x"));
        Assert.Equal((HttpStatusCode.Unauthorized, "invalid_client"), await Ask(Guid.CreateVersion7().ToString(), secret));
        Assert.Equal((HttpStatusCode.Unauthorized, "invalid_client"), await Ask("nobody", secret));
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_scope"), await Ask(client.Id.ToString(), secret, "records.read everything"));
        using var other = new FormUrlEncodedContent([new("grant_type", "password")]);
        Assert.Equal("unsupported_grant_type", (await JsonOf(await http.PostAsync("/oauth/token", other))).GetProperty("error").GetString());
        using var twice = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("grant_type", "client_credentials")]);
        Assert.Equal("invalid_request", (await JsonOf(await http.PostAsync("/oauth/token", twice))).GetProperty("error").GetString());
        Assert.Equal("invalid_request", (await JsonOf(await http.PostAsync("/oauth/token", Json("{}")))).GetProperty("error").GetString());
        using var none = new FormUrlEncodedContent([new("client_id", client.Id.ToString()), new("client_secret", secret)]);
        Assert.Equal("invalid_request", (await JsonOf(await http.PostAsync("/oauth/token", none))).GetProperty("error").GetString());
        using var parts = new MultipartFormDataContent { { new StringContent("client_credentials"), "grant_type" } };
        Assert.Equal("invalid_request", (await JsonOf(await http.PostAsync("/oauth/token", parts))).GetProperty("error").GetString());
    }

    [Fact]
    public async Task Around_the_token_endpoint_refusals_are_for_software_too()
    {
        using var http = rest.Site.Browser();
        foreach (var (answer, status) in new[] { (await http.GetAsync("/oauth/token"), 405), (await http.GetAsync("/oauth/nothing"), 404) })
        {
            Assert.Equal((status, "application/problem+json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        }
    }

    [Fact]
    public async Task Whoever_is_suspended_learns_no_more_than_that()
    {
        var college = await rest.Site.Seed.CollegeAsync("Coleg Meirion", "10090004");
        var (client, secret) = await rest.ClientAsync(college);
        using var http = rest.Site.Browser();
        async Task<string?> Ask()
        {
            using var answer = await AskTokenAsync(http, new() { ["client_id"] = client.Id.ToString(), ["client_secret"] = secret, ["scope"] = "everything" });
            return (await JsonOf(answer)).GetProperty("error").GetString();
        }

        Assert.Equal("invalid_scope", await Ask());
        await Part<SuspendMachineClient>().RunAsync(client.Id, MachineClientStatus.Suspended, Seeds.Upkeep);
        Assert.Equal("invalid_client", await Ask());
        await Part<SuspendMachineClient>().RunAsync(client.Id, MachineClientStatus.Active, Seeds.Upkeep);
        await Part<SuspendOrganisation>().RunAsync(new(college.Id, OrganisationStatus.Suspended), Seeds.Upkeep);
        Assert.Equal("invalid_client", await Ask());
    }

    [Theory]
    [InlineData(SecurityAlgorithms.RsaSha256)]
    [InlineData(SecurityAlgorithms.EcdsaSha256)]
    public async Task An_assertion_gives_one_token_and_a_replayed_one_none(string algorithm)
    {
        var (client, key) = await KeyedAsync(algorithm);
        using var http = rest.Site.Browser();
        var assertion = Assertion(client, key, algorithm);
        var first = await AskTokenAsync(http, Assertions.With(assertion));
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskTokenAsync(http, Assertions.With(assertion))).StatusCode);

        var another = Assertion(client, key, algorithm);
        var many = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => AskTokenAsync(http, Assertions.With(another))));
        Assert.Equal(1, many.Count(answer => answer.StatusCode == HttpStatusCode.OK));
    }

    [Fact]
    public async Task A_wrong_assertion_gives_none()
    {
        var (client, key) = await KeyedAsync(SecurityAlgorithms.EcdsaSha256);
        var (_, stranger) = await KeyedAsync(SecurityAlgorithms.EcdsaSha256);
        var now = rest.Site.Time.GetUtcNow();
        using var http = rest.Site.Browser();
        var secretKey = new SymmetricSecurityKey(RandomNumberGenerator.GetBytes(32));
        foreach (var (why, wrong) in new[]
        {
            ("another's key", Assertion(client, stranger)),
            ("another register", Assertion(client, key, audience: "https://elsewhere.example")),
            ("another issuer", Assertion(client, key, issuer: Guid.CreateVersion7().ToString())),
            ("over", Assertion(client, key, from: now.AddMinutes(-10), until: now.AddMinutes(-5))),
            ("too long", Assertion(client, key, until: now.AddHours(2))),
            ("not yet", Assertion(client, key, from: now.AddMinutes(5))),
            ("no jti", Assertion(client, key, id: "")),
            ("shared key", Assertion(client, secretKey, SecurityAlgorithms.HmacSha256)),
            ("an extension that must be understood", Assertion(client, key, header: new() { ["crit"] = new[] { "exp" }, ["exp"] = "x" })),
            ("an extension of ours", Assertion(client, key, header: new() { ["crit"] = new[] { "b64" }, ["b64"] = true })),
            ("another way to sign", Assertion(client, key, header: new() { ["b64"] = false })),
            ("no signature", Unsigned(client)),
            ("no token", "a.b.c"),
            ("nothing of a token", "…"),
        })
        {
            Assert.Equal((why, HttpStatusCode.Unauthorized), (why, (await AskTokenAsync(http, Assertions.With(wrong))).StatusCode));
        }
    }

    [Fact]
    public async Task A_client_changes_from_one_key_to_the_next_without_a_gap()
    {
        var (client, secret) = await rest.ClientAsync(rest.College);
        var next = await Part<AddClientKey>().RunAsync(new(client.Id, null), Seeds.Upkeep);
        using var http = rest.Site.Browser();
        http.DefaultRequestHeaders.Authorization = new("Bearer", await TokenAsync(http, client.Id, secret));
        var nextToken = await TokenAsync(rest.Site.Browser(), client.Id, next.Secret!);
        var held = await Part<IMachineClientStore>().GetAsync(client.Id, rest.Site.Time.GetUtcNow());
        Assert.Equal(ResponseCodes.MachineClientChanged, await Part<EndClientKey>().RunAsync(client.Id, held!.Keys[^1].Id, Seeds.Upkeep));

        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync("/api/learners/1000000043")).StatusCode);
        using var old = await AskTokenAsync(rest.Site.Browser(), new() { ["client_id"] = client.Id.ToString(), ["client_secret"] = secret });
        Assert.Equal(HttpStatusCode.Unauthorized, old.StatusCode);
        http.DefaultRequestHeaders.Authorization = new("Bearer", nextToken);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/api/learners/1000000043")).StatusCode);
    }

    [Fact]
    public async Task Suspension_of_a_client_ends_its_tokens_at_once_and_of_its_organisation_within_two_seconds()
    {
        var college = await rest.Site.Seed.CollegeAsync("Coleg Menai", "10090002");
        var (client, secret) = await rest.ClientAsync(college);
        using var http = rest.Site.Browser();
        http.DefaultRequestHeaders.Authorization = new("Bearer", await TokenAsync(http, client.Id, secret));
        async Task<HttpStatusCode> Get() => (await http.GetAsync("/api/learners/1000000043")).StatusCode;
        Assert.Equal(HttpStatusCode.NotFound, await Get());
        await Part<SuspendOrganisation>().RunAsync(new(college.Id, OrganisationStatus.Suspended), Seeds.Upkeep);
        rest.Site.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(HttpStatusCode.Unauthorized, await Get());
        await Part<SuspendOrganisation>().RunAsync(new(college.Id, OrganisationStatus.Active), Seeds.Upkeep);
        Assert.Equal(HttpStatusCode.Unauthorized, await Get());

        http.DefaultRequestHeaders.Authorization = new("Bearer", await TokenAsync(rest.Site.Browser(), client.Id, secret));
        Assert.Equal(HttpStatusCode.NotFound, await Get());
        await Part<SuspendMachineClient>().RunAsync(client.Id, MachineClientStatus.Suspended, Seeds.Upkeep);
        Assert.Equal(HttpStatusCode.Unauthorized, await Get());
        using var again = await AskTokenAsync(rest.Site.Browser(), new() { ["client_id"] = client.Id.ToString(), ["client_secret"] = secret });
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
        await Part<SuspendMachineClient>().RunAsync(client.Id, MachineClientStatus.Active, Seeds.Upkeep);
        Assert.Equal(HttpStatusCode.Unauthorized, await Get());
    }

    [Fact]
    public async Task Sending_files_and_following_them_are_two_scopes()
    {
        using var sender = await rest.SignedInAsync(rest.College, scope: "batches.write");
        using var follower = await rest.SignedInAsync(rest.College, scope: "batches.read");
        static Task<HttpResponseMessage> Send(HttpClient http)
        {
            var file = new ByteArrayContent("VER=1.0"u8.ToArray()) { Headers = { ContentType = new("text/csv") } };
            return http.SendAsync(Post("/api/batches?kind=registrations&fileName=SCOPES.CSV", file));
        }

        Assert.Equal(HttpStatusCode.Accepted, (await Send(sender)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await follower.GetAsync("/api/batches")).StatusCode);
        foreach (var (refused, scope) in new[] { (await Send(follower), "batches.write"), (await sender.GetAsync("/api/batches"), "batches.read") })
        {
            Assert.Equal((HttpStatusCode.Forbidden, "ScopeMissing"), (refused.StatusCode, (await JsonOf(refused)).GetProperty("code").GetString()));
            Assert.Contains($"scope=\"{scope}\"", refused.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        }

        using var awarding = await rest.SignedInAsync(rest.Awarding, Roles.AwardingOrganisation);
        Assert.Equal(HttpStatusCode.Forbidden, (await Send(awarding)).StatusCode);
    }

    [Fact]
    public async Task A_token_opens_its_scopes_only_and_no_page()
    {
        using var http = await rest.SignedInAsync(rest.College, scope: "learners.find");
        var refused = await http.GetAsync("/api/learners/1000000043/learning-events");
        Assert.Equal((HttpStatusCode.Forbidden, "ScopeMissing"), (refused.StatusCode, (await JsonOf(refused)).GetProperty("code").GetString()));
        Assert.Contains("scope=\"records.read\"", refused.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await http.GetAsync("/organisation")).StatusCode);
    }

    [Fact]
    public async Task A_private_key_is_never_taken()
    {
        var (client, _) = await rest.ClientAsync(rest.College);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var whole = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new ECDsaSecurityKey(key));
        async Task<string?> Add(string jwk) => (await Part<AddClientKey>().RunAsync(new(client.Id, jwk), Seeds.Upkeep)).Findings.SingleOrDefault()?.Rule.Name;
        Assert.Equal("PrivateKey", await Add($$"""{"kty":"EC","crv":"P-256","x":"{{whole.X}}","y":"{{whole.Y}}","d":"{{whole.D}}"}"""));
        Assert.Equal("BadPublicKey", await Add("""{"kty":"RSA","n":"AQAB","e":"AQAB"}"""));
        Assert.Equal("BadPublicKey", await Add("[]"));
        Assert.Null(await Add($$"""{"kty":"EC","crv":"P-256","x":"{{whole.X}}","y":"{{whole.Y}}"}"""));
    }

    [Fact]
    public async Task A_public_key_that_can_check_nothing_is_refused_when_it_is_added()
    {
        var (client, _) = await rest.ClientAsync(rest.College);
        using var rsa = RSA.Create(2048);
        var (n, e) = (rsa.ExportParameters(false).Modulus!, "AQAB");
        async Task<string?> Add(string jwk) => (await Part<AddClientKey>().RunAsync(new(client.Id, jwk), Seeds.Upkeep)).Findings.SingleOrDefault()?.Rule.Name;
        Task<string?> AddRsa(byte[] modulus, string exponent) => Add($$"""{"kty":"RSA","n":"{{Base64UrlEncoder.Encode(modulus)}}","e":"{{exponent}}"}""");
        var (x, y) = (Base64UrlEncoder.Encode([.. Enumerable.Repeat((byte)1, 32)]), Base64UrlEncoder.Encode([.. Enumerable.Repeat((byte)2, 32)]));
        Assert.Equal("BadPublicKey", await Add($$"""{"kty":"EC","crv":"P-256","x":"{{x}}","y":"{{y}}"}"""));
        Assert.Equal("BadPublicKey", await AddRsa([0, .. n[1..]], e));
        Assert.Equal("BadPublicKey", await AddRsa([.. n[..^1], (byte)(n[^1] & 0xfe)], e));
        Assert.Equal("BadPublicKey", await AddRsa(n, "AQ"));
        Assert.Equal("BadPublicKey", await AddRsa(n, "AQAA"));
        Assert.Null(await AddRsa(n, e));
    }

    private T Part<T>()
        where T : notnull => rest.Site.Services.GetRequiredService<T>();

    private Task<(MachineClient Client, SecurityKey Key)> KeyedAsync(string algorithm) => Assertions.KeyedAsync(rest.Site.Services, rest.College, algorithm);

    private string Assertion(
        MachineClient client,
        SecurityKey key,
        string algorithm = SecurityAlgorithms.EcdsaSha256,
        string? audience = null,
        string? issuer = null,
        DateTimeOffset? from = null,
        DateTimeOffset? until = null,
        string? id = null,
        Dictionary<string, object>? header = null) => Assertions.Sign(client, key, rest.Site.Time.GetUtcNow(), algorithm, audience, issuer, from, until, id, header);

    private string Unsigned(MachineClient client)
    {
        var until = rest.Site.Time.GetUtcNow().AddMinutes(2).ToUnixTimeSeconds();
        return $"{Base64UrlEncoder.Encode("""{"alg":"none"}""")}.{Base64UrlEncoder.Encode($$"""{"iss":"{{client.Id}}","sub":"{{client.Id}}","aud":"http://localhost:5080/oauth/token","jti":"1","exp":{{until}}}""")}.";
    }
}
