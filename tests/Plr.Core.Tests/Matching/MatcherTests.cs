using FsCheck.Xunit;
using Plr.Core.Matching;

namespace Plr.Core.Tests.Matching;

public sealed class MatcherTests
{
    private static readonly Matcher Shipped = new(FindIndex.WeightsFor(MatchWeights.Shipped, 1_000_000));

    private static readonly PersonText Abbie = new()
    {
        GivenName = "Abbie",
        MiddleName = "Rose",
        FamilyName = "Thornbury",
        BirthDate = 20040206,
        Gender = 2,
        Postcode = "LU4 9QX",
        Email = "abbie.thornbury@example.org",
    };

    public static TheoryData<string, PersonText> OneFault => new()
    {
        { "typed", Abbie with { FamilyName = "Thornbuyr" } },
        { "nickname", Abbie with { GivenName = "Abigail" } },
        { "swapped names", Abbie with { GivenName = "Thornbury", FamilyName = "Abbie" } },
        { "swapped date", Abbie with { BirthDate = 20040602 } },
        { "married", Abbie with { FamilyName = "Okafor", PreviousFamilyName = "Thornbury" } },
        { "moved", Abbie with { Postcode = "M1 1AA" } },
        { "gender not known", Abbie with { Gender = 9 } },
        { "double-barrelled", Abbie with { FamilyName = "Thornbury-Okafor" } },
        { "middle name used", Abbie with { GivenName = "Rose", MiddleName = "Abbie" } },
    };

    [Theory]
    [MemberData(nameof(OneFault))]
    public void Who_has_one_fault_is_likelier_the_person_than_not(string fault, PersonText other) =>
        Assert.True(Weigh(Abbie, other) > 0, fault);

    public static TheoryData<string, PersonText> Others => new()
    {
        { "stranger", new PersonText { GivenName = "Peter", FamilyName = "Jones", BirthDate = 19990101, Gender = 1, Postcode = "M1 1AA" } },
        { "brother", Abbie with { GivenName = "Daniel", MiddleName = null, BirthDate = 20010714, Gender = 1, Email = null } },
        { "twin", Abbie with { GivenName = "Daniel", MiddleName = "Lee", Gender = 1, Email = null } },
        { "namesake of another day", new PersonText { GivenName = "Abbie", FamilyName = "Thornbury", BirthDate = 19880917, Gender = 2, Postcode = "M1 1AA" } },
        { "nobody", new PersonText() },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void A_stranger_a_relative_and_a_twin_are_likelier_somebody_else(string who, PersonText other) =>
        Assert.True(Weigh(Abbie, other) < 0, $"{who}: {Weigh(Abbie, other)}");

    [Fact]
    public void A_shared_rare_name_counts_more_than_a_shared_common_one()
    {
        var rare = new PersonText { GivenName = "Abbie", FamilyName = "Thornbury", BirthDate = 20040206 };
        var common = rare with { FamilyName = "Smith" };
        Assert.True(Weigh(rare, rare) > Weigh(common, common) + 5);
    }

    [Fact]
    public void A_value_that_is_missing_says_nothing()
    {
        var judgement = Shipped.Judge(PreparedPerson.Of(Abbie with { Postcode = null, Gender = 0 }).View, PreparedPerson.Of(Abbie).View);
        Assert.DoesNotContain(judgement.Lines, line => line.Field is MatchField.Postcode or MatchField.Gender);
    }

    [Fact]
    public void The_lines_of_evidence_and_the_prior_are_the_weight()
    {
        foreach (var other in OneFault.Concat(Others).Select(row => row.Data.Item2))
        {
            var judgement = Shipped.Judge(PreparedPerson.Of(Abbie).View, PreparedPerson.Of(other).View);
            Assert.Equal(judgement.Weight, Shipped.Prior + judgement.Lines.Sum(line => line.Weight), 6);
            Assert.InRange(judgement.Probability, 0, 1);
        }
    }

    [Fact]
    public void A_better_level_never_weighs_less_than_a_worse_one()
    {
        // Levels that a small file might teach the wrong way round.
        double[] m = [0, 0.2, 0.001, 0.3, 0.05, 0.01, 0.04, 0.399];
        double[] u = [0, 0.5, 0.1, 0.01, 0.2, 0.001, 0.1, 0.089];
        Assert.All([MatchWeights.Shipped.Fields[MatchField.FamilyName], new FieldWeights(m, u)], weights =>
        {
            var bits = LevelBits.Of(MatchField.FamilyName, weights);
            Assert.Equal(bits[1..].Order(), bits[1..]);
        });
    }

    [Fact]
    public void Every_shipped_field_is_in_order()
    {
        foreach (var field in Enum.GetValues<MatchField>().Where(field => field != MatchField.NameOrder))
        {
            var bits = LevelBits.Of(field, MatchWeights.Shipped.Fields[field]);
            Assert.Equal(bits[1..].Order(), bits[1..]);
        }
    }

    [Property]
    public bool Weighing_is_symmetric(string? given, string? family, string? otherGiven, string? otherFamily, int date)
    {
        var one = PreparedPerson.Of(new PersonText { GivenName = given, FamilyName = family, BirthDate = 20000101 + Math.Abs(date % 28) });
        var other = PreparedPerson.Of(new PersonText { GivenName = otherGiven, FamilyName = otherFamily, BirthDate = 20000112 });
        return Comparison.Of(one.View, other.View) == Comparison.Of(other.View, one.View)
            && Math.Abs(Shipped.Weigh(one.View, other.View) - Shipped.Weigh(other.View, one.View)) < 1e-9;
    }

    [Fact]
    public void Weights_are_read_as_they_are_written()
    {
        var text = MatchWeights.Shipped.Print();
        Assert.Equal(text, MatchWeights.Parse(text).Print());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"version\":1,\"surprise\":2}")]
    public void What_is_no_weights_is_refused(string text) => Assert.Throws<FormatException>(() => MatchWeights.Parse(text));

    [Fact]
    public void Weights_of_another_version_or_with_a_probability_of_nought_are_refused()
    {
        var text = MatchWeights.Shipped.Print();
        Assert.Throws<FormatException>(() => MatchWeights.Parse(text.Replace("\"version\": 1", "\"version\": 2", StringComparison.Ordinal)));
        Assert.Throws<FormatException>(() => MatchWeights.Parse(text.Replace("\"matchShare\": 2E-06", "\"matchShare\": 0", StringComparison.Ordinal)));
    }

    private static double Weigh(PersonText left, PersonText right) => Shipped.Weigh(PreparedPerson.Of(left).View, PreparedPerson.Of(right).View);
}
