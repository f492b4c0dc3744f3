using Plr.Core.Accounts;
using Plr.Core.Responses;
using Plr.Core.Text;

namespace Plr.Core.MachineClients;

/// <summary>
/// Gives a machine client a key: a secret that is shown once, or its own public key. An earlier key goes on until it ends, so that a client
/// changes over without a gap; at most <see cref="MostKeys"/> at once.
/// </summary>
public sealed class AddClientKey(IMachineClientStore clients, TimeProvider time)
{
    /// <summary>How many keys a client can have at once.</summary>
    public const int MostKeys = 5;

    private const int MostDays = 730;

    /// <summary>What is asked.</summary>
    /// <param name="ClientId">Whose key.</param>
    /// <param name="PublicKey">A JSON web key (RSA of 2048 bits or more, or EC P-256) without its private part; null for a secret.</param>
    /// <param name="Days">How long it lasts: 1 to 730 days.</param>
    public sealed record Request(Guid ClientId, string? PublicKey, int Days = 365);

    /// <summary>What the register answers.</summary>
    /// <param name="Code">ClientKeyAdded, DetailsIncorrect, UnknownMachineClient, or why not.</param>
    /// <param name="Key">The key.</param>
    /// <param name="Secret">The secret, now and never again; null for a public key.</param>
    /// <param name="Findings">What is wrong, field by field.</param>
    public sealed record Answer(ResponseCode Code, ClientKey? Key, string? Secret, IReadOnlyList<Finding> Findings);

    /// <summary>Adds.</summary>
    public async Task<Answer> RunAsync(Request request, Access access, CancellationToken ct = default)
    {
        if (Policy.Allow(access, PolicyAction.ManageAccounts, Subject.None) is { IsAllowed: false } decision)
        {
            return new(decision.Refusal!, null, null, []);
        }

        var now = time.GetUtcNow();
        if (await clients.GetAsync(request.ClientId, now, ct) is not { } client)
        {
            return new(ResponseCodes.UnknownMachineClient, null, null, []);
        }

        var typed = new TypedText();
        var publicKey = request.PublicKey is null ? null : PublicJwk.Read(typed, request.PublicKey);
        if (request.Days is < 1 or > MostDays)
        {
            typed.Refuse("Days", FindingRules.NotInCodeSet, $"1 to {MostDays}");
        }

        if (typed.Findings.Count > 0)
        {
            return new(ResponseCodes.DetailsIncorrect, null, null, typed.Findings);
        }

        var secret = publicKey is null ? Secret.New() : null;
        var key = new ClientKey
        {
            Id = Guid.CreateVersion7(),
            SecretHash = secret is null ? null : Secret.Hash(secret),
            PublicKey = publicKey,
            AddedAt = now,
            ExpiresAt = now.AddDays(request.Days),
        };
        var adding = await clients.AddKeyAsync(client.Id, key, MostKeys, access, ct);
        if (adding == KeyAdding.TooMany)
        {
            typed.Refuse("Key", FindingRules.TooManyKeys, $"{MostKeys}");
        }

        return adding switch
        {
            KeyAdding.Added => new(ResponseCodes.ClientKeyAdded, key, secret, []),
            KeyAdding.TooMany => new(ResponseCodes.DetailsIncorrect, null, null, typed.Findings),
            _ => new(ResponseCodes.UnknownMachineClient, null, null, []),
        };
    }
}
