using System.Globalization;

namespace Plr.Server.Web;

/// <summary>
/// English at <c>/…</c>, Welsh at <c>/cy/…</c>: the address says the language, so no cookie does. The prefix moves to the
/// request's path base; links made with asp-page and ~/ then stay in the language by themselves.
/// </summary>
public static class Languages
{
    public const string WelshPrefix = "/cy";

    public static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");
    public static readonly CultureInfo Welsh = CultureInfo.GetCultureInfo("cy-GB");

    public static bool IsWelsh => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == Welsh.TwoLetterISOLanguageName;

    /// <summary>The value of <c>html lang</c>: <c>en</c> or <c>cy</c>.</summary>
    public static string Code => IsWelsh ? "cy" : "en";

    public static void UseLanguages(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        var request = context.Request;
        var (path, pathBase) = (request.Path, request.PathBase);
        var welsh = path.StartsWithSegments(WelshPrefix, StringComparison.Ordinal, out var rest);
        if (welsh)
        {
            request.PathBase = pathBase.Add(WelshPrefix);
            request.Path = rest.HasValue ? rest : "/";
        }

        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = welsh ? Welsh : English;
        try
        {
            await next(context);
        }
        finally
        {
            (request.Path, request.PathBase) = (path, pathBase);
        }
    });

    /// <summary>Does something in a language, whatever the request's is.</summary>
    public static T In<T>(CultureInfo language, Func<T> deed)
    {
        var (culture, words) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = language;
            return deed();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, words);
        }
    }

    /// <summary>The address of the page that was asked for, in the other language; after a POST, of the same page's form.</summary>
    public static string OtherLanguage(HttpContext context)
    {
        var (path, query) = Problems.AddressAskedFor(context);
        var kept = query.Where(p => !string.Equals(p.Key, "handler", StringComparison.OrdinalIgnoreCase))
            .SelectMany(p => p.Value.Select(v => KeyValuePair.Create(p.Key, v)));
        return (IsWelsh ? "" : WelshPrefix) + path + QueryString.Create(kept);
    }
}
