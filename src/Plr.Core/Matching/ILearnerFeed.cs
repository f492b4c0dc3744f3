using Plr.Core.Learners;

namespace Plr.Core.Matching;

/// <summary>A learner as a follower is told of them.</summary>
/// <param name="Uln">Whose.</param>
/// <param name="Text">What they are found by; null when nobody is to find them any more.</param>
public readonly record struct FeedLearner(Uln Uln, PersonText? Text);

/// <summary>
/// The register for an index that keeps up with it: everybody, then what changed since. It shows nobody to anybody: whoever is found is read again from the store, which
/// leaves the entries. Nothing of a transaction is told before it is committed, and no committed change is ever passed over, also with several servers.
/// </summary>
public interface ILearnerFeed
{
    /// <summary>Everybody who may be found, merged learners too, in no order, as of one moment.</summary>
    /// <param name="take">Takes pieces, one after the other, on the reading thread.</param>
    /// <param name="access">The register's own.</param>
    /// <param name="ct">Stops between rows.</param>
    /// <returns>That moment.</returns>
    Task<FeedPoint> ReadAllAsync(Action<IReadOnlyList<FeedLearner>> take, Access access, CancellationToken ct = default);

    /// <summary>Whoever changed since a moment, each once, as they are now.</summary>
    Task<(IReadOnlyList<FeedLearner> Changed, FeedPoint Point)> ReadChangesAsync(FeedPoint since, Access access, CancellationToken ct = default);

    /// <summary>How many learners may be found, roughly and at once: for saying how far loading has come.</summary>
    Task<long> EstimateAsync(Access access, CancellationToken ct = default);

    /// <summary>Forgets changes that are older than every follower looks back.</summary>
    Task ForgetAsync(DateTimeOffset before, Access access, CancellationToken ct = default);
}
