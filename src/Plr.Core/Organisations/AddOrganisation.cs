using Plr.Core.Responses;
using Plr.Core.Text;

namespace Plr.Core.Organisations;

/// <summary>Puts an organisation on the register. It needs a name and at least one number, and no number may be another organisation's.</summary>
public sealed class AddOrganisation(IOrganisationStore store)
{
    private const int LongestName = 200;

    /// <summary>What was typed.</summary>
    /// <param name="Name">Up to 200 characters.</param>
    /// <param name="Ukprn">8 letters or digits, for a provider.</param>
    /// <param name="OrganisationRef">6 letters or digits; an awarding organisation's is its recognition number unless another is given.</param>
    /// <param name="RecognitionNumber">Such as RN5196, for an awarding organisation.</param>
    public sealed record Request(string? Name, string? Ukprn, string? OrganisationRef, string? RecognitionNumber);

    /// <summary>What the register answers.</summary>
    /// <param name="Code">OrganisationAdded, DetailsIncorrect or why not.</param>
    /// <param name="Organisation">The organisation that was added.</param>
    /// <param name="Findings">What is wrong, field by field.</param>
    public sealed record Answer(ResponseCode Code, Organisation? Organisation, IReadOnlyList<Finding> Findings);

    /// <summary>Adds.</summary>
    public async Task<Answer> RunAsync(Request request, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.ManageOrganisations, Subject.None) is { IsAllowed: false } decision)
        {
            return new(decision.Refusal!, null, []);
        }

        var typed = new TypedText();
        var name = typed.Needed("Name", request.Name, LongestName);
        var (ukprn, reference, recognition) = ReadNumbers(typed, request);
        if (typed.Findings.Count > 0)
        {
            return new(ResponseCodes.DetailsIncorrect, null, typed.Findings);
        }

        var (added, conflict) = await store.AddAsync(name, ukprn, reference, recognition, access, ct);
        if (added is not null)
        {
            return new(ResponseCodes.OrganisationAdded, added, []);
        }

        typed.Refuse($"{conflict}", FindingRules.TakenByOrganisation);
        return new(ResponseCodes.DetailsIncorrect, null, typed.Findings);
    }

    private static (string? Ukprn, string? Reference, string? Recognition) ReadNumbers(TypedText typed, Request request)
    {
        var before = typed.Findings.Count;
        var ukprn = request.Ukprn?.Trim() is { Length: > 0 } number ? number : null;
        if (ukprn is not null && !Organisations.Ukprn.TryParse(ukprn, out _))
        {
            typed.Refuse("Ukprn", FindingRules.BadUkprn);
        }

        var reference = request.OrganisationRef?.Trim() is { Length: > 0 } six ? six : null;
        if (reference is not null && !Organisations.OrganisationRef.TryParse(reference, out _))
        {
            typed.Refuse("OrganisationRef", FindingRules.BadOrganisationRef);
        }

        string? recognition = null;
        if (!string.IsNullOrWhiteSpace(request.RecognitionNumber) && !Organisations.RecognitionNumber.TryParse(request.RecognitionNumber.Trim(), out recognition))
        {
            typed.Refuse("RecognitionNumber", FindingRules.BadRecognitionNumber);
        }

        if (typed.Findings.Count == before && ukprn is null && reference is null && recognition is null)
        {
            typed.Refuse("Ukprn", FindingRules.NeedsANumber);
        }

        // Given alone, a reference that has the form of a recognition number is one (DECISIONS, Organisation references).
        if (ukprn is null && recognition is null)
        {
            _ = Organisations.RecognitionNumber.TryParse(reference, out recognition);
        }

        return (ukprn, reference, recognition);
    }
}
