using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Plr.Core.MachineClients;
using Plr.Core.Organisations;
using Plr.Testing;

namespace Plr.Server.Tests.Rest;

/// <summary>Clients that sign in with a key pair of their own (<c>private_key_jwt</c>), and what they sign.</summary>
internal static class Assertions
{
    private const string Type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /// <summary>A client of an organisation whose public key the register has.</summary>
    public static async Task<(MachineClient Client, SecurityKey Key)> KeyedAsync(IServiceProvider parts, Organisation organisation, string algorithm = SecurityAlgorithms.EcdsaSha256)
    {
        var (client, _) = await RestSite.ClientAsync(parts, organisation);
        SecurityKey key = algorithm == SecurityAlgorithms.RsaSha256 ? new RsaSecurityKey(RSA.Create(2048)) : new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP256));
        var jwk = key is RsaSecurityKey rsa
            ? JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(rsa.Rsa.ExportParameters(false)))
            : JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new ECDsaSecurityKey(ECDsa.Create(((ECDsaSecurityKey)key).ECDsa.ExportParameters(false))));
        var text = jwk.Kty == "RSA" ? $$"""{"kty":"RSA","n":"{{jwk.N}}","e":"{{jwk.E}}","use":"sig"}""" : $$"""{"kty":"EC","crv":"P-256","x":"{{jwk.X}}","y":"{{jwk.Y}}"}""";
        var added = await parts.GetRequiredService<AddClientKey>().RunAsync(new(client.Id, text), Seeds.Upkeep);
        Assert.Equal([], added.Findings);
        return (client, key);
    }

    /// <summary>A right assertion, but for what is given.</summary>
    public static string Sign(
        MachineClient client,
        SecurityKey key,
        DateTimeOffset now,
        string algorithm = SecurityAlgorithms.EcdsaSha256,
        string? audience = null,
        string? issuer = null,
        DateTimeOffset? from = null,
        DateTimeOffset? until = null,
        string? id = null,
        Dictionary<string, object>? header = null) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? client.Id.ToString(),
            Audience = audience ?? "http://localhost:5080/oauth/token",
            Claims = new Dictionary<string, object> { ["sub"] = client.Id.ToString(), ["jti"] = id ?? Guid.CreateVersion7().ToString() },
            IssuedAt = (from ?? now).UtcDateTime,
            NotBefore = (from ?? now).UtcDateTime,
            Expires = (until ?? now.AddMinutes(2)).UtcDateTime,
            SigningCredentials = new SigningCredentials(key, algorithm),
            AdditionalHeaderClaims = header,
        });

    /// <summary>The fields of a request for a token.</summary>
    public static Dictionary<string, string> With(string assertion) => new() { ["client_assertion_type"] = Type, ["client_assertion"] = assertion };
}
