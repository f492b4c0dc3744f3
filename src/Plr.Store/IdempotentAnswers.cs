namespace Plr.Store;

/// <summary>An answer as it went out.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Headers">Those that belong to the answer, as lines "Name: value".</param>
/// <param name="Body">Its bytes.</param>
public sealed record KeptAnswer(int Status, string Headers, byte[] Body);

/// <summary>
/// Calls that carry an idempotency key: what a call does and its answer are one transaction, so that the same key has one effect and one answer,
/// however many send it at once, on however many servers, and after a server was killed.
/// </summary>
public sealed class IdempotentAnswers(Engine engine, TimeProvider time)
{
    /// <summary>How long an answer is kept.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromHours(24);

    /// <summary>Runs a call once for its key; whoever sends it again gets the answer of the first.</summary>
    /// <param name="caller">Whose key it is: two callers' keys never meet.</param>
    /// <param name="keyHash">SHA-256 of the key.</param>
    /// <param name="requestHash">SHA-256 of what was asked.</param>
    /// <param name="run">The call. It may run again from its start. A failure of the server must be an exception: then nothing is kept.</param>
    /// <param name="ct">Cancels before the commit only.</param>
    /// <returns>The answer, or null when the key was used for another request.</returns>
    public Task<KeptAnswer?> RunAsync(string caller, byte[] keyHash, byte[] requestHash, Func<Task<KeptAnswer>> run, CancellationToken ct) => engine.TogetherAsync(
        async session =>
        {
            var now = time.GetUtcNow();
            var key = new { caller, keyHash, requestHash, now, expiresAt = now + Lifetime };
            await session.ExecuteAsync("DELETE FROM idempotent_answer WHERE caller = @caller AND key_hash = @keyHash AND expires_at <= @now", key);

            // Whoever comes second at the same moment waits here for the first one's end.
            var isFirst = await session.ExecuteAsync(
                """
                INSERT INTO idempotent_answer (caller, key_hash, request_hash, expires_at) VALUES (@caller, @keyHash, @requestHash, @expiresAt)
                ON CONFLICT (caller, key_hash) DO NOTHING
                """,
                key) > 0;
            if (!isFirst)
            {
                return await ReadAsync(session, key, requestHash);
            }

            var answer = await run();
            await session.ExecuteAsync(
                "UPDATE idempotent_answer SET status = @Status, headers = @Headers, body = @Body WHERE caller = @caller AND key_hash = @keyHash",
                new { caller, keyHash, answer.Status, answer.Headers, answer.Body });
            return answer;
        },
        ct);

    private static async Task<KeptAnswer?> ReadAsync(Session session, object key, byte[] requestHash)
    {
        var row = await session.SingleOrDefaultAsync<Row>(
            "SELECT request_hash, status, headers, body FROM idempotent_answer WHERE caller = @caller AND key_hash = @keyHash", key)
            ?? throw new InvalidOperationException("An answer that was kept is gone within its time.");
        return row.RequestHash.AsSpan().SequenceEqual(requestHash) ? new(row.Status, row.Headers, row.Body) : null;
    }

    private sealed class Row
    {
        public byte[] RequestHash { get; init; } = [];

        public int Status { get; init; }

        public string Headers { get; init; } = "";

        public byte[] Body { get; init; } = [];
    }
}
