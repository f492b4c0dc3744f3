using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Plr.Core.Learners;
using Plr.Core.Matching;
using Plr.Core.Responses;
using Plr.Testing;

namespace Plr.Core.Tests.Learners;

/// <summary>DOSSIER §4.4 as a table, and what holds of every answer.</summary>
public sealed class VerifyLearnerTests
{
    private const string Uln = "9276308686";

    private static readonly LearnerIdentity Held =
        LearnerRules.Details(A.Learner()).Identity with { PreferredGivenName = "Shani", MiddleOtherName = "Mair", PreviousFamilyName = "Jones", FamilyNameAtAge16 = "Ap Rhys" };

    private static readonly LearnerIdentity Plain = LearnerRules.Details(A.Learner()).Identity;

    // Names that are the same, alike, each other's, and nobody's.
    private static readonly string[] Pool = ["Siân", "SIÂN ", "Sian", "Sion", "Jane", "Pritchard", "Pritchart", "pritchard", "Jones", "Jonas", "Mair", "Huw", "Owain", "-", "Li", "Lu", "Smith-Jones"];

    [Theory]
    // Equal: case, outer blanks and the encoding of accents do not count; what is not said is not compared.
    [InlineData("Siân", "Pritchard", null, null, "WSVRC001", "")]
    [InlineData(" siÂN", "PRITCHARD ", "2008-02-29", "2", "WSVRC001", "")]
    [InlineData("Sia\u0302n", "Pritchard", "", "", "WSVRC001", "")]
    [InlineData("Siân", "Pritchard", "2008-02-29", "0", "WSVRC001", "")]
    [InlineData("Siân", "Pritchard", null, "9", "WSVRC001", "")]

    // Similar, each name beside its own.
    [InlineData("Sian", "Pritchard", "2008-02-29", "2", "WSVRC003", "")]
    [InlineData("Siân", "Pritchar", null, null, "WSVRC003", "")]
    [InlineData("Sian", "Pirtchard", null, null, "WSVRC003", "")]
    [InlineData("Shani", "Pritchard", null, null, "WSVRC003", "")]
    [InlineData("Jane", "Pritchard", null, null, "WSVRC003", "")]
    [InlineData("Mair", "Pritchard", null, null, "WSVRC003", "")]
    [InlineData("Siân", "Hughes-Pritchard", null, null, "WSVRC003", "")]

    // Similar, with a previous name or swapped.
    [InlineData("Siân", "Jones", null, null, "WSVRC003", "VRF4 VRF5")]
    [InlineData("Siân", "ap-rhys", null, null, "WSVRC003", "VRF4 VRF5")]
    [InlineData("Shani", "Jonees", null, null, "WSVRC003", "VRF4 VRF5")]
    [InlineData("Pritchard", "Siân", null, null, "WSVRC003", "VRF1 VRF3 VRF5 VRF6")]
    [InlineData("Jones", "Siân", null, null, "WSVRC003", "VRF1 VRF2 VRF5 VRF6")]
    [InlineData("Jones", "Shani", "2008-02-29", "2", "WSVRC003", "VRF1 VRF2 VRF5 VRF6")]

