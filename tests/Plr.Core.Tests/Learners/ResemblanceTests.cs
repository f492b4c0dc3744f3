using Plr.Core.Learners;
using Plr.Testing;

namespace Plr.Core.Tests.Learners;

public class ResemblanceTests
{
    private static readonly LearnerIdentity Held =
        LearnerRules.Details(A.Learner()).Identity with { PreferredGivenName = "Shani", MiddleOtherName = "Mair", PreviousFamilyName = "Jones", FamilyNameAtAge16 = "Ap Rhys" };

    [Theory]
    [InlineData("siân ", " PRITCHARD", Agreement.Equal)]
    [InlineData("Sia\u0302n", "Pritchard", Agreement.Equal)]
    [InlineData("Sian", "Pritchard", Agreement.Similar)]
    [InlineData("Pritchard", "Siân", Agreement.Similar)]
    [InlineData("Shani", "Jones", Agreement.Similar)]
    [InlineData("Siân", "ap-rhys", Agreement.Similar)]
    [InlineData("Siân", "Pritchar", Agreement.Similar)]
    [InlineData("Siân", "Pritchards", Agreement.Similar)]
    [InlineData("Siân", "Pirtchard", Agreement.Similar)]
    [InlineData("Siân", "Pritcherd", Agreement.Similar)]
    [InlineData("Sion", "Pritchard", Agreement.Similar)]
    [InlineData("Siân Elin", "Pritchard", Agreement.Similar)]
    [InlineData("Jane", "Pritchard", Agreement.Similar)]
    [InlineData("Mair", "Pritchard", Agreement.Similar)]
    [InlineData("Siân", "Pritchard-Hughes", Agreement.Similar)]
    [InlineData("Dr Siân", "Pritchard", Agreement.Similar)]
    [InlineData("Jones", "Shani", Agreement.Similar)]
    [InlineData("Pirtchard", "Sian", Agreement.Similar)]
    [InlineData("Siân", "Pritchardds", Agreement.None)]
    [InlineData("Siân", "Prichert", Agreement.None)]
    [InlineData("Shan", "Pritchard", Agreement.Similar)]
    [InlineData("Shanni", "Pritchard", Agreement.Similar)]
    [InlineData("Shannon", "Pritchard", Agreement.None)]
    [InlineData("S", "Pritchard", Agreement.None)]
    [InlineData("Pritchard", "Pritchard", Agreement.None)]
    [InlineData("Siân", "Siân", Agreement.None)]
    [InlineData("Jones", "Pritchard", Agreement.None)]
    [InlineData("Siân", "Mair", Agreement.None)]
    [InlineData("Siân", "Pirtcherd", Agreement.None)]
    [InlineData("Sia", "Pritchard", Agreement.None)]
    [InlineData("Huw", "Pritchard", Agreement.None)]
    [InlineData("Siân", "Williams", Agreement.None)]
    [InlineData("-", "Pritchard", Agreement.None)]
    public void Names_agree_when_equal_or_similar(string givenName, string familyName, Agreement agreement) =>
        Assert.Equal(agreement, Resemblance.Of(new(Held), givenName, familyName, null, null));

    /// <summary>What only sounds alike, or is one letter off in a short name, is another name; a nickname is not.</summary>
    [Theory]
    [InlineData("Ian", "Ivan", "Ahmed", "Ahmed", Agreement.Similar)]
    [InlineData("Sam", "Pam", "Ahmed", "Ahmed", Agreement.None)]
    [InlineData("Tom", "Tim", "Ahmed", "Ahmed", Agreement.None)]
    [InlineData("Ann", "Anna", "Ahmed", "Ahmed", Agreement.Similar)]
    [InlineData("Bob", "Robert", "Ahmed", "Ahmed", Agreement.Similar)]
    [InlineData("Mohammed", "Muhammad", "Ahmed", "Ahmed", Agreement.Similar)]
    [InlineData("Mary", "Mary", "Li", "Lu", Agreement.None)]
    [InlineData("Mary", "Mary", "Lee", "Lea", Agreement.None)]
    [InlineData("Mary", "Mary", "Philips", "Filips", Agreement.None)]
    [InlineData("Mary", "Mary", "Begum", "Khatun", Agreement.None)]
    [InlineData("Mary", "Mary", "MacDonald", "McDonald", Agreement.Similar)]
    [InlineData("Mary", "Mary", "O’Brien", "Obrien", Agreement.Similar)]
    [InlineData("Mary", "Mary", "Kowalska", "Kowalski", Agreement.Similar)]
    [InlineData("Mary", "Mary", "van der Berg", "Vanderberg", Agreement.Similar)]
    [InlineData("Mary", "Mary", "Smith-Jones", "Smith", Agreement.Similar)]
    [InlineData("Mary", "Mary", "Smith-Jones", "Smith-Brown", Agreement.Similar)]
    [InlineData("-", "-", "Ahmed", "AHMED", Agreement.Equal)]
    [InlineData("-", "-", "Ahmed", "Ahmet", Agreement.Similar)]
    [InlineData("محمد", "محمد", "Ahmed", "Ahmet", Agreement.Similar)]
    public void A_name_is_similar_to_its_forms_and_not_to_what_sounds_like_it(string held, string given, string heldFamily, string family, Agreement agreement)
    {
        var learner = LearnerRules.Details(A.Learner(held, heldFamily)).Identity;
        Assert.Equal(agreement, Resemblance.Of(new(learner), given, family, null, null));
        Assert.Equal(agreement, Resemblance.Of(new(LearnerRules.Details(A.Learner(given, family)).Identity), held, heldFamily, null, null));
    }

