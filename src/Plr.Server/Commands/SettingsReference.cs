using System.Globalization;
using System.Reflection;
using System.Text;
using System.Xml;

namespace Plr.Server.Commands;

/// <summary>One setting: its path such as <c>Operator:Email</c>, its value, and what its documentation says.</summary>
internal sealed record SettingLine(string Path, object? Value, string Summary)
{
    /// <summary>Its name in the environment.</summary>
    public string Variable => SettingsReader.EnvironmentPrefix + Path.Replace(":", "__", StringComparison.Ordinal);

    /// <summary>Its documentation says so.</summary>
    public bool IsSecret => Summary.Contains("secret", StringComparison.OrdinalIgnoreCase);
}

/// <summary>The settings with the words of their doc comments, which the compiler puts beside the program in <c>plr.xml</c>.</summary>
internal static class SettingsReference
{
    /// <summary>Every setting of a tree of settings, in the order of the source.</summary>
    public static IReadOnlyList<SettingLine> All(Settings settings) => [.. Lines(settings, "", Summaries())];

    /// <summary>The reference page.</summary>
    public static string Text()
    {
        var page = new StringBuilder("""
            # Settings

            Each setting is a variable of the environment. What is not set has its default. A name that no setting has, and a value that is not allowed,
            stop the program with a sentence each. `plr config` prints what is in force and where it comes from.

            | Variable | Default | What it is |
            |---|---|---|

            """);
        foreach (var setting in All(new Settings()))
        {
            var value = Convert.ToString(setting.Value, CultureInfo.InvariantCulture);
            page.Append(Reference.Line($"| `{setting.Variable}` | {(string.IsNullOrEmpty(value) ? "" : $"`{value}`")} | {setting.Summary} |"));
        }

        return page.ToString();
    }

    private static IEnumerable<SettingLine> Lines(object settings, string path, Dictionary<string, string> summaries)
    {
        foreach (var property in settings.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite).OrderBy(p => p.MetadataToken))
        {
            var value = property.GetValue(settings);
            if (property.PropertyType.Assembly == typeof(Settings).Assembly && !property.PropertyType.IsEnum)
            {
                foreach (var line in Lines(value!, $"{path}{property.Name}:", summaries))
                {
                    yield return line;
                }
            }
            else
            {
                var member = $"P:{property.DeclaringType!.FullName}.{property.Name}";
                yield return new(path + property.Name, value, summaries.GetValueOrDefault(member) ?? throw new InvalidOperationException($"{member} has no summary."));
            }
        }
    }

    private static Dictionary<string, string> Summaries()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "plr.xml");
        var summaries = new Dictionary<string, string>();
        using var reader = XmlReader.Create(path, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        string? member = null;
        while (reader.Read())
        {
            if (reader is { NodeType: XmlNodeType.Element, Name: "member" })
            {
                member = reader.GetAttribute("name");
            }
            else if (reader is { NodeType: XmlNodeType.Element, Name: "summary" } && member is not null)
            {
                summaries[member] = Words(reader.ReadSubtree());
            }
        }

        return summaries;
    }

    private static string Words(XmlReader summary)
    {
        var text = new StringBuilder();
        using (summary)
        {
            while (summary.Read())
            {
                _ = summary switch
                {
                    { NodeType: XmlNodeType.Text or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace } => text.Append(summary.Value),
                    { NodeType: XmlNodeType.Element or XmlNodeType.EndElement, Name: "c" } => text.Append('`'),
                    { NodeType: XmlNodeType.Element, Name: "see" } => text.Append('`').Append(summary.GetAttribute("cref")?.Split('.')[^1]).Append('`'),
                    _ => text,
                };
            }
        }

        return string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
