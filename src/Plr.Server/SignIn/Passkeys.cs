using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Plr.Core.Accounts;
using Plr.Server.Web;

namespace Plr.Server.SignIn;

/// <summary>
/// Asks passkeys for a signature and reads it (WebAuthn), by the framework's handler. What was asked lies sealed in a cookie of the browser that it
/// was asked of, for one purpose, one session and five minutes; the store sees to it that it is answered once.
/// </summary>
public sealed partial class Passkeys : IDisposable
{
    /// <summary>How long a challenge waits for its answer.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(5);

    // A key with its transports takes about one kibibyte, one with a certificate of its maker some four.
    private const int LongestCredential = 16 * 1024;
    private const string ToAdd = "add";
    private const string ToSignIn = "sign in";
    private const string Required = "required";
    private readonly UserManager<Account> _owners;
    private readonly PasskeyHandler<Account> _handler;
    private readonly IDataProtectionProvider _protection;
    private readonly Settings _settings;
    private readonly TimeProvider _time;
    private readonly ILogger<Passkeys> _logger;

    public Passkeys(IAccountStore accounts, IPasskeyStore passkeys, IDataProtectionProvider protection, Settings settings, TimeProvider time, ILogger<Passkeys> logger)
    {
        (_protection, _settings, _time, _logger) = (protection, settings, time, logger);
        _owners = new(new PasskeyOwners(accounts, passkeys), null!, null!, null!, null!, null!, null!, null!, null!);
        _handler = new(_owners, Options.Create(new IdentityPasskeyOptions
        {
            AuthenticatorTimeout = Lasts,
            ServerDomain = settings.Address().IdnHost,
            UserVerificationRequirement = Required,
            ResidentKeyRequirement = Required,
            AttestationConveyancePreference = "none",
            ValidateOrigin = context => ValueTask.FromResult(IsOurs(context)),
        }));
    }

    /// <summary>Whether the service is reached in a way that browsers make passkeys for: by a host name, and over https unless it is localhost.</summary>
    public bool AreOffered => _settings.Address() is { HostNameType: UriHostNameType.Dns } address && (_settings.IsHttps || address.IdnHost == "localhost");

    /// <summary>What a page as the browser knows it is of, such as <c>https://records.example.org</c>.</summary>
    private string Origin => _settings.Address() is var address && address.IsDefaultPort
        ? $"{address.Scheme}://{address.IdnHost}" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{address.Scheme}://{address.IdnHost}:{address.Port}");

    /// <summary>Asks for a new key for whoever is signed in: what <c>navigator.credentials.create</c> takes, as JSON.</summary>
    public async Task<string> AskForNewAsync(HttpContext context, SignedIn session, string name)
    {
        var account = session.Account;
        var owner = new PasskeyUserEntity { Id = PasskeyOwners.IdOf(account), Name = account.EmailAddress ?? account.Name, DisplayName = account.Name };
        var made = await _handler.MakeCreationOptionsAsync(owner, context);
        Keep(context, ToAdd, session, made.AttestationState!, name);
        return made.CreationOptionsJson;
    }

    /// <summary>Asks for a signature: of any key that the browser has for us, or of one of whoever is half signed in. What <c>navigator.credentials.get</c> takes, as JSON.</summary>
    public async Task<string> AskAsync(HttpContext context, SignedIn? session = null)
    {
        var made = await _handler.MakeRequestOptionsAsync(session?.Account, context);
        Keep(context, ToSignIn, session, made.AssertionState!, "");
        return made.RequestOptionsJson;
    }

    /// <summary>Reads a new key; null when anything about it is wrong. Either way the browser's challenge is gone.</summary>
    public async Task<PasskeyMade?> ReadNewAsync(HttpContext context, SignedIn session, string? credential)
    {
        if (Take(context, ToAdd, session) is not { } asked || credential is not { Length: > 0 and <= LongestCredential })
        {
            return null;
        }

        var answer = await _handler.PerformAttestationAsync(new() { HttpContext = context, CredentialJson = credential, AttestationState = asked.State });
        if (!answer.Succeeded)
        {
            LogRefused(_logger, KindOf(answer.Failure));
            return null;
        }

        var key = answer.Passkey;
        return new(asked.Name, key.CredentialId, key.PublicKey, key.SignCount, Known(key.Transports), key.IsBackupEligible, key.IsBackedUp, asked.Challenge);
    }

