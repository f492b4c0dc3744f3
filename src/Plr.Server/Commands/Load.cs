using System.CommandLine;
using Plr.Core.Batches;

namespace Plr.Server.Commands;

/// <summary><c>plr load</c>: takes files in, from organisations and from the registers of qualifications.</summary>
internal static class Load
{
    public static Command Make(CommandTree tree) => CommandTree.Group(
        "load",
        "Loads a file: each row is taken or refused by itself, and the same file again changes nothing.",
        [
            Extract(tree, "qualifications", "Loads the register of qualifications from its own CSV download.", LoadExtract.QualificationsAsync),
            Extract(tree, "awarding-organisations", "Loads the awarding organisations from the regulator's own CSV download.", LoadExtract.AwardingOrganisationsAsync),
            Move(tree, "organisations", "Loads the organisations of another register, as plr export writes them.", LoadMoved.OrganisationsAsync),
            Move(tree, "learners", "Loads the learners of another register, every version with its ULN, links, dates and provenance as given.", LoadMoved.LearnersAsync),
            Move(tree, "learning-events", "Loads the learning events of another register, every version with its id, source, dates and provenance as given.", LoadMoved.LearningEventsAsync),
            Move(tree, "reports", "Loads the reports that another register made, so that this one confirms them.", LoadMoved.ReportsAsync),
            OfOrganisation(tree, "registrations", "Loads a learner registration file (2A) of a provider.", "UKPRN", BatchKind.Registrations),
            OfOrganisation(tree, "achievements", "Loads an achievements file (1A) of an awarding organisation.", "REF", BatchKind.Achievements),
        ]);

    private static Argument<string> FileArgument() => new("file") { Description = "The CSV file.", HelpName = "FILE" };

    private static Command Extract(CommandTree tree, string name, string help, Func<OpenRegister, string, Surroundings, CancellationToken, Task<int>> load)
    {
        var file = FileArgument();
        return CommandTree.Command(name, help, [file], async (parsed, ct) =>
        {
            var path = Existing(tree.Around, parsed.GetRequiredValue(file));
            await using var register = await tree.OpenAsync(parsed, ct);
            return await load(register, path, tree.Around, ct);
        });
    }

    private static Command Move(CommandTree tree, string name, string help, Func<LoadMoved, CancellationToken, Task<int>> load)
    {
        var file = FileArgument();
        var output = new Option<string?>("--output")
        {
            Description = "Where to write the rows that are refused, which must not be there yet; without it, in the current folder under a name made from the file's.",
            HelpName = "PATH",
        };
        return CommandTree.Command(name, help, [file, output], async (parsed, ct) =>
        {
            var path = Existing(tree.Around, parsed.GetRequiredValue(file));
            await using var register = await tree.OpenAsync(parsed, ct);
            return await load(new LoadMoved(register, tree.Around, path, parsed.GetValue(output)), ct);
        });
    }

    private static Command OfOrganisation(CommandTree tree, string name, string help, string code, BatchKind kind)
    {
        var file = FileArgument();
        var organisation = new Option<string>("--organisation") { Description = "The organisation whose file it is.", HelpName = code, Required = true };
        var again = new Option<bool>("--again") { Description = "Judges a file that was loaded before once more." };
        var output = new Option<string?>("--output")
        {
            Description = "Where to write the output file, which must not be there yet; without it, in the current folder under a name made from the file's.",
            HelpName = "PATH",
        };
        return CommandTree.Command(name, help, [file, organisation, again, output], async (parsed, ct) =>
        {
            var path = Existing(tree.Around, parsed.GetRequiredValue(file));
            if (parsed.GetValue(output) is { } named)
            {
                Output.RefuseToOverwrite(tree.Around.PathTo(named));
            }

            await using var register = await tree.OpenAsync(parsed, ct);
            var load = new LoadBatch(register, tree.Around);
            return await load.RunAsync(kind, path, parsed.GetRequiredValue(organisation), parsed.GetValue(again), parsed.GetValue(output), ct);
        });
    }

    private static string Existing(Surroundings around, string typed)
    {
        var path = around.PathTo(typed);
        return File.Exists(path) ? path : throw new CommandRefusedException($"there is no file {typed}.");
    }
}
