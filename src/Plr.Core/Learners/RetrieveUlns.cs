using System.Globalization;
using Plr.Core.Responses;

namespace Plr.Core.Learners;

/// <summary>Says of 1 to 200 ULNs whom each leads to now: retrieveULNs of the contract (DOSSIER §5.2).</summary>
public sealed class RetrieveUlns(IUlnReports reports)
{
    /// <summary>The most ULNs at once.</summary>
    public const int Most = 200;

    /// <summary>What the register answers.</summary>
    /// <param name="Code">UlnsReported, UlnsForReportNotFound when none of them is on the register, IncorrectIdentifier, DetailsIncorrect, or why not.</param>
    /// <param name="Ulns">One for each ULN, in their order; also when none was found.</param>
    /// <param name="Findings">What is wrong with what was asked, the field being ULN and its place from 1.</param>
    public sealed record Answer(ResponseCode Code, IReadOnlyList<RetrievedUln> Ulns, IReadOnlyList<Finding> Findings);

    /// <summary>Retrieves.</summary>
    /// <param name="asked">The ULNs: ten digits each.</param>
    public async Task<Answer> RunAsync(IReadOnlyList<string?> asked, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.RetrieveUlns, Subject.None).Refusal is { } refusal)
        {
            return new(refusal, [], []);
        }

        if (asked.Count is 0 or > Most)
        {
            var rule = asked.Count == 0 ? FindingRules.Missing : FindingRules.TooMany;
            return new(ResponseCodes.DetailsIncorrect, [], [new(ResponseCodes.DetailsIncorrect, "ULN", rule, asked.Count == 0 ? [] : [Most.ToString(CultureInfo.InvariantCulture)])]);
        }

        var (ulns, findings) = (new List<Uln>(asked.Count), new List<Finding>());
        foreach (var (index, text) in asked.Index())
        {
            if (Uln.TryParse(text, out var uln))
            {
                ulns.Add(uln);
            }
            else
            {
                var rule = string.IsNullOrWhiteSpace(text) ? FindingRules.Missing : FindingRules.BadUln;
                findings.Add(new(ResponseCodes.IncorrectIdentifier, string.Create(CultureInfo.InvariantCulture, $"ULN {index + 1}"), rule));
            }
        }

        if (findings.Count > 0)
        {
            return new(ResponseCodes.IncorrectIdentifier, [], findings);
        }

        var found = await reports.RetrieveAsync(ulns, access, ct);
        return new(found.Any(line => line.Code != ResponseCodes.NoMatch) ? ResponseCodes.UlnsReported : ResponseCodes.UlnsForReportNotFound, found, []);
    }
}
