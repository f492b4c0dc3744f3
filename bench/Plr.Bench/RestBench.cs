using System.Globalization;
using System.Text.Json;

namespace Plr.Bench;

/// <summary>
/// A record over the open interface, with sign-in, policy and an entry in the trail that is durable before the answer leaves, against a
/// bare endpoint that selects the same rows, commits one insert and returns JSON: the same server, the same database, 16 connections each,
/// turn by turn.
/// </summary>
internal static class RestBench
{
    private const int Learners = 2_000;
    private const int Rounds = 5;

    public static async Task<int> RunAsync(string[] args)
    {
        var engine = args.ElementAtOrDefault(0) ?? "postgres";
        var events = int.Parse(args.ElementAtOrDefault(1) ?? "30", CultureInfo.InvariantCulture);
        await using var register = await BenchRegister.OpenAsync(engine);
        await register.RegisterAsync(Learners);
        await register.LoadAsync(register.WriteFile(Learners * events));
        using var own = await Load.SignInAsync(register);
        await using var bare = await BareEndpoint.StartAsync(register, isTuned: false);
        await using var tuned = await BareEndpoint.StartAsync(register, isTuned: true);
        using var peer = Load.Client(bare.Address);
        using var tunedPeer = Load.Client(tuned.Address);
        string[] ulns = [.. register.Learners.Select(learner => learner.Uln)];
        string OwnPath(int i) => $"api/learners/{ulns[i % ulns.Length]}/learning-events";
        string BarePath(int i) => $"bare/{ulns[i % ulns.Length]}";
        var (ownSize, bareSize) = (await SizeAsync(own, OwnPath(0), events), await SizeAsync(peer, BarePath(0), events));
        await Load.RateAsync(own, OwnPath);
        await Load.RateAsync(peer, BarePath);
        await Load.RateAsync(tunedPeer, BarePath);
        var (ratios, tunedRatios) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            var (whole, floor, tunedFloor) = (await Load.RateAsync(own, OwnPath), await Load.RateAsync(peer, BarePath), await Load.RateAsync(tunedPeer, BarePath));
            ratios.Add(whole.Rate / floor.Rate);
            tunedRatios.Add(whole.Rate / tunedFloor.Rate);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"  record {whole}; bare endpoint {floor}: ratio {whole.Rate / floor.Rate:F2}; tuned {tunedFloor}: ratio {whole.Rate / tunedFloor.Rate:F2}"));
        }

        ratios.Sort();
        tunedRatios.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{engine}, GET of {events} events with its entry, {Load.Connections} connections ({ownSize} bytes; bare {bareSize} bytes): ratio to a bare endpoint, median {ratios[Rounds / 2]:F2}; to one with statements prepared and sessions not reset {tunedRatios[Rounds / 2]:F2}"));
        return 0;
    }

    private static async Task<int> SizeAsync(HttpClient http, string path, int events)
    {
        var body = await http.GetByteArrayAsync(new Uri(path, UriKind.Relative));
        using var document = JsonDocument.Parse(body);
        var count = document.RootElement.GetProperty("events").GetArrayLength();
        return count == events ? body.Length : throw new InvalidOperationException($"{path} gives {count} events, not {events}.");
    }
}
