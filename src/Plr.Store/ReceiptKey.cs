using System.Buffers.Text;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Plr.Store;

/// <summary>
/// The key with which the register signs receipts (ECDSA over P-256 with SHA-256, "ES256" of RFC 7518), made of the register's keys, so that there is no further key to keep. Whoever has
/// the public part checks a receipt without asking the register.
/// </summary>
public sealed class ReceiptKey : IDisposable
{
    // The order of P-256 (FIPS 186-5); a private key is between 1 and one less.
    private static readonly BigInteger Order = new([.. Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551")], isUnsigned: true, isBigEndian: true);
    private const int Length = 32;
    private readonly ECDsa _key;
    private readonly Lock _signing = new();

    public ReceiptKey(StoreKeys keys)
    {
        // Eight bytes more than the order has, so that the remainder is as good as even (FIPS 186-5, A.2.1).
        var number = (new BigInteger(keys.For("receipt signatures", Length + 8), isUnsigned: true, isBigEndian: true) % (Order - 1)) + 1;
        var secret = new byte[Length];
        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        bytes.CopyTo(secret, Length - bytes.Length);
        _key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = secret });
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        (X, Y) = (Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
        Id = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{X}}","y":"{{Y}}"}""")));
    }

    /// <summary>The thumbprint of the public part (RFC 7638).</summary>
    public string Id { get; }

    private string X { get; }

    private string Y { get; }

    /// <summary>The public part as a JSON web key (RFC 7517).</summary>
    public string PublicKey => JsonSerializer.Serialize(new { kty = "EC", crv = "P-256", x = X, y = Y, kid = Id, use = "sig", alg = "ES256" });

    /// <summary>A JSON web signature in the compact form (RFC 7515) over a payload, which stands in it.</summary>
    public string Sign(ReadOnlySpan<byte> payload)
    {
        var signed = $"{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new { alg = "ES256", kid = Id, typ = "plr-receipt+jws" }))}.{Base64Url.EncodeToString(payload)}";
        lock (_signing)
        {
            return $"{signed}.{Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
        }
    }

    public void Dispose() => _key.Dispose();
}
