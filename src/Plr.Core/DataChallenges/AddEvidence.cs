using Plr.Core.Responses;

namespace Plr.Core.DataChallenges;

/// <summary>
/// Takes in a file that shows what is claimed: PDF, JPEG or PNG by its content, within the limits. Either with a challenge that is being written, or with
/// one that was raised and is open.
/// </summary>
public sealed class AddEvidence(IEvidenceStore store, EvidenceLimits limits, TimeProvider time)
{
    /// <summary>What it goes with.</summary>
    /// <param name="Journey">The journey in which the challenge is written; else the challenge is named.</param>
    /// <param name="Challenge">The challenge.</param>
    public sealed record Request(SentFile File, Guid? Journey = null, Guid? Challenge = null);

    /// <summary>Adds.</summary>
    /// <returns>EvidenceAdded, EvidenceEmpty, EvidenceTooLarge, EvidenceRefused, TooMuchEvidence, UnknownChallenge, ChallengeNotInState, or why not.</returns>
    public async Task<ResponseCode> RunAsync(Request request, Access access, CancellationToken ct = default)
    {
        if ((ChallengeAccess.Refusal(PolicyAction.RaiseChallenge, access) ?? request.File.Refusal(limits)) is { } refusal)
        {
            return refusal;
        }

        return request.Challenge is { } challenge
            ? (await store.AddAsync(challenge, request.File, found => Decide(found, access), access, ct)).Code
            : await store.AddDraftAsync(
                request.Journey ?? throw new ArgumentException("Evidence goes with a journey or with a challenge.", nameof(request)),
                access.Actor.AccountId ?? throw new InvalidOperationException("Only somebody with an account has a journey."),
                request.File,
                limits.Most,
                time.GetUtcNow(),
                ct);
    }

    private ChallengeMove Decide(ChallengeInHand found, Access access) =>
        ChallengeAccess.Step(found, ChallengeDeed.EvidenceAdded, PolicyAction.RaiseChallenge, null, null, access, challenge => challenge) switch
        {
            { Deed: not null } when found.EvidenceCount >= limits.Most => new(ResponseCodes.TooMuchEvidence),
            { Deed: not null } move => move with { Code = ResponseCodes.EvidenceAdded },
            var refused => refused,
        };
}
