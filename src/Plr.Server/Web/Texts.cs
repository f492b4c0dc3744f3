using System.Collections.Frozen;
using System.Globalization;
using System.Resources;
using Microsoft.AspNetCore.Html;
using Plr.Server.Govuk;

namespace Plr.Server.Web;

/// <summary>
/// The words of the pages, in the language of the request. A key is dotted; its first part picks the resource file
/// (<c>Public.Start.Title</c> is in Texts/Public.resx and Texts/Public.cy.resx under its whole name).
/// A key that does not exist is a bug and throws: a page never shows a key.
/// </summary>
public sealed class Texts
{
    /// <summary>
    /// One file for the frame and the parts that pages share, one for each audience, one for the problems that learners report, then the words of findings, codes and the trail, mail, the
    /// report, the evidence of matching, sharing, the pages where a share is checked, and what learners do with their record beside reading it.
    /// </summary>
    public static readonly IReadOnlyList<string> Files =
        ["Site", "Public", "SignIn", "Learner", "Problems", "Organisation", "Office", "Findings", "Codes", "Audit", "Mail", "Report", "Matching", "Sharing", "Check", "MyRecord"];

    private static readonly FrozenDictionary<string, ResourceManager> Resources = Files.ToFrozenDictionary(
        file => file,
        file => new ResourceManager($"Plr.Server.Texts.{file}", typeof(Texts).Assembly));

    /// <summary>The text, to be encoded by the page like any other.</summary>
    public string this[string key] => Find(key);

    /// <summary>The text with <c>{0}</c>, <c>{1}</c> … filled in, numbers and dates as the language writes them.</summary>
    public string this[string key, params object?[] arguments] =>
        string.Format(CultureInfo.CurrentCulture, Find(key), arguments);

    /// <summary>What a coded value stands for; a code that nobody here knows, as a register that was moved may have, by its number.</summary>
    public string Code(string set, int code) => TryFind($"Codes.{set}.{code}") ?? this["Codes.Unknown", code];

    /// <summary>As above for a text around a link or other HTML: the text and plain arguments are encoded, HTML arguments are not.</summary>
    public IHtmlContent Html(string key, params object?[] arguments)
    {
        var encoded = arguments.Select(a => a is IHtmlContent html
            ? (object)Markup.From(html)
            : Markup.Text(Convert.ToString(a, CultureInfo.CurrentCulture)));
        return new HtmlString(string.Format(CultureInfo.CurrentCulture, Markup.Text(Find(key)).ToString(), [.. encoded]));
    }

    private static string Find(string key) => TryFind(key) ?? throw new KeyNotFoundException($"There is no text '{key}' in src/Plr.Server/Texts.");

    private static string? TryFind(string key)
    {
        var dot = key.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && Resources.TryGetValue(key[..dot], out var resource) ? resource.GetString(key, CultureInfo.CurrentUICulture) : null;
    }
}
