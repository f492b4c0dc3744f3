using Plr.Core.Responses;

namespace Plr.Core.MachineClients;

/// <summary>Ends a client's key and the tokens that were given for it, at once.</summary>
public sealed class EndClientKey(IMachineClientStore clients, TimeProvider time)
{
    /// <summary>Ends.</summary>
    /// <returns>MachineClientChanged, UnknownMachineClient, or NotAllowed.</returns>
    public async Task<ResponseCode> RunAsync(Guid clientId, Guid keyId, Access access, CancellationToken ct = default) =>
        Policy.Allow(access, PolicyAction.ManageAccounts, Subject.None) is { IsAllowed: false } decision ? decision.Refusal!
        : await clients.EndKeyAsync(clientId, keyId, time.GetUtcNow(), access, ct) ? ResponseCodes.MachineClientChanged
        : ResponseCodes.UnknownMachineClient;
}
