using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace Plr.Server.Web;

/// <summary>The headers that every answer carries, pages and files, refusals and problems alike.</summary>
public static class SecurityHeaders
{
    /// <summary>
    /// The one inline script of the layout: it tells the style sheet that scripts run. Its digest stands in the content security
    /// policy, so the text here is the text in the page (GOV.UK Frontend, "Import JavaScript", with their published digest).
    /// </summary>
    public const string InlineScript =
        "document.body.className += ' js-enabled' + ('noModule' in HTMLScriptElement.prototype ? ' govuk-frontend-supported' : '');";

    private static readonly string Policy = string.Join("; ",
        "default-src 'self'",
        $"script-src 'self' 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(InlineScript)))}'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'");

    /// <summary>
    /// same-origin unless a page says no-referrer, because its address is a secret. Not no-referrer everywhere: under it browsers send
    /// "Origin: null" with our own forms.
    /// </summary>
    public const string ReferrerPolicy = "Referrer-Policy";

    private const string SandboxPolicy = "default-src 'none'; sandbox; frame-ancestors 'none'";
    private static readonly object Sandboxed = new();

    private static readonly KeyValuePair<string, string>[] Always =
    [
        new(HeaderNames.ContentSecurityPolicy, Policy),
        new(HeaderNames.XContentTypeOptions, "nosniff"),
        new(HeaderNames.XFrameOptions, "DENY"),
        new("Permissions-Policy", "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()"),
        new("Cross-Origin-Opener-Policy", "same-origin"),
        new("Cross-Origin-Embedder-Policy", "require-corp"),
        new("Cross-Origin-Resource-Policy", "same-origin"),
    ];

    public static void UseSecurityHeaders(this IApplicationBuilder app, Settings settings) => app.Use((context, next) =>
    {
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            foreach (var (name, value) in Always)
            {
                headers[name] = value;
            }

            if (context.Items.ContainsKey(Sandboxed))
            {
                headers.ContentSecurityPolicy = SandboxPolicy;
            }

            if (headers[ReferrerPolicy].Count == 0)
            {
                headers[ReferrerPolicy] = "same-origin";
            }

            if (settings.IsHttps)
            {
                headers.StrictTransportSecurity = "max-age=31536000";
            }

            // A page may be about a person: nobody keeps it. Files of ours say for themselves how long they last.
            if (headers.CacheControl.Count == 0 || IsHtml(context.Response))
            {
                headers.CacheControl = "no-store";
                headers.Remove(HeaderNames.Pragma);
            }

            return Task.CompletedTask;
        });
        return next(context);
    });

    /// <summary>The answer is a file that somebody sent: whatever opens it may run, load and send nothing.</summary>
    public static void Sandbox(HttpContext context) => context.Items[Sandboxed] = true;

    private static bool IsHtml(HttpResponse response) =>
        response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) is true;
}
