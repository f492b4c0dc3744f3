using System.CommandLine;
using Plr.Server.Commands;
using Plr.Testing;

namespace Plr.Server.Tests.Commands;

public sealed class HelpTests
{
    private static readonly CommandTree Tree = new(new Surroundings { Out = TextWriter.Null, Error = TextWriter.Null });

    [Fact]
    public void Every_command_option_and_argument_has_one_help_sentence()
    {
        var symbols = All(Tree.Root).ToList();

        Assert.True(symbols.Count > 40, "The walk finds no commands.");
        Assert.All(symbols, symbol => Assert.Matches(@"\A[A-Z].*[^ .]\.?\z", symbol.Description ?? ""));
        Assert.All(symbols.Where(symbol => symbol is not Option { Name: "--help" or "--version" }), symbol => Assert.EndsWith(".", symbol.Description, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("serve --help", "--urls <URLS>")]
    [InlineData("demo --help", "--reset")]
    [InlineData("load achievements --help", "--organisation <REF>")]
    [InlineData("admin invite --help", "--learner <ULN>")]
    [InlineData("load learners --help", "--output <PATH>")]
    [InlineData("load learning-events --help", "with its id, source, dates and provenance as given")]
    [InlineData("export --help", "--what")]
    [InlineData("backup --help", "--output <DIR>")]
    [InlineData("restore --help", "--replace")]
    [InlineData("audit verify --help", "altered, removed or moved")]
    public async Task Help_names_what_a_command_takes(string line, string expected)
    {
        using var folder = new CommandFolder();

        var run = await folder.RunAsync([], line.Split(' '));

        Assert.Contains(expected, run.Done().Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lod", "Did you mean")]
    [InlineData("load registrations", "Option '--organisation' is required.")]
    [InlineData("admin user list", "give either --organisation CODE or --office.")]
    [InlineData("admin invite", "give --email ADDRESS or --learner ULN.")]
    public async Task A_wrong_command_line_is_told_and_ends_with_2(string line, string expected)
    {
        using var folder = new CommandFolder();

        var run = await folder.RunAsync(line.Split(' '));

        Assert.Equal(ExitCodes.Usage, run.Code);
        Assert.Contains(expected, run.Out + run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("commands.md")]
    [InlineData("settings.md")]
    [InlineData("response-codes.md")]
    [InlineData("files.md")]
    [InlineData("rest.md")]
    public async Task The_generated_reference_is_fresh(string name)
    {
        var page = (await Reference.PagesAsync()).Single(page => page.Name == name);

        Assert.Equal(page.Text, File.ReadAllText(Repository.PathTo("docs", "reference", name)));
    }

    [Fact]
    public async Task A_stale_reference_is_named_and_ends_with_1_until_it_is_written()
    {
        using var folder = new CommandFolder();
        Directory.CreateDirectory(Path.Combine(folder.Folder, "docs"));

        var stale = await folder.RunAsync("codes", "--check");
        (await folder.RunAsync("codes")).Done();
        var fresh = await folder.RunAsync("codes", "--check");

        Assert.Equal((ExitCodes.Refused, ExitCodes.Done), (stale.Code, fresh.Code));
        Assert.Contains("docs/reference/response-codes.md is not fresh", stale.Error, StringComparison.Ordinal);
    }

    private static IEnumerable<Symbol> All(Command command) =>
        [command, .. command.Options, .. command.Arguments, .. command.Subcommands.SelectMany(All)];
}
