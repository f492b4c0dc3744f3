using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Core.Qualifications;
using Plr.Testing;

namespace Plr.Core.Tests.LearningEvents;

public class AchievementJudgeTests
{
    private static readonly AchievementUploader Board = new(Guid.Parse("0199aaaa-0000-7000-8000-000000000009"), "Test Board", "RN0001", "RN0001", A.Today, 5);
    private static readonly AchievementContext Known = new(new(A.Registered(A.Learner()).Details.Identity), A.Qualification(), null, null);

    private static AchievementDecision Decide(AchievementText text, AchievementContext context) => AchievementJudge.Decide(Achievement.Check(1, text), context, Board);

    private static string Codes(AchievementText text, AchievementContext context) => Decide(text, context) switch
    {
        AchievementDecision.Refuse refuse => string.Join(' ', refuse.Findings.Select(finding => $"{finding.Code.Row}:{finding.Rule.Name}")),
        AchievementDecision.Add add => add.Change.ToString(),
        _ => "Unchanged",
    };

    /// <summary>The achievement held as of a status.</summary>
    private static AchievementContext Held(EventStatus status, EventStatus? before = null, int? batch = null)
    {
        var facts = ((AchievementDecision.Add)Decide(A.Achievement(), Known)).Facts with { Status = status };
        return Known with
        {
            Held = new(1, 1, facts, new(Clock.Noon, Board.OrganisationId, null, Channel.Batch, batch, 3, AchievementAction.Create, null, null)),
            StatusBeforeWithdrawal = before,
        };
    }

    [Fact]
    public void What_is_right_is_created_with_the_facts_of_the_register_of_qualifications()
    {
        var add = Assert.IsType<AchievementDecision.Add>(Decide(A.Achievement() with { SubmissionType = "p", LanguageForAssessment = "welsh" }, Known));
        var expected = new LearningEventFacts
        {
            Source = EventSource.AO,
            Status = EventStatus.Provisional,
            Subject = A.Qualification().Title,
            SubjectCode = "601/4505/5",
            QualificationType = "GCE A Level",
            Level = "Level 3",
            Grade = "A",
            AchievementAwardDate = new(2026, 8, 20),
            AchievementProviderUkprn = "10000001",
            AwardingOrganisationName = "Test Board",
            AwardingOrganisationUkprn = "RN0001",
            Credits = 12,
            LanguageForAssessment = "Welsh",
        };
        Assert.Equal((AchievementChange.Created, expected), (add.Change, add.Facts));
    }

    [Fact]
    public void AC102_the_ULN_is_on_the_register() => Assert.Equal("AC102:NotOnRegister", Codes(A.Achievement(), Known with { Learner = null }));

    [Theory]
    [InlineData("Sian", "Pritchard", "", "", true)]
    [InlineData("Pritchard", "Siân", "2008-02-29", "2", true)]
    [InlineData("Siân", "Pritchard", "2008-02-29", "9", true)]
    [InlineData("Huw", "Pritchard", "", "", false)]
    [InlineData("Siân", "Pritchard", "2008-02-28", "", false)]
    [InlineData("Siân", "Pritchard", "", "1", false)]
    public void AC103_what_is_told_of_the_learner_agrees(string givenName, string familyName, string born, string gender, bool agrees)
    {
        var text = A.Achievement() with { GivenName = givenName, FamilyName = familyName, DateOfBirth = born, Gender = gender };
        Assert.Equal(agrees ? "Created" : "AC103:DoesNotAgree", Codes(text, Known));
    }

    [Theory]
    [InlineData("Siân", "Pritchard", "2008-02-29", true)]
    [InlineData("Sioned", "Hopkin", "2009-03-01", true)]
    [InlineData("Sian", "Pritchards", "", true)]
    [InlineData("Siân", "Pritchard", "2009-03-01", false)]
    [InlineData("Siân", "Hopkin", "", false)]
    [InlineData("Huw", "Owain", "", false)]
    public void AC103_a_merged_ULN_may_come_with_the_details_of_its_own_record_or_with_its_masters(string givenName, string familyName, string born, bool agrees)
    {
        var text = A.Achievement() with { GivenName = givenName, FamilyName = familyName, DateOfBirth = born, Gender = "" };
        var merged = new UlnIdentity(Known.Learner!.Own, LearnerRules.Details(A.Learner("Sioned", "Hopkin", "2009-03-01")).Identity);
        Assert.Equal(agrees ? "Created" : "AC103:DoesNotAgree", Codes(text, Known with { Learner = merged }));
    }

    [Fact]
    public void AC103_what_is_not_written_as_it_should_be_is_not_compared()
    {
        Assert.Equal("AC002:NotADate", Codes(A.Achievement() with { DateOfBirth = "29/02/2008" }, Known));
        Assert.Equal("AC002:NotInCodeSet", Codes(A.Achievement() with { Gender = "M" }, Known));
        Assert.Equal("AC001:Missing", Codes(A.Achievement() with { GivenName = " " }, Known));
    }

