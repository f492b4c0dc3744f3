using Plr.Core.Accounts;
using Plr.Core.Responses;

namespace Plr.Core.MachineClients;

/// <summary>Gives a machine client that has shown its key a token of ten minutes for some scopes. Formats: RFC 6749 §4.4 and §5.1.</summary>
public sealed class GiveToken(IMachineClientStore clients, TimeProvider time)
{
    /// <summary>How long a token lasts.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromMinutes(10);

    /// <summary>What is asked.</summary>
    /// <param name="Client">The client, whose key was shown.</param>
    /// <param name="KeyId">Which key.</param>
    /// <param name="Scopes">What the token shall open; nothing: all that the client's roles have.</param>
    /// <param name="Assertion">The SHA-256 of the assertion's <c>jti</c>, and when the assertion expires; null with a secret.</param>
    public sealed record Request(MachineClient Client, Guid KeyId, IReadOnlyCollection<string> Scopes, (byte[] Id, DateTimeOffset ExpiresAt)? Assertion);

    /// <summary>What the register answers.</summary>
    /// <param name="Code">SignedIn, UnknownScope, or SignInRefused.</param>
    /// <param name="Token">The token; only its hash is kept.</param>
    /// <param name="Scopes">What it opens.</param>
    public sealed record Answer(ResponseCode Code, string? Token, IReadOnlyList<string> Scopes);

    /// <summary>Gives.</summary>
    public async Task<Answer> RunAsync(Request request, string correlationId, CancellationToken ct = default)
    {
        var open = Scope.Of(request.Client.Roles).Select(scope => scope.Name).ToList();
        var scopes = request.Scopes.Count == 0 ? open : [.. request.Scopes.Distinct(StringComparer.Ordinal)];
        if (scopes.Count == 0 || scopes.Except(open, StringComparer.Ordinal).Any())
        {
            // Whoever is suspended learns no more than that.
            return new(await clients.IsActiveAsync(request.Client.Id, ct) ? ResponseCodes.UnknownScope : ResponseCodes.SignInRefused, null, []);
        }

        var now = time.GetUtcNow();
        var token = Secret.New();
        var access = new Access(request.Client.Actor, Channel.Rest, Purpose.RegisterUpkeep, correlationId);
        var given = new TokenGiven(Secret.Hash(token), request.Client.Id, request.KeyId, scopes, now, now + Lifetime, request.Assertion);
        return await clients.GiveTokenAsync(given, access, ct) ? new(ResponseCodes.SignedIn, token, scopes) : new(ResponseCodes.SignInRefused, null, []);
    }
}
