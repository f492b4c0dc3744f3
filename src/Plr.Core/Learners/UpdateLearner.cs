using Plr.Core.Responses;

namespace Plr.Core.Learners;

/// <summary>
/// Changes a learner's details when nobody else did meanwhile. The update replaces: an empty optional field empties what is stored
/// (the contract's UpdateLearner sends the whole learner). Source: DOSSIER §2.2, §5.2.
/// </summary>
public sealed class UpdateLearner(ILearnerStore store, TimeProvider time)
{
    /// <summary>What is to change.</summary>
    /// <param name="Learner">The whole learner as text, with the ULN.</param>
    /// <param name="Versions">The version that was read, or several.</param>
    /// <param name="IsNewNoticeGiven">Whether the learner was given the new privacy notice, which lets an opt-out become able to share.</param>
    public sealed record Request(LearnerText Learner, ReadVersions Versions, bool IsNewNoticeGiven = false);

    /// <summary>What the register answers.</summary>
    /// <param name="Code">LearnerUpdated, NothingChanged, StaleVersion, UlnNotFound, or why not.</param>
    /// <param name="Version">The version that is now current, when there is one.</param>
    /// <param name="Findings">What is wrong, field by field.</param>
    public sealed record Answer(ResponseCode Code, int? Version, IReadOnlyList<Finding> Findings);

    /// <summary>Updates.</summary>
    public async Task<Answer> RunAsync(Request request, Access access, CancellationToken ct = default)
    {
        var decision = Policy.Allow(access, PolicyAction.UpdateLearner, Subject.None);
        if (!decision.IsAllowed)
        {
            return new(decision.Refusal!, null, []);
        }

        var findings = LearnerRules.Check(request.Learner, DateOnly.FromDateTime(time.GetLocalNow().DateTime), isCreate: true);
        if (findings.Count > 0)
        {
            return new(Finding.FirstCode(findings), null, findings);
        }

        if (!Uln.TryParse(request.Learner.Uln, out var uln))
        {
            return new(ResponseCodes.IncorrectIdentifier, null, [new(ResponseCodes.IncorrectIdentifier, "ULN", FindingRules.Missing)]);
        }

        var details = LearnerRules.Details(request.Learner);
        var outcome = await store.UpdateAsync(uln, request.Versions, held => Change(held, details, request.IsNewNoticeGiven, access.Actor), access, ct);
        return outcome switch
        {
            UpdateOutcome.Updated updated => new(ResponseCodes.LearnerUpdated, updated.Learner.Version, []),
            UpdateOutcome.Unchanged unchanged => new(ResponseCodes.NothingChanged, unchanged.Learner.Version, []),
            UpdateOutcome.Stale stale => new(ResponseCodes.StaleVersion, stale.CurrentVersion, []),
            UpdateOutcome.Refused refused => new(Finding.FirstCode(refused.Findings), null, refused.Findings),
            _ => new(ResponseCodes.UlnNotFound, null, []),
        };
    }

    private static (LearnerDetails? Details, IReadOnlyList<Finding> Findings) Change(Learner held, LearnerDetails asked, bool isNewNoticeGiven, Actor actor)
    {
        var (from, to) = (held.Details.AbilityToShare, asked.AbilityToShare);
        return ShareChange.IsAllowed(from, to, actor, isNewNoticeGiven)
            ? (asked with { UniquePupilNumber = held.Details.UniquePupilNumber ?? asked.UniquePupilNumber }, [])
            : (null, [new(ResponseCodes.ShareChangeNotAllowed, "AbilityToShare", FindingRules.ShareChange, $"{from}", $"{to}")]);
    }
}
