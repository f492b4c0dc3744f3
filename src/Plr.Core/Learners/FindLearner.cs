using Plr.Core.Responses;
using Plr.Core.Text;

namespace Plr.Core.Learners;

/// <summary>
/// Finds one learner by ULN and names, all three of which must agree (DOSSIER §4.3; how a merged ULN is compared: <see cref="Resemblance"/>). A learner who is shown has an entry in the trail; a
/// search that shows nobody has one in the organisation's.
/// </summary>
public sealed class FindLearner(ILearnerStore store)
{
    private const int LongestName = 35;

    /// <summary>What was asked: ULN as typed (blanks and hyphens allowed), names as typed.</summary>
    public sealed record Request(string? Uln, string? GivenName, string? FamilyName);

    /// <summary>What the register answers.</summary>
    /// <param name="Code">ExactMatch, MasterSubstituted, NoMatch, or why not.</param>
    /// <param name="Learner">The learner, when found; the master when the ULN was merged.</param>
    /// <param name="Findings">What is wrong with what was asked.</param>
    public sealed record Answer(ResponseCode Code, Learner? Learner, IReadOnlyList<Finding> Findings);

    /// <summary>Finds.</summary>
    public async Task<Answer> RunAsync(Request request, Access access, CancellationToken ct = default)
    {
        var decision = Policy.Allow(access, PolicyAction.FindLearner, Subject.None);
        if (!decision.IsAllowed)
        {
            return new(decision.Refusal!, null, []);
        }

        var findings = Check(request, out var uln);
        if (findings.Count > 0)
        {
            return new(Finding.FirstCode(findings), null, findings);
        }

        var learner = await store.ShowAsync(uln, held => NamesAgree(request, held), $"{uln} {request.GivenName} {request.FamilyName}", access, ct);
        return learner switch
        {
            null => new(ResponseCodes.NoMatch, null, []),
            _ when learner.Uln != uln => new(ResponseCodes.MasterSubstituted, learner, []),
            _ => new(ResponseCodes.ExactMatch, learner, []),
        };
    }

    private static bool NamesAgree(Request request, HeldLearner held) =>
        Resemblance.Of(held.Identity, request.GivenName!, request.FamilyName!, null, null) != Agreement.None;

    /// <summary>What is wrong with what was typed, without asking the register; empty when nothing is.</summary>
    public static IReadOnlyList<Finding> Check(Request request) => Check(request, out _);

    private static List<Finding> Check(Request request, out Uln uln)
    {
        var findings = new List<Finding>();
        if (!Uln.TryParseTyped(request.Uln, out uln))
        {
            findings.Add(new(ResponseCodes.IncorrectIdentifier, "ULN", string.IsNullOrWhiteSpace(request.Uln) ? FindingRules.Missing : FindingRules.BadUln));
        }

        foreach (var (field, value) in new[] { ("GivenName", request.GivenName), ("FamilyName", request.FamilyName) })
        {
            if (string.IsNullOrWhiteSpace(value))
            {
                findings.Add(new(ResponseCodes.IncorrectFormat, field, FindingRules.Missing));
            }
            else if (value.Length > LongestName)
            {
                findings.Add(new(ResponseCodes.IncorrectFormat, field, FindingRules.TooLong, $"{LongestName}"));
            }
            else if (WireText.FirstFlaw(value) is { } flaw)
            {
                findings.Add(new(ResponseCodes.IncorrectFormat, field, FindingRules.BadCharacters, $"{flaw.Position + 1}"));
            }
        }

        return findings;
    }
}
