using System.Globalization;
using Plr.Core;
using Plr.Core.Learners;
using Plr.Core.Matching;
using Plr.Core.Matching.Synthesis;
using Plr.Server.Commands;
using Plr.Store;
using Plr.Testing;

namespace Plr.Server.Tests.Commands;

/// <summary><c>plr match train</c> on invented registers of both engines, and servers that use what it wrote.</summary>
public sealed class MatchTrainTests(PostgresDatabase postgres) : IClassFixture<PostgresDatabase>, IDisposable
{
    private const int People = 1_500;

    private static readonly string[] Rare = ["Quexford", "Zzyvane", "Wyxtofen"];

    private readonly CommandFolder _folder = new();
    private (string Key, string Value)[] _environment = [];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(EngineKind.Sqlite)]
    [InlineData(EngineKind.Postgres)]
    public async Task Weights_learned_from_a_register_find_people_as_the_shipped_ones_do_and_are_the_same_each_time(EngineKind engine)
    {
        await BeginAsync(engine);
        var learners = await RegisterAsync(Invented());
        var run = (await RunAsync("match", "train", "--output", "first.json")).Done();
        (await RunAsync("match", "train", "--output", "second.json")).Done();
        var weights = Read("first.json");

        Assert.Equal(Text("first.json"), Text("second.json"));
        Assert.Contains("Reading learners, twice: ", run.Error, StringComparison.Ordinal);
        var note = weights.Training!;
        Assert.Equal((learners, 1.0, 1UL, "uk-1", Clock.Noon), (note.Learners, note.PartOfBlocks, note.Seed, note.Start, note.At));
        Assert.InRange(note.Matches, learners / 50.0, learners / 10.0);
        Assert.True(note.Pairs >= note.Matches);
        AssertIsBounded(weights);
        Assert.NotEqual(MatchWeights.Shipped.Fields[MatchField.FamilyName].Match, weights.Fields[MatchField.FamilyName].Match);
        Assert.Equal(MatchWeights.Shipped.Fields[MatchField.School].Match.Skip(1), weights.Fields[MatchField.School].Match.Skip(1));

        var (rehearsal, shipped) = (new FindRehearsal(5_000, 3, weights), new FindRehearsal(5_000, 3, MatchWeights.Shipped));
        var (one, two) = (rehearsal.One(40).ToList(), rehearsal.Two(4).ToList());
        Assert.True(Share(one, line => line.Found) >= 0.99 && Share(one, line => line.First) >= 0.97);
        Assert.True(Share(two, line => line.Found) >= Math.Max(0.97, Share([.. shipped.Two(4)], line => line.Found) - 0.01));
        Assert.InRange(rehearsal.Strangers(2_000).Offered, 0, 60);
    }

    [Theory]
    [InlineData(EngineKind.Sqlite)]
    [InlineData(EngineKind.Postgres)]
    public async Task A_sample_is_of_about_so_many_pairs_and_another_seed_draws_another(EngineKind engine)
    {
        await BeginAsync(engine);
        await RegisterAsync(Invented(700));
        foreach (var (file, seed) in new[] { ("one.json", "1"), ("same.json", "1"), ("other.json", "2") })
        {
            (await RunAsync("match", "train", "--output", file, "--sample", "60", "--seed", seed)).Done();
        }

        var (one, other) = (Read("one.json"), Read("other.json"));
        Assert.All([one, other], weights =>
        {
            Assert.InRange(weights.Training!.Pairs, 60, 100);
            Assert.InRange(weights.Training.PartOfBlocks, 0.001, 0.9);
            AssertIsBounded(weights);
        });
        Assert.Equal(Text("one.json"), Text("same.json"));
        Assert.NotEqual(one.Fields[MatchField.GivenName].Match, other.Fields[MatchField.GivenName].Match);

        // The share of those that are one person is told by a part as by all, give or take what sixty pairs say.
        (await RunAsync("match", "train", "--output", "all.json")).Done();
        var all = Read("all.json").Training!;
        Assert.InRange(one.Training!.Matches / one.Training.PartOfBlocks, all.Matches / 2, all.Matches * 2);
    }

    [Theory]
    [InlineData(EngineKind.Sqlite)]
    [InlineData(EngineKind.Postgres)]
    public async Task A_register_of_nobody_and_one_without_duplicates_change_nothing_that_they_do_not_know(EngineKind engine)
    {
        await BeginAsync(engine);
        (await RunAsync("match", "train", "--output", "nobody.json")).Done();
        var nobody = Read("nobody.json");
        Assert.Equal((0, 0, 0.0), (nobody.Training!.Learners, nobody.Training.Pairs, nobody.Training.Matches));
        Assert.All(Enum.GetValues<MatchField>(), field =>
        {
            Assert.Equal(MatchWeights.Shipped.Fields[field].Match.Skip(1), nobody.Fields[field].Match.Skip(1));
            Assert.Equal(MatchWeights.Shipped.Fields[field].Chance.Skip(1), nobody.Fields[field].Chance.Skip(1));
            Assert.Equal(MatchWeights.Shipped.Fields[field].Rest, nobody.Fields[field].Rest);
        });
        Assert.Equal(MatchWeights.Shipped.Frequencies[MatchField.FamilyName].OrderBy(name => name.Key), nobody.Frequencies[MatchField.FamilyName].OrderBy(name => name.Key));

        await RegisterAsync([A.Learner("Blodwen", "Tegryd", "2006-03-09"), A.Learner("Mohammed", "Okonjo", "2004-11-30") with { LastKnownPostCode = "B11 3AB", Gender = "1" }]);
        (await RunAsync("match", "train", "--output", "two.json")).Done();
        var two = Read("two.json");
        Assert.Equal(0, two.Training!.Matches);
        AssertIsBounded(two);
        Assert.All(Enum.GetValues<MatchField>(), field => Assert.Equal(MatchWeights.Shipped.Fields[field].Match.Skip(1), two.Fields[field].Match.Skip(1)));
    }

    [Theory]
    [InlineData(EngineKind.Sqlite)]
    [InlineData(EngineKind.Postgres)]
    public async Task A_name_that_fewer_than_five_people_have_is_in_no_file(EngineKind engine)
    {
        await BeginAsync(engine);
        await RegisterAsync([
            .. Enumerable.Range(1, 5).Select(day => A.Learner("Ann", Rare[0], $"2006-03-0{day}")),
            .. Enumerable.Range(1, 4).Select(day => A.Learner("Ben", Rare[1], $"2006-03-0{day}")),
            // Five numbers of one person.
            .. Enumerable.Range(1, 5).Select(copy => A.Learner("Cara", Rare[2], "2006-03-09") with { LastKnownPostCode = $"LL57 {copy}DT" })]);
        (await RunAsync("match", "train", "--output", "weights.json")).Done();

        var names = Read("weights.json").Frequencies;
        Assert.Equal([true, false, false], Rare.Select(name => names[MatchField.FamilyName].ContainsKey(name.ToUpperInvariant())));
        Assert.Equal([MatchField.FamilyName, MatchField.GivenName], names.Keys.OrderByDescending(field => field));
        Assert.DoesNotContain(Rare[1], Text("weights.json"), StringComparison.OrdinalIgnoreCase);
        Assert.All(["2006", "LL57"], known => Assert.DoesNotContain(known, Text("weights.json"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_changes_is_shown_beside_what_was_for_a_person_to_review()
    {
        await RegisterAsync(Invented(400));
        var trained = (await RunAsync("match", "train", "--output", "weights.json")).Done();
        Assert.Contains(trained.Lines, line => line.StartsWith("shipped, in use  uk-1. Shipped: ", StringComparison.Ordinal));
        Assert.Contains(trained.Lines, line => line.StartsWith("new              trained-20261123T120000Z. ", StringComparison.Ordinal));
        Assert.Contains(trained.Lines, line => line.StartsWith("familyName    different                   0.0600  0.9600   -4.00", StringComparison.Ordinal));
        Assert.Contains(trained.Lines, line => line.StartsWith("              nickname or other name      0.0500  0.0020    4.47", StringComparison.Ordinal));
        Assert.Contains("As shipped: placeOfBirth, school, address, town, identifier, occupation.", trained.Lines);
        Assert.Contains(trained.Lines, line => line.StartsWith("familyName: ", StringComparison.Ordinal) && line.Contains("with a share of their own", StringComparison.Ordinal));

        _environment = [("Matching:WeightsFile", Path.Combine(_folder.Folder, "weights.json"))];
        var again = (await RunAsync("match", "weights", "--file", "weights.json")).Done();
        Assert.Contains(again.Lines, line => line.StartsWith("in use           trained-20261123T120000Z. ", StringComparison.Ordinal));
        Assert.DoesNotContain(again.Lines, line => line.EndsWith('*'));
        var changed = MatchWeights.Shipped with { Frequencies = MatchWeights.Shipped.Frequencies.ToDictionary(table => table.Key, table => (IReadOnlyDictionary<string, double>)table.Value.Where(name => name.Key != "JONES").ToDictionary()) };
        _folder.Write("changed.json", changed.Print());
        var against = (await RunAsync("match", "weights", "--file", "changed.json", "--against", "weights.json")).Done();
        Assert.Contains(against.Lines, line => line.StartsWith("  JONES ", StringComparison.Ordinal));
        Assert.Contains("nothing.json cannot be used: ", (await RunAsync("match", "weights", "--file", "nothing.json")).Refused().Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_there_is_left_alone()
    {
        await RegisterAsync([A.Learner()]);
        _folder.Write("weights.json", "mine");
        Assert.Contains("weights.json is there already: move it away", (await RunAsync("match", "train", "--output", "weights.json")).Refused().Error, StringComparison.Ordinal);
        Assert.Contains("there is no folder", (await RunAsync("match", "train", "--output", "no/weights.json")).Refused().Error, StringComparison.Ordinal);
        Assert.Equal("mine", Text("weights.json"));
        Assert.Equal(ExitCodes.Usage, (await RunAsync("match", "train", "--output", "other.json", "--sample", "0")).Code);
    }

    [Fact]
    public async Task A_register_weighs_with_the_file_that_its_settings_name_also_before_its_index_is_loaded()
    {
        await RegisterAsync(Invented(300));
        (await RunAsync("match", "train", "--output", "weights.json")).Done();
        var settings = new Settings { DataFolder = _folder.Data, Matching = new() { WeightsFile = Path.Combine(_folder.Folder, "weights.json") } };
        await using var register = await OpenRegister.OpenAsync(settings, Clock.New(), TestContext.Current.CancellationToken);
        var asked = LearnerRules.Details(A.Learner());

        var before = register.Part<LearnerLookup>().Of(asked);
        await register.Part<LearnerFollower>().LoadAsync(TestContext.Current.CancellationToken);
        var after = register.Part<LearnerLookup>().Of(asked);

        Assert.True(before.Point is null && after.Point is not null);
        Assert.All([before, after], look => Assert.Equal("trained-20261123T120000Z", look.Matcher.Weights.Edition));
        Assert.Equal("trained-20261123T120000Z", register.Part<Matcher>().Weights.Edition);
    }

    [Fact]
    public async Task Only_the_registers_own_commands_learn_from_it()
    {
        await using var register = await OpenRegister.OpenAsync(new Settings { DataFolder = _folder.Data }, Clock.New(), TestContext.Current.CancellationToken);
        var officer = new Access(new Actor(Roles.OfficeSenior), Channel.Office, Purpose.RegisterUpkeep, "test");
        var refused = await register.Part<TrainWeights>().RunAsync(new(100, 1), null, officer, TestContext.Current.CancellationToken);
        Assert.True(refused is { Refusal: not null, Weights: null });
    }

    /// <summary>No level tells more than the shipped weights let it.</summary>
    private static void AssertIsBounded(MatchWeights weights) => Assert.All(Enum.GetValues<MatchField>(), field =>
    {
        var (own, shipped) = (weights.Fields[field], MatchWeights.Shipped.Fields[field]);
        Assert.InRange(own.Match[1], 0, 3.01 * shipped.Match[1]);
        Assert.InRange(own.Rest, 0.1 * shipped.Rest, 1);
        for (var level = 1; level < own.Match.Count; level++)
        {
            Assert.True(own.Chance[level] >= 0.099 * shipped.Chance[level], $"u of {field} {level}");
            Assert.True(own.Match[level] >= 0.33 * shipped.Match[level], $"m of {field} {level}");
        }

        Assert.All(LevelBits.Of(field, own), bits => Assert.True(double.IsFinite(bits)));
        Assert.True(weights.Frequencies.GetValueOrDefault(field)?.Values.All(share => share >= own.Rest) ?? true);
    });

    private static double Share(List<Rehearsed> lines, Func<Rehearsed, int> count) => (double)lines.Sum(count) / lines.Sum(line => line.Searches);

    /// <summary>Invented learners, of whom each twentieth is registered again with a fault.</summary>
    private static IEnumerable<LearnerText> Invented(int people = People)
    {
        var faults = new FaultMaker(8);
        var kinds = Enum.GetValues<Fault>();
        foreach (var person in new SyntheticPeople(7).Make(people))
        {
            yield return Learner(person.Text);
            if (person.Number % 20 == 0 && faults.Make(kinds[person.Number / 20 % kinds.Length], person.Text) is { } copy && copy != person.Text)
            {
                yield return Learner(copy);
            }
        }
    }

    private static LearnerText Learner(PersonText text) => A.Learner(text.GivenName!, text.FamilyName!, string.Create(CultureInfo.InvariantCulture, $"{text.BirthDate / 10000:D4}-{text.BirthDate / 100 % 100:D2}-{text.BirthDate % 100:D2}")) with
    {
        MiddleOtherName = text.MiddleName,
        PreviousFamilyName = text.PreviousFamilyName,
        Gender = text.Gender.ToString(CultureInfo.InvariantCulture),
        LastKnownPostCode = text.Postcode,
        EmailAddress = text.Email,
    };

    private async Task BeginAsync(EngineKind engine)
    {
        if (engine == EngineKind.Postgres)
        {
            var options = await postgres.EmptyAsync();
            _environment = [("Store:Engine", "Postgres"), ("Store:ConnectionString", options.ConnectionString!)];
        }
    }

    private Task<CommandRun> RunAsync(params string[] args) => _folder.RunAsync(_environment, [.. args, "--data", _folder.Data]);

    private string Text(string file) => File.ReadAllText(Path.Combine(_folder.Folder, file));

    private MatchWeights Read(string file) => MatchWeights.Parse(Text(file));

    private async Task<int> RegisterAsync(IEnumerable<LearnerText> learners)
    {
        var store = _environment.Length == 0 ? new StoreSettings() : new StoreSettings { Engine = EngineKind.Postgres, ConnectionString = _environment[1].Value };
        await using var register = await OpenRegister.OpenAsync(new Settings { DataFolder = _folder.Data, Store = store }, Clock.New(), TestContext.Current.CancellationToken);
        var outcomes = await register.Part<ILearnerStore>().RegisterAsync([.. learners.Select((learner, at) => A.Registration(learner, at + 1))], null, register.Upkeep());
        return outcomes.Count(outcome => outcome.Uln is not null);
    }
}
