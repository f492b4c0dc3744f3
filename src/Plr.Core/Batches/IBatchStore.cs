namespace Plr.Core.Batches;

/// <summary>A file that was received: saved and hashed, not yet a batch.</summary>
public sealed record ReceivedFile(string FileName, byte[] Digest, long Size);

/// <summary>Batches as the store keeps them: the table is the queue.</summary>
public interface IBatchStore
{
    /// <summary>
    /// Adds a batch that waits, or gives the one that the same organisation already made of the same file (unless that was refused whole).
    /// Two uploads of one file at once make one batch.
    /// </summary>
    /// <param name="again">Makes a new batch of a file that was sent before, when that one is finished.</param>
    Task<(Batch Batch, bool IsNew)> SubmitAsync(BatchKind kind, Guid organisationId, ReceivedFile file, bool again, Access access, CancellationToken ct = default);

    Task<Batch?> GetAsync(int id, Access access, CancellationToken ct = default);

    /// <summary>An organisation's batches, newest first.</summary>
    /// <param name="before">Only those older than this one; null for all.</param>
    Task<IReadOnlyList<Batch>> ListAsync(Guid organisationId, int limit, Access access, int? before = null, CancellationToken ct = default);

    /// <summary>Claims the batch that waits longest, or one whose claim has run out (its server died); null when there is none.</summary>
    /// <param name="claimant">Names this server and start.</param>
    /// <param name="lease">How long the claim lasts without being renewed by progress.</param>
    Task<Batch?> ClaimAsync(string claimant, TimeSpan lease, CancellationToken ct = default);

    /// <summary>Claims one batch by its number, for the command line, which waits for it.</summary>
    Task<Batch?> ClaimAsync(int id, string claimant, TimeSpan lease, CancellationToken ct = default);

    /// <summary>Gives up the claim on a batch when whoever has it is gone, so that nobody need wait until it runs out; false when there is no such claim.</summary>
    /// <param name="isGone">Whether the claimant of this name does not work any more.</param>
    Task<bool> ReleaseAsync(int id, Func<string, bool> isGone, CancellationToken ct = default);

    /// <summary>The file has been read once: so many data rows.</summary>
    Task BeginAsync(int id, int rowsTotal, CancellationToken ct = default);

    Task FinishAsync(int id, BatchStatus status, FileRefusal? refusal, CancellationToken ct = default);

    /// <summary>The stored outcomes of some data rows, in order. Achievement rows that were accepted have none.</summary>
    /// <param name="isContinued">Goes on with a fetching of the caller's own whose first reading left the entry: one entry for one fetching. Never for what a client asks for page by page.</param>
    Task<IReadOnlyList<BatchRow>> RowsAsync(int id, int afterRow, int limit, bool refusedOnly, Access access, bool isContinued = false, CancellationToken ct = default);

    /// <summary>Whether any batch is of a file.</summary>
    Task<bool> HasFileAsync(byte[] digest, CancellationToken ct = default);
}
