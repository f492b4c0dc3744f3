using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Plr.Core.Accounts;
using Plr.Core.MachineClients;

namespace Plr.Server.SignIn;

/// <summary>
/// Knows machine clients by their token (RFC 6750), whose hash is in the store with its client: the client's and its organisation's status are
/// read again every two seconds, so that suspension bites within them on every server.
/// </summary>
public sealed class MachineToken(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IMachineClientStore clients, TimeProvider time)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Bearer";
    private const string Prefix = SchemeName + " ";

    /// <summary>Whether a request carries a token, right or wrong: then its cookie says nothing.</summary>
    public static bool IsCarried(HttpRequest request) => request.Headers.Authorization.Count > 0;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) || header.Length > Prefix.Length + 64)
        {
            return AuthenticateResult.NoResult();
        }

        if (await clients.VisitAsync(Secret.Hash(header[Prefix.Length..].Trim()), time.GetUtcNow(), Context.RequestAborted) is not { } visit)
        {
            return AuthenticateResult.NoResult();
        }

        Context.Features.Set(visit);
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, visit.Client.Id.ToString())], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }
}
