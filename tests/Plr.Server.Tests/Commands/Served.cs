using System.Globalization;
using Plr.Server.Commands;

namespace Plr.Server.Tests.Commands;

/// <summary>A command that listens until it is disposed of, with what it said up to its last line of greeting.</summary>
public sealed class Served : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Greeting _output = new();
    private readonly StringWriter _error = new(CultureInfo.InvariantCulture);
    private Task<int> _run = Task.FromResult(0);

    private Served()
    {
    }

    public IReadOnlyList<string> Lines { get; private set; } = [];

    public static Task<Served> StartAsync(CommandFolder folder, params string[] args) => StartAsync(folder, [], args);

    /// <summary>As above, with settings of the environment.</summary>
    public static async Task<Served> StartAsync(CommandFolder folder, (string Key, string Value)[] environment, params string[] args)
    {
        var served = new Served();
        served._run = CommandLine.RunAsync(args, folder.Around(served._output, TextWriter.Synchronized(served._error), environment), served._stop.Token);
        await Task.WhenAny(served._run, served._output.Greeted);
        Assert.True(served._output.Greeted.IsCompleted, served._error.ToString());
        served.Lines = [.. served._output.Lines];
        return served;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        _stop.Dispose();
        await _output.DisposeAsync();
        await _error.DisposeAsync();
    }

    /// <summary>Collects lines and knows the last one of a greeting.</summary>
    private sealed class Greeting() : StringWriter(CultureInfo.InvariantCulture)
    {
        private readonly TaskCompletionSource _greeted = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<string> Lines { get; } = [];

        public Task Greeted => _greeted.Task;

        public override void WriteLine(string? value)
        {
            Lines.Add(value ?? "");
            if (value?.EndsWith("Stop it with Ctrl+C.", StringComparison.Ordinal) == true || value?.StartsWith('└') == true)
            {
                _greeted.TrySetResult();
            }
        }
    }
}
