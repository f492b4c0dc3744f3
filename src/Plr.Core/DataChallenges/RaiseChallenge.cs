using Plr.Core.Learners;
using Plr.Core.Responses;

namespace Plr.Core.DataChallenges;

/// <summary>
/// Raises a data challenge: a learner says that something of their own record is wrong or missing (DECISIONS, "Data challenges"). It goes at once to the
/// awarding organisation of the event, where the register knows it, and else to the register office.
/// </summary>
public sealed class RaiseChallenge(IDataChallengeStore store, ChallengeClock clock, TimeProvider time)
{
    /// <summary>What is claimed.</summary>
    /// <param name="Uln">Whose record.</param>
    /// <param name="EventId">The learning event; null when one is missing, or for details.</param>
    /// <param name="Type">What is wrong.</param>
    /// <param name="Said">In the learner's words, up to 2,000 characters.</param>
    public sealed record Request(Uln Uln, int? EventId, ChallengeType Type, string? Said)
    {
        /// <summary>The other event, where two are meant.</summary>
        public int? OtherEventId { get; init; }

        /// <summary>What it should be, up to 300 characters; it or <see cref="Said"/> says something.</summary>
        public string? Wanted { get; init; }

        /// <summary>The qualification that is missing.</summary>
        public MissingQualification? Missing { get; init; }

        /// <summary>Where messages about it go: null to the address that is known, empty to nobody.</summary>
        public string? MailTo { get; init; }

        /// <summary>The journey that it comes from: sent twice, it is raised once, and its evidence goes with it.</summary>
        public Guid? Journey { get; init; }

        /// <summary>Without the words: they may be personal.</summary>
        public override string ToString() => $"{Type}";
    }

    /// <summary>Raises.</summary>
    /// <returns>ChallengeRaised, UnknownEvent, TooManyChallenges, DetailsIncorrect, or why not.</returns>
    public async Task<ChallengeAnswer> RunAsync(Request request, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.RaiseChallenge, Subject.Learner(request.Uln)).Refusal is { } refusal)
        {
            return new(refusal, null, []);
        }

        if (ChallengeRules.Check(request) is { Count: > 0 } findings)
        {
            return new(ResponseCodes.DetailsIncorrect, null, findings);
        }

        var today = DateOnly.FromDateTime(time.GetLocalNow().DateTime);
        return await store.AddAsync(Challenge(request, access), request.Journey, raised => Send(raised, today), access, ct);
    }

    private ChallengeMove Send(DataChallenge raised, DateOnly today)
    {
        var (deed, sent) = clock.Due(raised, today) ?? throw new InvalidOperationException("A challenge that was just raised has somebody to go to.");
        return new(ResponseCodes.ChallengeRaised, deed, sent);
    }

    private DataChallenge Challenge(Request request, Access access) => new(
        default, request.Uln, request.EventId, request.Type, ChallengeState.Raised, time.GetUtcNow(), access.Actor.AccountId, ChallengeRules.Kept(request.Said) ?? "")
    {
        OtherEventId = request.OtherEventId,
        Wanted = ChallengeRules.HasWanted(request.Type) ? ChallengeRules.Kept(request.Wanted) : null,
        Missing = request.Type == ChallengeType.Missing && request.Missing is { } missing && ChallengeRules.Kept(missing.Title) is { } title
            ? new(title, ChallengeRules.Kept(missing.AwardingOrganisation), ChallengeRules.Kept(missing.TakenAt), ChallengeRules.Kept(missing.TakenIn))
            : null,
        MailTo = request.MailTo?.Trim(),
    };
}
