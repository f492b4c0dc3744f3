using System.CommandLine;

namespace Plr.Server.Commands;

/// <summary>All commands and the options that each of them has. One tree a run: the parts of a tree know their parents.</summary>
public sealed class CommandTree
{
    public CommandTree(Surroundings around)
    {
        Around = around;
        Root = new RootCommand("Runs a register of learners: unique learner numbers and personal learning records.")
        {
            Data,
            Trace,
            Serve.Make(this),
            Demo.Make(this),
            Migrate.Make(this),
            Load.Make(this),
            Export.Make(this),
            Report.Make(this),
            Backup.Make(this),
            Restore.Make(this),
            Admin.Make(this),
            AuditVerify.Make(this),
            Match.Make(this),
            Doctor.Make(this),
            Codes.Make(this),
            Config.Make(this),
            Reference.Make(this),
        };
        Root.HelpName = "plr";
    }

    public RootCommand Root { get; }

    public Surroundings Around { get; }

    /// <summary>Where the data lie, for every command.</summary>
    public Option<string?> Data { get; } = new("--data")
    {
        Description = "The data folder; without it the setting DataFolder says where it is.",
        HelpName = "DIR",
        Recursive = true,
    };

    public Option<bool> Trace { get; } = new("--trace") { Description = "Shows everything about a fault that is a bug.", Recursive = true };

    /// <summary>The settings of one run: the options of the command line over the environment over the defaults.</summary>
    /// <exception cref="InvalidSettingsException">Something is not as the settings' documentation says.</exception>
    public Settings Settings(ParseResult parsed, string? urls = null)
    {
        var settings = SettingsReader.From(Around.Environment, urls, parsed.GetValue(Data));
        return settings with { DataFolder = Around.PathTo(settings.DataFolder) };
    }

    /// <summary>Opens the register that the command line names.</summary>
    public Task<OpenRegister> OpenAsync(ParseResult parsed, CancellationToken ct) => OpenRegister.OpenAsync(Settings(parsed), Around.Time, ct);

    /// <summary>A command with its help, its parts and its deed.</summary>
    public static Command Command(string name, string help, IEnumerable<Symbol> parts, Func<ParseResult, CancellationToken, Task<int>> run)
    {
        var command = Group(name, help, parts);
        command.SetAction(run);
        return command;
    }

    /// <summary>A command that only has commands below it.</summary>
    public static Command Group(string name, string help, IEnumerable<Symbol> parts)
    {
        var command = new Command(name, help);
        foreach (var part in parts)
        {
            switch (part)
            {
                case Command below:
                    command.Add(below);
                    break;
                case Option option:
                    command.Add(option);
                    break;
                case Argument argument:
                    command.Add(argument);
                    break;
                default:
                    throw new ArgumentException($"A command has no part such as {part.GetType().Name}.", nameof(parts));
            }
        }

        return command;
    }
}
