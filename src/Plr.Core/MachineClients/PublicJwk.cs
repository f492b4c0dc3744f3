using System.Buffers.Text;
using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Plr.Core.Responses;
using Plr.Core.Text;

namespace Plr.Core.MachineClients;

/// <summary>A client's public key as a JSON web key (RFC 7517, RFC 7518 §6): RSA of 2048 to 8192 bits for RS256, or EC P-256 for ES256.</summary>
internal static class PublicJwk
{
    private const int LongestText = 4096;
    private const int CoordinateBytes = 32;
    private const int LeastBits = 2048;
    private const int MostBits = 8192;
    private const int MostExponentBits = 64;
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web) { AllowDuplicateProperties = false };

    /// <summary>Reads the public part of a key, and nothing else of it; refuses one with its private part, which nobody should ever send.</summary>
    public static string? Read(TypedText typed, string text)
    {
        try
        {
            var key = text.Length <= LongestText ? JsonSerializer.Deserialize<Jwk>(text, Strict) : null;
            if (key is { D: null } && (IsRsa(key) || IsEc(key)) && IsUsable(key))
            {
                return JsonSerializer.Serialize(key);
            }

            typed.Refuse("Key", key?.D is null ? FindingRules.BadPublicKey : FindingRules.PrivateKey);
        }
        catch (JsonException)
        {
            typed.Refuse("Key", FindingRules.BadPublicKey);
        }

        return null;
    }

    /// <summary>An exponent of 1 would make every text its own signature; an even number is none of a key.</summary>
    private static bool IsRsa(Jwk key) => key is { Type: "RSA", N: { } n, E: { } e, X: null, Y: null }
        && Number(n) is { IsEven: false } modulus && modulus.GetBitLength() is >= LeastBits and <= MostBits
        && Number(e) is { IsEven: false, IsOne: false } exponent && exponent.GetBitLength() <= MostExponentBits;

    private static bool IsEc(Jwk key) => key is { Type: "EC", Curve: "P-256", X: { } x, Y: { } y, N: null } && Length(x) == CoordinateBytes && Length(y) == CoordinateBytes;

    /// <summary>The key is taken in once, as at each sign-in: a point that is not on the curve stops here, and not at the first sign-in.</summary>
    private static bool IsUsable(Jwk key)
    {
        try
        {
            using AsymmetricAlgorithm taken = key.Type == "RSA"
                ? RSA.Create(new RSAParameters { Modulus = Base64Url.DecodeFromChars(key.N), Exponent = Base64Url.DecodeFromChars(key.E) })
                : ECDsa.Create(new ECParameters
                {
                    Curve = ECCurve.NamedCurves.nistP256,
                    Q = new ECPoint { X = Base64Url.DecodeFromChars(key.X), Y = Base64Url.DecodeFromChars(key.Y) },
                });
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static BigInteger? Number(string base64Url) =>
        Length(base64Url) > 0 ? new BigInteger(Base64Url.DecodeFromChars(base64Url), isUnsigned: true, isBigEndian: true) : null;

    private static int Length(string base64Url) => Base64Url.IsValid(base64Url, out var length) ? length : -1;

    private sealed record Jwk(
        [property: JsonPropertyName("kty")] string? Type,
        [property: JsonPropertyName("kid"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Id,
        [property: JsonPropertyName("n"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? N,
        [property: JsonPropertyName("e"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? E,
        [property: JsonPropertyName("crv"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Curve,
        [property: JsonPropertyName("x"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? X,
        [property: JsonPropertyName("y"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Y,
        [property: JsonPropertyName("d"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? D);
}
