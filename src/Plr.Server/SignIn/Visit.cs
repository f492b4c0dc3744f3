using Plr.Core;
using Plr.Core.Accounts;
using Plr.Core.Learners;
using Plr.Core.MachineClients;
using Plr.Server.Rest;
using Plr.Server.Web;

namespace Plr.Server.SignIn;

/// <summary>Who came with this request, and as whom, through what and why they act.</summary>
public sealed class Visit(IHttpContextAccessor accessor)
{
    private HttpContext Context => accessor.HttpContext ?? throw new InvalidOperationException("There is no request.");

    /// <summary>Who is signed in; null when nobody is.</summary>
    public SignedIn? SignedIn => Context.Features.Get<SignedIn>();

    public Account? Account => SignedIn?.Account;

    /// <summary>The machine client that came with a token; null when none did.</summary>
    public MachineVisit? Machine => Context.Features.Get<MachineVisit>();

    /// <summary>Whoever came: the software, or the person, or nobody.</summary>
    public Actor Actor => Machine?.Client.Actor ?? SignedIn?.Actor ?? Actor.Nobody;

    public Roles Roles => Actor.Roles;

    /// <summary>How far the session has come with the second factor.</summary>
    public FactorState Factor => SignedIn?.Factor ?? FactorState.Done;

    /// <summary>The signed-in learner's own number; only on pages that the policy keeps for learners.</summary>
    public Uln OwnUln => Account?.Uln ?? throw new InvalidOperationException("No learner is signed in.");

    /// <summary>The signed-in person's organisation; only on pages that the policy keeps for organisations.</summary>
    public Guid OrganisationId => Actor.OrganisationId ?? throw new InvalidOperationException("Nobody of an organisation is signed in.");

    /// <summary>The access of this request.</summary>
    /// <param name="purpose">Why; null for the audience's own: a learner's own record, enrolment or award for organisations, upkeep for the office.</param>
    public Access Access(Purpose? purpose = null) =>
        AccessOf(Actor, Problems.Reference(Context), purpose) is var own && Routes.Includes(Context.Request) ? own with { Channel = Channel.Rest } : own;

    private static Access AccessOf(Actor actor, string correlation, Purpose? purpose)
    {
        var own = Plr.Core.Access.OnPages(actor, correlation);
        return purpose is { } other ? own with { Purpose = other } : own;
    }
}
