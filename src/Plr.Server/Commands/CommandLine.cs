using System.CommandLine;
using System.CommandLine.Invocation;
using System.Diagnostics;
using Plr.Store;

namespace Plr.Server.Commands;

/// <summary>The command line <c>plr</c>: one tree of commands, one place where what goes wrong becomes a sentence.</summary>
public static class CommandLine
{
    private static readonly TimeSpan TimeToStop = TimeSpan.FromMinutes(1);

    /// <summary>Runs one command; the answer is the process's exit code (<see cref="ExitCodes"/>).</summary>
    public static async Task<int> RunAsync(string[] args, Surroundings around, CancellationToken ct = default)
    {
        var tree = new CommandTree(around);
        var parsed = tree.Root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction { } usage)
        {
            usage.ShowHelp = false;
        }

        try
        {
            var configuration = new InvocationConfiguration
            {
                Output = around.Out,
                Error = around.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TimeToStop,
            };
            var code = await parsed.InvokeAsync(configuration, ct);
            return parsed.Action is ParseErrorAction ? ExitCodes.Usage : code;
        }
        catch (Exception e)
        {
            return Explain(e, around, parsed.GetValue(tree.Trace));
        }
    }

    private static int Explain(Exception e, Surroundings around, bool isTraced)
    {
        switch (e)
        {
            case CommandRefusedException refused:
                around.Error.WriteLine($"plr: {refused.Message}");
                return refused.ExitCode;
            case InvalidSettingsException wrong:
                foreach (var problem in wrong.Problems)
                {
                    around.Error.WriteLine($"plr: the settings are not right: {problem}");
                }

                return ExitCodes.Usage;
            case StoreUnfitException or StoreFullException:
                around.Error.WriteLine($"plr: {e.Message}");
                return ExitCodes.Refused;
            case IOException or UnauthorizedAccessException when !isTraced:
                around.Error.WriteLine($"plr: a file or folder cannot be used: {e.Message}");
                return ExitCodes.Refused;
            case OperationCanceledException:
                around.Error.WriteLine("plr: stopped. What was committed is kept; the same command goes on where it stopped.");
                return ExitCodes.Stopped;
            default:
                around.Error.WriteLine(
                    $"plr: this is a bug in plr, not your doing. Reference {Reference(e)}. Please report it with what you typed; --trace shows all of it.");
                if (isTraced)
                {
                    around.Error.WriteLine(e);
                }

                return ExitCodes.Bug;
        }
    }

    /// <summary>The kind of fault and the first method of ours on its way: enough to find it, nothing personal.</summary>
    private static string Reference(Exception e)
    {
        var ours = new StackTrace(e).GetFrames().Select(frame => frame.GetMethod()?.DeclaringType)
            .FirstOrDefault(type => type?.Assembly.GetName().Name is "plr" or "Plr.Core" or "Plr.Store");
        return $"{e.GetType().Name} in {(ours?.DeclaringType ?? ours)?.Name ?? "the runtime"}";
    }
}