    /// <summary>Reads a signature; null when anything about it is wrong. Either way the browser's challenge is gone.</summary>
    public async Task<PasskeyShown?> ReadAsync(HttpContext context, string? credential, SignedIn? session = null)
    {
        if (Take(context, ToSignIn, session) is not { } asked || credential is not { Length: > 0 and <= LongestCredential })
        {
            return null;
        }

        var answer = await _handler.PerformAssertionAsync(new() { HttpContext = context, CredentialJson = credential, AssertionState = asked.State });
        if (!answer.Succeeded)
        {
            LogRefused(_logger, KindOf(answer.Failure));
            return null;
        }

        return new(answer.User.Id, answer.Passkey.CredentialId, answer.Passkey.SignCount, answer.Passkey.IsBackedUp, asked.Challenge);
    }

    public void Dispose() => _owners.Dispose();

    /// <summary>The ways that the standard names. A browser says them, so others are not kept.</summary>
    private static List<string> Known(string[]? transports) =>
        [.. (transports ?? []).Intersect(["ble", "hybrid", "internal", "nfc", "smart-card", "usb"], StringComparer.Ordinal)];

    private static string KindOf(PasskeyException? failure) => (failure?.InnerException ?? failure)?.GetType().Name ?? "";

    private bool IsOurs(PasskeyOriginValidationContext context)
    {
        var isOurs = context.Origin == Origin && !context.CrossOrigin;
        if (!isOurs)
        {
            LogOtherOrigin(_logger, Origin);
        }

        return isOurs;
    }

    private void Keep(HttpContext context, string what, SignedIn? session, string state, string name)
    {
        var kept = JsonSerializer.SerializeToUtf8Bytes(new Kept(state, name, _time.GetUtcNow() + Lasts));
        var cookie = Cookie(context);
        cookie.MaxAge = Lasts;
        context.Response.Cookies.Append(SiteCookies.PasskeyName(_settings), Convert.ToBase64String(Protector(what, session).Protect(kept)), cookie);
    }

    private Asked? Take(HttpContext context, string what, SignedIn? session)
    {
        if (!AreOffered || context.Request.Cookies[SiteCookies.PasskeyName(_settings)] is not { Length: > 0 } cookie)
        {
            return null;
        }

        context.Response.Cookies.Delete(SiteCookies.PasskeyName(_settings), Cookie(context));
        try
        {
            var kept = JsonSerializer.Deserialize<Kept>(Protector(what, session).Unprotect(Convert.FromBase64String(cookie)))!;
            return kept.ExpiresAt > _time.GetUtcNow() ? new(kept.State, kept.Name, new(Core.Accounts.Secret.Hash(kept.State), kept.ExpiresAt)) : null;
        }
        catch (Exception e) when (e is System.Security.Cryptography.CryptographicException or FormatException)
        {
            return null;
        }
    }

    /// <summary>What was sealed for another purpose or another session does not open.</summary>
    private IDataProtector Protector(string what, SignedIn? session) => _protection.CreateProtector("passkeys", what, session?.SessionId.ToString("N") ?? "");

    private CookieOptions Cookie(HttpContext context) => SiteCookies.Guarded(SiteCookies.PasskeyName(_settings), _settings, SameSiteMode.Strict).Build(context);

    [LoggerMessage(Level = LogLevel.Information, Message = "A passkey was refused ({Kind}).")]
    private static partial void LogRefused(ILogger logger, string kind);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A passkey was refused: it was shown on a page that is not of {Origin}. If people use another address, set PublicUrl.")]
    private static partial void LogOtherOrigin(ILogger logger, string origin);

    private sealed record Kept(string State, string Name, DateTimeOffset ExpiresAt);

    private sealed record Asked(string State, string Name, AnsweredChallenge Challenge);
}
