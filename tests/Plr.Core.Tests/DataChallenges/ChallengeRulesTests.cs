using Plr.Core.DataChallenges;
using Plr.Core.Learners;
using Plr.Core.Responses;

namespace Plr.Core.Tests.DataChallenges;

public class ChallengeRulesTests
{
    private static readonly Uln Own = Uln.Parse("9276308686");
    private static readonly RaiseChallenge.Request Grade = new(Own, 7, ChallengeType.WrongGrade, "My slip says 8.") { Wanted = "8" };
    private static readonly RaiseChallenge.Request Twice = new(Own, 7, ChallengeType.AppearsMoreThanOnce, "I took it once.") { OtherEventId = 8 };
    private static readonly RaiseChallenge.Request Lost = new(Own, null, ChallengeType.Missing, null) { Missing = new("GCSE Welsh", "WJEC", "Ysgol Tryfan", "2024") };

    public static TheoryData<RaiseChallenge.Request, string> Cases => new()
    {
        { Grade, "" },
        { Grade with { Said = null }, "" },
        { Grade with { Wanted = " " }, "" },
        { Grade with { Said = " ", Wanted = null }, "Wanted Missing" },
        { Grade with { EventId = null }, "Type DoesNotFitEvent" },
        { Grade with { Type = (ChallengeType)99 }, "Type DoesNotFitEvent" },
        { Grade with { OtherEventId = 8 }, "OtherEventId DoesNotFitEvent" },
        { Grade with { Wanted = new string('8', 300) }, "" },
        { Grade with { Wanted = new string('8', 301) }, "Wanted TooLong" },
        { Grade with { Said = new string('a', 2000) }, "" },
        { Grade with { Said = new string('a', 2001) }, "Said TooLong" },
        { Grade with { Said = string.Concat(Enumerable.Repeat("a\r\n", 1000)) }, "" },
        { Grade with { Said = "a\0b" }, "Said BadCharacters" },
        { Grade with { Wanted = "\uD83E" }, "Wanted BadCharacters" },
        { Grade with { Said = "<script>alert(1)</script>" }, "" },
        { Grade with { MailTo = "" }, "" },
        { Grade with { MailTo = "sian@example.org" }, "" },
        { Grade with { MailTo = "sian" }, "MailTo BadEmail" },
        { Grade with { Type = ChallengeType.Other, Said = null }, "Said Missing" },
        { Grade with { Type = ChallengeType.NotThisLearners, OtherEventId = 8 }, "" },
        { Grade with { Type = ChallengeType.NotThisLearners, OtherEventId = 7 }, "OtherEventId DoesNotFitEvent" },
        { Twice, "" },
        { Twice with { OtherEventId = null }, "OtherEventId Missing" },
        { Twice with { OtherEventId = 7 }, "OtherEventId DoesNotFitEvent" },
        { Twice with { Said = null }, "Said Missing" },
        { Lost, "" },
        { Lost with { EventId = 7 }, "Type DoesNotFitEvent" },
        { Lost with { Missing = null }, "Missing.Title Missing" },
        { Lost with { Missing = null, Said = "My GCSE in Welsh is not here." }, "" },
        { Lost with { Missing = new(new string('t', 301), null, null, null) }, "Missing.Title TooLong" },
        { new(Own, null, ChallengeType.WrongDetails, null) { Wanted = "My family name is Prys." }, "" },
        { new(Own, null, ChallengeType.WrongDetails, null), "Wanted Missing" },
        { new(Own, 7, ChallengeType.WrongDetails, "x"), "Type DoesNotFitEvent" },
        { new(Own, null, ChallengeType.DuplicateUln, "I have two."), "" },
        { new(Own, null, ChallengeType.DuplicateUln, null), "Said Missing" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_wrong_is_said_at_its_field(RaiseChallenge.Request request, string expected) =>
        Assert.Equal(expected, string.Join(' ', ChallengeRules.Check(request).Select(finding => $"{finding.Field} {finding.Rule.Name}")));

    [Theory]
    [InlineData(null, "Missing")]
    [InlineData(" \n", "Missing")]
    [InlineData("It was remarked.", null)]
    public void A_step_says_something(string? said, string? rule) => Assert.Equal(rule, ChallengeRules.CheckSaid(said)?.Rule.Name);

    [Fact]
    public void A_challenge_says_nothing_personal_of_itself_where_it_is_logged()
    {
        var challenge = new DataChallenge(Guid.Empty, Own, 7, ChallengeType.WrongGrade, ChallengeState.Raised, default, null, "secret") { Wanted = "secret", MailTo = "secret" };

        Assert.DoesNotContain("secret", challenge + $"{Grade with { Said = "secret" }}{new ChallengeHistory(challenge, [], [])}{new ChallengeMove(ResponseCodes.ChallengeMoved, Said: "secret")}", StringComparison.Ordinal);
    }
}
