using System.Diagnostics;
using System.Globalization;

namespace Plr.Core.Matching;

/// <summary>What an index holds, for comparing it with the store: the sum of a digest of each learner, whatever their order.</summary>
/// <param name="Position">Up to which change it had followed the register.</param>
/// <param name="Learners">How many it holds.</param>
/// <param name="Digest">In hexadecimal.</param>
public sealed record IndexDigest(long Position, int Learners, string Digest);

/// <summary>Loads the find index from the register and keeps it up with the changes, this server's and those of others.</summary>
public sealed class LearnerFollower(ILearnerFeed feed, LiveIndex index, TimeProvider time)
{
    /// <summary>How long changes are kept for followers that were cut off.</summary>
    public static readonly TimeSpan ChangesAreKept = TimeSpan.FromDays(1);

    private static readonly Access Upkeep = Access.Upkeep("find-index");
    private const int DigestRest = 20;
    private readonly Lock _digesting = new();
    private DateTimeOffset _followedAt;
    private long _digestedAt;
    private TimeSpan _digestTook;
    private IndexDigest? _digest;
    private long _read;

    /// <summary>Whether searches see the whole register.</summary>
    public bool IsReady => index.IsLoaded;

    /// <summary>How many learners have been read while it loads.</summary>
    public long Read => Interlocked.Read(ref _read);

    /// <summary>About how many there are.</summary>
    public long Expected { get; private set; }

    /// <summary>Loads the index from the register.</summary>
    public async Task LoadAsync(CancellationToken ct)
    {
        var started = time.GetUtcNow();
        Interlocked.Exchange(ref _read, 0);
        Expected = await feed.EstimateAsync(Upkeep, ct);
        var (everybody, point) = await ReadAsync(feed, read => Interlocked.Add(ref _read, read), Upkeep, ct);
        index.Load(everybody, point);
        _followedAt = started;
    }

    /// <summary>Reads everybody into an index of their own. One thread reads while others fold the names, some pieces ahead.</summary>
    public static async Task<(FindIndex Everybody, FeedPoint Point)> ReadAsync(ILearnerFeed feed, Action<int> progress, Access access, CancellationToken ct)
    {
        var everybody = new FindIndex();
        var prepared = new Queue<Task<PreparedPeople>>();
        var used = new Stack<PreparedPeople>();
        var point = await feed.ReadAllAsync(
            piece =>
            {
                var into = used.TryPop(out var people) ? people : new();
                prepared.Enqueue(Task.Run(() => Prepare(piece, into), CancellationToken.None));
                if (prepared.Count > Environment.ProcessorCount)
                {
                    var done = prepared.Dequeue().GetAwaiter().GetResult();
                    everybody.Add(done);
                    done.Clear();
                    used.Push(done);
                }

                progress(piece.Count);
            },
            access,
            ct);
        foreach (var people in prepared)
        {
            everybody.Add(await people);
        }

        everybody.Seal();
        return (everybody, point);
    }

    /// <summary>Takes in what changed since the last time; whoever was cut off for so long that changes are forgotten reads everybody again.</summary>
    /// <returns>How many changed.</returns>
    public async Task<int> FollowAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (index.Point is not { } point || now - _followedAt > ChangesAreKept / 2)
        {
            await LoadAsync(ct);
            return index.Count;
        }

        var (changed, next) = await feed.ReadChangesAsync(point, Upkeep, ct);
        if (changed.Count > 0 || next != point)
        {
            index.Apply([.. changed.Select(learner => ((uint)learner.Uln.Stem, learner.Text is { } text ? PreparedPerson.Of(text) : null))], next);
        }

        _followedAt = now;
        return changed.Count;
    }

    /// <summary>What the index holds; null before it is loaded. It reads all of it, so whoever asks without end gets the last one for twenty times as long as that took.</summary>
    public IndexDigest? Digest()
    {
        lock (_digesting)
        {
            if (index.Point is not { } point)
            {
                return null;
            }

            if (_digest is not null && Stopwatch.GetElapsedTime(_digestedAt) < _digestTook * DigestRest)
            {
                return _digest;
            }

            var start = Stopwatch.GetTimestamp();
            var (learners, sum) = (0, 0UL);
            foreach (var (_, digest) in index.Contents())
            {
                learners++;
                sum = unchecked(sum + digest);
            }

            (_digestedAt, _digestTook) = (Stopwatch.GetTimestamp(), Stopwatch.GetElapsedTime(start));
            return _digest = new(point.Position, learners, sum.ToString("x16", CultureInfo.InvariantCulture));
        }
    }

    private static PreparedPeople Prepare(IReadOnlyList<FeedLearner> piece, PreparedPeople into)
    {
        foreach (var learner in piece)
        {
            into.Add((uint)learner.Uln.Stem, PreparedPerson.Of(learner.Text!));
        }

        return into;
    }
}
