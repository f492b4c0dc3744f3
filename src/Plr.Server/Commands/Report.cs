using System.CommandLine;
using Plr.Core.Learners;
using Plr.Core.Reports;
using Plr.Core.Responses;
using Plr.Server.Documents;

namespace Plr.Server.Commands;

/// <summary><c>plr report</c>: makes a report for a caller, as the page of the register office does, with the same entry in the learner's trail.</summary>
internal static class Report
{
    private static readonly (string Word, ReportFormat Format)[] Formats = [("pdf", ReportFormat.Pdf), ("csv", ReportFormat.Csv), ("json", ReportFormat.Json)];
    private static readonly (string Word, ReportLanguage Language)[] Spoken = [("en", ReportLanguage.English), ("cy", ReportLanguage.Welsh)];

    public static Command Make(CommandTree tree)
    {
        var uln = new Argument<string>("uln") { Description = "The ULN of the learner.", HelpName = "ULN" };
        var format = Choice("--format", "As what", "FORMAT", [.. Formats.Select(known => known.Word)]);
        var language = Choice("--language", "In which language", "LANGUAGE", [.. Spoken.Select(known => known.Word)]);
        var reason = new Option<string>("--reason") { Description = "Who asked, and how it was checked who they are. The learner sees it.", HelpName = "TEXT", Required = true };
        var output = new Option<string>("--output") { Description = "The file to write; it must not be there yet.", HelpName = "FILE", Required = true };
        return CommandTree.Command(
            "report", "Makes a report of a learner's record for a caller; the learner sees that it was made, and why.", [uln, format, language, reason, output], async (parsed, ct) =>
            {
                if (!Uln.TryParseTyped(parsed.GetRequiredValue(uln), out var whose))
                {
                    throw new CommandRefusedException("the ULN is not one: it has ten digits, of which the last is a check digit.");
                }

                var path = tree.Around.PathTo(parsed.GetRequiredValue(output));
                if (Path.Exists(path))
                {
                    throw new CommandRefusedException($"{path} is there already: choose another file.");
                }

                await using var register = await tree.OpenAsync(parsed, ct);
                var (answer, file) = await register.Part<MakeReport>().RunAsync(
                    whose,
                    Formats.Single(known => known.Word == parsed.GetRequiredValue(format)).Format,
                    Spoken.Single(known => known.Word == parsed.GetRequiredValue(language)).Language,
                    parsed.GetRequiredValue(reason),
                    register.UpkeepByPerson(),
                    ct);
                if (file is null)
                {
                    throw new CommandRefusedException($"no report was made: {Why(answer)}.");
                }

                Write(path, file.Content);
                tree.Around.Say($"{path}: report {answer.Report!.Reference}.");
                return ExitCodes.Done;
            });
    }

    private static Option<string> Choice(string name, string what, string help, string[] words)
    {
        var option = new Option<string>(name) { Description = $"{what}: {string.Join(" or ", words)}.", HelpName = help, DefaultValueFactory = _ => words[0] };
        option.AcceptOnlyFromAmong(words);
        return option;
    }

    private static string Why(GetReport.Answer answer)
    {
        var details = answer.Findings.Select(finding => finding.Text).Concat(answer.Unprintable.Select(field => $"{field.Characters} ({field.Field})")).ToList();
        return answer.Code.Text + (details.Count == 0 ? "" : $": {string.Join(", ", details)}");
    }

    // It is somebody's record: nobody else on the machine reads it.
    private static void Write(string path, byte[] content)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
        file.Write(content);
    }
}
