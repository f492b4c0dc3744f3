using Plr.Core.Learners;
using Plr.Core.Responses;

namespace Plr.Core.Tests.Access;

public class PolicyTests
{
    private static readonly Uln Own = Uln.Parse("9276308686");
    private static readonly Uln Other = Uln.Parse("1000000043");
    private static readonly Guid Same = Guid.Parse("0199aaaa-0000-7000-8000-000000000001");
    private static readonly Guid Another = Guid.Parse("0199aaaa-0000-7000-8000-000000000002");

    private static readonly Roles[] EachRole = [.. Enum.GetValues<Roles>().Where(role => role != Roles.None)];

    private static readonly (string Name, Subject Subject)[] Subjects =
    [
        ("nothing", Subject.None), ("own", Subject.Learner(Own, true)), ("unshared", Subject.Learner(Own, false)), ("other", Subject.Learner(Other, true)),
        ("same", Subject.Of(Same)), ("another", Subject.Of(Another)),
    ];

    private static Decision Allow(Roles roles, PolicyAction action, Subject subject, Purpose purpose) =>
        Policy.Allow(new(new Actor(roles, null, null, Same, roles.HasFlag(Roles.Learner) ? Own : null), Channel.Portal, purpose, "test"), action, subject);

    /// <summary>The purposes for which a role may do something to a subject.</summary>
    private static string Purposes(Roles role, PolicyAction action, Subject subject)
    {
        var allowed = Enum.GetValues<Purpose>().Where(purpose => Allow(role, action, subject, purpose).IsAllowed).ToList();
        return allowed.Count == Enum.GetValues<Purpose>().Length ? "any" : string.Join('+', allowed.Select(purpose => purpose.Word()));
    }

    /// <summary>All that is allowed, in full: whatever is not in this list is refused.</summary>
    [Theory]
    [InlineData(PolicyAction.ReadPublicPages, "*", "nothing own unshared other same another", "any")]
    [InlineData(PolicyAction.SignIn, "*", "nothing own unshared other same another", "any")]
    [InlineData(PolicyAction.SignOut, "*", "nothing own unshared other same another", "any")]
    [InlineData(PolicyAction.ChangePassword, "*", "nothing own unshared other same another", "any")]
    [InlineData(PolicyAction.GiveFactor, "*", "nothing own unshared other same another", "any")]
    [InlineData(PolicyAction.SetUpFactor, "*", "nothing own unshared other same another", "any")]
    [InlineData(PolicyAction.ManageOwnSignIn, "*", "nothing own unshared other same another", "any")]
    [InlineData(PolicyAction.ViewOwnRecord, "Learner", "own unshared", "own-record")]
    [InlineData(PolicyAction.ViewOwnAudit, "Learner", "own unshared", "own-record")]
    [InlineData(PolicyAction.RaiseChallenge, "Learner", "own unshared", "own-record")]
    [InlineData(PolicyAction.TendChallenges, "Register", "nothing own unshared other", "register-upkeep")]
    [InlineData(PolicyAction.UseOrganisationPortal, "LrbOnline LrbBatch LrbViewOnly AwardingOrganisation DataChallenge SuperUser", "nothing own unshared other same another", "any")]
    [InlineData(PolicyAction.FindLearner, "LrbOnline LrbBatch LrbViewOnly", "nothing own unshared other", "enrolment+advice-and-guidance")]
    [InlineData(PolicyAction.ViewRecord, "LrbOnline LrbBatch LrbViewOnly", "own other", "enrolment+advice-and-guidance")]
    [InlineData(PolicyAction.UploadRegistrations, "LrbBatch Register", "same", "enrolment")]
    [InlineData(PolicyAction.UploadAchievements, "AwardingOrganisation Register", "same", "award")]
    [InlineData(PolicyAction.ViewBatch, "LrbBatch AwardingOrganisation Register", "same", "enrolment+award")]
    [InlineData(PolicyAction.UseOffice, "OfficeAgent OfficeSenior Auditor Operator", "nothing own unshared other same another", "any")]
    [InlineData(PolicyAction.ManageOrganisations, "OfficeSenior Register", "nothing own unshared other same another", "any")]
    [InlineData(PolicyAction.ManageAccounts, "OfficeSenior Register", "nothing own unshared other same another", "any")]
    [InlineData(PolicyAction.CheckTrail, "OfficeSenior Auditor Register", "nothing own unshared other same another", "any")]
    [InlineData(PolicyAction.ConfirmReport, "OfficeAgent OfficeSenior", "nothing own unshared other", "register-upkeep")]
    [InlineData(PolicyAction.AddPossibleDuplicates, "OfficeAgent OfficeSenior Register", "nothing own unshared other", "register-upkeep")]
    [InlineData(PolicyAction.ReviewDuplicates, "OfficeAgent OfficeSenior", "nothing own unshared other", "register-upkeep")]
    [InlineData(PolicyAction.MarkNotSamePerson, "OfficeAgent OfficeSenior", "nothing own unshared other", "register-upkeep")]
    [InlineData(PolicyAction.ProposeLink, "OfficeAgent OfficeSenior", "nothing own unshared other", "register-upkeep")]
    [InlineData(PolicyAction.ApproveLink, "OfficeSenior", "nothing own unshared other", "register-upkeep")]
    [InlineData(PolicyAction.LoadReferenceData, "Register", "nothing own unshared other same another", "any")]
    [InlineData(PolicyAction.MoveRegister, "Register", "nothing own unshared other", "register-upkeep")]
    [InlineData(PolicyAction.TrainWeights, "Register", "nothing own unshared other", "register-upkeep")]
    [InlineData(PolicyAction.ExportRegister, "Register", "nothing own unshared other", "register-upkeep")]
    [InlineData(PolicyAction.BackUpRegister, "Register", "nothing own unshared other", "register-upkeep")]
    public void An_action_is_allowed_to_these_roles_on_these_subjects_for_these_purposes_and_to_nobody_else(PolicyAction action, string roles, string subjects, string purposes)
    {
        foreach (var role in EachRole)
        {
            foreach (var (name, subject) in Subjects)
            {
                var isAllowed = (roles == "*" || roles.Split(' ').Contains(role.ToString())) && subjects.Split(' ').Contains(name);
                Assert.Equal((role, name, isAllowed ? purposes : ""), (role, name, Purposes(role, action, subject)));
            }
        }
    }

