using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Plr.Store;

/// <summary>
/// Shows a server that whoever asks has the register's keys, as its own commands do, wherever they run and whatever proxy is between. The proof is the minute and its
/// keyed hash, and good for some minutes; the keys do not travel.
/// </summary>
/// <param name="keys">The register's.</param>
/// <param name="time">Both sides' clocks may differ by <see cref="MostMinutes"/>.</param>
public sealed class KeyProof(StoreKeys keys, TimeProvider time)
{
    /// <summary>The header that carries it.</summary>
    public const string Header = "Register-Proof";

    private const int MostMinutes = 5;

    private readonly byte[] _key = keys.For("proof");

    /// <summary>A proof for now.</summary>
    public string Make() => Of(Minute);

    /// <summary>Whether it was made with these keys some minutes ago at most.</summary>
    public bool IsGood(string? proof) =>
        proof?.Split('.') is [var minute, _]
        && long.TryParse(minute, NumberStyles.None, CultureInfo.InvariantCulture, out var made)
        && made >= Minute - MostMinutes && made <= Minute + MostMinutes
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(proof), Encoding.UTF8.GetBytes(Of(made)));

    private long Minute => time.GetUtcNow().ToUnixTimeSeconds() / 60;

    private string Of(long minute)
    {
        var said = minute.ToString(CultureInfo.InvariantCulture);
        return $"{said}.{Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(said)))}";
    }
}
