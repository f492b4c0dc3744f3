using Plr.Core.Learners;
using Plr.Core.Responses;
using Plr.Testing;

namespace Plr.Core.Tests.Learners;

public class RegistrationJudgeTests
{
    private static readonly Actor Clerk = new(Roles.LrbBatch);
    private static readonly RegistrationCandidates Nobody = new(null, [], false, null);

    private static RegistrationDecision Decide(LearnerText text, RegistrationCandidates candidates) => RegistrationJudge.Decide(A.Registration(text), candidates, Clerk, Clock.Noon);

    private static Learner Merged(LearnerText text, string uln, Learner into) => A.Registered(text, uln) with { Status = LearnerStatus.Merged, MasterUln = into.Uln };

    private static (string? Code, string? Uln) Refused(RegistrationDecision decision) =>
        Assert.IsType<RegistrationDecision.Refuse>(decision) is var refuse ? (refuse.Code.Row, refuse.Uln) : default;

    [Fact]
    public void RC001_somebody_who_is_not_there_is_created_with_what_was_given() =>
        Assert.Equal(new RegistrationDecision.Create(LearnerRules.Details(A.FullLearner())), Decide(A.FullLearner(), Nobody));

    [Fact]
    public void RC002_an_equal_learner_stays_and_RC003_takes_what_is_new()
    {
        var held = A.Registered(A.Learner());
        var candidates = Nobody with { Equal = [held] };
        Assert.Equal(new RegistrationDecision.Keep(held, ResponseCodes.ExactMatch), Decide(A.Learner(), candidates));
        Assert.Equal(
            new RegistrationDecision.Change(held, held.Details with { Title = "Ms" }, ResponseCodes.LearnerUpdated), Decide(A.Learner() with { Title = "Ms" }, candidates));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void RC004_a_merged_learner_leads_to_the_master_changed_or_not(bool isByUln)
    {
        var master = A.Registered(A.Learner(), "6936002314");
        var candidates = isByUln ? Nobody with { ByUln = new(Merged(A.Learner(), "4444599390", master), master) } : Nobody with { Equal = [master], EqualWasMerged = true };
        var text = A.Learner() with { Uln = isByUln ? "4444599390" : null };
        Assert.Equal(new RegistrationDecision.Keep(master, ResponseCodes.MasterSubstituted), Decide(text, candidates));
        Assert.Equal(ResponseCodes.MasterSubstituted, Assert.IsType<RegistrationDecision.Change>(Decide(text with { Title = "Ms" }, candidates)).Code);
    }

    [Fact]
    public void RC007_several_equal_learners_are_for_a_person_to_decide() =>
        Assert.Equal(("RC007", null), Refused(Decide(A.Learner(), Nobody with { Equal = [A.Registered(A.Learner()), A.Registered(A.Learner(), "1000000043")] })));

    [Fact]
    public void RC008_a_supplied_ULN_must_be_held_by_this_person()
    {
        var text = A.Learner() with { Uln = "9276308686" };
        Assert.Equal(("RC008", "9276308686"), Refused(Decide(text, Nobody)));
        Assert.Equal(("RC008", "9276308686"), Refused(Decide(text, Nobody with { Equal = [A.Registered(A.Learner())] })));
        Assert.Equal(("RC008", "9276308686"), Refused(Decide(text, Nobody with { ByUln = HeldLearner.Own(A.Registered(A.Learner("Huw"))) })));
        Assert.IsType<RegistrationDecision.Keep>(Decide(text, Nobody with { ByUln = HeldLearner.Own(A.Registered(A.Learner())) }));
    }

    [Theory]
    [InlineData("Siân", "Pritchard", "2008-02-29", "RC004")]
    [InlineData("Sioned", "Hopkin", "2009-03-01", "RC004")]
    [InlineData("Sian", "Pritchards", "2008-02-29", "RC004")]
    [InlineData("Siân", "Pritchard", "2009-03-01", "RC008")]
    [InlineData("Huw", "Owain", "2008-02-29", "RC008")]
    public void A_merged_ULN_may_come_with_the_details_of_its_own_record_or_with_its_masters(string givenName, string familyName, string born, string code)
    {
        var master = A.Registered(A.Learner("Sioned", "Hopkin", "2009-03-01"), "6936002314");
        var text = A.Learner(givenName, familyName, born) with { Uln = "4444599390", Title = "Ms" };
        var decision = Decide(text, Nobody with { ByUln = new(Merged(A.Learner(), "4444599390", master), master) });
        if (code == "RC008")
        {
            Assert.Equal((code, "4444599390"), Refused(decision));
        }
        else
        {
            // What is stored of the person is the master's, and the five demographics stay.
            Assert.Equal(new RegistrationDecision.Change(master, master.Details with { Title = "Ms" }, ResponseCodes.MasterSubstituted), decision);
        }
    }

    [Fact]
    public void RC009_an_earlier_row_gives_its_ULN_if_it_has_one()
    {
        var earlier = Nobody with { EarlierRow = (7, Uln.Parse("9276308686")) };
        Assert.Equal(("RC009", "9276308686"), Refused(Decide(A.Learner(), earlier)));
        Assert.Equal(("RC009", null), Refused(Decide(A.Learner(), Nobody with { EarlierRow = (7, null) })));
        Assert.Equal(["7"], ((RegistrationDecision.Refuse)Decide(A.Learner(), earlier)).Findings.Single().Values);
    }

    [Theory]
    [InlineData(" ", "x", "2020-01-01", "", "9276308686", "RC011")]
    [InlineData("Siân", "x", "2020-01-01", "", "9276308686", "RC012")]
    [InlineData("Siân", "", "2020-01-01", "", "9276308686", "RC013")]
    [InlineData("Siân", "", "2020-01-01", "", "", "RC013")]
    [InlineData("Siân", "", "2008-02-29", "", "", "RC006")]
    [InlineData("Siân", "", "2008-02-29", "2", "9276308686", "RC008")]
    [InlineData("Siân", "", "2008-02-29", "2", "", "RC009")]
    public void A_row_with_several_faults_has_the_first_of_the_order(string givenName, string upn, string born, string gender, string uln, string code)
    {
        var everything = new RegistrationCandidates(
            null, [A.Registered(A.Learner()), A.Registered(A.Learner(), "1000000043")], false, (1, null));
        var text = A.Learner() with { GivenName = givenName, UniquePupilNumber = upn, DateOfBirth = born, Gender = gender, Uln = uln, AbilityToShare = "0" };
        Assert.Equal(code, Refused(Decide(text, everything)).Code);
    }

    [Fact]
    public void RC007_comes_before_RC010()
    {
        var text = A.Learner() with { AbilityToShare = "0" };
        Assert.Equal("RC007", Refused(Decide(text, Nobody with { Equal = [A.Registered(A.Learner()), A.Registered(A.Learner(), "1000000043")] })).Code);
        Assert.Equal(("RC010", "9276308686"), Refused(Decide(text with { Title = "Ms" }, Nobody with { Equal = [A.Registered(A.Learner())] })));
    }

    [Theory]
    [InlineData("0", "0", "RC002")]
    [InlineData("0", "1", "RC003")]
    [InlineData("0", "2", "RC003")]
    [InlineData("1", "0", "RC010")]
    [InlineData("1", "1", "RC002")]
    [InlineData("1", "2", "RC010")]
    [InlineData("2", "0", "RC010")]
    [InlineData("2", "1", "RC010")]
    [InlineData("2", "2", "RC002")]
    public void The_ability_to_share_changes_as_a_file_may_change_it(string from, string to, string code)
    {
        var held = A.Registered(A.Learner() with { AbilityToShare = from });
        var decision = Decide(A.Learner() with { AbilityToShare = to }, Nobody with { Equal = [held] });
        Assert.Equal(code, decision switch
        {
            RegistrationDecision.Keep keep => keep.Code.Row,
            RegistrationDecision.Change change => change.Code.Row,
            _ => Refused(decision).Code,
        });
    }

    [Fact]
    public void An_empty_cell_leaves_what_is_held()
    {
        var held = LearnerRules.Details(A.FullLearner());
        Assert.Equal(held, RegistrationJudge.Merge(held, new LearnerText { GivenName = "x", FamilyName = "y" }));
        Assert.Equal(held, RegistrationJudge.Merge(held, new LearnerText { VerificationType = "0" }));
    }

    [Fact]
    public void A_filled_cell_replaces_what_is_held_except_the_five_and_the_UPN()
    {
        var held = LearnerRules.Details(A.Learner());
        var text = A.FullLearner();
        var given = LearnerRules.Details(text);
        var merged = RegistrationJudge.Merge(held, text);
        var expected = given with
        {
            GivenName = held.GivenName,
            FamilyName = held.FamilyName,
            DateOfBirth = held.DateOfBirth,
            Gender = held.Gender,
            LastKnownPostCode = held.LastKnownPostCode,
        };
        Assert.Equal(expected, merged);
        Assert.Equal(expected, RegistrationJudge.Merge(merged, new LearnerText { UniquePupilNumber = "Z99999999999Z" }));
    }
}