    /// <summary>In full: a session that owes the second factor opens this and nothing else.</summary>
    [Theory]
    [InlineData(FactorState.ToGive, "ReadPublicPages SignIn SignOut GiveFactor CheckShare")]
    [InlineData(FactorState.ToSetUp, "ReadPublicPages SignIn SignOut ChangePassword SetUpFactor CheckShare")]
    public void A_session_that_owes_the_second_factor_opens_the_way_to_it_and_nothing_else(FactorState owed, string actions)
    {
        foreach (var role in EachRole)
        {
            var access = new Plr.Core.Access(new Actor(role, null, null, Same, role == Roles.Learner ? Own : null) { Factor = owed }, Channel.Portal, Purpose.Enrolment, "test");
            var open = Enum.GetValues<PolicyAction>()
                .Where(action => Subjects.Any(subject => Policy.Allow(action == PolicyAction.CheckShare ? access with { Purpose = Purpose.ShareCheck } : access, action, subject.Subject).IsAllowed)).ToList();

            Assert.Equal(actions.Split(' ').Select(Enum.Parse<PolicyAction>).Order(), open.Order());
            Assert.Equal(open, Enum.GetValues<PolicyAction>().Where(action => Policy.MayTry(role, action, owed)));
            Assert.Equal(ResponseCodes.FactorFirst, Policy.Allow(access, PolicyAction.ManageOwnSignIn, Subject.None).Refusal);
        }
    }

