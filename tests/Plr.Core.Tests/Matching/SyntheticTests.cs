using Plr.Core.Learners;
using Plr.Core.Matching;
using Plr.Core.Matching.Synthesis;

namespace Plr.Core.Tests.Matching;

public sealed class SyntheticTests
{
    [Fact]
    public void The_same_seed_makes_the_same_people_and_another_one_others()
    {
        var people = new SyntheticPeople(9).Make(500).ToList();
        Assert.Equal(people, new SyntheticPeople(9).Make(500));
        Assert.NotEqual(people, new SyntheticPeople(10).Make(500));
        Assert.Equal(Enumerable.Range(1, 500).Select(number => (long)number), people.Select(person => person.Number));
    }

    [Fact]
    public void Every_postcode_and_birth_date_is_one()
    {
        Assert.All(new SyntheticPeople(1).Make(2_000), person =>
        {
            Assert.True(Postcode.TryParse(person.Text.Postcode, out _), person.Text.Postcode);
            Assert.True(person.Text.BirthDate > 19000101);
        });
    }

    [Fact]
    public void There_are_twins_and_sons_of_their_fathers_names()
    {
        var people = new SyntheticPeople(1).Make(5_000).ToList();
        Assert.Contains(people, person => person.TwinOf is not null);
        Assert.Contains(
            people.GroupBy(person => (person.Text.GivenName, person.Text.FamilyName, person.Text.Postcode)),
            household => household.Select(person => person.Text.BirthDate / 10000).Distinct().Count() > 1);
    }

    [Fact]
    public void There_are_more_than_a_hundred_thousand_family_names() => Assert.True(SyntheticNames.All.Sum(names => names.FamilyNames) > 100_000);

    [Fact]
    public void Every_kind_of_fault_changes_something_of_somebody()
    {
        var maker = new FaultMaker(2);
        var people = new SyntheticPeople(2).Make(300).Select(person => person.Text).ToList();
        foreach (var fault in Enum.GetValues<Fault>())
        {
            var made = people.Select(person => (person, made: maker.Make(fault, person))).Where(pair => pair.made is not null).ToList();
            Assert.True(made.Count > 20, $"{fault} {made.Count}");
            Assert.All(made, pair => Assert.NotEqual(pair.person, pair.made));
        }
    }
}
