using System.CommandLine;
using System.Globalization;

namespace Plr.Server.Commands;

/// <summary><c>plr config</c>: each effective value with where it comes from.</summary>
internal static class Config
{
    public static Command Make(CommandTree tree)
    {
        var urls = Serve.UrlsOption();
        return CommandTree.Command("config", "Prints each effective setting with where it comes from; secrets are masked.", [urls], (parsed, _) =>
        {
            var settings = tree.Settings(parsed, parsed.GetValue(urls));
            foreach (var setting in SettingsReference.All(settings))
            {
                tree.Around.Say($"{setting.Path} = {Value(setting)}  ({Source(setting, tree, parsed, urls)})");
            }

            return Task.FromResult(ExitCodes.Done);
        });
    }

    private static string Value(SettingLine setting)
    {
        var text = Convert.ToString(setting.Value, CultureInfo.InvariantCulture) ?? "";
        return text.Length == 0 ? "\"\"" : setting.IsSecret ? "(secret)" : text;
    }

    private static string Source(SettingLine setting, CommandTree tree, ParseResult parsed, Option<string?> urls) => setting.Path switch
    {
        nameof(Settings.Urls) when parsed.GetValue(urls) is not null => "command line",
        nameof(Settings.DataFolder) when parsed.GetValue(tree.Data) is not null => "command line",
        var path when tree.Around.Environment[path] is not null => $"environment {setting.Variable}",
        _ => "default",
    };
}
