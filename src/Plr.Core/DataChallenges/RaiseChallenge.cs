using System.Globalization;
using Plr.Core.Learners;
using Plr.Core.Responses;
using Plr.Core.Text;

namespace Plr.Core.DataChallenges;

/// <summary>Raises a data challenge: a learner says that something of their own record is wrong or missing (DECISIONS, "Data challenges").</summary>
public sealed class RaiseChallenge(IDataChallengeStore store, TimeProvider time)
{
    private const int Longest = 2_000;

    /// <summary>What is claimed.</summary>
    /// <param name="Uln">Whose record.</param>
    /// <param name="EventId">The learning event; null when one is missing, or for details.</param>
    /// <param name="Type">What is wrong.</param>
    /// <param name="Said">In the learner's words, up to 2,000 characters.</param>
    public sealed record Request(Uln Uln, int? EventId, ChallengeType Type, string? Said);

    /// <summary>What the register answers.</summary>
    /// <param name="Code">ChallengeRaised, UnknownEvent, DetailsIncorrect, or why not.</param>
    /// <param name="Challenge">The challenge, when it was raised.</param>
    /// <param name="Findings">What is wrong with what was said.</param>
    public sealed record Answer(ResponseCode Code, DataChallenge? Challenge, IReadOnlyList<Finding> Findings);

    /// <summary>Raises.</summary>
    public async Task<Answer> RunAsync(Request request, Access access, CancellationToken ct = default)
    {
        var decision = Policy.Allow(access, PolicyAction.RaiseChallenge, Subject.Learner(request.Uln));
        if (!decision.IsAllowed)
        {
            return new(decision.Refusal!, null, []);
        }

        if (Check(request) is { } finding)
        {
            return new(ResponseCodes.DetailsIncorrect, null, [finding]);
        }

        var challenge = new DataChallenge(
            default, request.Uln, request.EventId, request.Type, ChallengeState.Raised, time.GetUtcNow(), access.Actor.AccountId, request.Said!.Trim());
        return await store.AddAsync(challenge, access, ct) is { } raised
            ? new(ResponseCodes.ChallengeRaised, raised, [])
            : new(ResponseCodes.UnknownEvent, null, []);
    }

    private static Finding? Check(Request request)
    {
        var said = request.Said?.Trim() ?? "";
        if (!Enum.IsDefined(request.Type) || request.EventId is null != IsWithoutEvent(request.Type))
        {
            return new(ResponseCodes.DetailsIncorrect, "Type", FindingRules.DoesNotFitEvent);
        }

        return said.Length switch
        {
            0 => new(ResponseCodes.DetailsIncorrect, "Said", FindingRules.Missing),
            > Longest => new(ResponseCodes.DetailsIncorrect, "Said", FindingRules.TooLong, Longest.ToString(CultureInfo.InvariantCulture)),
            _ when WireText.FirstFlaw(said, linesAllowed: true) is { } flaw =>
                new(ResponseCodes.DetailsIncorrect, "Said", FindingRules.BadCharacters, (flaw.Position + 1).ToString(CultureInfo.InvariantCulture)),
            _ => null,
        };
    }

    /// <summary>What is missing, and what is wrong with the learner's details, is about no event.</summary>
    private static bool IsWithoutEvent(ChallengeType type) => type is ChallengeType.DuplicateUln or ChallengeType.WrongDetails or ChallengeType.Missing;
}
