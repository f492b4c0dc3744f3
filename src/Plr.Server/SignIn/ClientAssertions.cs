using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Plr.Core.Accounts;
using Plr.Core.MachineClients;

namespace Plr.Server.SignIn;

/// <summary>
/// Checks a client's assertion (<c>private_key_jwt</c>, RFC 7523 §3): signed by one of its keys with RS256 or ES256, by the client about itself,
/// for this register, for a few minutes. Its <c>jti</c> is used up with the token that it gives.
/// </summary>
public sealed class ClientAssertions(IMachineClientStore clients, Settings settings, TimeProvider time)
{
    /// <summary>The value of <c>client_assertion_type</c>.</summary>
    public const string Type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private const int LongestText = 8192;
    private const int LongestId = 255;
    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);
    private static readonly JsonWebTokenHandler Handler = new();

    /// <summary>The client, its key and the assertion, when it is right; null when anything is wrong with it.</summary>
    public async Task<(MachineClient Client, Guid KeyId, (byte[] Id, DateTimeOffset ExpiresAt) Assertion)?> CheckAsync(string text, CancellationToken ct)
    {
        if (text.Length > LongestText || Read(text) is not { } token || !Guid.TryParse(token.Subject, out var id))
        {
            return null;
        }

        var now = time.GetUtcNow();
        if (await clients.GetAsync(id, now, ct) is not { } client)
        {
            return null;
        }

        foreach (var key in client.Keys.Where(key => key.PublicKey is not null))
        {
            if (await IsSignedAsync(text, token.Subject, new JsonWebKey(key.PublicKey), now))
            {
                return (client, key.Id, (Secret.Hash(token.Id), new DateTimeOffset(token.ValidTo, TimeSpan.Zero) + Skew));
            }
        }

        return null;
    }

    private static JsonWebToken? Read(string text)
    {
        try
        {
            var token = Handler.ReadJsonWebToken(text);
            return token is { Id: { Length: > 0 and <= LongestId }, Subject.Length: > 0 } && !HasExtensions(Base64Url.DecodeFromChars(token.EncodedHeader)) ? token : null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException or InvalidOperationException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Extensions that must be understood (RFC 7515 §4.1.11): none is here. The header of RFC 7797 changes what is signed.</summary>
    private static bool HasExtensions(ReadOnlySpan<byte> header)
    {
        var reader = new Utf8JsonReader(header);
        while (reader.Read())
        {
            if (reader is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 } && (reader.ValueTextEquals("crit"u8) || reader.ValueTextEquals("b64"u8)))
            {
                return true;
            }
        }

        return false;
    }

    private async Task<bool> IsSignedAsync(string text, string subject, JsonWebKey key, DateTimeOffset now)
    {
        var address = settings.Address().GetLeftPart(UriPartial.Authority);
        var answer = await Handler.ValidateTokenAsync(text, new TokenValidationParameters
        {
            ValidAlgorithms = [key.Kty == "RSA" ? SecurityAlgorithms.RsaSha256 : SecurityAlgorithms.EcdsaSha256],
            IssuerSigningKey = key,
            TryAllIssuerSigningKeys = true,
            ValidIssuer = subject,
            ValidAudiences = [address, address + "/", address + MachineSignIn.Path],
            RequireExpirationTime = true,
            LifetimeValidator = (from, until, _, _) => until > (now - Skew).UtcDateTime && until <= (now + LongestLife + Skew).UtcDateTime && !(from > (now + Skew).UtcDateTime),
        });
        return answer.IsValid;
    }
}
