using System.Globalization;
using Spectre.Console;

namespace Plr.Server.Commands;

/// <summary>
/// What a command has around it: where it writes, whether a person watches, the clock, the environment and the current folder. The process's
/// own, or a test's.
/// </summary>
public sealed record Surroundings
{
    /// <summary>What the command was asked for.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>What went wrong, one sentence each; and progress, so that the output can be piped.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>A person at a terminal: progress is drawn. Otherwise it is plain lines.</summary>
    public bool IsInteractive { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The settings of the environment, without their prefix.</summary>
    public IConfiguration Environment { get; init; } = new ConfigurationBuilder().Build();

    /// <summary>Where relative paths begin and output files go.</summary>
    public string Folder { get; init; } = Directory.GetCurrentDirectory();

    public static Surroundings OfThisProcess() => new()
    {
        Out = Console.Out,
        Error = Console.Error,
        IsInteractive = !Console.IsErrorRedirected && AnsiConsole.Profile.Capabilities.Interactive,
        Environment = new ConfigurationBuilder().AddEnvironmentVariables(SettingsReader.EnvironmentPrefix).Build(),
    };

    /// <summary>A line of what was asked for, in the culture of files: 1,234 and 2026-11-23.</summary>
    public void Say(FormattableString line) => Out.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc cref="Say(FormattableString)"/>
    public void Say(string line = "") => Out.WriteLine(line);

    /// <summary>So many of something: 1 fault, 2 faults.</summary>
    public static string Many(long count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");

    /// <summary>The full path of what was typed.</summary>
    public string PathTo(string typed) => Path.GetFullPath(typed, Folder);
}

/// <summary>A command cannot do what was asked; the message is one sentence that says why and what to do.</summary>
public sealed class CommandRefusedException(string message, int exitCode = ExitCodes.Refused) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}

/// <summary>What a command ends with.</summary>
public static class ExitCodes
{
    public const int Done = 0;

    /// <summary>It was not done, or something was found wrong.</summary>
    public const int Refused = 1;

    /// <summary>The command line or a setting is not right; nothing was begun.</summary>
    public const int Usage = 2;

    /// <summary>A bug.</summary>
    public const int Bug = 70;

    /// <summary>Ctrl+C.</summary>
    public const int Stopped = 130;
}
