using System.Buffers.Binary;
using Plr.Core.Sharing;

namespace Plr.Store;

/// <summary>
/// Counts wrong tries at shares, of one code and from one place, in the transaction of the try. A code that nobody has is counted as one that somebody has. Whoever has waited begins
/// anew; a right try forgets the wrong ones of its code.
/// </summary>
internal sealed class ShareTryCounts(Session session, ShareKeys keys, ShareAttempt attempt, ShareTries tries, DateTimeOffset now)
{
    private readonly (byte[]? Code, byte[] Place) _tried = keys.Tried(attempt);

    /// <summary>Whether the code, and the place, may be tried now. A link of 130 bits nobody guesses: it is not kept waiting for what others tried.</summary>
    public async Task<bool> LockAsync()
    {
        await session.LockAsync(LockSpace.Share, [.. Keys().Select(key => (long)(BinaryPrimitives.ReadUInt64LittleEndian(key) >> 16)).Distinct().Order()]);
        var mayTry = true;
        foreach (var key in Keys())
        {
            var until = await session.SingleOrDefaultAsync<DateTimeOffset?>("SELECT locked_until FROM share_try WHERE key = @key", new { key });
            mayTry &= until is null || until <= now;
        }

        return mayTry || attempt.Door == ShareDoor.Link;
    }

    /// <summary>Counts a wrong try. One that was not let try counts nothing, or a wait would never end.</summary>
    public async Task WrongAsync(bool wasTried)
    {
        foreach (var key in wasTried ? Keys() : [])
        {
            var most = ReferenceEquals(key, _tried.Place) ? tries.WrongOfAPlace : tries.WrongOfACode;
            await session.ExecuteAsync(
                """
                INSERT INTO share_try (key, failed, last_at, locked_until) VALUES (@key, 1, @now, CASE WHEN @most <= 1 THEN @until END)
                ON CONFLICT (key) DO UPDATE SET
                    failed = CASE WHEN share_try.last_at < @since OR share_try.failed >= @most THEN 1 ELSE share_try.failed + 1 END,
                    locked_until = CASE WHEN share_try.locked_until > @now THEN share_try.locked_until WHEN CASE WHEN share_try.last_at < @since OR share_try.failed >= @most THEN 1 ELSE share_try.failed + 1 END >= @most THEN @until END,
                    last_at = @now
                """,
                new { key, now, most, until = (DateTimeOffset?)(now + tries.Wait), since = now - tries.Wait });
        }
    }

    public async Task RightAsync()
    {
        if (_tried.Code is { } key)
        {
            await session.ExecuteAsync("DELETE FROM share_try WHERE key = @key", new { key });
        }
    }

    private IEnumerable<byte[]> Keys() => _tried.Code is { } code ? [code, _tried.Place] : [_tried.Place];
}
