using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Core.MachineClients;
using Plr.Core.Responses;
using Plr.Server.Rest;
using Plr.Server.Web;

namespace Plr.Server.SignIn;

/// <summary>
/// Where machine clients sign in: OAuth 2 client credentials (RFC 6749 §4.4) with a secret (§2.3.1, in the header or in the form) or
/// <c>private_key_jwt</c>. Tokens are random and stand in the store as hashes: no server key signs them, and suspension ends them.
/// </summary>
internal sealed class MachineSignIn(
    IMachineClientStore clients, ClientAssertions assertions, GiveToken giveToken, RestLimits limits, TimeProvider time)
{
    public const string Path = "/oauth/token";
    private const string FormType = "application/x-www-form-urlencoded";
    private const int LongestForm = 32 * 1024;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost(Path, (HttpContext context, [FromServices] MachineSignIn signIn) => signIn.RunAsync(context))
            .WithMetadata(new DoesAttribute(PolicyAction.SignIn), new RequestSizeLimit(LongestForm)).ExcludeFromDescription();
        app.MapGet("/.well-known/oauth-authorization-server", (Settings settings) => Results.Json(Metadata.Of(settings)))
            .WithMetadata(new DoesAttribute(PolicyAction.ReadPublicPages)).ExcludeFromDescription();
    }

    /// <summary>Whether a request is to where software signs in, whose refusals are for software.</summary>
    public static bool Includes(HttpRequest request) => request.Path.StartsWithSegments("/oauth", StringComparison.OrdinalIgnoreCase);

    private async Task<IResult> RunAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Pragma = "no-cache";
        var (form, unread) = await FormAsync(context);
        if (form is null)
        {
            return limits.FailureRefusal(context) ?? unread!;
        }

        // The key first, so that whoever has one is never refused for what others at the same address do.
        return await ShownAsync(context, form) is not { } shown ? limits.FailureRefusal(context) ?? RefuseClient(context)
            : limits.TokenRefusal(context, shown.Client.Id) ?? await GiveAsync(context, shown, form["scope"].ToString());
    }

    /// <summary>The form of a request that is whole; else why it is not (RFC 6749 §5.2).</summary>
    private static async Task<(IFormCollection? Form, IResult? Refusal)> FormAsync(HttpContext context)
    {
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var media) || !media.MediaType.Equals(FormType, StringComparison.OrdinalIgnoreCase))
        {
            return (null, Refuse("invalid_request", $"Send {FormType}."));
        }

        IFormCollection form;
        try
        {
            form = await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (BadHttpRequestException e)
        {
            return (null, Refuse("invalid_request", $"The form cannot be read, or is larger than {LongestForm} bytes.", e.StatusCode));
        }
        catch (InvalidDataException)
        {
            return (null, Refuse("invalid_request", "The form cannot be read."));
        }

        var refusal = form.Any(field => field.Value.Count > 1) ? Refuse("invalid_request", "A parameter stands twice.")
            : form["grant_type"].ToString() is not { Length: > 0 } grant ? Refuse("invalid_request", "The grant_type is missing; it is client_credentials.")
            : grant != "client_credentials" ? Refuse("unsupported_grant_type", "The grant_type is client_credentials.")
            : WaysOfShowing(context, form) > 1 ? Refuse("invalid_request", "Show one secret or one assertion, in one place.")
            : null;
        return (refusal is null ? form : null, refusal);
    }

    /// <summary>In how many ways a client shows who it is; it may not be more than one (RFC 6749 §2.3).</summary>
    private static int WaysOfShowing(HttpContext context, IFormCollection form) =>
        new[] { form.ContainsKey("client_assertion"), form.ContainsKey("client_secret"), Basic(context.Request.Headers.Authorization.ToString()) is not null }.Count(way => way);

    private async Task<IResult> GiveAsync(HttpContext context, GiveToken.Request shown, string scope)
    {
        var request = shown with { Scopes = scope.Split(' ', StringSplitOptions.RemoveEmptyEntries) };
        var answer = await giveToken.RunAsync(request, Problems.Reference(context), context.RequestAborted);
        return answer.Code == ResponseCodes.SignedIn
            ? Results.Json(new Given(answer.Token!, "Bearer", (int)GiveToken.Lifetime.TotalSeconds, string.Join(' ', answer.Scopes)))
            : answer.Code == ResponseCodes.UnknownScope
                ? Refuse("invalid_scope", $"This client can have: {string.Join(' ', Scope.Of(request.Client.Roles).Select(open => open.Name))}.")
                : RefuseClient(context);
    }

    /// <summary>Who has shown a key that is theirs.</summary>
    private async Task<GiveToken.Request?> ShownAsync(HttpContext context, IFormCollection form)
    {
        var assertion = form["client_assertion"].ToString();
        if (assertion.Length > 0)
        {
            var isType = form["client_assertion_type"] == ClientAssertions.Type;
            return isType && await assertions.CheckAsync(assertion, context.RequestAborted) is { } right && IsSame(form["client_id"].ToString(), right.Client.Id)
                ? new(right.Client, right.KeyId, [], right.Assertion)
                : null;
        }

        var named = form["client_id"].ToString();
        var (id, secret) = Basic(context.Request.Headers.Authorization.ToString()) ?? (named, form["client_secret"].ToString());
        return await BySecretAsync(id, secret, context.RequestAborted) is { } shown && IsSame(named, shown.Client.Id) ? shown : null;
    }

    private static bool IsSame(string id, Guid client) => id.Length == 0 || (Guid.TryParse(id, out var given) && given == client);

    private async Task<GiveToken.Request?> BySecretAsync(string id, string secret, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out var clientId) || await clients.GetAsync(clientId, time.GetUtcNow(), ct) is not { } client)
        {
            return null;
        }

        var hash = Secret.Hash(secret);
        var key = client.Keys.FirstOrDefault(key => key.SecretHash is { } kept && CryptographicOperations.FixedTimeEquals(kept, hash));
        return key is null ? null : new(client, key.Id, [], null);
    }

    private static (string Id, string Secret)? Basic(string header)
    {
        const string prefix = "Basic ";
        if (!header.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var bytes = new byte[header.Length];
        if (!Convert.TryFromBase64String(header[prefix.Length..].Trim(), bytes, out var length))
        {
            return ("", "");
        }

        var parts = Encoding.UTF8.GetString(bytes.AsSpan(0, length)).Split(':', 2);
        return parts.Length == 2 ? (Uri.UnescapeDataString(parts[0].Replace('+', ' ')), Uri.UnescapeDataString(parts[1].Replace('+', ' '))) : ("", "");
    }

    private static IResult RefuseClient(HttpContext context)
    {
        context.Response.Headers[HeaderNames.WWWAuthenticate] = "Basic realm=\"plr\", charset=\"UTF-8\"";
        return Results.Json(new Refusal("invalid_client", "The client is not known or active, or its secret or assertion is not right or was used before."), statusCode: StatusCodes.Status401Unauthorized);
    }

    private static IResult Refuse(string error, string description, int status = StatusCodes.Status400BadRequest) =>
        Results.Json(new Refusal(error, description), statusCode: status);

    private sealed record Given(
        [property: JsonPropertyName("access_token")] string AccessToken,
        [property: JsonPropertyName("token_type")] string TokenType,
        [property: JsonPropertyName("expires_in")] int ExpiresIn,
        [property: JsonPropertyName("scope")] string Scope);

    private sealed record Refusal([property: JsonPropertyName("error")] string Error, [property: JsonPropertyName("error_description")] string Description);

    /// <summary>RFC 8414.</summary>
    private sealed record Metadata(
        [property: JsonPropertyName("issuer")] string Issuer,
        [property: JsonPropertyName("token_endpoint")] string TokenEndpoint,
        [property: JsonPropertyName("grant_types_supported")] string[] GrantTypes,
        [property: JsonPropertyName("response_types_supported")] string[] ResponseTypes,
        [property: JsonPropertyName("token_endpoint_auth_methods_supported")] string[] Methods,
        [property: JsonPropertyName("token_endpoint_auth_signing_alg_values_supported")] string[] Algorithms,
        [property: JsonPropertyName("scopes_supported")] string[] Scopes)
    {
        public static Metadata Of(Settings settings)
        {
            var address = settings.Address().GetLeftPart(UriPartial.Authority);
            return new(
                address,
                address + Path,
                ["client_credentials"],
                [],
                ["client_secret_basic", "client_secret_post", "private_key_jwt"],
                ["RS256", "ES256"],
                [.. Scope.All.Select(scope => scope.Name)]);
        }
    }
}
