using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Plr.Core;
using Plr.Core.MachineClients;

namespace Plr.Bench;

/// <summary>
/// A record over the open interface, with sign-in, policy and an entry in the trail that is durable before the answer leaves, against a
/// bare endpoint that selects the same rows, commits one insert and returns JSON: the same server, the same database, 16 connections each,
/// turn by turn.
/// </summary>
internal static class RestBench
{
    private const int Connections = 16;
    private const int Learners = 2_000;
    private const int Rounds = 5;
    private static readonly TimeSpan RoundTime = TimeSpan.FromSeconds(4);

    public static async Task<int> RunAsync(string[] args)
    {
        var engine = args.ElementAtOrDefault(0) ?? "postgres";
        var events = int.Parse(args.ElementAtOrDefault(1) ?? "30", CultureInfo.InvariantCulture);
        await using var register = await BenchRegister.OpenAsync(engine);
        await register.RegisterAsync(Learners);
        await register.LoadAsync(register.WriteFile(Learners * events));
        using var own = await SignedInAsync(register);
        await using var bare = await BareEndpoint.StartAsync(register, isTuned: false);
        await using var tuned = await BareEndpoint.StartAsync(register, isTuned: true);
        using var peer = Client(bare.Address);
        using var tunedPeer = Client(tuned.Address);
        string[] ulns = [.. register.Learners.Select(learner => learner.Uln)];
        string OwnPath(int i) => $"api/learners/{ulns[i % ulns.Length]}/learning-events";
        string BarePath(int i) => $"bare/{ulns[i % ulns.Length]}";
        var (ownSize, bareSize) = (await SizeAsync(own, OwnPath(0), events), await SizeAsync(peer, BarePath(0), events));
        await RateAsync(own, OwnPath);
        await RateAsync(peer, BarePath);
        await RateAsync(tunedPeer, BarePath);
        var (ratios, tunedRatios) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            var (whole, floor, tunedFloor) = (await RateAsync(own, OwnPath), await RateAsync(peer, BarePath), await RateAsync(tunedPeer, BarePath));
            ratios.Add(whole.Rate / floor.Rate);
            tunedRatios.Add(whole.Rate / tunedFloor.Rate);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"  record {whole}; bare endpoint {floor}: ratio {whole.Rate / floor.Rate:F2}; tuned {tunedFloor}: ratio {whole.Rate / tunedFloor.Rate:F2}"));
        }

        ratios.Sort();
        tunedRatios.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{engine}, GET of {events} events with its entry, {Connections} connections ({ownSize} bytes; bare {bareSize} bytes): ratio to a bare endpoint, median {ratios[Rounds / 2]:F2}; to one with statements prepared and sessions not reset {tunedRatios[Rounds / 2]:F2}"));
        return 0;
    }

    private static async Task<HttpClient> SignedInAsync(BenchRegister register)
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

    private static HttpClient Client(Uri address) => new(new SocketsHttpHandler { MaxConnectionsPerServer = Connections, UseProxy = false, UseCookies = false }) { BaseAddress = address };

    private static async Task<int> SizeAsync(HttpClient http, string path, int events)
    {
        var body = await http.GetByteArrayAsync(new Uri(path, UriKind.Relative));
        using var document = JsonDocument.Parse(body);
        var count = document.RootElement.GetProperty("events").GetArrayLength();
        return count == events ? body.Length : throw new InvalidOperationException($"{path} gives {count} events, not {events}.");
    }

    private static async Task<Round> RateAsync(HttpClient http, Func<int, string> path)
    {
        var (next, done) = (0, 0);
        var (own, database) = (Environment.CpuUsage.TotalTime, CpuOfPostgres());
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            while (watch.Elapsed < RoundTime)
            {
                // Far apart, so that no two readers ask for the same learner at once more often than chance has it.
                await http.GetByteArrayAsync(new Uri(path(Interlocked.Increment(ref next) * 7919 & int.MaxValue), UriKind.Relative));
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

    /// <param name="Rate">Requests a second.</param>
    /// <param name="Own">CPU time of this process a request, client and both servers, in microseconds.</param>
    /// <param name="Database">CPU time of PostgreSQL a request, in microseconds.</param>
    private sealed record Round(double Rate, double Own, double Database)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Rate:F0} a second (CPU a request: {Own:F0} µs here, {Database:F0} µs in the database)");
    }
}
