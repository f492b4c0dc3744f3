using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Plr.Core.Accounts;

/// <summary>A secret that its holder carries: the token of a one-time link, the key of a session. Only its SHA-256 is stored.</summary>
public static class Secret
{
    private const int Length = 32;

    /// <summary>A fresh secret of 256 random bits, in base64url: 43 characters that need no escaping in an address.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Length));

    /// <summary>What is stored of a secret. It needs no salt and no slow hash, since nobody can guess 256 random bits.</summary>
    public static byte[] Hash(string? secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret ?? ""));
}
