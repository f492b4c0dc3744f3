using Plr.Core.Responses;

namespace Plr.Core.MachineClients;

/// <summary>Suspends or reactivates a machine client: whoever has its token is out at the next request.</summary>
public sealed class SuspendMachineClient(IMachineClientStore clients)
{
    /// <summary>Sets the status.</summary>
    /// <returns>MachineClientChanged, UnknownMachineClient, or NotAllowed.</returns>
    public async Task<ResponseCode> RunAsync(Guid clientId, MachineClientStatus status, Access access, CancellationToken ct = default) =>
        Policy.Allow(access, PolicyAction.ManageAccounts, Subject.None) is { IsAllowed: false } decision ? decision.Refusal!
        : await clients.SetStatusAsync(clientId, status, access, ct) ? ResponseCodes.MachineClientChanged
        : ResponseCodes.UnknownMachineClient;
}
