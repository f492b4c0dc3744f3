using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace Plr.Server.Web;

/// <summary>
/// Style sheet, script and icon, carried inside the executable so that it runs from any folder. An address made by
/// <see cref="Url"/> carries the digest of the content and may be kept for a year.
/// </summary>
public static class Assets
{
    private const string Root = "Plr.Server.wwwroot";

    private static readonly EmbeddedFileProvider Files = new(typeof(Assets).Assembly, Root);

    private static readonly FrozenDictionary<string, string> Versions =
        Files.GetDirectoryContents("").ToFrozenDictionary(file => file.Name, Digest, StringComparer.Ordinal);

    /// <summary>The address of an embedded file by its name, for example <c>site.css</c>; a name that does not exist throws.</summary>
    public static string Url(string name) => $"/{name}?v={Versions[name]}";

    public static void UseAssets(this IApplicationBuilder app) => app.UseStaticFiles(new StaticFileOptions
    {
        FileProvider = Files,
        OnPrepareResponse = served => served.Context.Response.Headers[HeaderNames.CacheControl] =
            served.Context.Request.Query["v"] == Versions[served.File.Name] ? "public, max-age=31536000, immutable" : "no-cache",
    });

    private static string Digest(IFileInfo file)
    {
        using var content = file.CreateReadStream();
        return Convert.ToHexStringLower(SHA256.HashData(content))[..16];
    }
}
