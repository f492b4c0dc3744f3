using System.Security.Cryptography;

namespace Plr.Store;

/// <summary>
/// The keys that a register was begun with are the keys that it goes on with: the database keeps their fingerprints. With other keys the trail
/// would look forged, and pseudonyms would not be found again.
/// </summary>
public static class KeyCheck
{
    /// <exception cref="StoreUnfitException">The keys are not those of this register.</exception>
    public static Task AssertAsync(Engine engine, StoreKeys keys, CancellationToken ct = default) => engine.WriteAsync(
        async session =>
        {
            foreach (var (name, key) in new[] { ("ulns", keys.Ulns), ("audit", keys.Audit) })
            {
                var fingerprint = SHA256.HashData([.. "plr-key"u8, .. key]);
                await session.ExecuteAsync(
                    "INSERT INTO register_key (name, fingerprint) VALUES (@name, @fingerprint) ON CONFLICT (name) DO NOTHING", new { name, fingerprint });
                var held = await session.SingleOrDefaultAsync<byte[]>("SELECT fingerprint FROM register_key WHERE name = @name", new { name });
                if (!fingerprint.AsSpan().SequenceEqual(held))
                {
                    throw new StoreUnfitException(
                        $"The secret key '{name}' is not the one that this register was begun with. Put the original keys.json back into the data folder, "
                        + "or give the original keys in the settings Keys:Ulns and Keys:Audit.");
                }
            }

            return true;
        },
        ct);
}
