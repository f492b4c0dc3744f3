using System.Security.Cryptography;
using System.Text;

namespace Plr.Store;

/// <summary>The register's secret keys; they lie in the data folder or the settings, never in the database.</summary>
/// <param name="Ulns">32 bytes: the order in which ULNs are issued. Changing it after the first ULN changes the order, never an issued number.</param>
/// <param name="Audit">32 bytes: pseudonyms and seals of the trail. It must never change.</param>
public sealed record StoreKeys(byte[] Ulns, byte[] Audit)
{
    /// <summary>
    /// A key for one purpose, made of the register's keys (HKDF, RFC 5869). So a further purpose needs no further key to keep: every register that has its
    /// two keys has it.
    /// </summary>
    /// <param name="purpose">What it is for; two purposes never share a key.</param>
    /// <param name="length">In bytes.</param>
    internal byte[] For(string purpose, int length = 32) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, [.. Ulns, .. Audit], length, info: Encoding.UTF8.GetBytes("plr " + purpose));
}
