namespace Plr.Core.Matching;

/// <summary>
/// How far a follower of the changes has come: every change of a transaction before <see cref="Next"/> has been seen, but for those that were still open then.
/// On SQLite, which has one writer, none ever is.
/// </summary>
/// <param name="Next">The first transaction that may not have been seen at all.</param>
/// <param name="Open">Earlier transactions that had not ended.</param>
public sealed record FeedPoint(long Next, IReadOnlyList<long> Open)
{
    /// <summary>Every change up to here has been seen: the number that answers and health pages tell.</summary>
    public long Position => (Open.Count == 0 ? Next : Open.Min()) - 1;
}
