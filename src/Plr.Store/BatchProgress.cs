using Plr.Core.Batches;

namespace Plr.Store;

/// <summary>Somebody else has gone on with the batch, or it was finished or cancelled: nothing of this chunk was kept.</summary>
public sealed class BatchMovedOnException(int batchId)
    : Exception($"Batch {batchId} is not where this server left it; nothing of the chunk was kept.");

/// <summary>How a batch goes on: within the transaction that carries a chunk's rows out, so that both are kept or neither.</summary>
public static class BatchProgress
{
    /// <summary>How long a claim lasts after each chunk.</summary>
    public static TimeSpan Lease { get; } = TimeSpan.FromMinutes(2);

    /// <summary>Moves a batch on by a chunk, in the transaction that carries the rows out. Call this first in it: the batch's row is the lock against another server.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="chunk">From where to where.</param>
    /// <param name="now">The claim lasts until <see cref="Lease"/> after it.</param>
    /// <exception cref="BatchMovedOnException">The batch does not stand at the chunk's beginning.</exception>
    public static async Task MoveAsync(Session session, BatchChunk chunk, DateTimeOffset now)
    {
        var moved = await session.ExecuteAsync(
            "UPDATE batch SET rows_done = @after, claimed_until = @until WHERE id = @id AND rows_done = @before AND status = @inProgress",
            new
            {
                id = chunk.BatchId,
                before = chunk.RowsBefore,
                after = chunk.RowsAfter,
                until = StoredForms.Instant(now + Lease),
                inProgress = (int)BatchStatus.InProgress,
            });
        if (moved == 0)
        {
            throw new BatchMovedOnException(chunk.BatchId);
        }
    }

    /// <summary>Keeps what became of a chunk's rows, in the same transaction.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="batchId">The batch.</param>
    /// <param name="counts">How many rows of the chunk had each outcome; added to what is counted already.</param>
    /// <param name="rows">Outcomes to keep, made by <see cref="BatchRowForm.Values"/>.</param>
    public static async Task KeepAsync(Session session, int batchId, IReadOnlyDictionary<string, int> counts, IEnumerable<object?[]> rows)
    {
        foreach (var (name, count) in counts)
        {
            await session.ExecuteAsync(
                """
                INSERT INTO batch_count (batch_id, name, rows) VALUES (@batchId, @name, @count)
                ON CONFLICT (batch_id, name) DO UPDATE SET rows = batch_count.rows + excluded.rows
                """,
                new { batchId, name, count });
        }

        await session.BulkInsertAsync("batch_row", BatchRowForm.Columns, rows);
    }
}
