using System.Diagnostics;
using System.Text.RegularExpressions;
using Plr.Testing;

namespace Plr.Server.Tests.Commands;

/// <summary>A page of the documentation whose commands are run.</summary>
public sealed partial class Guide
{
    private readonly List<string> _blocks;

    private Guide(List<string> blocks) => _blocks = blocks;

    public static Guide Read(params string[] path) =>
        new([.. ShellBlock().Matches(File.ReadAllText(Repository.PathTo(["docs", .. path])).ReplaceLineEndings("\n")).Select(match => match.Groups["text"].Value)]);

    /// <summary>The first block of commands that has these words.</summary>
    public string Block(string words) => _blocks.First(block => block.Contains(words, StringComparison.Ordinal));

    /// <summary>Runs commands with <c>plr</c> being the program of this build; a command that fails ends the test with what it said.</summary>
    public static async Task RunAsync(string script, string folder, IReadOnlyList<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo("bash") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        start.ArgumentList.Add("-euo");
        start.ArgumentList.Add("pipefail");
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"plr() {{ dotnet '{Path.Combine(AppContext.BaseDirectory, "plr.dll")}' \"$@\"; }}\n{script}");
        start.Environment["PATH"] = $"{Tools()}:{Environment.GetEnvironmentVariable("PATH")}";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{process.ExitCode}: {script}\n{await output}\n{await error}");
    }

    /// <summary>Where tests/postgres.sh finds PostgreSQL too.</summary>
    private static string Tools() => Environment.GetEnvironmentVariable("PLR_POSTGRES_BIN")
        ?? (Directory.Exists("/usr/lib/postgresql") ? Path.Combine(Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Last(), "bin") : "/usr/local/pgsql/bin");

    [GeneratedRegex("```sh\n(?<text>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ShellBlock();
}
