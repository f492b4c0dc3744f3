using System.CommandLine;
using Plr.Core.Moves;
using Plr.Server.Files;

namespace Plr.Server.Commands;

/// <summary><c>plr export</c>: writes the register out as the files that <c>plr load</c> reads.</summary>
internal static class Export
{
    private const string All = "all";

    public static Command Make(CommandTree tree)
    {
        var output = new Option<string>("--output") { Description = "The folder to write into; it is made when it is missing.", HelpName = "DIR", Required = true };
        var what = new Option<string>("--what")
        {
            Description = $"Which part: {string.Join(", ", ExportFiles.Names.Select(name => name.Word))} or {All}.",
            HelpName = "PART",
            DefaultValueFactory = _ => All,
        };
        what.AcceptOnlyFromAmong([.. ExportFiles.Names.Select(name => name.Word), All]);
        return CommandTree.Command(
            "export", "Writes every version of every learner and learning event, what they refer to, and the reports that were made, as files that plr load reads.", [output, what], async (parsed, ct) =>
            {
                var word = parsed.GetRequiredValue(what);
                var parts = word == All ? MoveParts.All : ExportFiles.Names.Single(name => name.Word == word).Part;
                await using var register = await tree.OpenAsync(parsed, ct);
                return await RunAsync(register, tree.Around, tree.Around.PathTo(parsed.GetRequiredValue(output)), parts, ct);
            });
    }

    private static async Task<int> RunAsync(OpenRegister register, Surroundings around, string folder, MoveParts parts, CancellationToken ct)
    {
        foreach (var path in ExportFiles.Names.Where(name => parts.HasFlag(name.Part)).Select(name => Path.Combine(folder, name.Word + ".csv")).Where(File.Exists))
        {
            throw new CommandRefusedException($"{path} is there already: choose another folder.");
        }

        await Meter.RunAsync(around, "Exporting", "rows", null, async progress =>
        {
            using var files = new ExportFiles(folder, parts, progress);
            if (await register.Part<ExportRegister>().RunAsync(parts, files, register.UpkeepByPerson(), ct) is { } refusal)
            {
                throw new CommandRefusedException($"the register was not exported: {refusal.Text}.");
            }

            files.Keep();
            foreach (var (path, rows) in files.Counts)
            {
                around.Say($"{path}: {Surroundings.Many(rows, "row")}.");
            }
        });
        around.Say("These files hold personal data: keep them where nobody else can read them, and delete them when they are no longer needed.");
        return ExitCodes.Done;
    }
}
