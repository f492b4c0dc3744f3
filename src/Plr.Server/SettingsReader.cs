using System.ComponentModel;
using System.Globalization;
using System.Reflection;

namespace Plr.Server;

/// <summary>
/// Reads <see cref="Settings"/> from the environment (<c>PLR__…</c>). A name that no setting has, and a value that its setting
/// does not allow, stop the server with a sentence each: a mistyped setting must not pass for a default.
/// </summary>
public static class SettingsReader
{
    public const string EnvironmentPrefix = "PLR__";

    /// <summary>The settings of one run: what the command line says over the environment over the defaults.</summary>
    /// <param name="environment">Without the prefix.</param>
    /// <param name="urls">The option <c>--urls</c>, if it was given.</param>
    /// <param name="data">The option <c>--data</c>, if it was given.</param>
    /// <exception cref="InvalidSettingsException">Something is not as the settings' documentation says.</exception>
    public static Settings From(IConfiguration environment, string? urls, string? data)
    {
        var settings = Read(environment);
        return Checked(settings with { Urls = urls ?? settings.Urls, DataFolder = data ?? settings.DataFolder }, []);
    }

    /// <summary>Settings from any configuration, keys such as <c>Operator:Name</c>.</summary>
    /// <exception cref="InvalidSettingsException">As above.</exception>
    public static Settings Read(IConfiguration configuration)
    {
        var settings = new Settings();
        var problems = new List<string>();
        Fill(settings, configuration, "", problems);
        return Checked(settings, problems);
    }

    private static Settings Checked(Settings settings, List<string> problems)
    {
        if (problems.Count == 0)
        {
            problems.AddRange(settings.Problems());
        }

        return problems.Count == 0 ? settings : throw new InvalidSettingsException(problems);
    }

    private static void Fill(object target, IConfiguration configuration, string path, List<string> problems)
    {
        var properties = target.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite).ToList();
        foreach (var section in configuration.GetChildren())
        {
            var property = properties.Find(p => string.Equals(p.Name, section.Key, StringComparison.OrdinalIgnoreCase));
            if (property is null)
            {
                problems.Add($"{path}{section.Key} is not a setting; allowed here: {string.Join(", ", properties.Select(p => p.Name))}.");
            }
            else if (property.PropertyType.Assembly == typeof(Settings).Assembly && !property.PropertyType.IsEnum)
            {
                Fill(property.GetValue(target)!, section, $"{path}{property.Name}:", problems);
            }
            else if (section.Value is { } text)
            {
                Set(target, property, text, path, problems);
            }
        }
    }

    private static void Set(object target, PropertyInfo property, string text, string path, List<string> problems)
    {
        var type = property.PropertyType;
        try
        {
            var value = TypeDescriptor.GetConverter(type).ConvertFromString(null, CultureInfo.InvariantCulture, text);
            if (type.IsEnum && !Enum.IsDefined(type, value!))
            {
                throw new FormatException();
            }

            property.SetValue(target, value);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or NotSupportedException or OverflowException)
        {
            var allowed = type.IsEnum ? string.Join(", ", Enum.GetNames(type)) : Describe(type);
            problems.Add($"{path}{property.Name} is '{text}'; allowed: {allowed}.");
        }
    }

    private static string Describe(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean => "true or false",
        TypeCode.Int32 or TypeCode.Int64 => "a whole number",
        _ => type == typeof(TimeSpan) ? "a time such as 00:30:00" : type.Name,
    };
}

/// <summary>The settings are not as their documentation says; the message has a line for each problem.</summary>
public sealed class InvalidSettingsException(IReadOnlyList<string> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    public IReadOnlyList<string> Problems { get; } = problems;
}
