using Plr.Server.Commands;
using Plr.Testing;

namespace Plr.Server.Tests.Commands;

public sealed class MatchTests : IDisposable
{
    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Invented_people_are_the_same_for_the_same_seed_and_are_told_apart()
    {
        (await _folder.RunAsync("match", "synthesise", "--learners", "300", "--seed", "4", "--output", "one.csv")).Done();
        (await _folder.RunAsync("match", "synthesise", "--learners", "300", "--seed", "4", "--output", "two.csv")).Done();
        Assert.Equal(File.ReadAllText(Path.Combine(_folder.Folder, "one.csv")), File.ReadAllText(Path.Combine(_folder.Folder, "two.csv")));

        var said = (await _folder.RunAsync("match", "evaluate", "--people", "one.csv", "--map", "synthetic", "--save-weights", "weights.json")).Done();

        Assert.Contains(said.Lines, line => line.StartsWith("pairs, as shipped", StringComparison.Ordinal));
        Assert.Contains(said.Lines, line => line.StartsWith("recall by faults", StringComparison.Ordinal));
        (await _folder.RunAsync("match", "evaluate", "--people", "one.csv", "--map", "synthetic", "--weights", "weights.json", "--table-row")).Done();
    }

    [Fact]
    public async Task Chosen_kinds_of_faults_are_the_only_ones()
    {
        var made = (await _folder.RunAsync("match", "synthesise", "--learners", "200", "--faults", "Nickname,swappednames", "--shape", "Register")).Done();
        var faults = made.Lines.Skip(1).Select(line => line.Split(',')[3]).SelectMany(kinds => kinds.Split('+', StringSplitOptions.RemoveEmptyEntries)).Distinct().Order();
        Assert.Equal(["Nickname", "SwappedNames"], faults);
        Assert.Equal(ExitCodes.Usage, (await _folder.RunAsync("match", "synthesise", "--faults", "Forgotten")).Code);
    }

    [Fact]
    public async Task A_file_of_pairs_is_the_truth_when_it_is_given()
    {
        _folder.Write("people.csv", "id,first,last,born\n1,Anna,Okafor,2001-02-03\n2,Ana,Okafor,2001-02-03\n3,Peter,Jones,1999-07-01\n4,Rhys,Howells,2000-11-30\n");
        _folder.Write("pairs.csv", "left,right\n1,2\n");
        _folder.Write("map.json", """{ "fields": { "givenName": ["first"], "familyName": ["last"], "birthDate": ["born"] }, "id": "id" }""");
        var said = (await _folder.RunAsync("match", "evaluate", "--people", "people.csv", "--map", "map.json", "--truth", "pairs.csv")).Done();
        Assert.StartsWith("records          4, true pairs 1 of 6", said.Lines[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "fields": { "shoeSize": ["first"] }, "person": "id" }""", "shoeSize")]
    [InlineData("""{ "fields": { "givenName": ["nowhere"] }, "person": "id" }""", "nowhere")]
    [InlineData("""{ "fields": { "givenName": ["first"] } }""", "nobody says who is who")]
    [InlineData("no map", "map")]
    public async Task A_map_that_does_not_fit_is_refused_in_a_sentence(string map, string word)
    {
        _folder.Write("people.csv", "id,first\n1,Anna\n2,Ana\n");
        _folder.Write("map.json", map);
        var refused = await _folder.RunAsync("match", "evaluate", "--people", "people.csv", "--map", "map.json");
        Assert.Equal(ExitCodes.Refused, refused.Code);
        Assert.Contains(word, refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rehearsal_says_how_often_the_right_learner_is_found()
    {
        var said = (await _folder.RunAsync("match", "rehearse", "--learners", "500", "--searches", "5")).Done();
        Assert.Contains(said.Lines, line => line.StartsWith("two faults of different kinds", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("febrl_dataset1", "febrl")]
    [InlineData("febrl_dataset2", "febrl")]
    [InlineData("febrl_dataset3", "febrl")]
    [InlineData("splink_fake_1000", "splink-fake-1000")]
    public async Task The_figures_in_the_documentation_are_those_that_are_measured(string file, string map)
    {
        var row = (await _folder.RunAsync("match", "evaluate", "--people", SharedFiles.Path("linkage", $"{file}.csv"), "--map", map, "--table-row")).Done().Lines[0];
        Assert.Contains(row, File.ReadAllText(Repository.PathTo("docs", "explain", "matching.md")), StringComparison.Ordinal);
    }
}