    // Neither: each flag by itself where it can be, and together.
    [InlineData("Huw", "Pritchard", null, null, "WSVRC005", "VRF1 VRF2 VRF3")]
    [InlineData("Pritchard", "Pritchard", null, null, "WSVRC005", "VRF1 VRF3")]
    [InlineData("Jones", "Pritchard", null, null, "WSVRC005", "VRF1 VRF2")]
    [InlineData("Siân", "Owain", null, null, "WSVRC005", "VRF4 VRF5 VRF6")]
    [InlineData("Siân", "Siân", null, null, "WSVRC005", "VRF5 VRF6")]
    [InlineData("Pritchard", "Jones", null, null, "WSVRC005", "VRF1 VRF3 VRF4 VRF5")]
    [InlineData("Jones", "Jones", null, null, "WSVRC005", "VRF1 VRF2 VRF4 VRF5")]
    [InlineData("Huw", "Owain", null, null, "WSVRC005", "VRF1 VRF2 VRF3 VRF4 VRF5 VRF6")]
    [InlineData("Siân", "Pritchard", "2008-02-28", null, "WSVRC005", "VRF7")]
    [InlineData("Siân", "Pritchard", null, "1", "WSVRC005", "VRF8")]
    [InlineData("Siân", "Pritchard", "2008-02-28", "1", "WSVRC005", "VRF7 VRF8")]
    [InlineData("Sian", "Pritchard", "2008-02-28", "2", "WSVRC005", "VRF7")]
    [InlineData("Pritchard", "Siân", "2008-02-29", "1", "WSVRC005", "VRF1 VRF3 VRF5 VRF6 VRF8")]
    [InlineData("Huw", "Owain", "1999-01-01", "1", "WSVRC005", "VRF1 VRF2 VRF3 VRF4 VRF5 VRF6 VRF7 VRF8")]
    public void Each_code_and_each_flag_is_as_the_dossier_says(string given, string family, string? born, string? gender, string code, string flags)
    {
        var verified = VerifyLearner.Judge(Ask(given, family, born, gender), new(Held));
        Assert.Equal((code, flags), (verified.Code.Code, string.Join(' ', verified.Flags)));
    }

