using Plr.Core.Responses;

namespace Plr.Core.Organisations;

/// <summary>Suspends, reactivates or closes an organisation. Whoever is signed in for it, people and software, is out at their next request; nothing it recorded changes.</summary>
public sealed class SuspendOrganisation(IOrganisationStore store)
{
    /// <summary>Which organisation, and what it is to be.</summary>
    public sealed record Request(Guid OrganisationId, OrganisationStatus Status);

    /// <summary>Sets the status.</summary>
    /// <returns>OrganisationChanged, UnknownOrganisation, or why not.</returns>
    public async Task<ResponseCode> RunAsync(Request request, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.ManageOrganisations, Subject.None) is { IsAllowed: false } decision)
        {
            return decision.Refusal!;
        }

        return Enum.IsDefined(request.Status) && await store.SetStatusAsync(request.OrganisationId, request.Status, access, ct)
            ? ResponseCodes.OrganisationChanged
            : ResponseCodes.UnknownOrganisation;
    }
}