    [Theory]
    [InlineData(PolicyAction.RegisterLearner, Roles.LrbOnline, "enrolment")]
    [InlineData(PolicyAction.RegisterLearner, Roles.LrbBatch, "enrolment")]
    [InlineData(PolicyAction.RegisterLearner, Roles.Register, "enrolment+register-upkeep")]
    [InlineData(PolicyAction.UpdateLearner, Roles.LrbOnline, "enrolment")]
    [InlineData(PolicyAction.UpdateLearner, Roles.LrbBatch, "enrolment")]
    [InlineData(PolicyAction.UpdateLearner, Roles.Register, "enrolment+register-upkeep")]
    [InlineData(PolicyAction.ViewLearner, Roles.LrbOnline, "enrolment+advice-and-guidance")]
    [InlineData(PolicyAction.ViewLearner, Roles.LrbBatch, "enrolment+advice-and-guidance")]
    [InlineData(PolicyAction.ViewLearner, Roles.LrbViewOnly, "enrolment+advice-and-guidance")]
    [InlineData(PolicyAction.ViewLearner, Roles.Register, "register-upkeep")]
    [InlineData(PolicyAction.VerifyLearner, Roles.LrbViewOnly, "enrolment+advice-and-guidance")]
    [InlineData(PolicyAction.VerifyLearner, Roles.LrbOnline, "enrolment+advice-and-guidance")]
    [InlineData(PolicyAction.VerifyLearner, Roles.LrbBatch, "enrolment+advice-and-guidance")]
    [InlineData(PolicyAction.VerifyLearner, Roles.AwardingOrganisation, "award")]
    [InlineData(PolicyAction.RetrieveUlns, Roles.LrbViewOnly, "enrolment+advice-and-guidance")]
    [InlineData(PolicyAction.RetrieveUlns, Roles.LrbOnline, "enrolment+advice-and-guidance")]
    [InlineData(PolicyAction.RetrieveUlns, Roles.LrbBatch, "enrolment+advice-and-guidance")]
    [InlineData(PolicyAction.RetrieveUlns, Roles.OfficeAgent, "register-upkeep")]
    [InlineData(PolicyAction.RetrieveUlns, Roles.OfficeSenior, "register-upkeep")]
    [InlineData(PolicyAction.ReportUlns, Roles.LrbViewOnly, "enrolment")]
    [InlineData(PolicyAction.ReportUlns, Roles.LrbOnline, "enrolment")]
    [InlineData(PolicyAction.ReportUlns, Roles.OfficeAgent, "register-upkeep")]
    [InlineData(PolicyAction.SendReport, Roles.OfficeAgent, "own-record+register-upkeep")]
    [InlineData(PolicyAction.SendReport, Roles.OfficeSenior, "own-record+register-upkeep")]
    [InlineData(PolicyAction.SendReport, Roles.Register, "register-upkeep")]
    public void The_purposes_differ_by_role(PolicyAction action, Roles role, string purposes)
    {
        Assert.Equal(purposes, Purposes(role, action, Subject.Learner(Other, false)));
        Assert.Equal("", Purposes(role, action, Subject.Of(Same)));
        var named = Policy.Table.Where(row => row.Action == action).Aggregate(Roles.None, (all, row) => all | row.Role);
        Assert.All(EachRole.Where(other => !named.HasFlag(other)), other => Assert.Equal("", Purposes(other, action, Subject.Learner(Other, true))));
    }

    [Fact]
    public void Nobody_signed_in_reads_public_pages_and_signs_in_and_out_and_is_asked_to_for_the_rest()
    {
        foreach (var action in Enum.GetValues<PolicyAction>())
        {
            var decision = Allow(Roles.None, action, Subject.Learner(Own, true), Purpose.Enrolment);
            Assert.Equal(action is PolicyAction.ReadPublicPages or PolicyAction.SignIn or PolicyAction.SignOut, decision.IsAllowed);
            Assert.Equal(decision.IsAllowed ? null : ResponseCodes.SignInFirst, decision.Refusal);
        }
    }

    [Theory]
    [InlineData(Roles.Learner, "own unshared", "own-record", PolicyAction.ViewChallenge)]
    [InlineData(Roles.DataChallenge, "same", "enrolment+award", PolicyAction.ViewChallenge, PolicyAction.AnswerChallenge)]
    [InlineData(Roles.AwardingOrganisation, "same", "enrolment+award", PolicyAction.ViewChallenge, PolicyAction.AnswerChallenge)]
    [InlineData(Roles.OfficeAgent, "nothing own unshared other", "register-upkeep", PolicyAction.ViewChallenge, PolicyAction.AnswerChallenge)]
    [InlineData(Roles.OfficeSenior, "nothing own unshared other", "register-upkeep", PolicyAction.ViewChallenge, PolicyAction.AnswerChallenge)]
    [InlineData(Roles.LrbOnline | Roles.LrbBatch | Roles.LrbViewOnly | Roles.SuperUser | Roles.Auditor | Roles.Operator | Roles.Register, "", "")]
    public void A_data_challenge_is_the_learners_and_whose_it_is_to_answer(Roles role, string subjects, string purposes, params PolicyAction[] may)
    {
        foreach (var action in new[] { PolicyAction.ViewChallenge, PolicyAction.AnswerChallenge })
        {
            Assert.All(Subjects, pair => Assert.Equal(may.Contains(action) && subjects.Split(' ').Contains(pair.Name) ? purposes : "", Purposes(role, action, pair.Subject)));
        }
    }

