using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Server.Web;

namespace Plr.Server.SignIn;

/// <summary>
/// Knows people by their session: the cookie carries a random key, the store its hash with the account. The session, the account's status and
/// its organisation's are read on every request, so that suspension bites at once.
/// </summary>
public sealed class SessionCookie(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IAccountStore accounts, Settings settings, TimeProvider time)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Session";
    private static readonly TimeSpan TouchAfter = TimeSpan.FromMinutes(1);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (KeyHash(Request.Cookies[SiteCookies.SignInName(settings)]) is not { } hash)
        {
            return AuthenticateResult.NoResult();
        }

        var now = time.GetUtcNow();
        if (await accounts.SessionAsync(hash, now, Context.RequestAborted) is not { } signedIn)
        {
            return AuthenticateResult.NoResult();
        }

        var idle = now + TimeSpan.FromMinutes(settings.SignIn.IdleMinutes);
        if (idle - signedIn.ExpiresAt > TouchAfter)
        {
            await accounts.TouchSessionAsync(signedIn.SessionId, now, idle, Context.RequestAborted);
        }

        Context.Features.Set(signedIn);
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, signedIn.Account.Id.ToString())], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    /// <summary>SHA-256 of the key in a cookie; null when it is not one.</summary>
    internal static byte[]? KeyHash(string? cookie)
    {
        Span<byte> key = stackalloc byte[48];
        return cookie is { Length: > 0 and <= 64 } && Base64Url.IsValid(cookie) && Base64Url.TryDecodeFromChars(cookie, key, out var length) && length == Sessions.KeyLength
            ? SHA256.HashData(key[..length])
            : null;
    }
}

/// <summary>Begins and ends sessions.</summary>
public sealed class Sessions(IAccountStore accounts, Settings settings, TimeProvider time)
{
    /// <summary>Of a session's key, in bytes.</summary>
    public const int KeyLength = 32;

    /// <summary>Signs somebody in: a new session with a new key, whatever cookie came.</summary>
    public async Task BeginAsync(HttpContext context, Account account)
    {
        var key = RandomNumberGenerator.GetBytes(KeyLength);
        var now = time.GetUtcNow();
        var access = Visit.AccessOf(account, Problems.Reference(context), null);
        await accounts.BeginSessionAsync(
            account.Id, SHA256.HashData(key), now, now + TimeSpan.FromMinutes(settings.SignIn.IdleMinutes), access, context.RequestAborted);
        var cookie = SiteCookies.Guarded(SiteCookies.SignInName(settings), settings, SameSiteMode.Lax).Build(context);
        context.Response.Cookies.Append(SiteCookies.SignInName(settings), Base64Url.EncodeToString(key), cookie);
    }

    /// <summary>Signs out: the session ends on the server, the cookie goes.</summary>
    public async Task EndAsync(HttpContext context)
    {
        if (context.Features.Get<SignedIn>() is { } signedIn)
        {
            await accounts.EndSessionAsync(signedIn.SessionId, time.GetUtcNow(), context.RequestAborted);
        }

        var cookie = SiteCookies.Guarded(SiteCookies.SignInName(settings), settings, SameSiteMode.Lax).Build(context);
        context.Response.Cookies.Delete(SiteCookies.SignInName(settings), cookie);
    }
}
