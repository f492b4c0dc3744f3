using System.CommandLine;
using System.Globalization;
using Plr.Core.Matching;
using Plr.Core.Matching.Synthesis;

namespace Plr.Server.Commands;

/// <summary><c>plr match</c>: looks after who is the same person, and measures how well people are matched on invented ones.</summary>
internal static class Match
{
    public static Command Make(CommandTree tree) => CommandTree.Group(
        "match",
        "Finds learners who may be one person, checks find indexes, learns match weights, and measures how well people are matched.",
        [MatchRegister.Duplicates(tree), MatchRegister.Index(tree), MatchTrain.Train(tree), MatchTrain.Weights(tree), Evaluate(tree), Synthesise(tree), Rehearse(tree)]);

    private static Command Evaluate(CommandTree tree)
    {
        var people = Path("--people", "A CSV file of people of whom it is known who is who.", isRequired: true);
        var map = Path("--map", "Which column is which field: a JSON file, or the name of a map that comes with the program (febrl, splink-fake-1000, historical-people, names-and-birth-date, synthetic).", isRequired: true);
        var truth = Path("--truth", "A CSV file of the pairs that are one person; without it the map names a column.");
        var weights = Path("--weights", "Uses these match weights; without it they are learned from the file's people, without their labels.");
        var save = Path("--save-weights", "Writes the match weights that were used.");
        var row = new Option<bool>("--table-row") { Description = "Prints one row of the table in docs/explain/matching.md instead." };
        return CommandTree.Command("evaluate", "Runs the matcher over a labelled file and says how often it is right.", [people, map, truth, weights, save, row], (parsed, _) =>
        {
            var evaluate = new MatchEvaluate(tree.Around);
            return Task.FromResult(evaluate.Run(new(
                parsed.GetRequiredValue(people)!, parsed.GetRequiredValue(map)!, parsed.GetValue(truth), parsed.GetValue(weights), parsed.GetValue(save), parsed.GetValue(row))));
        });
    }

    private static Command Synthesise(CommandTree tree)
    {
        var learners = Count("--learners", "How many people.", 10_000);
        var seed = Seed();
        var shape = new Option<FileShape>("--shape")
        {
            Description = "Which fields, and how bad: Register (all fields, one or two faults), NamesOnly (names and birth date, one fault), Dirty (several records, many faults, much missing).",
            DefaultValueFactory = _ => FileShape.Register,
        };
        var faults = new Option<string?>("--faults") { Description = $"The kinds of faults, with commas; all without it: {string.Join(", ", Enum.GetNames<Fault>())}.", HelpName = "KINDS" };
        var output = Path("--output", "The file to write; without it, to the output.");
        return CommandTree.Command(
            "synthesise", "Writes a labelled CSV file of invented people of the United Kingdom, with copies that have faults; the same for the same seed.", [learners, seed, shape, faults, output], (parsed, _) =>
            {
                var kinds = Kinds(parsed.GetValue(faults));
                var made = new SyntheticFile(parsed.GetValue(seed), parsed.GetValue(shape)) { Kinds = kinds };
                return Task.FromResult(MatchSynthesise.Write(tree.Around, made.Rows(parsed.GetValue(learners)), parsed.GetValue(output)));
            });
    }

    private static Command Rehearse(CommandTree tree)
    {
        var learners = Count("--learners", "How many are on the invented register.", 100_000);
        var searches = Count("--searches", "How many searches of each kind of fault.", 1_000);
        var seed = Seed();
        var weights = Path("--weights", "Searches with these match weights; without it with those that are shipped.");
        return CommandTree.Command(
            "rehearse", "Looks invented people up in an invented register, with one fault and with two, and says how often they are found.", [learners, searches, seed, weights], (parsed, _) =>
                Task.FromResult(MatchRehearse.Run(
                    tree.Around, parsed.GetValue(learners), parsed.GetValue(searches), parsed.GetValue(seed), parsed.GetValue(weights) is { } file ? MatchTrain.Read(tree.Around, file) : MatchWeights.Shipped)));
    }

    private static IReadOnlyList<Fault> Kinds(string? typed)
    {
        if (typed is null)
        {
            return Enum.GetValues<Fault>();
        }

        var kinds = new List<Fault>();
        foreach (var word in typed.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            kinds.Add(Enum.TryParse<Fault>(word, ignoreCase: true, out var kind) && Enum.IsDefined(kind)
                ? kind
                : throw new CommandRefusedException($"{word} is no kind of fault: there are {string.Join(", ", Enum.GetNames<Fault>())}.", ExitCodes.Usage));
        }

        return kinds.Count > 0 ? kinds : Enum.GetValues<Fault>();
    }

    private static Option<string?> Path(string name, string help, bool isRequired = false) => new(name) { Description = help, HelpName = "FILE", Required = isRequired };

    private static Option<ulong> Seed() => new("--seed") { Description = "Another number makes other people.", HelpName = "N", DefaultValueFactory = _ => 1 };

    internal static Option<int> Count(string name, string help, int usual)
    {
        var option = new Option<int>(name) { Description = help, HelpName = "N", DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 100_000_000)
            {
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} is a number from 1 to 100,000,000."));
            }
        });
        return option;
    }
}
