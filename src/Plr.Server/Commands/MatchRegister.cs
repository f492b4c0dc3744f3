using System.CommandLine;
using System.Net;
using System.Net.Http.Json;
using Plr.Core.Duplicates;
using Plr.Core.Matching;
using Plr.Store;

namespace Plr.Server.Commands;

/// <summary>What <c>plr match</c> does with the register itself: the scan for duplicates, and whether a server's find index holds what the store does.</summary>
internal static class MatchRegister
{
    private const int MostLooks = 10;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(3);

    public static Command Duplicates(CommandTree tree)
    {
        var threshold = new Option<double>("--above") { Description = "Lists pairs that weigh more than so many bits; above 0 one person is likelier than two.", HelpName = "BITS", DefaultValueFactory = _ => 0 };
        return CommandTree.Command("duplicates", "Scans the register for learners who may be one person, and puts the pairs onto the register office's work list.", [threshold], async (parsed, ct) =>
        {
            await using var register = await tree.OpenAsync(parsed, ct);
            return await ScanAsync(register, tree.Around, parsed.GetValue(threshold), ct);
        });
    }

    public static Command Index(CommandTree tree)
    {
        var server = new Option<string>("--server") { Description = "The address of the server.", HelpName = "URL", DefaultValueFactory = _ => "http://localhost:5080" };
        return CommandTree.Group("index", "Looks at the find index of a server.", [
            CommandTree.Command("check", "Proves that a server's find index holds what the store does, or says that it does not.", [server], async (parsed, ct) =>
            {
                await using var register = await tree.OpenAsync(parsed, ct);
                return await CheckAsync(register, tree.Around, AddressOf(parsed.GetValue(server)!), ct);
            }),
        ]);
    }

    private static Uri AddressOf(string typed) => Uri.TryCreate(typed, UriKind.Absolute, out var address) && (address.Scheme is "http" or "https")
        ? address
        : throw new CommandRefusedException($"{typed} is no address of a server, such as http://localhost:5080.", ExitCodes.Usage);

    private static async Task<int> ScanAsync(OpenRegister register, Surroundings around, double threshold, CancellationToken ct)
    {
        ScanForDuplicates.Answer? answer = null;
        var expected = await register.Part<ILearnerFeed>().EstimateAsync(register.Upkeep(), ct);
        await Meter.RunAsync(around, "Reading learners", "learners", expected, async progress =>
            answer = await register.Part<ScanForDuplicates>().RunAsync(threshold, progress, register.Upkeep(), ct));
        var (report, counts) = (answer!.Report!, answer.Counts);
        around.Say($"Of {Surroundings.Many(report.People, "learner")}, {Surroundings.Many(report.Found, "pair")} may be one person: {counts.Added:N0} new on the work list, {counts.Updated:N0} with a new weight, {counts.Passed:N0} told apart or linked before.");
        around.Say($"Compared {report.Weighed:N0} pairs of {report.Looked:N0} that share a block. {Surroundings.Many(report.LargeBlocks, "block")} with {report.InLargeBlocks:N0} learners were too large to compare all with all: neighbours only.");
        return ExitCodes.Done;
    }

    /// <summary>Reads the register, follows it, and compares sums of digests until both have seen the same: on a busy register a few looks later.</summary>
    private static async Task<int> CheckAsync(OpenRegister register, Surroundings around, Uri server, CancellationToken ct)
    {
        var own = register.Part<LearnerFollower>();
        using var http = new HttpClient();
        var proof = register.Part<KeyProof>();
        for (var look = 1; look <= MostLooks; look++)
        {
            var theirs = await AskAsync(http, server, proof.Make(), ct);
            await own.FollowAsync(ct);
            var ours = own.Digest()!;
            if (theirs is not null && theirs.Digest == ours.Digest && theirs.Learners == ours.Learners)
            {
                around.Say($"The find index of {server} holds what the store does: {Surroundings.Many(ours.Learners, "learner")}, up to change {theirs.Position}.");
                return ExitCodes.Done;
            }

            around.Say(theirs is null
                ? $"The find index of {server} is not loaded yet."
                : $"The index holds {theirs.Learners:N0} learners up to change {theirs.Position}, the store {ours.Learners:N0} up to {ours.Position}: looking again.");
            await Task.Delay(LookEvery, around.Time, ct);
        }

        around.Say("The find index does NOT hold what the store does, or the register was never quiet for a moment. Start the server again: it then loads the index anew.");
        return ExitCodes.Refused;
    }

    /// <summary>What the server says of its index; null when it is not loaded yet.</summary>
    private static async Task<IndexDigest?> AskAsync(HttpClient http, Uri server, string proof, CancellationToken ct)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server, "/health/index"));
            request.Headers.Add(KeyProof.Header, proof);
            using var answer = await http.SendAsync(request, ct);
            return answer.StatusCode == HttpStatusCode.NotFound
                ? throw new CommandRefusedException($"the server at {server} has other keys than this register, or another time: name the server with --server and the register with --data or the settings.")
                : answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<IndexDigest>(ct) : null;
        }
        catch (HttpRequestException e)
        {
            throw new CommandRefusedException($"no server answers at {server}: {e.Message} Name it with --server.");
        }
    }
}