    [Fact]
    public void AC201_and_AC202_the_qualification_is_known_and_this_organisations()
    {
        Assert.Equal("AC201:NotOnRegister", Codes(A.Achievement(), Known with { Qualification = null }));
        Assert.Equal("AC202:OwnedBySomebodyElse", Codes(A.Achievement(), Known with { Qualification = A.Qualification(owner: "RN0002") }));
        // The grade is of another scale too, which a wrong number explains.
        Assert.Equal("AC202:OwnedBySomebodyElse", Codes(A.Achievement() with { Grade = "9" }, Known with { Qualification = A.Qualification(owner: "RN0002") }));
        Assert.Equal("AC202:OwnedByNobody", Codes(A.Achievement(), Known with { Qualification = A.Qualification(owner: null) }));
        Assert.Equal("Created", Codes(A.Achievement(), Known with { Qualification = A.Qualification(owner: "rn0001") }));
    }

    [Theory]
    [InlineData(null, null, null, true)]
    [InlineData("2026-08-20", null, null, true)]
    [InlineData("2026-08-21", null, null, false)]
    [InlineData(null, "2026-08-20", null, true)]
    [InlineData(null, "2026-08-19", null, false)]
    [InlineData(null, "2026-08-19", "2026-08-20", true)]
    [InlineData(null, "2026-08-19", "2026-08-19", false)]
    [InlineData(null, "2026-08-20", "2026-08-01", true)]
    [InlineData(null, null, "2026-08-20", true)]
    [InlineData(null, null, "2026-08-19", false)]
    public void AC203_it_was_offered_on_the_award_date_as_far_as_dates_are_known(string? start, string? end, string? certification, bool isOffered)
    {
        var qualification = A.Qualification() with
        {
            OperationalStartDate = LearnerRules.Date(start),
            OperationalEndDate = LearnerRules.Date(end),
            CertificationEndDate = LearnerRules.Date(certification),
            Status = "Withdrawn",
        };
        Assert.Equal(isOffered ? "Created" : "AC203:OutsideDates", Codes(A.Achievement(), Known with { Qualification = qualification }));
    }

    [Theory]
    [InlineData("2026-11-23", "Created")]
    [InlineData("2026-11-24", "AC204:InTheFuture")]
    [InlineData("2018-03-01", "Created")]
    [InlineData("2018-02-28", "AC204:TooYoung")]
    public void AC204_the_award_date_is_not_to_come_and_not_before_the_10th_birthday(string awarded, string expected) =>
        Assert.Equal(expected, Codes(A.Achievement() with { AchievementAwardDate = awarded }, Known));

    [Fact]
    public void AC205_the_grade_is_in_the_scale_and_none_is_no_fault()
    {
        Assert.Equal("AC205:OutsideScale", Codes(A.Achievement() with { Grade = "9" }, Known));
        Assert.Equal("Created", Codes(A.Achievement() with { Grade = "" }, Known));
        Assert.Equal("AC003:BadGrade", Codes(A.Achievement() with { Grade = "?" }, Known));
    }

    [Theory]
    [InlineData("B", "10000001", "Welsh", "FINAL", "Grade")]
    [InlineData("A", "10000002", "Welsh", "FINAL", "ProviderUKPRN")]
    [InlineData("A", "10000001", "English", "FINAL", "LanguageForAssessment")]
    [InlineData("A", "10000001", "Welsh", "P", "SubmissionType")]
    [InlineData("A", "10000001", "WELSH", "f", null)]
    public void AC206_and_AC208_the_same_achievement_with_other_values_names_the_first_that_differs(string grade, string provider, string language, string type, string? field)
    {
        var text = A.Achievement() with { Grade = grade, ProviderUkprn = provider, LanguageForAssessment = language, SubmissionType = type };
        Assert.Equal(field is null ? "Unchanged" : "AC206:AlreadyHeld", Codes(text, Held(EventStatus.Final)));
        Assert.Equal(field is null ? "Unchanged" : "AC206:AlreadyHeld", Codes(text, Held(EventStatus.Final, batch: 4)));
        Assert.Equal(field is null ? "Unchanged" : "AC208:EarlierInFile", Codes(text, Held(EventStatus.Final, batch: 5)));
        if (field is not null)
        {
            Assert.Equal([field], ((AchievementDecision.Refuse)Decide(text, Held(EventStatus.Final))).Findings.Single().Values);
            Assert.Equal(["3"], ((AchievementDecision.Refuse)Decide(text, Held(EventStatus.Final, batch: 5))).Findings.Single().Values);
        }
    }

    [Theory]
    [InlineData("1", "Created", "Unchanged", "AC206:AlreadyHeld", "AC207:WrongState")]
    [InlineData("2", "AC207:NotHeld", "Unchanged", "Updated", "AC207:WrongState")]
    [InlineData("3", "AC207:NotHeld", "Withdrawn", "Withdrawn", "Withdrawn!")]
    [InlineData("4", "AC207:NotHeld", "AC207:WrongState", "AC207:WrongState", "Reinstated")]
    [InlineData("5", "AC207:NotHeld", "AC207:WrongState", "PromotedToFinal", "AC207:WrongState")]
    public void AC207_an_action_needs_the_state_that_allows_it(string action, string onNone, string onFinal, string onProvisional, string onWithdrawn)
    {
        var text = A.Achievement() with { Action = action };
        Assert.Equal(onNone, Codes(text, Known));
        Assert.Equal(onFinal, Codes(text, Held(EventStatus.Final)));
        Assert.Equal(onProvisional, Codes(text, Held(EventStatus.Provisional)));
        Assert.Equal(onWithdrawn == "Withdrawn!" ? "AC207:WrongState" : onWithdrawn, Codes(text, Held(EventStatus.Withdrawn, EventStatus.Final)));
    }

