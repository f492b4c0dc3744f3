using Plr.Core.LearningEvents;
using Plr.Testing;

namespace Plr.Core.Tests.LearningEvents;

public class AchievementRulesTests
{
    private static string Codes(AchievementText text) => string.Join(' ', AchievementRules.Check(text).Select(finding => $"{finding.Code.Row}:{finding.Field}:{finding.Rule.Name}"));

    [Fact]
    public void An_achievement_may_lack_what_is_not_required()
    {
        Assert.Equal("", Codes(A.Achievement()));
        Assert.Equal("", Codes(A.Achievement() with { Grade = "", LanguageForAssessment = "", DateOfBirth = "", Gender = "", LearnerPostcode = "", ActionReason = "" }));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t")]
    public void AC001_what_is_required_is_there(string? nothing)
    {
        Assert.Equal("AC001:ULN:Missing", Codes(A.Achievement() with { Uln = nothing }));
        Assert.Equal("AC001:ProviderUKPRN:Missing", Codes(A.Achievement() with { ProviderUkprn = nothing }));
        Assert.Equal("AC001:UnitOrQualificationReferenceNumber:Missing", Codes(A.Achievement() with { UnitOrQualificationReferenceNumber = nothing }));
        Assert.Equal("AC001:AchievementAwardDate:Missing", Codes(A.Achievement() with { AchievementAwardDate = nothing }));
        Assert.Equal("AC001:Action:Missing", Codes(A.Achievement() with { Action = nothing, SubmissionType = "F" }));
        Assert.Equal("AC001:ActionDate:Missing", Codes(A.Achievement() with { ActionDate = nothing }));
        Assert.StartsWith("AC001:GivenName:Missing", Codes(A.Achievement() with { GivenName = nothing }), StringComparison.Ordinal);
        Assert.StartsWith("AC001:FamilyName:Missing", Codes(A.Achievement() with { FamilyName = nothing }), StringComparison.Ordinal);
    }

    [Fact]
    public void AC002_formats_are_right()
    {
        foreach (var date in new[] { "20/08/2026", "2026-02-29", "2100-01-01", "2026-8-20" })
        {
            Assert.Equal("AC002:AchievementAwardDate:NotADate", Codes(A.Achievement() with { AchievementAwardDate = date }));
            Assert.Equal("AC002:ActionDate:NotADate", Codes(A.Achievement() with { ActionDate = date }));
            Assert.Equal("AC002:DateOfBirth:NotADate", Codes(A.Achievement() with { DateOfBirth = date }));
        }

        Assert.Equal("AC002:Gender:NotInCodeSet", Codes(A.Achievement() with { Gender = "3" }));
        Assert.Equal("AC002:ProviderUKPRN:BadUkprn", Codes(A.Achievement() with { ProviderUkprn = "1000000" }));
        Assert.Equal("AC002:LearnerPostcode:BadPostcode", Codes(A.Achievement() with { LearnerPostcode = "none" }));
        Assert.Equal("AC002:UnitOrQualificationReferenceNumber:BadQualificationNumber", Codes(A.Achievement(number: "601/450/55")));
        Assert.Equal("", Codes(A.Achievement(number: "k/501/5773") with { LearnerPostcode = "ll571dt", Gender = "9" }));
    }

    [Fact]
    public void AC002_texts_are_not_too_long_and_can_be_stored()
    {
        Assert.Equal("", Codes(A.Achievement() with { MisIdentifier = new('x', 128), GivenName = new('x', 35), FamilyName = new('x', 35), ActionReason = new('x', 255) }));
        Assert.Equal("AC002:MISIdentifier:TooLong", Codes(A.Achievement() with { MisIdentifier = new('x', 129) }));
        Assert.Equal("AC002:GivenName:TooLong", Codes(A.Achievement() with { GivenName = new('x', 36) }));
        Assert.Equal("AC002:FamilyName:TooLong", Codes(A.Achievement() with { FamilyName = new('x', 36) }));
        Assert.Equal("AC002:ActionReason:TooLong", Codes(A.Achievement() with { ActionReason = new('x', 256) }));
        Assert.Equal("AC002:FamilyName:BadCharacters", Codes(A.Achievement() with { FamilyName = "a\uD800" }));
        Assert.Equal("AC002:ActionReason:BadCharacters", Codes(A.Achievement() with { ActionReason = "a\nb" }));
    }

    [Theory]
    [InlineData("A*", true)]
    [InlineData("*", true)]
    [InlineData("D* D*-D/1", true)]
    [InlineData("9999999999", true)]
    [InlineData("12345678901", false)]
    [InlineData("-", false)]
    [InlineData(" A", false)]
    [InlineData("A+", false)]
    [InlineData("Â", false)]
    [InlineData("A\n", false)]
    public void AC003_the_grade_is_written_as_one(string grade, bool isRight) =>
        Assert.Equal(isRight ? "" : "AC003:Grade:BadGrade", Codes(A.Achievement() with { Grade = grade }));

    [Theory]
    [InlineData("FINAL", "")]
    [InlineData("f", "")]
    [InlineData("Provisional", "")]
    [InlineData("p", "")]
    [InlineData("", "AC004:SubmissionType:NotInCodeSet")]
    [InlineData(null, "AC004:SubmissionType:NotInCodeSet")]
    [InlineData("FINAL ", "AC004:SubmissionType:NotInCodeSet")]
    public void AC004_the_submission_type_is_known_and_needed_to_create_or_update(string? type, string expected)
    {
        Assert.Equal(expected, Codes(A.Achievement() with { SubmissionType = type }));
        Assert.Equal(expected, Codes(A.Achievement() with { SubmissionType = type, Action = "2" }));
        Assert.Equal(string.IsNullOrEmpty(type) ? "" : expected, Codes(A.Achievement() with { SubmissionType = type, Action = "3" }));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("6")]
    [InlineData("01")]
    [InlineData("create")]
    [InlineData("１")]
    public void AC004_the_action_is_1_to_5(string action) => Assert.Equal("AC004:Action:NotInCodeSet", Codes(A.Achievement() with { Action = action }));

    [Fact]
    public void AC004_the_language_is_known()
    {
        Assert.All(new[] { "English", "WELSH", "irish" }, language => Assert.Equal("", Codes(A.Achievement() with { LanguageForAssessment = language })));
        Assert.Equal("AC004:LanguageForAssessment:NotInCodeSet", Codes(A.Achievement() with { LanguageForAssessment = "French" }));
    }

    [Theory]
    [InlineData("9276308685", "BadUln")]
    [InlineData("92763 08686", "BadUln")]
    [InlineData("9999999999", "TemporaryUln")]
    public void AC101_the_ULN_is_one(string uln, string rule) => Assert.Equal($"AC101:ULN:{rule}", Codes(A.Achievement(uln)));

    [Fact]
    public void A_finding_never_repeats_the_value_that_is_wrong()
    {
        const string secret = "SECRET?SECRET?SECRET?SECRET?SECRET?SECRET?";
        var text = new AchievementText
        {
            Uln = secret,
            GivenName = secret,
            FamilyName = secret,
            DateOfBirth = secret,
            Gender = secret,
            LearnerPostcode = secret,
            ProviderUkprn = secret,
            Grade = secret,
            UnitOrQualificationReferenceNumber = secret,
            AchievementAwardDate = secret,
            LanguageForAssessment = secret,
            Action = secret,
            ActionDate = secret,
            SubmissionType = secret,
        };
        var findings = AchievementRules.Check(text);
        Assert.Equal(14, findings.Select(finding => finding.Field).Distinct().Count());
        Assert.All(findings, finding => Assert.DoesNotContain("SECRET", finding.Text, StringComparison.OrdinalIgnoreCase));
    }
}
