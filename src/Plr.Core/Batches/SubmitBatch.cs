using Plr.Core.Organisations;
using Plr.Core.Responses;

namespace Plr.Core.Batches;

/// <summary>
/// Takes in a file: from then on it is not lost, and its rows are judged one by one in the background. The same file of the same organisation
/// is recognised by its digest and not judged twice.
/// </summary>
public sealed class SubmitBatch(IBatchStore batches, IOrganisationStore organisations)
{
    /// <summary>What was sent.</summary>
    /// <param name="Kind">Registrations or achievements.</param>
    /// <param name="OrganisationId">For whom.</param>
    /// <param name="File">The file, already saved.</param>
    /// <param name="Again">Judges a file that was sent before once more.</param>
    public sealed record Request(BatchKind Kind, Guid OrganisationId, ReceivedFile File, bool Again = false);

    /// <summary>What the register answers.</summary>
    /// <param name="Code">BatchAccepted, or why not.</param>
    /// <param name="Batch">The batch; an earlier one when the file was sent before.</param>
    /// <param name="IsNew">Whether the file is new.</param>
    public sealed record Answer(ResponseCode Code, Batch? Batch, bool IsNew);

    /// <summary>The action that the policy knows a kind of file by.</summary>
    public static PolicyAction ActionOf(BatchKind kind) => kind == BatchKind.Registrations ? PolicyAction.UploadRegistrations : PolicyAction.UploadAchievements;

    /// <summary>Submits.</summary>
    public async Task<Answer> RunAsync(Request request, Access access, CancellationToken ct = default)
    {
        var decision = Policy.Allow(access, ActionOf(request.Kind), Subject.Of(request.OrganisationId));
        if (!decision.IsAllowed)
        {
            return new(decision.Refusal!, null, false);
        }

        var organisation = await organisations.GetAsync(request.OrganisationId, ct);
        if (organisation is not { Status: OrganisationStatus.Active })
        {
            return new(ResponseCodes.UnknownOrganisation, null, false);
        }

        if (request.Kind == BatchKind.Achievements ? !organisation.IsAwardingOrganisation : !organisation.IsProvider)
        {
            return new(request.Kind == BatchKind.Achievements ? ResponseCodes.NotSetUpForAchievements : ResponseCodes.NotSetUpForRegistrations, null, false);
        }

        var (batch, isNew) = await batches.SubmitAsync(request.Kind, organisation.Id, request.File, request.Again, access, ct);
        return new(ResponseCodes.BatchAccepted, batch, isNew);
    }
}
