using Plr.Core.Responses;

namespace Plr.Core.Learners;

/// <summary>What verifying came to.</summary>
/// <param name="Code">UlnVerified, LinkedUlnVerified, UlnSimilar, LinkedUlnSimilar or UlnDoesNotMatch.</param>
/// <param name="Flags">What does not agree, in the order of the flags' numbers.</param>
public sealed record Verified(ResponseCode Code, IReadOnlyList<FailureFlag> Flags);

/// <summary>A verification for the store to carry out.</summary>
/// <param name="Uln">Of whom.</param>
/// <param name="Judge">Pure.</param>
/// <param name="Query">What was said, kept in the erasable details of the entry.</param>
public sealed record UlnVerification(Uln Uln, Func<UlnIdentity, Verified> Judge, string Query);

/// <summary>
/// Verifies that a ULN belongs to a person by given name, family name and, where they are said, date of birth and gender: verifyLearner of the contract (DOSSIER §4.4,
/// WSVRC001 to WSVRC006, VRF1 to VRF8). Nothing of the learner is shown, so the ability to share is not asked. How a merged ULN is
/// compared: <see cref="Resemblance"/>. Learner or not, one entry is left in the trail.
/// </summary>
public sealed class VerifyLearner(ILearnerStore store)
{
    /// <summary>What is said of the person.</summary>
    public sealed record Request
    {
        /// <summary>Ten digits; blanks and hyphens allowed.</summary>
        public string? Uln { get; init; }

        /// <summary>Up to 35 characters.</summary>
        public string? GivenName { get; init; }

        /// <summary>Up to 35 characters.</summary>
        public string? FamilyName { get; init; }

        /// <summary>yyyy-MM-dd; not compared when it is not there.</summary>
        public string? DateOfBirth { get; init; }

        /// <summary>1 male, 2 female; 0, 9 or nothing are not compared.</summary>
        public string? Gender { get; init; }
    }

    /// <summary>What the register answers.</summary>
    /// <param name="Code">UlnVerified, LinkedUlnVerified, UlnSimilar, LinkedUlnSimilar, UlnDoesNotMatch, UlnUnknown, or why not.</param>
    /// <param name="Uln">As it was asked for, when it is one.</param>
    /// <param name="Flags">What does not agree.</param>
    /// <param name="Findings">What is wrong with what was asked: IncorrectFormat, IncorrectIdentifier.</param>
    public sealed record Answer(ResponseCode Code, Uln? Uln, IReadOnlyList<FailureFlag> Flags, IReadOnlyList<Finding> Findings);

    /// <summary>Verifies.</summary>
    /// <param name="request">Text, as the face received it.</param>
    /// <param name="access">Who and why: a provider for enrolment or for advice and guidance, an awarding organisation for an award.</param>
    /// <param name="ct">Cancels before the commit only.</param>
    public async Task<Answer> RunAsync(Request request, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.VerifyLearner, Subject.None).Refusal is { } refusal)
        {
            return new(refusal, null, [], []);
        }

        var findings = Check(request);
        if (findings.Count > 0)
        {
            return new(Finding.FirstCode(findings), null, [], findings);
        }

        _ = Learners.Uln.TryParseTyped(request.Uln, out var uln);
        var said = string.Join(' ', new[] { uln.ToString(), request.GivenName, request.FamilyName, request.DateOfBirth, request.Gender }.Where(value => !string.IsNullOrEmpty(value)));
        var verified = await store.VerifyAsync(new(uln, holder => Judge(request, holder), said), access, ct);
        return new(verified?.Code ?? ResponseCodes.UlnUnknown, uln, verified?.Flags ?? [], []);
    }

    /// <summary>What is wrong with what was asked, without asking the register; empty when nothing is.</summary>
    public static IReadOnlyList<Finding> Check(Request request)
    {
        List<Finding> findings = [.. FindLearner.Check(new(request.Uln, request.GivenName, request.FamilyName))];
        LearnerRules.CheckCompared(request.DateOfBirth, request.Gender, findings);
        return findings;
    }

    /// <summary>The outcome for a request that <see cref="Check"/> found nothing against.</summary>
    public static Verified Judge(Request request, UlnIdentity holder)
    {
        var found = Resemblance.Compare(holder, request.GivenName!, request.FamilyName!, LearnerRules.Date(request.DateOfBirth), LearnerRules.Code(request.Gender));
        var code = (found.Agreement, holder.Master) switch
        {
            (Agreement.Equal, null) => ResponseCodes.UlnVerified,
            (Agreement.Equal, _) => ResponseCodes.LinkedUlnVerified,
            (Agreement.Similar, null) => ResponseCodes.UlnSimilar,
            (Agreement.Similar, _) => ResponseCodes.LinkedUlnSimilar,
            _ => ResponseCodes.UlnDoesNotMatch,
        };
        return new(code, found.Flags);
    }
}
