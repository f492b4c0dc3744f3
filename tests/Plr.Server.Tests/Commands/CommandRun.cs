using System.Globalization;
using Microsoft.Extensions.Configuration;
using Plr.Server.Commands;
using Plr.Testing;

namespace Plr.Server.Tests.Commands;

/// <summary>What a command ended with and wrote.</summary>
public sealed record CommandRun(int Code, string Out, string Error)
{
    /// <summary>The output's lines.</summary>
    public string[] Lines => Out.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The run again, after making sure that the command was done.</summary>
    public CommandRun Done()
    {
        Assert.True(Code == ExitCodes.Done, $"{Code}: {Out}{Error}");
        return this;
    }

    /// <summary>The run again, after making sure that it ended as a load does that refused some rows.</summary>
    public CommandRun Refused()
    {
        Assert.True(Code == ExitCodes.Refused, $"{Code}: {Out}{Error}");
        return this;
    }
}

/// <summary>A folder of its own in which commands are run in this process, on the fixed clock.</summary>
public sealed class CommandFolder : IDisposable
{
    public CommandFolder() => Directory.CreateDirectory(Folder);

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), $"plr_commands_{Guid.CreateVersion7():N}");

    public string Data => Path.Combine(Folder, "data");

    /// <summary>Runs <c>plr</c> with these arguments on the folder's data.</summary>
    public Task<CommandRun> RunAsync(params string[] args) => RunAsync([], [.. args, "--data", Data]);

    /// <summary>Runs <c>plr</c> with settings of the environment.</summary>
    public async Task<CommandRun> RunAsync((string Key, string Value)[] environment, string[] args, CancellationToken ct = default)
    {
        await using var output = new StringWriter(CultureInfo.InvariantCulture);
        await using var error = new StringWriter(CultureInfo.InvariantCulture);
        var code = await CommandLine.RunAsync(args, Around(output, error, environment), ct);
        return new(code, output.ToString(), error.ToString());
    }

    public Surroundings Around(TextWriter output, TextWriter error, (string Key, string Value)[]? environment = null) => new()
    {
        Out = output,
        Error = error,
        Time = Clock.New(),
        Folder = Folder,
        Environment = new ConfigurationBuilder().AddInMemoryCollection((environment ?? []).Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))).Build(),
    };

    /// <summary>Writes a file of the folder.</summary>
    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
