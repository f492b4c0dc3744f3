using Plr.Core.Matching;
using Plr.Core.Matching.Synthesis;

namespace Plr.Core.Tests.Matching;

public sealed class LiveIndexTests
{
    private static readonly List<PreparedPerson> People = [.. new SyntheticPeople(11).Make(6_000).Select(person => PreparedPerson.Of(person.Text))];

    [Fact]
    public void It_finds_nobody_before_it_is_loaded()
    {
        var index = new LiveIndex(MatchWeights.Shipped);
        Assert.False(index.IsLoaded);
        Assert.Null(index.Search(People[0], FindIndex.Possible));
    }

    [Fact]
    public void Whoever_is_added_is_found_and_who_is_no_longer_to_be_found_is_not()
    {
        var index = Loaded(100);
        Assert.DoesNotContain(5_000u, Found(index, 5_000));
        index.Apply([(5_000u, People[5_000])], At(2));
        Assert.Equal(5_000u, Found(index, 5_000)[0]);
        Assert.Equal(7u, Found(index, 7)[0]);
        index.Apply([(5_000u, null), (7u, null)], At(3));
        Assert.DoesNotContain(5_000u, Found(index, 5_000));
        Assert.DoesNotContain(7u, Found(index, 7));
        Assert.Equal(2, index.Point!.Position);
    }

    [Fact]
    public void Whoever_changed_is_found_by_what_they_are_now()
    {
        var index = Loaded(100);
        index.Apply([(7u, People[5_001])], At(2));
        Assert.Equal(7u, Found(index, 5_001)[0]);
        Assert.DoesNotContain(7u, Found(index, 7));
    }

    [Fact]
    public void An_address_of_electronic_mail_finds_its_owner_whatever_the_rest()
    {
        var owner = PreparedPerson.Of(new PersonText { GivenName = "Blodwen", FamilyName = "Tegryd", BirthDate = 20050417, Gender = 2, Postcode = "LL571DT", Email = "b.tegryd@example.org" });
        var asked = PreparedPerson.Of(new PersonText { GivenName = "Ann", FamilyName = "Other", BirthDate = 19990909, Gender = 1, Postcode = "B11AA", Email = "B.Tegryd@example.org " });
        var index = Loaded(100);
        index.Apply([(300u, owner)], At(2));
        Assert.Contains(300u, index.Search(asked, FindIndex.Possible)!.Numbers);
        index.Apply([.. Enumerable.Range(400, 200).Select(at => ((uint)at, (PreparedPerson?)People[at]))], At(3));
        Assert.Contains(300u, index.Search(asked, FindIndex.Possible)!.Numbers);
    }

    /// <summary>Whatever the order of changes and however they were joined, it holds what an index of the last state would.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void After_any_changes_it_holds_what_one_of_the_end_would(int seed)
    {
        var random = new Random(seed);
        var index = Loaded(500);
        var now = Enumerable.Range(0, 500).ToDictionary(number => (uint)number, number => (PreparedPerson?)People[number]);
        for (var turn = 0; turn < 60; turn++)
        {
            var changes = Enumerable.Range(0, random.Next(1, 120)).Select(_ => (uint)random.Next(1_500)).Distinct()
                .Select(number => (number, random.Next(5) == 0 ? null : People[random.Next(People.Count)])).ToList();
            index.Apply(changes, At(turn + 2));
            foreach (var (number, person) in changes)
            {
                now[number] = person;
            }
        }

        var last = new FindIndex();
        foreach (var (number, person) in now.Where(pair => pair.Value is not null))
        {
            last.Add(number, person!);
        }

        last.Seal();
        Assert.Equal(last.Contents().OrderBy(person => person.Number), index.Contents().OrderBy(person => person.Number));
        Assert.All(now.Where(pair => pair.Value is not null).Take(200), pair =>
            Assert.Contains(pair.Key, index.Search(pair.Value!, FindIndex.Possible) is { Numbers.Count: < 24 } looked ? looked.Numbers : [pair.Key]));
    }

    [Fact]
    public async Task Large_parts_are_joined_while_it_is_searched_and_changed()
    {
        var index = Loaded(6_000);
        for (var turn = 0u; turn < 12; turn++)
        {
            index.Apply([.. Enumerable.Range(0, 6_000).Select(at => (10_000 + (turn * 6_000) + (uint)at, (PreparedPerson?)People[at]))], At(turn + 2));
            Assert.Contains(10_000 + (turn * 6_000) + 17, Hundred(index, 17));
        }

        // Joining is elsewhere: it is waited for by asking, and nothing is lost meanwhile.
        for (var tries = 0; tries < 200 && index.Count != 78_000; tries++)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        Assert.Equal(78_000, index.Count);
        Assert.Equal(78_000, index.Contents().Count());
    }

    private static uint[] Hundred(LiveIndex index, int at) => [.. index.Search(People[at], FindIndex.Possible)!.Numbers];

    private static LiveIndex Loaded(int people)
    {
        var all = new FindIndex();
        foreach (var (at, person) in People.Take(people).Index().Reverse())
        {
            all.Add((uint)at, person);
        }

        all.Seal();
        var index = new LiveIndex(MatchWeights.Shipped);
        index.Load(all, At(1));
        return index;
    }

    private static IReadOnlyList<uint> Found(LiveIndex index, int at) => index.Search(People[at], FindIndex.Possible)!.Numbers;

    private static FeedPoint At(long next) => new(next, []);
}
