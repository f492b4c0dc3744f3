using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Plr.Core.Accounts;

namespace Plr.Store;

/// <summary>
/// How secrets of second factors lie in the database: an authenticator's encrypted (AES-256-GCM, bound to its account), recovery codes as a keyed
/// hash. Both keys are made of the register's keys, which are not in the database, so a stolen database opens nobody's second factor.
/// </summary>
internal sealed class FactorSecrets(StoreKeys keys)
{
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int SecretLength = 20;
    private readonly byte[] _sealing = keys.For("authenticator secrets");
    private readonly byte[] _hashing = keys.For("recovery codes");

    public byte[] Seal(Guid accountId, byte[] secret)
    {
        var stored = new byte[NonceLength + TagLength + secret.Length];
        var nonce = stored.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(_sealing, TagLength);
        cipher.Encrypt(nonce, secret, stored.AsSpan(NonceLength + TagLength), stored.AsSpan(NonceLength, TagLength), accountId.ToByteArray());
        return stored;
    }

    /// <exception cref="CryptographicException">It was changed, or is another account's.</exception>
    public byte[] Open(Guid accountId, byte[] stored)
    {
        var secret = new byte[stored.Length - NonceLength - TagLength];
        using var cipher = new AesGcm(_sealing, TagLength);
        cipher.Decrypt(stored.AsSpan(0, NonceLength), stored.AsSpan(NonceLength + TagLength), stored.AsSpan(NonceLength, TagLength), secret, accountId.ToByteArray());
        return secret;
    }

    public byte[] Hash(Guid accountId, string canonicalCode) => HMACSHA256.HashData(_hashing, (byte[])[.. accountId.ToByteArray(), .. Encoding.ASCII.GetBytes(canonicalCode)]);

    /// <summary>The secret that a session offers; nobody can tell it without the register's keys.</summary>
    public byte[] Offer(SignedIn session) => keys.For(
        string.Create(CultureInfo.InvariantCulture, $"authenticator offer {session.Account.Id:N} {session.SessionId:N} {session.Account.FactorVersion}"), SecretLength);
}