    [Fact]
    public void No_answer_tells_whether_the_register_has_a_previous_family_name()
    {
        foreach (var (given, family) in new[] { ("Huw", "Owain"), ("Pritchard", "Siân"), ("Siân", "Owain") })
        {
            var (with, without) = (VerifyLearner.Judge(Ask(given, family), new(Held)), VerifyLearner.Judge(Ask(given, family), new(Plain)));
            Assert.Equal((with.Code, string.Join(' ', with.Flags)), (without.Code, string.Join(' ', without.Flags)));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public void A_gender_that_the_register_does_not_know_agrees_with_any(int held) =>
        Assert.Equal(ResponseCodes.UlnVerified, VerifyLearner.Judge(Ask("Siân", "Pritchard", null, "1"), new(Held with { Gender = held })).Code);

    /// <summary>A merged ULN: whichever of its own record and its master's agrees better.</summary>
    [Theory]
    [InlineData("Siân", "Pritchard", "2008-02-29", "WSVRC002", "")]
    [InlineData("Sioned", "Hopkin", "2009-03-01", "WSVRC002", "")]
    [InlineData("Sian", "Pritchard", "2008-02-29", "WSVRC004", "")]
    [InlineData("Sioned", "Hopkyn", "2009-03-01", "WSVRC004", "")]
    [InlineData("Siân", "Pritchard", "2009-03-01", "WSVRC005", "VRF7")]
    [InlineData("Sioned", "Hopkin", "2008-02-29", "WSVRC005", "VRF7")]
    [InlineData("Siân", "Hopkin", null, "WSVRC005", "VRF1 VRF2 VRF3")]
    [InlineData("Huw", "Owain", null, "WSVRC005", "VRF1 VRF2 VRF3 VRF4 VRF5 VRF6")]
    public void A_merged_ULN_is_held_against_both_records_and_its_code_says_that_it_is_linked(string given, string family, string? born, string code, string flags)
    {
        var master = LearnerRules.Details(A.Learner("Sioned", "Hopkin", "2009-03-01")).Identity;
        foreach (var (own, other) in new[] { (Plain, master), (master, Plain) })
        {
            var verified = VerifyLearner.Judge(Ask(given, family, born), new(own, other));
            Assert.Equal(code, verified.Code.Code);
            Assert.Equal(flags.Length, string.Join(' ', verified.Flags).Length);
        }

        Assert.Equal(flags, string.Join(' ', VerifyLearner.Judge(Ask(given, family, born), new(master, Plain)).Flags));
    }

    [Theory]
    [InlineData(null, "Siân", "Pritchard", null, null, "WSEC0136", "ULN Missing")]
    [InlineData("1234567890", "Siân", "Pritchard", null, null, "WSEC0136", "ULN BadUln")]
    [InlineData(Uln, "", "Pritchard", null, null, "WSEC0001", "GivenName Missing")]
    [InlineData(Uln, "Siân", " ", null, null, "WSEC0001", "FamilyName Missing")]
    [InlineData(Uln, "Siân", "Pritchard-Pritchard-Pritchard-Pritcha", null, null, "WSEC0001", "FamilyName TooLong")]
    [InlineData(Uln, "Si\0n", "Pritchard", null, null, "WSEC0001", "GivenName BadCharacters")]
    [InlineData(Uln, "Siân", "Pritchard", "29/02/2008", null, "WSEC0001", "DateOfBirth NotADate")]
    [InlineData(Uln, "Siân", "Pritchard", "2007-02-29", "3", "WSEC0001", "DateOfBirth NotADate, Gender NotInCodeSet")]
    [InlineData("x", " ", null, "x", "x", "WSEC0001", "ULN BadUln, GivenName Missing, FamilyName Missing, DateOfBirth NotADate, Gender NotInCodeSet")]
    public void What_cannot_be_verified_is_found_field_by_field(string? uln, string? given, string? family, string? born, string? gender, string code, string findings)
    {
        var found = VerifyLearner.Check(new() { Uln = uln, GivenName = given, FamilyName = family, DateOfBirth = born, Gender = gender });
        Assert.Equal((code, findings), (Finding.FirstCode(found).Code, string.Join(", ", found.Select(finding => $"{finding.Field} {finding.Rule.Name}"))));
    }

    [Theory]
    [InlineData("927 630 8686", "")]
    [InlineData("927-630-8686", "1890-01-01")]
    [InlineData(Uln, "2025-01-01")]
    public void Whatever_age_and_however_the_ULN_is_spaced_it_can_be_verified(string uln, string born) =>
        Assert.Empty(VerifyLearner.Check(new() { Uln = uln, GivenName = "Siân", FamilyName = "Pritchard", DateOfBirth = born }));

    [Property(MaxTest = 2_000)]
    public Property It_is_a_successful_match_exactly_when_all_that_is_said_is_equal() => ForAll((request, learner) =>
    {
        var isEqual = Names.EqualIgnoringCase(request.GivenName, learner.GivenName) && Names.EqualIgnoringCase(request.FamilyName, learner.FamilyName)
            && !Contradicts(request, learner) && !IsOtherGender(request, learner);
        Assert.Equal(isEqual, VerifyLearner.Judge(request, new(learner)).Code == ResponseCodes.UlnVerified);
    });

    [Property(MaxTest = 2_000)]
    public Property A_field_that_agrees_has_no_flag_and_one_that_contradicts_has() => ForAll((request, learner) =>
    {
        var flags = Flags(VerifyLearner.Judge(request, new(learner)));
        Assert.Equal((Contradicts(request, learner), IsOtherGender(request, learner)), (flags.Contains("VRF7"), flags.Contains("VRF8")));
        Assert.False(Names.EqualIgnoringCase(request.GivenName, learner.GivenName) && flags.Overlaps(["VRF1", "VRF2", "VRF3"]));
        Assert.False(Names.EqualIgnoringCase(request.FamilyName, learner.FamilyName) && flags.Overlaps(["VRF4", "VRF5", "VRF6"]));
        Assert.False(Names.EqualIgnoringCase(request.GivenName, learner.FamilyName) && flags.Contains("VRF2"));
        Assert.False(Names.EqualIgnoringCase(request.FamilyName, learner.GivenName) && flags.Contains("VRF4"));
        Assert.True(flags.Contains("VRF1") || !flags.Overlaps(["VRF2", "VRF3"]));
        Assert.True(flags.Contains("VRF5") || !flags.Overlaps(["VRF4", "VRF6"]));
    });

    [Property(MaxTest = 2_000)]
    public Property The_flags_bear_the_code_out() => ForAll((request, learner) =>
    {
        var verified = VerifyLearner.Judge(request, new(learner));
        var flags = Flags(verified);
        Assert.Equal(flags.Order(StringComparer.Ordinal), verified.Flags.Select(flag => flag.Code));
        switch (verified.Code.Code)
        {
            case "WSVRC001":
                Assert.Empty(flags);
                break;
            case "WSVRC003":
                Assert.False(flags.Overlaps(["VRF7", "VRF8"]) || flags.IsSupersetOf(["VRF1", "VRF2", "VRF3"]) || flags.IsSupersetOf(["VRF4", "VRF5", "VRF6"]));
                break;
            default:
                Assert.Equal("WSVRC005", verified.Code.Code);
                Assert.NotEmpty(flags);
                break;
        }
    });

    [Property(MaxTest = 1_000)]
    public Property Swapped_names_are_similar_unless_they_are_one_name() => ForAll((request, learner) =>
    {
        var swapped = Ask(learner.FamilyName, learner.GivenName);
        Assert.Equal(Names.EqualIgnoringCase(learner.GivenName, learner.FamilyName) ? ResponseCodes.UlnVerified : ResponseCodes.UlnSimilar, VerifyLearner.Judge(swapped, new(learner)).Code);
    });

    [Property(MaxTest = 1_000)]
    public Property A_merged_ULN_agrees_as_the_better_of_its_two_records() => Prop.ForAll(Requests().ToArbitrary(), Learners().ToArbitrary(), Learners().ToArbitrary(), (request, own, master) =>
    {
        var (one, other, linked) = (VerifyLearner.Judge(request, new(own)), VerifyLearner.Judge(request, new(master)), VerifyLearner.Judge(request, new(own, master)));
        var better = string.CompareOrdinal(one.Code.Code, other.Code.Code) <= 0 ? one.Code.Code : other.Code.Code;
        Assert.Equal(better switch { "WSVRC001" => "WSVRC002", "WSVRC003" => "WSVRC004", _ => better }, linked.Code.Code);
        Assert.Contains(string.Join(' ', linked.Flags), new[] { string.Join(' ', one.Flags), string.Join(' ', other.Flags) });
    });

    private static VerifyLearner.Request Ask(string given, string family, string? born = null, string? gender = null) =>
        new() { Uln = Uln, GivenName = given, FamilyName = family, DateOfBirth = born, Gender = gender };

    private static bool Contradicts(VerifyLearner.Request request, LearnerIdentity learner) => LearnerRules.Date(request.DateOfBirth) is { } born && born != learner.DateOfBirth;

    private static bool IsOtherGender(VerifyLearner.Request request, LearnerIdentity learner) =>
        request.Gender is "1" or "2" && learner.Gender is 1 or 2 && request.Gender != $"{learner.Gender}";

    private static HashSet<string> Flags(Verified verified) => [.. verified.Flags.Select(flag => flag.Code)];

    private static Property ForAll(Action<VerifyLearner.Request, LearnerIdentity> holds) => Prop.ForAll(Requests().ToArbitrary(), Learners().ToArbitrary(), holds);

    private static Gen<VerifyLearner.Request> Requests() =>
        from given in Gen.Elements(Pool)
        from family in Gen.Elements(Pool)
        from born in Gen.Elements(null, "", "2008-02-29", "2008-02-28")
        from gender in Gen.Elements(null, "", "0", "1", "2", "9")
        select Ask(given, family, born, gender);

    private static Gen<LearnerIdentity> Learners() =>
        from given in Gen.Elements(Pool)
        from family in Gen.Elements(Pool)
        from preferred in Gen.Elements([null, .. Pool])
        from middle in Gen.Elements([null, .. Pool])
        from previous in Gen.Elements([null, .. Pool])
        from atSixteen in Gen.Elements([null, .. Pool])
        from day in Gen.Elements(28, 29)
        from gender in Gen.Elements(0, 1, 2, 9)
        select new LearnerIdentity(given, preferred, middle, family, previous, atSixteen, new(2008, 2, day), gender);
}
