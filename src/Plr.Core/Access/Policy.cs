using Plr.Core.Responses;

namespace Plr.Core;

/// <summary>Everything that somebody can ask the service to do. Each endpoint names one; each has its rows in <see cref="Policy.Table"/>.</summary>
public enum PolicyAction
{
    ReadPublicPages = 1,
    SignIn,
    SignOut,
    ViewOwnRecord,
    ViewOwnAudit,
    UseOrganisationPortal,
    FindLearner,
    ViewLearner,
    ViewRecord,
    RegisterLearner,
    UpdateLearner,
    UploadRegistrations,
    UploadAchievements,
    ViewBatch,
    UseOffice,
    ManageOrganisations,
    ManageAccounts,
    CheckTrail,
    LoadReferenceData,
    RaiseChallenge,
    ChangePassword,
    GiveFactor,
    SetUpFactor,
    ManageOwnSignIn,
    MoveRegister,
    ExportRegister,
    BackUpRegister,
    SendReport,
    ConfirmReport,
    AddPossibleDuplicates,
    ReviewDuplicates,
    MarkNotSamePerson,
    ProposeLink,
    ApproveLink,
    RetrieveUlns,
    ReportUlns,
    VerifyLearner,
    TrainWeights,
    ManageOwnShares,
    CheckShare,
    ViewChallenge,
    AnswerChallenge,
    TendChallenges,
}

/// <summary>How far an action reaches: whose thing it is that is acted on.</summary>
public enum Reach
{
    /// <summary>Nobody's data: a page, a form, a list of organisations.</summary>
    Register = 1,

    /// <summary>The learner's own.</summary>
    Own,

    /// <summary>Something of the actor's own organisation: a batch, an account.</summary>
    SameOrganisation,

    /// <summary>Any learner on the register.</summary>
    AnyLearner,
}

/// <summary>Which of a learner's fields are seen.</summary>
public enum FieldSet
{
    None = 0,

    /// <summary>ULN and the five demographics: enough to know that it is the person.</summary>
    Identity,

    /// <summary>All details and all learning events.</summary>
    Whole,
}

/// <summary>What goes with a permission.</summary>
[Flags]
public enum Duties
{
    None = 0,

    /// <summary>An entry in the learner's trail.</summary>
    Audit = 1,

    /// <summary>Only when the learner's ability to share allows it; else WSEC0206.</summary>
    RespectAbilityToShare = 2,
}

/// <summary>What is acted on, as far as the policy asks.</summary>
/// <param name="Uln">The learner, if the action is on one.</param>
/// <param name="OrganisationId">The organisation whose thing it is, if it is one's.</param>
/// <param name="Shares">Whether the learner's ability to share is 1; null when not known yet.</param>
public sealed record Subject(Learners.Uln? Uln = null, Guid? OrganisationId = null, bool? Shares = null)
{
    /// <summary>The ULN that was asked for and led to the learner: of somebody with two linked ULNs, either is their own.</summary>
    public Learners.Uln? AskedAs { get; init; }

    /// <summary>No one's data.</summary>
    public static Subject None { get; } = new();

    public static Subject Learner(Learners.Uln uln) => new(Uln: uln);

    public static Subject Learner(Learners.Uln uln, bool shares) => new(Uln: uln, Shares: shares);

    public static Subject Of(Guid organisationId) => new(OrganisationId: organisationId);
}

/// <summary>What the policy answers.</summary>
public sealed record Decision(bool IsAllowed, FieldSet Fields, Duties Duties, ResponseCode? Refusal)
{
    public static Decision Allowed(FieldSet fields, Duties duties) => new(true, fields, duties, null);

    public static Decision Refused(ResponseCode code) => new(false, FieldSet.None, Duties.None, code);
}

/// <summary>One row of the table: a role may do this, to these, for these purposes, seeing these fields, with these duties.</summary>
public sealed record PolicyRow(Roles Role, PolicyAction Action, Reach Reach, FieldSet Fields, Duties Duties, params Purpose[] Purposes)
{
    /// <summary>In which sessions: by default only once the second factor is given, if one is needed.</summary>
    public FactorState While { get; init; } = FactorState.Done;
}

