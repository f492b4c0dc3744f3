using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Plr.Server.Tests.Commands;

namespace Plr.Server.Tests.Rest;

/// <summary>Nothing runs beside these: they look at the memory of the process.</summary>
[CollectionDefinition(nameof(SocketTests), DisableParallelization = true)]
public sealed class SocketCollection;

/// <summary>What a real server makes of large, slow and crooked requests on a real socket.</summary>
[Collection(nameof(SocketTests))]
public sealed class SocketTests(ListeningRegister register) : IClassFixture<ListeningRegister>
{
    private const int Large = 16 * 1024 * 1024;
    private const string Problem = "application/problem+json";

    [Fact]
    public async Task A_body_of_16_MB_is_refused_on_every_route_with_a_code_and_little_memory_and_the_next_call_is_served()
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        foreach (var (method, path, type) in register.Writes)
        {
            foreach (var isChunked in new[] { false, true })
            {
                var framing = isChunked ? "Transfer-Encoding: chunked" : $"Content-Length: {Large}";
                var answer = await register.SendAsync(Head(method, path, type, framing), socket => WriteLargeAsync(socket, isChunked));
                AssertRefused(answer, $"{method} {path} {framing}");
            }
        }

        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 4L * Large);
        await AssertServesAsync();
    }

    [Fact]
    public async Task A_body_of_a_byte_a_second_is_cut_off_while_others_are_served()
    {
        var begun = Stopwatch.GetTimestamp();
        var slow = register.SendAsync(Head("POST", "/api/learners", "application/json", "Content-Length: 1000"), async socket =>
        {
            for (var i = 0; i < 30; i++)
            {
                await socket.WriteAsync("{"u8.ToArray());
                await Task.Delay(TimeSpan.FromSeconds(1));
            }
        });
        for (var i = 0; i < 20; i++)
        {
            await AssertServesAsync();
        }

        AssertRefused(await slow, "a slow body");
        Assert.InRange(Stopwatch.GetElapsedTime(begun).TotalSeconds, 1, 12);
    }

    [Fact]
    public async Task JSON_that_is_200000_deep_is_refused_and_the_next_call_is_served()
    {
        var body = new string('[', 200_000);
        AssertRefused(await register.SendAsync(Head("POST", "/api/learners", "application/json", $"Content-Length: {body.Length}") + body), "deep JSON");
        await AssertServesAsync();
    }

    [Theory]
    [InlineData("POST", "/api/learners")]
    [InlineData("POST", "/oauth/token")]
    [InlineData("POST", "/sign-in")]
    public async Task A_request_with_both_a_length_and_chunks_is_refused_and_its_connection_closed(string method, string path)
    {
        foreach (var framing in new[] { "Content-Length: 5\r\nTransfer-Encoding: chunked", "Transfer-Encoding: chunked\r\nContent-Length: 5" })
        {
            // Were it read by its length, what follows would be taken for a request of its own.
            var answer = await register.SendAsync(Head(method, path, "application/json", framing) + "0\r\n\r\nGET /health/ready HTTP/1.1\r\nHost: localhost\r\n\r\n");
            Assert.Equal(400, answer.Status);
            Assert.Contains("Connection: close", answer.Head, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("HTTP/1.1", answer.Body, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("GET /health/ready HTTP/1.1\nHost: localhost\r\n\r\n")]
    [InlineData("GET /health/ready HTTP/1.1\r\nHost: localhost\nX: 1\r\n\r\n")]
    [InlineData("GET /health/ready HTTP/1.1\r\nHost: localhost\r\n\n")]
    public async Task A_line_that_ends_with_a_bare_line_feed_is_refused(string request)
    {
        var answer = await register.SendAsync(request);
        Assert.True(answer.Status == 400, answer.Head);
    }

    [Theory]
    [InlineData("1\n{\r\n0\r\n\r\n")]
    [InlineData("1;a=b\n{\r\n0\r\n\r\n")]
    [InlineData("1\r\n{\n0\r\n\r\n")]
    [InlineData("-1\r\n{\r\n0\r\n\r\n")]
    [InlineData("1 \r\n{\r\n0\r\n\r\n")]
    [InlineData("fffffffffffffffff\r\n{\r\n0\r\n\r\n")]
    public async Task A_chunk_that_is_not_written_as_one_is_refused(string chunks) =>
        AssertRefused(await register.SendAsync(Head("POST", "/api/learners", "application/json", "Transfer-Encoding: chunked") + chunks), chunks);

    [Fact]
    public async Task A_chunk_extension_beyond_the_size_of_a_body_is_refused()
    {
        var extension = new string('x', 1024 * 1024);
        AssertRefused(await register.SendAsync(Head("POST", "/api/learners", "application/json", "Transfer-Encoding: chunked") + $"1;{extension}\r\n{{\r\n0\r\n\r\n"), "a chunk extension");
    }

    [Fact]
    public async Task A_wrong_or_missing_media_type_is_415_on_every_route_that_takes_a_body()
    {
        foreach (var (method, path, _) in register.Writes.Where(route => route.Type is not null))
        {
            foreach (var type in new[] { "text/plain", "application/xml", "nonsense", null })
            {
                var answer = await register.SendAsync(Head(method, path, type, "Content-Length: 2") + "{}");
                Assert.True(answer.Status == 415, $"{method} {path} {type}: {answer.Head}");
                AssertRefused(answer, $"{method} {path} {type}");
            }
        }
    }

    private static async Task WriteLargeAsync(Stream socket, bool isChunked)
    {
        var part = new byte[64 * 1024];
        part.AsSpan().Fill((byte)' ');
        for (var sent = 0; sent < Large; sent += part.Length)
        {
            await socket.WriteAsync(isChunked ? "10000\r\n"u8.ToArray() : []);
            await socket.WriteAsync(part);
            await socket.WriteAsync(isChunked ? "\r\n"u8.ToArray() : []);
        }

        await socket.WriteAsync(isChunked ? "0\r\n\r\n"u8.ToArray() : []);
    }

    private static void AssertRefused((int Status, string Head, string Body) answer, string what)
    {
        Assert.True(answer.Status is >= 400 and < 500, $"{what}: {answer.Head}");
        Assert.Contains(Problem, answer.Head, StringComparison.OrdinalIgnoreCase);
        using var problem = JsonDocument.Parse(answer.Body);
        Assert.Equal(answer.Status, problem.RootElement.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.RootElement.GetProperty("code").GetString()!);
    }

    private string Head(string method, string path, string? type, string framing) =>
        $"{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {register.Token}\r\nIf-Match: \"1\"\r\n{(type is null ? "" : $"Content-Type: {type}\r\n")}{framing}\r\n\r\n";

    private async Task AssertServesAsync() => Assert.Equal(200, (await register.SendAsync("GET /api/qualifications?limit=1 HTTP/1.1\r\nHost: localhost\r\n\r\n")).Status);
}

/// <summary>A register that listens, with a college's software.</summary>
public sealed partial class ListeningRegister : IAsyncLifetime
{
    private readonly CommandFolder _folder = new();
    private Served? _served;
    private int _port;

    public string Token { get; private set; } = "";

    /// <summary>Every route of the document that writes, with what it takes.</summary>
    public IReadOnlyList<(string Method, string Path, string? Type)> Writes { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        (await _folder.RunAsync("admin", "organisation", "add", "--ukprn", "10000001", "--name", "Your College")).Done();
        var added = (await _folder.RunAsync("admin", "client", "add", "--organisation", "10000001", "--name", "Student records", "--role", "LrbOnline", "--role", "LrbBatch")).Done();
        var id = Guids().Match(added.Out).Value;
        var secret = (await _folder.RunAsync("admin", "client", "add-key", id)).Done().Lines[^1].Split(' ')[^1];
        _served = await Served.StartAsync(_folder, [("LargestRequestMiB", "1"), ("Rest:RequestsInMinute", "100000")], "serve", "--urls", "http://127.0.0.1:0", "--data", _folder.Data);
        _port = int.Parse(Port().Match(_served.Lines[^1]).Groups["port"].Value, CultureInfo.InvariantCulture);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_port}") };
        Token = await RestSite.TokenAsync(http, Guid.Parse(id), secret);
        using var document = JsonDocument.Parse(await http.GetStringAsync("/api/openapi.json"));
        Writes = [.. document.RootElement.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject(), (path, operation) => (path, operation))
            .Where(found => found.operation.Name is "post" or "put" or "patch" or "delete")
            .Select(found => (found.operation.Name.ToUpperInvariant(), Address(found.path.Name, found.operation.Value), TypeOf(found.operation.Value)))];
        Assert.True(Writes.Count >= 5, "The document has no routes that write.");
    }

    public async ValueTask DisposeAsync()
    {
        if (_served is not null)
        {
            await _served.DisposeAsync();
        }

        _folder.Dispose();
    }

    /// <summary>Sends a request as it stands and reads one answer; status 0 when the connection is closed without one.</summary>
    public Task<(int Status, string Head, string Body)> SendAsync(string request) => SendAsync(request, _ => Task.CompletedTask);

    /// <param name="head">What is sent first.</param>
    /// <param name="write">Sends the rest, while the answer is read: a server that refuses stops reading.</param>
    public async Task<(int Status, string Head, string Body)> SendAsync(string head, Func<Stream, Task> write)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", _port);
        await using var socket = client.GetStream();
        await socket.WriteAsync(Encoding.UTF8.GetBytes(head));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var answer = (0, "", "");
        async Task ReadToTheEndAsync()
        {
            answer = await ReadAsync(socket, limit.Token);
            client.Close();
        }

        await Task.WhenAll(ReadToTheEndAsync(), WriteAsync(write, socket));
        return answer;
    }

    private static async Task WriteAsync(Func<Stream, Task> write, NetworkStream socket)
    {
        try
        {
            await write(socket);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The server has closed, or the answer is there and we have.
        }
    }

    private static async Task<(int Status, string Head, string Body)> ReadAsync(NetworkStream socket, CancellationToken ct)
    {
        var (text, buffer) = (new StringBuilder(), new byte[8192]);
        try
        {
            while (!IsWhole(text.ToString()) && await socket.ReadAsync(buffer, ct) is > 0 and var read)
            {
                text.Append(Encoding.UTF8.GetString(buffer, 0, read));
            }
        }
        catch (IOException)
        {
            // Closed hard; what came before stands.
        }

        var parts = text.ToString().Split("\r\n\r\n", 2);
        return parts[0].Length == 0 ? (0, "", "") : (int.Parse(parts[0].Split(' ')[1], CultureInfo.InvariantCulture), parts[0], parts.Length > 1 ? parts[1] : "");
    }

    private static bool IsWhole(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return end >= 0 && Length().Match(text[..end]) is { Success: true } length && Encoding.UTF8.GetByteCount(text[(end + 4)..]) >= int.Parse(length.Groups["length"].Value, CultureInfo.InvariantCulture);
    }

    private static string Address(string path, JsonElement operation) =>
        path.Replace("{uln}", "1000000043", StringComparison.Ordinal) + (operation.GetProperty("operationId").GetString() == "submitBatch" ? "?kind=registrations&fileName=large.csv" : "");

    private static string? TypeOf(JsonElement operation) =>
        operation.TryGetProperty("requestBody", out var body) ? body.GetProperty("content").EnumerateObject().First().Name : null;

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Guids();

    [GeneratedRegex(@"127\.0\.0\.1:(?<port>[0-9]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Port();

    [GeneratedRegex(@"\r\nContent-Length: (?<length>[0-9]+)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Length();
}
