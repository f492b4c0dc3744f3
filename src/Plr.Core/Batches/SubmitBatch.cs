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
    /// <param name="File">The file, already saved under its final name.</param>
    /// <param name="Again">Judges a file that was sent before once more.</param>
    public sealed record Request(BatchKind Kind, Guid OrganisationId, ReceivedFile File, bool Again = false);

    /// <summary>What the register answers.</summary>
    /// <param name="Code">BatchAccepted, or why not.</param>
    /// <param name="Batch">The batch; an earlier one when the file was sent before.</param>
    /// <param name="IsNew">Whether the file is new.</param>
    public sealed record Answer(ResponseCode Code, Batch? Batch, bool IsNew);

    /// <summary>The action that the policy knows a kind of file by.</summary>
    public static PolicyAction ActionOf(BatchKind kind) => kind == BatchKind.Registrations ? PolicyAction.UploadRegistrations : PolicyAction.UploadAchievements;

    /// <summary>Why no file of this kind is taken from somebody; null when one is. Asked before the first byte is taken in, and again when it is submitted.</summary>
    public async Task<ResponseCode?> RefusalAsync(BatchKind kind, Guid organisationId, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, ActionOf(kind), Subject.Of(organisationId)).Refusal is { } refusal)
        {
            return refusal;
        }

        return await organisations.GetAsync(organisationId, ct) switch
        {
            not { Status: OrganisationStatus.Active } => ResponseCodes.UnknownOrganisation,
            { IsAwardingOrganisation: false } when kind == BatchKind.Achievements => ResponseCodes.NotSetUpForAchievements,
            { IsProvider: false } when kind == BatchKind.Registrations => ResponseCodes.NotSetUpForRegistrations,
            _ => null,
        };
    }

    /// <summary>Submits.</summary>
    public async Task<Answer> RunAsync(Request request, Access access, CancellationToken ct = default)
    {
        if (await RefusalAsync(request.Kind, request.OrganisationId, access, ct) is { } refusal)
        {
            return new(refusal, null, false);
        }

        var (batch, isNew) = await batches.SubmitAsync(request.Kind, request.OrganisationId, request.File, request.Again, access, ct);
        return new(ResponseCodes.BatchAccepted, batch, isNew);
    }
}
