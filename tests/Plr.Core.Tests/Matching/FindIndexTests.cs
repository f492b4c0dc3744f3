using Plr.Core.Matching;
using Plr.Core.Matching.Synthesis;

namespace Plr.Core.Tests.Matching;

public sealed class FindIndexTests
{
    private static readonly FindRehearsal Rehearsal = new(5_000, 3, MatchWeights.Shipped);

    [Fact]
    public void Who_is_asked_for_with_one_fault_is_found_and_first()
    {
        var lines = Rehearsal.One(40).ToList();
        Assert.All(lines, line => Assert.True(line.Searches > 0, line.Name));
        Assert.True(lines.Sum(line => line.Found) >= 0.99 * lines.Sum(line => line.Searches));
        Assert.True(lines.Sum(line => line.First) >= 0.97 * lines.Sum(line => line.Searches));
    }

    [Fact]
    public void Who_is_asked_for_with_two_faults_of_different_kinds_is_found()
    {
        var lines = Rehearsal.Two(4).ToList();
        Assert.True(lines.Sum(line => line.Found) >= 0.97 * lines.Sum(line => line.Searches));
    }

    [Fact]
    public void Somebody_who_is_not_on_the_register_is_never_exact_and_seldom_possible()
    {
        var strangers = Rehearsal.Strangers(2_000);
        Assert.Equal(0, strangers.Exact);
        Assert.InRange(strangers.Offered, 0, 60);
    }

    [Fact]
    public void Twins_are_never_exact_to_each_other() => Assert.Equal(0, Rehearsal.Twins(100).Exact);

    [Fact]
    public void An_index_takes_at_most_120_bytes_a_learner()
    {
        var index = new FindIndex();
        foreach (var person in new SyntheticPeople(3).Make(20_000))
        {
            index.Add((uint)person.Number, PreparedPerson.Of(person.Text));
        }

        index.Seal();
        Assert.InRange((double)index.Bytes / index.Count, 40, 120);
    }

    [Fact]
    public void Two_hundred_thousand_people_of_one_name_and_birthday_are_bounded_work()
    {
        var index = new FindIndex();
        var same = PreparedPerson.Of(new PersonText { GivenName = "Mohammed", FamilyName = "Khan", BirthDate = 20000101, Gender = 1 });
        for (var number = 0u; number < 200_000; number++)
        {
            index.Add(number, same);
        }

        var one = PreparedPerson.Of(new PersonText { GivenName = "Mohammed", FamilyName = "Khan", BirthDate = 20000101, Gender = 1, Postcode = "B11 3AB" });
        index.Add(200_000, one);
        index.Seal();
        var answer = new Candidate[10];
        var found = index.Search(one.View, new(FindIndex.WeightsFor(MatchWeights.Shipped, index.Count)), FindIndex.Possible, answer);
        Assert.Equal(200_000u, answer[0].Number);
        Assert.InRange(found, 1, FindIndex.MostWeighed);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("X", "Y")]
    [InlineData("\u0301\u0301\u0301\u0301\u0301", "--- '")]
    [InlineData("محمد", "عبد الله")]
    [InlineData("\0", "\u202E")]
    [InlineData("王", "小明")]
    public void Odd_names_are_asked_for_without_a_fault(string given, string family)
    {
        var index = new FindIndex();
        var person = PreparedPerson.Of(new PersonText { GivenName = given, FamilyName = family, BirthDate = 20300101, Postcode = "bfpo 12", Gender = 9 });
        index.Add(7, person);
        index.Seal();
        var answer = new Candidate[1];
        Assert.Equal(1, index.Search(person.View, new(FindIndex.WeightsFor(MatchWeights.Shipped, 1)), -30, answer));
        Assert.Equal(7u, answer[0].Number);
    }

    [Fact]
    public void An_empty_index_answers_nobody()
    {
        var index = new FindIndex();
        index.Seal();
        Assert.Equal(0, index.Search(PreparedPerson.Of(new PersonText { GivenName = "A" }).View, new(MatchWeights.Shipped), 0, new Candidate[1]));
    }
}
