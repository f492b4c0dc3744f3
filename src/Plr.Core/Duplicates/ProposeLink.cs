using System.Globalization;
using Plr.Core.Learners;
using Plr.Core.Responses;
using Plr.Core.Text;

namespace Plr.Core.Duplicates;

/// <summary>
/// Proposes that the two of a pair are one person, and who of them stays. Another officer decides (<see cref="ApproveLink"/>); until then nothing
/// changes. Source: DOSSIER §2.2, Linked / merged.
/// </summary>
public sealed class ProposeLink(IDuplicateStore store)
{
    /// <summary>What is proposed.</summary>
    /// <param name="Pair">Of the work list.</param>
    /// <param name="Master">The learner who stays; the other will lead to them.</param>
    /// <param name="MasterVersion">The version that was seen.</param>
    /// <param name="OtherVersion">The version of the other that was seen.</param>
    /// <param name="Reason">Why, 1 to 500 characters.</param>
    public sealed record Request(Guid Pair, Uln Master, int MasterVersion, int OtherVersion, string? Reason);

    /// <summary>What the register answers.</summary>
    /// <param name="Code">LinkProposed, UnknownDuplicate, PairNotOpen, StaleVersion, LinkWaits, SamePersonAlready, DetailsIncorrect, or why not.</param>
    /// <param name="Case">The proposal, when it was made.</param>
    /// <param name="Findings">What is wrong with the reason.</param>
    public sealed record Answer(ResponseCode Code, Guid? Case, IReadOnlyList<Finding> Findings);

    /// <summary>Proposes.</summary>
    public async Task<Answer> RunAsync(Request request, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.ProposeLink, Subject.None).Refusal is { } refusal)
        {
            return new(refusal, null, []);
        }

        if (LinkReason.Check(request.Reason) is { } finding)
        {
            return new(ResponseCodes.DetailsIncorrect, null, [finding]);
        }

        var (code, made) = await store.ProposeLinkAsync(request with { Reason = request.Reason!.Trim() }, access, ct);
        return new(code, made, []);
    }
}

/// <summary>Proposes to give a linked learner back what is theirs: they are active again, with exactly their own events. Another officer decides.</summary>
public sealed class ProposeUnlink(IDuplicateStore store)
{
    /// <summary>What is proposed.</summary>
    /// <param name="Other">The learner who leads to another now.</param>
    /// <param name="OtherVersion">The version that was seen.</param>
    /// <param name="MasterVersion">The version of the learner they lead to that was seen.</param>
    /// <param name="Reason">Why, 1 to 500 characters.</param>
    public sealed record Request(Uln Other, int OtherVersion, int MasterVersion, string? Reason);

    /// <summary>Proposes.</summary>
    /// <returns>UnlinkProposed, UlnNotFound, NotLinked, StaleVersion, LinkWaits, DetailsIncorrect, or why not.</returns>
    public async Task<ProposeLink.Answer> RunAsync(Request request, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.ProposeLink, Subject.None).Refusal is { } refusal)
        {
            return new(refusal, null, []);
        }

        if (LinkReason.Check(request.Reason) is { } finding)
        {
            return new(ResponseCodes.DetailsIncorrect, null, [finding]);
        }

        var (code, made) = await store.ProposeUnlinkAsync(request with { Reason = request.Reason!.Trim() }, access, ct);
        return new(code, made, []);
    }
}

/// <summary>The words with which an officer says why.</summary>
public static class LinkReason
{
    public const int Longest = 500;

    /// <summary>What is wrong with them; null when nothing is.</summary>
    public static Finding? Check(string? reason) => (reason ?? "").Trim() switch
    {
        "" => new(ResponseCodes.DetailsIncorrect, "Reason", FindingRules.Missing),
        { Length: > Longest } => new(ResponseCodes.DetailsIncorrect, "Reason", FindingRules.TooLong, Longest.ToString(CultureInfo.InvariantCulture)),
        var said when WireText.FirstFlaw(said, linesAllowed: true) is { } flaw =>
            new(ResponseCodes.DetailsIncorrect, "Reason", FindingRules.BadCharacters, (flaw.Position + 1).ToString(CultureInfo.InvariantCulture)),
        _ => null,
    };
}