/// <summary>
/// The one policy: who may do what, to whom, for what, seeing which fields. Pure and deny by default; every operation asks it, the
/// documentation's page and the access tests are generated from <see cref="Table"/>. Roles and purposes: DECISIONS, "Roles, purposes, levels".
/// </summary>
public static class Policy
{
    private const Roles Lrb = Roles.LrbOnline | Roles.LrbBatch;
    private const Roles AnyOrganisationRole = Lrb | Roles.LrbViewOnly | Roles.AwardingOrganisation | Roles.DataChallenge | Roles.SuperUser;
    private const Roles Officers = Roles.OfficeAgent | Roles.OfficeSenior;
    private const Roles Everybody = (Roles)int.MaxValue;
    private const FactorState Always = FactorState.Done | FactorState.ToGive | FactorState.ToSetUp;

    /// <summary>The table. A row whose role is <see cref="Roles.None"/> is for everybody, signed in or not.</summary>
    public static IReadOnlyList<PolicyRow> Table { get; } =
    [
        new(Roles.None, PolicyAction.ReadPublicPages, Reach.Register, FieldSet.None, Duties.None) { While = Always },
        new(Roles.None, PolicyAction.SignIn, Reach.Register, FieldSet.None, Duties.None) { While = Always },
        new(Roles.None, PolicyAction.SignOut, Reach.Register, FieldSet.None, Duties.None) { While = Always },
        // Whoever has a second factor gives it before the password is changed: a stolen link alone changes nothing.
        new(Everybody, PolicyAction.ChangePassword, Reach.Register, FieldSet.None, Duties.None) { While = FactorState.Done | FactorState.ToSetUp },
        new(Everybody, PolicyAction.GiveFactor, Reach.Register, FieldSet.None, Duties.None) { While = FactorState.Done | FactorState.ToGive },
        new(Everybody, PolicyAction.SetUpFactor, Reach.Register, FieldSet.None, Duties.None) { While = FactorState.Done | FactorState.ToSetUp },
        new(Everybody, PolicyAction.ManageOwnSignIn, Reach.Register, FieldSet.None, Duties.None),

        new(Roles.Learner, PolicyAction.ViewOwnRecord, Reach.Own, FieldSet.Whole, Duties.Audit, Purpose.OwnRecord),
        new(Roles.Learner, PolicyAction.ViewOwnAudit, Reach.Own, FieldSet.Whole, Duties.None, Purpose.OwnRecord),
        new(Roles.Learner, PolicyAction.RaiseChallenge, Reach.Own, FieldSet.Whole, Duties.Audit, Purpose.OwnRecord),
        new(Roles.Learner, PolicyAction.ViewChallenge, Reach.Own, FieldSet.Whole, Duties.Audit, Purpose.OwnRecord),

        new(Roles.Learner, PolicyAction.ManageOwnShares, Reach.Own, FieldSet.Whole, Duties.Audit, Purpose.OwnRecord),
        // Whoever has what opens a share sees what it shows; the store asks for that.
        new(Roles.None, PolicyAction.CheckShare, Reach.Register, FieldSet.Whole, Duties.Audit, Purpose.ShareCheck) { While = Always },

        new(AnyOrganisationRole, PolicyAction.UseOrganisationPortal, Reach.Register, FieldSet.None, Duties.None),
        new(Lrb | Roles.LrbViewOnly, PolicyAction.FindLearner, Reach.AnyLearner, FieldSet.Identity, Duties.Audit, Purpose.Enrolment, Purpose.AdviceAndGuidance),
        new(Lrb | Roles.LrbViewOnly, PolicyAction.ViewLearner, Reach.AnyLearner, FieldSet.Identity, Duties.Audit, Purpose.Enrolment, Purpose.AdviceAndGuidance),
        new(Lrb | Roles.LrbViewOnly, PolicyAction.ViewRecord, Reach.AnyLearner, FieldSet.Whole, Duties.Audit | Duties.RespectAbilityToShare, Purpose.Enrolment, Purpose.AdviceAndGuidance),
        // It tells whether what the caller knows already is right, and shows nothing: the ability to share does not come into it.
        new(Lrb | Roles.LrbViewOnly, PolicyAction.VerifyLearner, Reach.AnyLearner, FieldSet.None, Duties.Audit, Purpose.Enrolment, Purpose.AdviceAndGuidance),
        new(Roles.AwardingOrganisation, PolicyAction.VerifyLearner, Reach.AnyLearner, FieldSet.None, Duties.Audit, Purpose.Award),
        new(Lrb, PolicyAction.RegisterLearner, Reach.AnyLearner, FieldSet.Whole, Duties.Audit, Purpose.Enrolment),
        new(Lrb, PolicyAction.UpdateLearner, Reach.AnyLearner, FieldSet.Whole, Duties.Audit, Purpose.Enrolment),
        new(Roles.LrbBatch, PolicyAction.UploadRegistrations, Reach.SameOrganisation, FieldSet.Whole, Duties.Audit, Purpose.Enrolment),
        new(Roles.AwardingOrganisation, PolicyAction.UploadAchievements, Reach.SameOrganisation, FieldSet.Identity, Duties.Audit, Purpose.Award),
        new(Roles.LrbBatch | Roles.AwardingOrganisation, PolicyAction.ViewBatch, Reach.SameOrganisation, FieldSet.Identity, Duties.None, Purpose.Enrolment, Purpose.Award),

        // Data challenges: whoever has one to answer sees it, the organisation while it is theirs, and officers what is with the register office.
        new(Roles.DataChallenge | Roles.AwardingOrganisation, PolicyAction.ViewChallenge, Reach.SameOrganisation, FieldSet.Identity, Duties.Audit, Purpose.Enrolment, Purpose.Award),
        new(Roles.DataChallenge | Roles.AwardingOrganisation, PolicyAction.AnswerChallenge, Reach.SameOrganisation, FieldSet.Identity, Duties.Audit, Purpose.Enrolment, Purpose.Award),
        new(Officers, PolicyAction.ViewChallenge, Reach.AnyLearner, FieldSet.Identity, Duties.Audit, Purpose.RegisterUpkeep),
        new(Officers, PolicyAction.AnswerChallenge, Reach.AnyLearner, FieldSet.Identity, Duties.Audit, Purpose.RegisterUpkeep),
        new(Roles.Register, PolicyAction.TendChallenges, Reach.AnyLearner, FieldSet.Identity, Duties.Audit, Purpose.RegisterUpkeep),

        new(RoleSets.Office, PolicyAction.UseOffice, Reach.Register, FieldSet.None, Duties.None),
        new(Roles.OfficeSenior, PolicyAction.ManageOrganisations, Reach.Register, FieldSet.None, Duties.None),
        new(Roles.OfficeSenior, PolicyAction.ManageAccounts, Reach.Register, FieldSet.None, Duties.None),
        new(Roles.OfficeSenior | Roles.Auditor, PolicyAction.CheckTrail, Reach.Register, FieldSet.None, Duties.None),

        new(Roles.OfficeAgent | Roles.OfficeSenior, PolicyAction.SendReport, Reach.AnyLearner, FieldSet.Whole, Duties.Audit, Purpose.OwnRecord, Purpose.RegisterUpkeep),
        new(Roles.OfficeAgent | Roles.OfficeSenior, PolicyAction.ConfirmReport, Reach.AnyLearner, FieldSet.Identity, Duties.Audit, Purpose.RegisterUpkeep),

        // Duplicates: any officer reviews, tells apart and proposes; a senior one, who is not the one that proposed, approves.
        new(Officers | Roles.Register, PolicyAction.AddPossibleDuplicates, Reach.AnyLearner, FieldSet.Identity, Duties.Audit, Purpose.RegisterUpkeep),
        new(Officers, PolicyAction.ReviewDuplicates, Reach.AnyLearner, FieldSet.Whole, Duties.Audit, Purpose.RegisterUpkeep),
        new(Officers, PolicyAction.MarkNotSamePerson, Reach.AnyLearner, FieldSet.Whole, Duties.Audit, Purpose.RegisterUpkeep),
        new(Officers, PolicyAction.ProposeLink, Reach.AnyLearner, FieldSet.Whole, Duties.Audit, Purpose.RegisterUpkeep),
        new(Roles.OfficeSenior, PolicyAction.ApproveLink, Reach.AnyLearner, FieldSet.Whole, Duties.Audit, Purpose.RegisterUpkeep),
        new(Lrb | Roles.LrbViewOnly, PolicyAction.RetrieveUlns, Reach.AnyLearner, FieldSet.Identity, Duties.Audit, Purpose.Enrolment, Purpose.AdviceAndGuidance),
        new(Officers, PolicyAction.RetrieveUlns, Reach.AnyLearner, FieldSet.Identity, Duties.Audit, Purpose.RegisterUpkeep),
        new(Lrb | Roles.LrbViewOnly, PolicyAction.ReportUlns, Reach.AnyLearner, FieldSet.Identity, Duties.Audit, Purpose.Enrolment),
        new(Officers, PolicyAction.ReportUlns, Reach.AnyLearner, FieldSet.Identity, Duties.Audit, Purpose.RegisterUpkeep),

        new(Roles.Register, PolicyAction.LoadReferenceData, Reach.Register, FieldSet.None, Duties.None),
        new(Roles.Register, PolicyAction.ManageOrganisations, Reach.Register, FieldSet.None, Duties.None),
        new(Roles.Register, PolicyAction.ManageAccounts, Reach.Register, FieldSet.None, Duties.None),
        new(Roles.Register, PolicyAction.CheckTrail, Reach.Register, FieldSet.None, Duties.None),
        new(Roles.Register, PolicyAction.RegisterLearner, Reach.AnyLearner, FieldSet.Whole, Duties.Audit, Purpose.Enrolment, Purpose.RegisterUpkeep),
        new(Roles.Register, PolicyAction.UpdateLearner, Reach.AnyLearner, FieldSet.Whole, Duties.Audit, Purpose.Enrolment, Purpose.RegisterUpkeep),
        new(Roles.Register, PolicyAction.ViewLearner, Reach.AnyLearner, FieldSet.Identity, Duties.Audit, Purpose.RegisterUpkeep),
        new(Roles.Register, PolicyAction.SendReport, Reach.AnyLearner, FieldSet.Whole, Duties.Audit, Purpose.RegisterUpkeep),
        new(Roles.Register, PolicyAction.UploadRegistrations, Reach.SameOrganisation, FieldSet.Whole, Duties.Audit, Purpose.Enrolment),
        new(Roles.Register, PolicyAction.UploadAchievements, Reach.SameOrganisation, FieldSet.Identity, Duties.Audit, Purpose.Award),
        new(Roles.Register, PolicyAction.MoveRegister, Reach.AnyLearner, FieldSet.Whole, Duties.Audit, Purpose.RegisterUpkeep),
        new(Roles.Register, PolicyAction.TrainWeights, Reach.AnyLearner, FieldSet.None, Duties.None, Purpose.RegisterUpkeep),
        new(Roles.Register, PolicyAction.ExportRegister, Reach.AnyLearner, FieldSet.Whole, Duties.Audit, Purpose.RegisterUpkeep),
        new(Roles.Register, PolicyAction.BackUpRegister, Reach.AnyLearner, FieldSet.Whole, Duties.Audit, Purpose.RegisterUpkeep),
        new(Roles.Register, PolicyAction.ViewBatch, Reach.SameOrganisation, FieldSet.Identity, Duties.None, Purpose.Enrolment, Purpose.Award),
    ];

