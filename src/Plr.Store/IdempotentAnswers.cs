namespace Plr.Store;

/// <summary>
/// Calls that carry an idempotency key: what a call does and the memory of it are one transaction, so that the same key has one effect, however many
/// send it at once, on however many servers, and after a server was killed. Kept is what the call made (a number, a reference, a code), never its
/// answer: whoever sends it again is answered from that, by what they may see now. A call that made nothing leaves nothing.
/// </summary>
public sealed class IdempotentAnswers(Engine engine, TimeProvider time)
{
    /// <summary>How long it is known what a call made.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromHours(24);

    /// <summary>Runs a call once for its key.</summary>
    /// <param name="caller">Whose key it is: two callers' keys never meet.</param>
    /// <param name="keyHash">SHA-256 of the key.</param>
    /// <param name="requestHash">SHA-256 of what was asked.</param>
    /// <param name="run">
    /// The call: its answer and what it made; null when it made nothing. It may run again from its start. A failure of the server must be an exception:
    /// then nothing is kept.
    /// </param>
    /// <param name="again">Answers from what the first call made. It may run again from its start as well.</param>
    /// <param name="ct">Cancels before the commit only.</param>
    /// <returns>The answer, or null when the key was used for another request.</returns>
    public Task<T?> RunAsync<T>(
        string caller, byte[] keyHash, byte[] requestHash, Func<Task<(T Answer, string? Made)>> run, Func<string, Task<T>> again, CancellationToken ct)
        where T : class => engine.TogetherAsync(
        async session =>
        {
            var now = time.GetUtcNow();
            var key = new { caller, keyHash, requestHash, now, expiresAt = now + Lifetime };
            await session.ExecuteAsync("DELETE FROM idempotent_answer WHERE caller = @caller AND key_hash = @keyHash AND expires_at <= @now", key);

            // Whoever comes second at the same moment waits here for the first one's end, and is first if that one made nothing.
            var isFirst = await session.ExecuteAsync(
                """
                INSERT INTO idempotent_answer (caller, key_hash, request_hash, expires_at) VALUES (@caller, @keyHash, @requestHash, @expiresAt)
                ON CONFLICT (caller, key_hash) DO NOTHING
                """,
                key) > 0;
            if (!isFirst)
            {
                return await MadeAsync(session, key, requestHash) is { } earlier ? await again(earlier) : null;
            }

            var (answer, made) = await run();
            await session.ExecuteAsync(
                made is null
                    ? "DELETE FROM idempotent_answer WHERE caller = @caller AND key_hash = @keyHash"
                    : "UPDATE idempotent_answer SET made = @made WHERE caller = @caller AND key_hash = @keyHash",
                new { caller, keyHash, made });
            return answer;
        },
        ct);

    private static async Task<string?> MadeAsync(Session session, object key, byte[] requestHash)
    {
        var row = await session.SingleOrDefaultAsync<Row>("SELECT request_hash, made FROM idempotent_answer WHERE caller = @caller AND key_hash = @keyHash", key)
            ?? throw new InvalidOperationException("What a call made is gone within its time.");
        return row.RequestHash.AsSpan().SequenceEqual(requestHash) ? row.Made : null;
    }

    private sealed class Row
    {
        public byte[] RequestHash { get; init; } = [];

        public string Made { get; init; } = "";
    }
}
