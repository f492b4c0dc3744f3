using System.Text;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Plr.Testing;

namespace Plr.Server.Tests.Govuk;

/// <summary>One of the examples that govuk-frontend tests its own templates with: options and the HTML they must give.</summary>
public sealed record Fixture(string Name, JsonElement Options, string Html);

/// <summary>The examples in the npm package. Without the package: skipped on a laptop, failed in continuous integration.</summary>
public static class Fixtures
{
    public static IReadOnlyList<Fixture> Of(string component)
    {
        var path = Repository.PathTo("web-assets", "node_modules", "govuk-frontend", "dist", "govuk", "components", component, "fixtures.json");
        if (!File.Exists(path))
        {
            Assert.SkipUnless(Repository.IsCI, "The govuk-frontend package is not here: run npm ci in web-assets.");
            Assert.Fail("The govuk-frontend package is not here: run npm ci in web-assets.");
        }

        using var document = JsonDocument.Parse(File.ReadAllText(path));
        return [.. document.RootElement.GetProperty("fixtures").EnumerateArray().Select(f => new Fixture(
            f.GetProperty("name").GetString()!, f.GetProperty("options").Clone(), f.GetProperty("html").GetString()!))];
    }

    /// <summary>The options that an example uses, as paths: <c>label.text</c>, <c>items[].hint.text</c>.</summary>
    public static IEnumerable<string> Paths(JsonElement element, string path = "") => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Paths(p.Value, path.Length == 0 ? p.Name : $"{path}.{p.Name}")),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Paths(item, path + "[]")),
        _ => [path],
    };

    /// <summary>A text at a path of object names, or null.</summary>
    public static string? At(this JsonElement element, params string[] path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element.ValueKind switch
        {
            JsonValueKind.Null or JsonValueKind.Undefined => null,
            JsonValueKind.String => element.GetString(),
            _ => element.GetRawText(),
        };
    }

    /// <summary>An object in an object, or nothing.</summary>
    public static JsonElement In(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var inside) ? inside : default;

    public static bool Is(this JsonElement element, params string[] path) => element.At(path) == "true";

    /// <summary>Elements, attributes and words of a piece of HTML, without what has no meaning: order of attributes, blanks, line ends.</summary>
    public static string Shape(string html)
    {
        var parser = new HtmlParser();
        var body = parser.ParseDocument("<body></body>").Body!;
        var shape = new StringBuilder();
        foreach (var node in parser.ParseFragment(html, body))
        {
            Write(node, 0, shape);
        }

        return shape.ToString();
    }

    private static void Write(INode node, int depth, StringBuilder shape)
    {
        if (node is IText text)
        {
            var words = string.Join(' ', text.Data.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            if (words.Length > 0)
            {
                shape.Append(' ', depth).AppendLine(words);
            }
        }
        else if (node is IElement element)
        {
            var attributes = element.Attributes.OrderBy(a => a.Name, StringComparer.Ordinal).Select(a =>
                $" {a.Name}=\"{(a.Name == "class" ? string.Join(' ', element.ClassList.Order(StringComparer.Ordinal)) : a.Value.Trim())}\"");
            shape.Append(' ', depth).Append('<').Append(element.LocalName).AppendJoin("", attributes).AppendLine(">");
            foreach (var child in element.ChildNodes)
            {
                Write(child, depth + 1, shape);
            }
        }
    }
}
