using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Html;

namespace Plr.Server.Govuk;

/// <summary>
/// HTML written as an interpolated string: every hole is encoded, except another <see cref="IHtmlContent"/>; a null hole is nothing.
/// So a tag helper reads like the HTML it writes and cannot forget to encode.
/// </summary>
public sealed class Markup : IHtmlContent
{
    /// <summary>Encodes what HTML needs encoded and leaves letters such as ŵ and ŷ readable.</summary>
    public static HtmlEncoder Encoder { get; } = HtmlEncoder.Create(UnicodeRanges.All);

    public static Markup Empty { get; } = new("");

    private readonly string _html;

    private Markup(string html) => _html = html;

    public static Markup Of(Holes html) => new(html.ToString());

    public static Markup Text(string? text) => new(Encoder.Encode(text ?? ""));

    /// <summary>One attribute with a blank before it, or nothing when <paramref name="value"/> is null.</summary>
    public static Markup Attribute(string name, string? value) => value is null ? Empty : Of($" {name}=\"{value}\"");

    /// <summary>A class attribute of the names that are there.</summary>
    public static Markup Class(params string?[] names) =>
        Attribute("class", string.Join(' ', names.Where(n => !string.IsNullOrEmpty(n))));

    public static Markup Join(IEnumerable<Markup> parts) => new(string.Concat(parts));

    public static Markup From(IHtmlContent content)
    {
        using var writer = new StringWriter();
        content.WriteTo(writer, Encoder);
        return new Markup(writer.ToString());
    }

    public void WriteTo(TextWriter writer, HtmlEncoder encoder) => writer.Write(_html);

    public override string ToString() => _html;

    /// <summary>The compiler hands literals and holes of the interpolated string to this one by one.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Holes(int literalLength, int formattedCount)
    {
        private readonly StringBuilder _html = new(literalLength + formattedCount * 16);

        public void AppendLiteral(string html) => _html.Append(html);

        public void AppendFormatted(string? text) => _html.Append(Encoder.Encode(text ?? ""));

        public void AppendFormatted(int number) => _html.Append(number);

        public void AppendFormatted(IHtmlContent? content)
        {
            if (content is not null)
            {
                _html.Append(From(content)._html);
            }
        }

        public override string ToString() => _html.ToString();
    }
}
