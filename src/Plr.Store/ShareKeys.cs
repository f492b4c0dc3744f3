using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Plr.Core.Sharing;

namespace Plr.Store;

/// <summary>
/// What opens shares, made of the register's keys: a share's code and link are told from its id and the number of the draw, so that their owner sees them again and a stolen database
/// opens nothing. What is tried is counted under keyed hashes.
/// </summary>
internal sealed class ShareKeys(StoreKeys keys)
{
    // 132 bits.
    private const int LinkBytes = 17;
    private const int LinkLength = 22;
    private readonly byte[] _making = keys.For("share secrets");
    private readonly byte[] _hashing = keys.For("share hashes");

    public ShareSecrets Secrets(Guid id, int draw) => new(ShareCode.Of(Made("code", id, draw)), Base64Url.EncodeToString(Made("link", id, draw).AsSpan(0, LinkBytes))[..LinkLength]);

    public byte[] Hash(ShareCode code) => Hash("code", code.Value);

    public byte[] HashOfLink(string? link) => Hash("link", link ?? "");

    /// <summary>Under what wrong tries of a code, or from a place, are counted.</summary>
    public (byte[]? Code, byte[] Place) Tried(ShareAttempt attempt) => (attempt.Report is { } report ? Hash("tried report", report.Value) : attempt.Code is { } code ? Hash("tried code", code.Value) : null, Hash("tried place", attempt.Place));

    private byte[] Made(string kind, Guid id, int draw) => HMACSHA256.HashData(_making, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{kind} {id:N} {draw}")));

    private byte[] Hash(string kind, string text) => HMACSHA256.HashData(_hashing, Encoding.UTF8.GetBytes($"{kind} {text}"));
}
