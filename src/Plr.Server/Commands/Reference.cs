using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;
using System.Text;

namespace Plr.Server.Commands;

/// <summary><c>plr reference</c>: writes the generated pages of the documentation, or says which are not fresh.</summary>
public static class Reference
{
    private const string CommandsPage = "commands.md";
    private const string SettingsPage = "settings.md";
    private const int HelpWidth = 110;

    public static Command Make(CommandTree tree)
    {
        var check = CheckOption();
        return CommandTree.Command(
            "reference",
            "Writes the pages of docs/reference that are made from the program: commands, settings, response codes, files, the open interface.",
            [check],
            async (parsed, _) => Write(tree.Around, await PagesAsync(), parsed.GetValue(check)));
    }

    public static Option<bool> CheckOption() => new("--check") { Description = "Writes nothing; fails when a page is not what would be written." };

    /// <summary>Every generated page, by its name in docs/reference.</summary>
    public static async Task<IReadOnlyList<(string Name, string Text)>> PagesAsync() =>
    [
        (CommandsPage, Commands()),
        (SettingsPage, SettingsReference.Text()),
        (Codes.Page, Codes.Text()),
        (FilesReference.Page, FilesReference.Text()),
        (RestPage.Page, await RestPage.TextAsync()),
    ];

    public static string Line(FormattableString line) => line.ToString(CultureInfo.InvariantCulture) + "\n";

    /// <summary>Writes pages into docs/reference of the current folder, or compares them.</summary>
    public static int Write(Surroundings around, IReadOnlyList<(string Name, string Text)> pages, bool isCheck)
    {
        var folder = around.PathTo(Path.Combine("docs", "reference"));
        if (!Directory.Exists(around.PathTo("docs")))
        {
            throw new CommandRefusedException("there is no folder docs here: run this in the folder of the project.");
        }

        Directory.CreateDirectory(folder);
        var stale = pages.Where(page => !IsFresh(Path.Combine(folder, page.Name), page.Text)).ToList();
        foreach (var (name, text) in stale)
        {
            if (isCheck)
            {
                around.Error.WriteLine($"plr: docs/reference/{name} is not fresh: run plr reference.");
            }
            else
            {
                File.WriteAllText(Path.Combine(folder, name), text);
            }
        }

        around.Say(isCheck && stale.Count > 0 ? $"{stale.Count} of {pages.Count} pages are not fresh." : $"{pages.Count} pages are fresh.");
        return isCheck && stale.Count > 0 ? ExitCodes.Refused : ExitCodes.Done;
    }

    private static bool IsFresh(string path, string text) => File.Exists(path) && File.ReadAllText(path) == text;

    private static string Commands()
    {
        using var help = new StringWriter(CultureInfo.InvariantCulture);
        var tree = new CommandTree(new Surroundings { Out = help, Error = TextWriter.Null });
        foreach (var action in tree.Root.Options.Select(option => option.Action).OfType<HelpAction>())
        {
            action.MaxWidth = HelpWidth;
        }

        var page = new StringBuilder("""
            # Commands

            `plr` is one executable. In the project's folder, `dotnet run --project src/Plr.Server -- ` stands for `plr `.
            A command ends with 0 when it is done, 1 when it was refused or found something wrong, 2 when the command line or a setting is not right,
            70 when the program has a bug and 130 when it was stopped. What was asked for goes to the output, progress and faults to the error stream.
            `plr load` ends with 1 when the file as a whole was refused, or any row of it, or when a learner's master is not on the register; for the files of
            organisations (registrations, achievements) it ends with 0 when the file was judged, whatever became of its rows: the output file says it of each.

            """);
        Add(page, tree.Root, help, tree.Root, []);
        return page.ToString();
    }

    private static void Add(StringBuilder page, RootCommand root, StringWriter help, Command command, string[] path)
    {
        if (command.Subcommands.Count == 0 || command is RootCommand)
        {
            help.GetStringBuilder().Clear();
            root.Parse([.. path, "--help"]).Invoke(new InvocationConfiguration { Output = help, Error = TextWriter.Null, ProcessTerminationTimeout = null });
            page.Append(Line($"\n## {string.Join(' ', ["plr", .. path])}\n\n```text\n{Trimmed(help.ToString())}\n```\n"));
        }

        foreach (var below in command.Subcommands)
        {
            Add(page, root, help, below, [.. path, below.Name]);
        }
    }

    private static string Trimmed(string help) => string.Join('\n', help.ReplaceLineEndings("\n").Trim().Split('\n').Select(line => line.TrimEnd()));
}
