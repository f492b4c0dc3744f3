namespace Plr.Server.Web;

/// <summary>How every cookie of the service is named and guarded. There are four: <c>plr</c> (sign-in), <c>plr-af</c> (forms),
/// <c>plr-device</c> (a browser that has been signed in with before) and <c>plr-passkey</c> (a challenge that waits for a passkey).</summary>
public static class SiteCookies
{
    /// <summary>The sign-in cookie's name as the cookies page says it.</summary>
    public static string SignInName(Settings settings) => Prefixed("plr", settings);

    /// <summary>The antiforgery cookie's name as the cookies page says it.</summary>
    public static string AntiforgeryName(Settings settings) => Prefixed("plr-af", settings);

    /// <summary>The name of the cookie by which a browser is known again when its owner signs in.</summary>
    public static string DeviceName(Settings settings) => Prefixed("plr-device", settings);

    /// <summary>The name of the cookie that keeps what a passkey is asked to sign.</summary>
    public static string PasskeyName(Settings settings) => Prefixed("plr-passkey", settings);

    /// <summary>
    /// A session cookie that scripts cannot read and other sites cannot send. Over https its name begins with <c>__Host-</c>,
    /// so no neighbour under the same domain can set it (RFC 6265bis, 4.1.3.2).
    /// </summary>
    public static CookieBuilder Guarded(string name, Settings settings, SameSiteMode sameSite) => new()
    {
        Name = name,
        Path = "/",
        HttpOnly = true,
        IsEssential = true,
        SameSite = sameSite,
        SecurePolicy = settings.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.None,
    };

    private static string Prefixed(string name, Settings settings) => settings.IsHttps ? $"__Host-{name}" : name;
}
