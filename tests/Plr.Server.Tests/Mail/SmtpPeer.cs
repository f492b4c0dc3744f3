using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Plr.Server.Tests.Mail;

/// <summary>A mail server on this machine that writes down what it is given, and fails as the test says.</summary>
internal sealed class SmtpPeer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    public SmtpPeer()
    {
        _listener.Start();
        _loop = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The messages that it has taken, whole.</summary>
    public ConcurrentQueue<string> Taken { get; } = [];

    /// <summary>Everything that clients said outside of messages.</summary>
    public ConcurrentQueue<string> Said { get; } = [];

    /// <summary>What it answers to a command, in place of what it would: by the command's first word; "." is the end of a message. An empty answer hangs up.</summary>
    public ConcurrentDictionary<string, string> Answers { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _loop;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await ServeAsync(client.GetStream());
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(NetworkStream stream)
    {
        try
        {
            using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
            await WriteAsync(stream, "220 peer");
            while (await reader.ReadLineAsync(_stop.Token) is { } line)
            {
                Said.Enqueue(line);
                var word = line.Split(' ')[0].ToUpperInvariant();
                if (!await AnswerAsync(stream, word, word switch { "EHLO" => "250-peer\r\n250 AUTH PLAIN", "DATA" => "354 go on", "AUTH" => "235 welcome", "QUIT" => "221 bye", _ => "250 well" }))
                {
                    return;
                }

                if (word == "DATA" && !Answers.ContainsKey("DATA") && !await TakeAsync(reader, stream))
                {
                    return;
                }
            }
        }
        catch (IOException)
        {
            // The client hung up.
        }
    }

    private async Task<bool> TakeAsync(StreamReader reader, NetworkStream stream)
    {
        var message = new StringBuilder();
        while (await reader.ReadLineAsync(_stop.Token) is { } line && line != ".")
        {
            message.Append(line.StartsWith('.') ? line[1..] : line).Append('\n');
        }

        if (!Answers.ContainsKey("."))
        {
            Taken.Enqueue(message.ToString());
        }

        return await AnswerAsync(stream, ".", "250 taken");
    }

    private async Task<bool> AnswerAsync(NetworkStream stream, string word, string usual)
    {
        var answer = Answers.GetValueOrDefault(word, usual);
        if (answer.Length > 0)
        {
            await WriteAsync(stream, answer);
        }

        return answer.Length > 0;
    }

    private async Task WriteAsync(NetworkStream stream, string line) => await stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"), _stop.Token);
}
