using Plr.Core.Learners;
using Plr.Core.Responses;

namespace Plr.Core.Sharing;

/// <summary>A learner lets somebody see what they choose of their record.</summary>
public sealed class CreateShare(IShareStore store, TimeProvider time)
{
    /// <summary>What the register answers.</summary>
    /// <param name="Code">ShareMade, TooManyShares, UnknownEvent, UlnNotFound, DetailsIncorrect, or why not.</param>
    /// <param name="Share">The share, when it was made.</param>
    /// <param name="Findings">What is wrong with the terms.</param>
    public sealed record Answer(ResponseCode Code, Share? Share, IReadOnlyList<Finding> Findings);

    /// <summary>Makes the share.</summary>
    /// <param name="uln">Whose record.</param>
    /// <param name="terms">What may be seen, and for how long.</param>
    /// <param name="access">Who.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Answer> RunAsync(Uln uln, ShareTerms terms, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.ManageOwnShares, Subject.Learner(uln)).Refusal is { } refusal)
        {
            return new(refusal, null, []);
        }

        var now = time.GetUtcNow();
        var tidied = terms with { ForWhom = Tidied(terms.ForWhom), Reason = Tidied(terms.Reason) };
        if (ShareRules.Check(tidied, access.Actor, now) is { Count: > 0 } findings)
        {
            return new(ResponseCodes.DetailsIncorrect, null, findings);
        }

        if ((await store.ListAsync(uln, access, ct)).Count(share => share.Report is null && share.StateAt(now) == ShareState.Open) >= ShareRules.MostOpen)
        {
            return new(ResponseCodes.TooManyShares, null, []);
        }

        var (added, fault) = await store.AddAsync(uln, tidied, access, ct);
        return new(added is null ? CodeOf(fault) : ResponseCodes.ShareMade, added, []);
    }

    internal static ResponseCode CodeOf(ShareFault? fault) => fault switch
    {
        ShareFault.NotOnTheRecord => ResponseCodes.UnknownEvent,
        ShareFault.Stale => ResponseCodes.ShareChangedMeanwhile,
        _ => ResponseCodes.UlnNotFound,
    };

    private static string? Tidied(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