    private static readonly ILookup<PolicyAction, PolicyRow> ByAction = Table.ToLookup(row => row.Action);

    /// <summary>Decides. The row that shows most wins; without a row the answer is a refusal.</summary>
    /// <returns>The fields and duties, or a refusal: sign in first, second factor first, not allowed (WSEC0006), or not shared (WSEC0206).</returns>
    public static Decision Allow(Access access, PolicyAction action, Subject subject)
    {
        var row = ByAction[action]
            .Where(row => Applies(row, access.Actor.Roles) && row.While.HasFlag(access.Actor.Factor) && Reaches(row.Reach, access.Actor, subject) && IsFor(row, access.Purpose))
            .MaxBy(row => row.Fields);
        if (row is null)
        {
            return Decision.Refused(access.Actor switch
            {
                { Roles: Roles.None } => ResponseCodes.SignInFirst,
                { Factor: not FactorState.Done } => ResponseCodes.FactorFirst,
                _ => ResponseCodes.NotAllowed,
            });
        }

        return row.Duties.HasFlag(Duties.RespectAbilityToShare) && subject.Shares != true
            ? Decision.Refused(ResponseCodes.NotShared)
            : Decision.Allowed(row.Fields, row.Duties);
    }

    /// <summary>Whether somebody with these roles, and so far with their second factor, may come to this action at all, before it is known to what or whom.</summary>
    public static bool MayTry(Roles roles, PolicyAction action, FactorState factor = FactorState.Done) =>
        ByAction[action].Any(row => Applies(row, roles) && row.While.HasFlag(factor));

    private static bool Applies(PolicyRow row, Roles roles) => row.Role == Roles.None || (row.Role & roles) != Roles.None;

    private static bool IsFor(PolicyRow row, Purpose purpose) => row.Purposes.Length == 0 || row.Purposes.Contains(purpose);

    private static bool Reaches(Reach reach, Actor actor, Subject subject) => reach switch
    {
        Reach.Register => true,
        Reach.Own => actor.OwnUln is { } own && (subject.Uln == own || subject.AskedAs == own),
        Reach.SameOrganisation => subject.OrganisationId is { } organisation && actor.OrganisationId == organisation,
        Reach.AnyLearner => subject.OrganisationId is null,
        _ => false,
    };
}
