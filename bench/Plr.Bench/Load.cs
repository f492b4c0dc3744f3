using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Plr.Core;
using Plr.Core.MachineClients;

namespace Plr.Bench;

/// <summary>Load on a server from sixteen connections at once, or as many as are set.</summary>
internal static class Load
{
    public static int Connections { get; set; } = 16;
    private static readonly TimeSpan RoundTime = TimeSpan.FromSeconds(4);

    /// <summary>Starts the web server; a client of a college that may read records, find and register.</summary>
    public static async Task<HttpClient> SignInAsync(BenchRegister register)
    {
        var access = Access.Upkeep("bench");
        var college = await register.AddCollegeAsync();
        var client = await register.Get<AddMachineClient>().RunAsync(new("Bench", college.Code, [nameof(Roles.LrbOnline)]), access);
        var key = await register.Get<AddClientKey>().RunAsync(new(client.Client!.Id, null), access);
        var http = Client(await register.StartAsync());
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = client.Client.Id.ToString(),
            ["client_secret"] = key.Secret!,
        });
        using var answer = await http.PostAsync(new Uri("oauth/token", UriKind.Relative), form);
        using var given = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", given.RootElement.GetProperty("access_token").GetString());
        return http;
    }

    public static HttpClient Client(Uri address) => new(new SocketsHttpHandler { MaxConnectionsPerServer = Connections, UseProxy = false, UseCookies = false }) { BaseAddress = address };

    /// <summary>How many GETs a second are answered, of paths that differ each time.</summary>
    public static Task<Round> RateAsync(HttpClient http, Func<int, string> path) =>
        RateAsync(http, i => new HttpRequestMessage(HttpMethod.Get, new Uri(path(i), UriKind.Relative)));

    /// <summary>How many requests a second are answered.</summary>
    public static Task<Round> RateAsync(HttpClient http, Func<int, HttpRequestMessage> request) => RateAsync(async i =>
    {
        using var message = request(i);
        using var answer = await http.SendAsync(message);
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync();
    });

    /// <summary>How often a second something is done, by as many at once as there are connections.</summary>
    public static async Task<Round> RateAsync(Func<int, Task> work)
    {
        var (next, done) = (0, 0);
        var (own, database) = (Environment.CpuUsage.TotalTime, CpuOfPostgres());
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            while (watch.Elapsed < RoundTime)
            {
                // Far apart, so that no two ask for the same at once more often than chance has it.
                await work(Interlocked.Increment(ref next) * 7919 & int.MaxValue);
                Interlocked.Increment(ref done);
            }
        })));
        return new(
            done / watch.Elapsed.TotalSeconds,
            (Environment.CpuUsage.TotalTime - own).TotalMicroseconds / done,
            (CpuOfPostgres() - database).TotalMicroseconds / done);
    }

    /// <summary>Of all its processes that are alive, by Linux's count of 10 ms; nothing elsewhere.</summary>
    private static TimeSpan CpuOfPostgres() => !Directory.Exists("/proc") ? TimeSpan.Zero : TimeSpan.FromMilliseconds(10 * Directory.EnumerateFiles("/proc", "stat", new EnumerationOptions { MaxRecursionDepth = 1, RecurseSubdirectories = true, IgnoreInaccessible = true })
        .Select(file => TryRead(file).Split(' ')).Where(fields => fields.Length > 15 && fields[1] == "(postgres)").Sum(fields => long.Parse(fields[13], CultureInfo.InvariantCulture) + long.Parse(fields[14], CultureInfo.InvariantCulture)));

    private static string TryRead(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return "";
        }
    }

    /// <summary>One round of load.</summary>
    /// <param name="Rate">Requests a second.</param>
    /// <param name="Own">CPU time of this process a request, client and both servers, in microseconds.</param>
    /// <param name="Database">CPU time of PostgreSQL a request, in microseconds.</param>
    internal sealed record Round(double Rate, double Own, double Database)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Rate:F0} a second (CPU a request: {Own:F0} µs here, {Database:F0} µs in the database)");
    }
}