    [Theory]
    [InlineData("2008-02-29", 2, Agreement.Equal)]
    [InlineData("2008-02-29", 0, Agreement.Equal)]
    [InlineData("2008-02-29", 9, Agreement.Equal)]
    [InlineData("2008-02-29", 1, Agreement.None)]
    [InlineData("2008-02-28", 2, Agreement.None)]
    public void Date_of_birth_and_gender_must_not_contradict(string born, int gender, Agreement agreement) =>
        Assert.Equal(agreement, Resemblance.Of(new(Held), "Siân", "Pritchard", LearnerRules.Date(born), gender));

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public void A_gender_that_is_not_known_agrees_with_any(int held) =>
        Assert.Equal(Agreement.Equal, Resemblance.Of(new(Held with { Gender = held }), "Siân", "Pritchard", null, 1));

    /// <summary>Whichever record agrees better; what agrees with neither, or by half with one and by half with the other, does not agree.</summary>
    [Theory]
    [InlineData("Siân", "Pritchard", "2008-02-29", Agreement.Equal)]
    [InlineData("Sioned", "Hopkin", "2009-03-01", Agreement.Equal)]
    [InlineData("Sian", "Pritchard", "2008-02-29", Agreement.Similar)]
    [InlineData("Sioned", "Hopkyn", "2009-03-01", Agreement.Similar)]
    [InlineData("Sioned", "Hopkin", null, Agreement.Equal)]
    [InlineData("Siân", "Hopkin", null, Agreement.None)]
    [InlineData("Siân", "Pritchard", "2009-03-01", Agreement.None)]
    [InlineData("Huw", "Owain", null, Agreement.None)]
    public void A_merged_ULN_is_held_against_its_own_record_and_its_masters(string givenName, string familyName, string? born, Agreement agreement)
    {
        var other = LearnerRules.Details(A.Learner("Sioned", "Hopkin", "2009-03-01")).Identity;
        Assert.Equal(agreement, Resemblance.Of(new(Held, other), givenName, familyName, LearnerRules.Date(born), null));
        Assert.Equal(agreement, Resemblance.Of(new(other, Held), givenName, familyName, LearnerRules.Date(born), null));
    }

    [Fact]
    public void Similarity_is_the_same_both_ways()
    {
        string[] names = ["Pritchard", "Pritchar", "Pirtchard", "Williams", "Sian", "Siân", "Sion"];
        foreach (var (left, right) in names.SelectMany(left => names.Select(right => (left, right))))
        {
            var (one, other) = (LearnerRules.Details(A.Learner("x", left)).Identity, LearnerRules.Details(A.Learner("x", right)).Identity);
            Assert.Equal(Resemblance.Of(new(one), "x", right, null, null), Resemblance.Of(new(other), "x", left, null, null));
        }
    }
}

public class PersonKeyTests
{
    private static PersonKey Of(LearnerText text) => PersonKey.Of(LearnerRules.Details(text));

    [Fact]
    public void Case_outer_blanks_the_postcodes_blank_and_the_encoding_of_accents_do_not_count()
    {
        var key = Of(A.Learner());
        Assert.Equal(key, Of(A.Learner(" SIÂN ", "pritchard\u00A0")));
        Assert.Equal(key, Of(A.Learner("Sia\u0302n") with { LastKnownPostCode = "ll571dt  " }));
        Assert.Equal(key.Number, Of(A.Learner("siân")).Number);
    }

    [Fact]
    public void Everything_else_counts()
    {
        LearnerText[] texts =
        [
            A.Learner(), A.Learner("Sian"), A.Learner("Si ân"), A.Learner(familyName: "Pritchar"), A.Learner() with { DateOfBirth = "2008-02-28" },
            A.Learner() with { Gender = "9" }, A.Learner() with { LastKnownPostCode = "LL57 1DU" }, A.Learner("Pritchard", "Siân"),
        ];
        Assert.Equal(texts.Length, texts.Select(Of).Distinct().Count());
        Assert.Equal(texts.Length, texts.Select(text => Of(text).Number).Distinct().Count());
    }

    [Fact]
    public void The_number_is_stored_and_so_never_changes() => Assert.Equal(KnownNumber, Of(A.Learner()).Number);

    private const long KnownNumber = -162430808303327301;
}

public class ShareChangeTests
{
    [Theory]
    [InlineData(Roles.LrbBatch, false, "00 01 02 11 22")]
    [InlineData(Roles.LrbBatch, true, "00 01 02 11 21 22")]
    [InlineData(Roles.Register, false, "00 01 02 11 22")]
    [InlineData(Roles.Learner, false, "00 01 02 11 12 22")]
    [InlineData(Roles.OfficeAgent, false, "00 01 02 11 12 22")]
    [InlineData(Roles.OfficeSenior, true, "00 01 02 11 12 21 22")]
    public void Only_these_changes_are_allowed(Roles roles, bool isNewNoticeGiven, string allowed)
    {
        var all = from before in Enumerable.Range(0, 3) from after in Enumerable.Range(0, 3) where ShareChange.IsAllowed(before, after, new(roles), isNewNoticeGiven) select $"{before}{after}";
        Assert.Equal(allowed, string.Join(' ', all));
    }
}
