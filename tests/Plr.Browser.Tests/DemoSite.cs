using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Plr.Server.Commands;

namespace Plr.Browser.Tests;

/// <summary>The command <c>demo</c> as a newcomer types it, on a free loopback port and in a folder of its own, with the real clock.</summary>
public sealed class DemoSite : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plr-demo").FullName;
    private readonly CancellationTokenSource _stop = new();
    private readonly StringWriter _error = new(CultureInfo.InvariantCulture);
    private readonly Banner _banner = new();
    private Task<int> _run = Task.FromResult(0);

    /// <summary>Where the command was typed.</summary>
    public string Folder => _folder;

    public Uri Address { get; } = new($"http://localhost:{FreePort()}/");

    /// <summary>What the command printed up to the last line of its banner.</summary>
    public IReadOnlyList<string> Lines => _banner.Lines;

    public async ValueTask InitializeAsync()
    {
        var around = new Surroundings { Out = _banner, Error = TextWriter.Synchronized(_error), Folder = _folder };
        _run = CommandLine.RunAsync(["demo", "--urls", Address.GetLeftPart(UriPartial.Authority)], around, _stop.Token);
        await Task.WhenAny(_run, _banner.Printed);
        Assert.True(_banner.Printed.IsCompleted, _error.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        _stop.Dispose();
        await _error.DisposeAsync();
        await _banner.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class Banner() : StringWriter(CultureInfo.InvariantCulture)
    {
        private readonly TaskCompletionSource _printed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<string> Lines { get; } = [];

        public Task Printed => _printed.Task;

        public override void WriteLine(string? value)
        {
            Lines.Add(value ?? "");
            if (value?.StartsWith('└') == true)
            {
                _printed.TrySetResult();
            }
        }
    }
}
