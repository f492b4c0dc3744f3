using System.Security.Claims;
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
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IAccountStore accounts, Settings settings, SessionRules rules, TimeProvider time)
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
        if (await accounts.SessionAsync(hash, now, Context.RequestAborted) is not { } found)
        {
            return AuthenticateResult.NoResult();
        }

        var signedIn = found with { Factor = rules.FactorOf(found.Account, found.FactorAt) };
        var expiresAt = rules.ExpiresAt(signedIn.BegunAt, now);
        if (expiresAt - signedIn.ExpiresAt > TouchAfter)
        {
            await accounts.TouchSessionAsync(signedIn.SessionId, now, expiresAt, Context.RequestAborted);
        }

        Context.Features.Set(signedIn);
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, signedIn.Account.Id.ToString())], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    /// <summary>What the store knows a cookie's key by; null when it is none.</summary>
    internal static byte[]? KeyHash(string? cookie) => cookie is { Length: > 0 and <= 64 } ? Secret.Hash(cookie) : null;
}

/// <summary>Keeps sessions in the browser, and ends them.</summary>
public sealed class Sessions(IAccountStore accounts, Settings settings, SessionRules rules, TimeProvider time)
{
    private const int SecretLength = 43;

    // The longest that browsers keep a cookie (RFC 6265bis, 5.5).
    private static readonly TimeSpan DeviceLasts = TimeSpan.FromDays(400);
    private static readonly object NewDevice = new();

    /// <summary>Signs somebody in by a door of the demo, all factors given: a new session with a new key, whatever cookie came.</summary>
    public async Task BeginAsync(HttpContext context, Account account)
    {
        var access = Access.OnPages(account.Actor, Problems.Reference(context));
        var origin = new SessionOrigin(Browsers.Of(context.Request.Headers.UserAgent), null, Languages.IsWelsh) { IsFactorGiven = true };
        await KeepAsync(context, await SessionBegun.BeginAsync(accounts, rules, account, time.GetUtcNow(), access, context.RequestAborted, origin: origin));
    }

    /// <summary>The browser of this request. One that has no name yet gets one when a session is kept in it.</summary>
    public SessionOrigin Origin(HttpContext context)
    {
        if (context.Request.Cookies[SiteCookies.DeviceName(settings)] is not { Length: SecretLength } device)
        {
            context.Items[NewDevice] = device = Secret.New();
        }

        return new(Browsers.Of(context.Request.Headers.UserAgent), Secret.Hash(device), Languages.IsWelsh);
    }

    /// <summary>Gives the browser the key of a session that was begun. The session that the browser had before, if any, ends.</summary>
    public async Task KeepAsync(HttpContext context, SessionBegun begun)
    {
        if (context.Features.Get<SignedIn>() is { } before)
        {
            await accounts.EndSessionAsync(before.SessionId, time.GetUtcNow(), context.RequestAborted);
        }

        context.Response.Cookies.Append(SiteCookies.SignInName(settings), begun.Key, Cookie(context));
        if (context.Items[NewDevice] is string device)
        {
            var cookie = SiteCookies.Guarded(SiteCookies.DeviceName(settings), settings, SameSiteMode.Lax).Build(context);
            cookie.MaxAge = DeviceLasts;
            context.Response.Cookies.Append(SiteCookies.DeviceName(settings), device, cookie);
        }
    }

    /// <summary>Signs out: the session ends on the server, the cookie goes.</summary>
    public async Task EndAsync(HttpContext context)
    {
        if (context.Features.Get<SignedIn>() is { } signedIn)
        {
            await accounts.EndSessionAsync(signedIn.SessionId, time.GetUtcNow(), context.RequestAborted);
        }

        context.Response.Cookies.Delete(SiteCookies.SignInName(settings), Cookie(context));
    }

    private CookieOptions Cookie(HttpContext context) => SiteCookies.Guarded(SiteCookies.SignInName(settings), settings, SameSiteMode.Lax).Build(context);
}