    [Fact]
    public void AC207_what_is_final_never_becomes_provisional() =>
        Assert.Equal("AC207:WrongState", Codes(A.Achievement() with { Action = "2", SubmissionType = "P", Grade = "B" }, Held(EventStatus.Final)));

    [Fact]
    public void An_update_takes_the_values_sent_and_the_status()
    {
        var context = Held(EventStatus.Provisional);
        var add = Assert.IsType<AchievementDecision.Add>(Decide(A.Achievement() with { Action = "2", Grade = "B", ProviderUkprn = "10000002", LanguageForAssessment = "" }, context));
        Assert.Equal(
            context.Held!.Facts with { Grade = "B", AchievementProviderUkprn = "10000002", LanguageForAssessment = null, Status = EventStatus.Final }, add.Facts);
        Assert.Equal("Unchanged", Codes(A.Achievement() with { Action = "2", SubmissionType = "P" }, context));
    }

    [Theory]
    [InlineData(EventStatus.Provisional)]
    [InlineData(EventStatus.Final)]
    public void A_reinstated_achievement_is_what_it_was_and_a_withdrawn_one_keeps_its_facts(EventStatus before)
    {
        var context = Held(EventStatus.Withdrawn, before);
        Assert.Equal(context.Held!.Facts with { Status = before }, ((AchievementDecision.Add)Decide(A.Achievement() with { Action = "4", Grade = "B" }, context)).Facts);
        Assert.Equal(Held(before).Held!.Facts with { Status = EventStatus.Withdrawn }, ((AchievementDecision.Add)Decide(A.Achievement() with { Action = "3", Grade = "B" }, Held(before))).Facts);
    }

    [Fact]
    public void A_row_carries_all_its_faults_and_the_first_of_the_order_is_its_code()
    {
        var text = A.Achievement() with { ProviderUkprn = "", Grade = "?", Action = "9", AchievementAwardDate = "2027-01-01", GivenName = "Huw" };
        var refuse = Assert.IsType<AchievementDecision.Refuse>(Decide(text, Known with { Qualification = A.Qualification(owner: "RN0002") }));
        Assert.Equal(["AC001", "AC003", "AC004", "AC103", "AC202", "AC204"], refuse.Findings.Select(finding => finding.Code.Row));
        Assert.Equal("AC001", Core.Responses.Finding.FirstCode(refuse.Findings).Row);
    }
}

public class GradeScaleTests
{
    private const string NineToOne = "9 8 7 6 5 4 3 2 1 U";
    private const string AStarToG = "A* A B C D E F G U";

    [Theory]
    [InlineData("GCSE (9 to 1)", NineToOne, "A,0,10,A*,u,99,Pass")]
    [InlineData("gcse (9 TO 1)", NineToOne, "A")]
    [InlineData("GCSE (A* to G)", AStarToG, "9,a,H,AA,A*A*,Pass,**")]
    [InlineData("GCE A Level", "A* A B C D E U", "F,A*A,9")]
    [InlineData("GCE AS Level", "A B C D E U", "A*,F")]
    [InlineData("GCE AS", "A B C D E U", "A*")]
    [InlineData("Functional Skills", "Pass Fail", "pass,A,P")]
    [InlineData("Basic Skills", "Pass Fail", "A")]
    public void A_type_has_its_scale(string type, string right, string wrong)
    {
        var qualification = A.Qualification() with { Type = type };
        Assert.All(right.Split(' '), grade => Assert.True(GradeScale.Has(qualification, grade)));
        Assert.All(wrong.Split(','), grade => Assert.False(GradeScale.Has(qualification, grade)));
    }

    [Theory]
    [InlineData("AA", true)]
    [InlineData("A*A*", true)]
    [InlineData("A*A", true)]
    [InlineData("AA*", true)]
    [InlineData("GU", true)]
    [InlineData("B", true)]
    [InlineData("AAA", false)]
    [InlineData("AH", false)]
    [InlineData("A ", false)]
    public void A_double_award_of_A_star_to_G_has_two_grades(string grade, bool isRight) =>
        Assert.Equal(isRight, GradeScale.Has(A.Qualification() with { Type = "GCSE (A* to G)", Title = "GCSE in Science (Double Award)" }, grade));

    [Theory]
    [InlineData(null)]
    [InlineData("QCF")]
    [InlineData("Project")]
    public void Other_types_are_not_checked(string? type)
    {
        Assert.Null(GradeScale.Of(type));
        Assert.True(GradeScale.Has(A.Qualification() with { Type = type }, "anything"));
    }
}