    [Fact]
    public void A_refusal_says_why()
    {
        Assert.Equal(ResponseCodes.NotAllowed, Allow(Roles.SuperUser, PolicyAction.FindLearner, Subject.None, Purpose.Enrolment).Refusal);
        Assert.Equal(ResponseCodes.NotAllowed, Allow(Roles.LrbOnline, PolicyAction.ViewRecord, Subject.Learner(Own, true), Purpose.Award).Refusal);
        Assert.Equal(ResponseCodes.NotShared, Allow(Roles.LrbOnline, PolicyAction.ViewRecord, Subject.Learner(Own, false), Purpose.Enrolment).Refusal);
        Assert.Equal(ResponseCodes.NotShared, Allow(Roles.LrbOnline, PolicyAction.ViewRecord, Subject.Learner(Own), Purpose.Enrolment).Refusal);
        Assert.Equal(FieldSet.None, Allow(Roles.SuperUser, PolicyAction.FindLearner, Subject.None, Purpose.Enrolment).Fields);
    }

    [Fact]
    public void Roles_that_see_no_learners_see_none()
    {
        PolicyAction[] onLearners = [.. Policy.Table.Where(row => row.Fields != FieldSet.None).Select(row => row.Action).Distinct()];
        // Whoever answers data challenges sees the learner of each one that their organisation has.
        foreach (var role in new[] { Roles.SuperUser, Roles.DataChallenge, Roles.OfficeAgent, Roles.OfficeSenior, Roles.Auditor, Roles.Operator })
        {
            // Officers make and confirm reports for callers, decide on duplicates and linked learners, and see no learner in any other way.
            PolicyAction[] theirs =
            [
                PolicyAction.SendReport, PolicyAction.ConfirmReport, PolicyAction.AddPossibleDuplicates, PolicyAction.ReviewDuplicates, PolicyAction.MarkNotSamePerson,
                PolicyAction.ProposeLink, PolicyAction.ApproveLink, PolicyAction.RetrieveUlns, PolicyAction.ReportUlns, PolicyAction.ViewChallenge, PolicyAction.AnswerChallenge,
            ];
            // What a learner shares opens to whoever has the code, whatever their role.
            PolicyAction[] ofChallenges = role == Roles.DataChallenge ? [PolicyAction.ViewChallenge, PolicyAction.AnswerChallenge] : [];
            Assert.All(
                onLearners.Except([PolicyAction.CheckShare]).Except(role is Roles.OfficeAgent or Roles.OfficeSenior ? theirs : ofChallenges),
                action => Assert.All(Subjects, pair => Assert.Equal("", Purposes(role, action, pair.Subject))));
        }
    }

    [Fact]
    public void A_learner_with_two_linked_ULNs_has_their_own_by_either()
    {
        var master = Subject.Learner(Other, true);
        Assert.True(Allow(Roles.Learner, PolicyAction.ViewOwnRecord, master with { AskedAs = Own }, Purpose.OwnRecord).IsAllowed);
        Assert.True(Allow(Roles.Learner, PolicyAction.ViewOwnRecord, Subject.Learner(Own, true) with { AskedAs = Other }, Purpose.OwnRecord).IsAllowed);
        Assert.False(Allow(Roles.Learner, PolicyAction.ViewOwnRecord, master with { AskedAs = Other }, Purpose.OwnRecord).IsAllowed);
    }

    [Fact]
    public void A_person_with_two_roles_may_what_either_may_and_no_more()
    {
        const Roles both = Roles.SuperUser | Roles.LrbViewOnly;
        Assert.True(Allow(both, PolicyAction.FindLearner, Subject.None, Purpose.Enrolment).IsAllowed);
        Assert.False(Allow(both, PolicyAction.RegisterLearner, Subject.None, Purpose.Enrolment).IsAllowed);
    }

    [Fact]
    public void Every_action_has_a_row_and_whatever_shows_a_learner_to_others_is_written_down()
    {
        Assert.Equal(Enum.GetValues<PolicyAction>(), Policy.Table.Select(row => row.Action).Distinct().Order());
        Assert.All(
            Policy.Table.Where(row => row.Fields != FieldSet.None && row.Action is not PolicyAction.ViewOwnAudit and not PolicyAction.ViewBatch),
            row => Assert.True(row.Duties.HasFlag(Duties.Audit), row.ToString()));
        Assert.All(Policy.Table.Where(row => row.Fields != FieldSet.None), row => Assert.NotEmpty(row.Purposes));
    }

    [Fact]
    public void Whoever_may_do_something_may_try_it() => Assert.All(EachRole, role => Assert.All(Enum.GetValues<PolicyAction>(), action =>
    {
        var may = Subjects.Any(pair => Purposes(role, action, pair.Subject).Length > 0);
        Assert.Equal((role, action, may), (role, action, Policy.MayTry(role, action)));
    }));
}
