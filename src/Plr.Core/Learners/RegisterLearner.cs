using Plr.Core.Responses;

namespace Plr.Core.Learners;

/// <summary>
/// Puts one person on the register, or finds that they are there: equal in all five demographics (DOSSIER §4.2, exact). A new learner is made only after a search
/// (DOSSIER §2.2), and the matcher is run again in the same transaction: whoever may be the person and was not shown by that search comes first.
/// Formats and lengths: DOSSIER §3. Codes: those of <see cref="RegistrationJudge"/>.
/// </summary>
public sealed class RegisterLearner(ILearnerStore store, LearnerLookup lookup, TimeProvider time)
{
    /// <summary>What the register answers.</summary>
    /// <param name="Code">LearnerRegistered, ExactMatch, LearnerUpdated, MasterSubstituted, or why not.</param>
    /// <param name="Uln">The learner's number, when there is one.</param>
    /// <param name="Findings">What is wrong, field by field.</param>
    public sealed record Answer(ResponseCode Code, string? Uln, IReadOnlyList<Finding> Findings);

    /// <summary>Registers.</summary>
    /// <param name="learner">Text, as the face received it.</param>
    /// <param name="access">Who and why: a learner registration body for enrolment, or the register itself.</param>
    /// <param name="ct">Cancels before the commit only.</param>
    public async Task<Answer> RunAsync(LearnerText learner, Access access, CancellationToken ct = default)
    {
        var decision = Policy.Allow(access, PolicyAction.RegisterLearner, Subject.None);
        if (!decision.IsAllowed)
        {
            return new(decision.Refusal!, null, []);
        }

        var registration = Registration.Check(1, learner, DateOnly.FromDateTime(time.GetLocalNow().DateTime));
        if (!access.Actor.Roles.HasFlag(Roles.Register))
        {
            // The register itself knows whom it registers: somebody has looked.
            registration = registration.LookedUp(lookup, lookup.Rules);
        }

        var outcomes = await store.RegisterAsync([registration], null, access, ct);
        return new(outcomes[0].Code, outcomes[0].Uln, outcomes[0].Findings);
    }
}
