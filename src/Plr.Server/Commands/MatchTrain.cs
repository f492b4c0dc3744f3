using System.CommandLine;
using Plr.Core.Matching;

namespace Plr.Server.Commands;

/// <summary><c>plr match train</c>, which learns match weights from the register, and <c>plr match weights</c>, which shows what a file of them changes.</summary>
internal static class MatchTrain
{
    private const int UsualPairs = 200_000;

    public static Command Train(CommandTree tree)
    {
        var output = new Option<string>("--output") { Description = "The file to write; it must not be there yet.", HelpName = "FILE", Required = true };
        var sample = Match.Count("--sample", "Learns from about so many pairs at most; each takes about half a kilobyte of memory, beside some 120 bytes of each learner.", UsualPairs);
        var seed = new Option<ulong>("--seed") { Description = "Another number draws another sample.", HelpName = "N", DefaultValueFactory = _ => 1 };
        return CommandTree.Command("train", "Learns match weights from the register itself, shows what they change, and writes them for a person to review.", [output, sample, seed], async (parsed, ct) =>
        {
            var path = tree.Around.PathTo(parsed.GetRequiredValue(output));
            RefuseToOverwrite(path);
            await using var register = await tree.OpenAsync(parsed, ct);
            return await TrainAsync(register, tree.Around, path, new(parsed.GetValue(sample), parsed.GetValue(seed)), ct);
        });
    }

    public static Command Weights(CommandTree tree)
    {
        var file = new Option<string>("--file") { Description = "The file of match weights to look at.", HelpName = "FILE", Required = true };
        var against = new Option<string?>("--against") { Description = "Another file, to compare it with; without it the weights that the settings name.", HelpName = "FILE" };
        return CommandTree.Command("weights", "Shows what a file of match weights says, beside those that are shipped and those in use.", [file, against], (parsed, _) =>
        {
            var present = parsed.GetValue(against) is { } other ? ("against", Read(tree.Around, other)) : ("in use", tree.Settings(parsed).Matching.Weights());
            new WeightsTable(tree.Around, present, ("file", Read(tree.Around, parsed.GetRequiredValue(file)))).Say();
            return Task.FromResult(ExitCodes.Done);
        });
    }

    private static async Task<int> TrainAsync(OpenRegister register, Surroundings around, string path, TrainWeights.Request request, CancellationToken ct)
    {
        MatchWeights? weights = null;
        var expected = await register.Part<ILearnerFeed>().EstimateAsync(register.Upkeep(), ct);
        await Meter.RunAsync(around, "Reading learners, twice", "learners", expected > 0 ? 2 * expected : null, async progress =>
            weights = (await register.Part<TrainWeights>().RunAsync(request, progress, register.Upkeep(), ct)).Weights);
        var text = weights!.Print();
        new WeightsTable(around, ("in use", register.Settings.Matching.Weights()), ("new", MatchWeights.Parse(text))).Say();
        await WriteAsync(path, text, ct);
        around.Say();
        around.Say($"{path}: review it, then name it in the setting Matching:WeightsFile and start the servers again.");
        return ExitCodes.Done;
    }

    /// <summary>A file of match weights, or in a sentence why not.</summary>
    internal static MatchWeights Read(Surroundings around, string name)
    {
        try
        {
            return MatchWeights.Parse(File.ReadAllText(around.PathTo(name)));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new CommandRefusedException($"{name} cannot be used: {fault.Message}");
        }
    }

    private static void RefuseToOverwrite(string path)
    {
        if (Path.Exists(path))
        {
            throw new CommandRefusedException($"{path} is there already: move it away, or name another file with --output. Nothing was read.");
        }

        if (!Directory.Exists(Path.GetDirectoryName(path)))
        {
            throw new CommandRefusedException($"there is no folder {Path.GetDirectoryName(path)}. Nothing was read.");
        }
    }

    // Whole or not at all: a server may be told to read it.
    private static async Task WriteAsync(string path, string text, CancellationToken ct)
    {
        var temporary = $"{path}.{Guid.CreateVersion7():N}.tmp";
        try
        {
            await using (var file = new FileStream(temporary, FileMode.CreateNew))
            {
                await file.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text), ct);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: false);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
