namespace Plr.Core.Matching;

/// <summary>Whom an index found, before anybody is read from the store.</summary>
/// <param name="Numbers">Those who may be the person, the likeliest first.</param>
/// <param name="Point">Up to which change the index had followed the register.</param>
/// <param name="Matcher">Whoever weighs them again does it with the same weights.</param>
public sealed record Looked(IReadOnlyList<uint> Numbers, FeedPoint Point, Matcher Matcher);

/// <summary>
/// The find index of a register that changes: sealed indexes one upon the other, the newest first. Each change makes a small one; small ones are joined, and
/// joined into large ones when they have grown, on another thread if that takes long. Who is in a newer one, changed or no longer to be found, is not looked at in an older one. Any
/// number of threads search without waiting; one writes.
/// </summary>
public sealed class LiveIndex(MatchWeights weights)
{
    /// <summary>A small register has few who are alike by chance, but its learners are a sample of all: weights count on so many at least.</summary>
    public const int FewestPeople = 100_000;

    /// <summary>More of one answer than these are not read from the store: the search says too little.</summary>
    private const int MostRead = 24;
    private const int MostOfALayer = 64;

    // An older index has so many times the learners of a newer one, or they are joined.
    private const int Growth = 4;
    private const int JoinedAtOnce = 20_000;

    private readonly Lock _writing = new();
    private volatile State? _state;
    private FindIndex? _joining;

    /// <summary>What it weighs with, whatever the number of learners.</summary>
    public MatchWeights Weights => weights;

    /// <summary>Whether it has been loaded: before, it finds nobody.</summary>
    public bool IsLoaded => _state is not null;

    /// <summary>How many numbers it holds, changed ones counted as often as they are held.</summary>
    public int Count => _state?.Layers.Sum(layer => layer.Count) ?? 0;

    /// <summary>How far it has followed the register; null before it is loaded.</summary>
    public FeedPoint? Point => _state?.Point;

    /// <summary>Begins with everybody as of a moment. The index must be sealed.</summary>
    public void Load(FindIndex everybody, FeedPoint point)
    {
        lock (_writing)
        {
            _state = new([everybody], point, MatcherFor(everybody.Count));
        }
    }

    /// <summary>Takes in what changed, each number once; without a person the number is no longer to be found.</summary>
    public void Apply(IReadOnlyCollection<(uint Number, PreparedPerson? Person)> changes, FeedPoint point)
    {
        lock (_writing)
        {
            var state = _state ?? throw new InvalidOperationException("Changes came before the index was loaded.");
            var layers = state.Layers;
            if (changes.Count > 0)
            {
                var newest = new FindIndex();
                foreach (var (number, person) in changes.OrderBy(change => change.Number))
                {
                    newest.Add(number, person ?? PreparedPerson.Nobody);
                }

                newest.Seal();
                layers = JoinSmall([newest, .. layers]);
            }

            _state = state with { Layers = layers, Point = point, Matcher = layers[^1].Count > 2 * state.Matcher.For ? MatcherFor(layers[^1].Count) : state.Matcher };
            JoinLarge();
        }
    }

    /// <summary>Whom to read from the store for a search; null while it is not loaded.</summary>
    /// <param name="asked">Who is looked for.</param>
    /// <param name="threshold">In bits: who weighs more may be the person. Lower than the answer's own where what is asked has fields that only the store holds.</param>
    public Looked? Search(PreparedPerson asked, double threshold)
    {
        if (_state is not { } state)
        {
            return null;
        }

        var best = new List<Candidate>();
        Span<Candidate> found = stackalloc Candidate[MostOfALayer];
        Span<uint> byEmail = stackalloc uint[FindIndex.MostOfOneEmail];
        for (var at = 0; at < state.Layers.Length; at++)
        {
            var all = state.Layers[at].Search(asked.View, state.Matcher.Own, threshold, found);
            foreach (var candidate in found[..Math.Min(all, MostOfALayer)])
            {
                if (!IsNewer(state.Layers, at, candidate.Number))
                {
                    best.Add(candidate);
                }
            }

            // An e-mail address is not packed: whoever has it is read from the store, whatever the rest weighs.
            foreach (var number in byEmail[..state.Layers[at].WithEmail(asked.View, byEmail)])
            {
                if (best.All(candidate => candidate.Number != number) && !IsNewer(state.Layers, at, number))
                {
                    best.Add(new(number, threshold));
                }
            }
        }

        best.Sort((one, other) => other.Weight.CompareTo(one.Weight));
        return new([.. best.Take(MostRead).Select(candidate => candidate.Number)], state.Point, state.Matcher.Own);
    }

    /// <summary>Everybody it holds, as packed: for comparing it with the store.</summary>
    public IEnumerable<(uint Number, ulong Digest)> Contents()
    {
        var layers = _state?.Layers ?? [];
        return layers.Index().SelectMany(layer => layer.Item.Contents().Where(person => person.Digest != 0 && !IsNewer(layers, layer.Index, person.Number)));
    }

    private static bool IsNewer(FindIndex[] layers, int than, uint number)
    {
        for (var at = 0; at < than; at++)
        {
            if (layers[at].Has(number))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Joins the newest while they are small and of like size: each learner is joined a few times, whatever the rate of changes.</summary>
    private FindIndex[] JoinSmall(FindIndex[] layers)
    {
        while (layers.Length > 1 && layers[1].Count <= JoinedAtOnce && AreOfLikeSize(layers[0], layers[1]) && layers[1] != _joining)
        {
            layers = [FindIndex.Join(layers[0], layers[1], keepGone: layers.Length > 2), .. layers[2..]];
        }

        return layers;
    }

    /// <summary>Joins two large ones elsewhere, while searches and changes go on; one pair at a time.</summary>
    private void JoinLarge()
    {
        var layers = _state!.Layers;
        var at = 0;
        while (at < layers.Length - 1 && !(layers[at + 1].Count > JoinedAtOnce && AreOfLikeSize(layers[at], layers[at + 1])))
        {
            at++;
        }

        if (at >= layers.Length - 1 || _joining is not null)
        {
            return;
        }

        var (newer, older, isLast) = (layers[at], layers[at + 1], at + 2 == layers.Length);
        _joining = newer;
        ThreadPool.UnsafeQueueUserWorkItem(_ => Replace(newer, older, Joined(newer, older, keepGone: !isLast)), null);
    }

    private static bool AreOfLikeSize(FindIndex newer, FindIndex older) => (long)newer.Count * Growth >= older.Count;

    // Two layers stay right without being one, only slower: want of memory must not end the server, and the next change tries again.
    private static FindIndex? Joined(FindIndex newer, FindIndex older, bool keepGone)
    {
        try
        {
            return FindIndex.Join(newer, older, keepGone);
        }
        catch (OutOfMemoryException)
        {
            return null;
        }
    }

    private void Replace(FindIndex newer, FindIndex older, FindIndex? joined)
    {
        lock (_writing)
        {
            _joining = null;
            var state = _state!;
            var at = Array.IndexOf(state.Layers, newer);

            // Somebody may have loaded everything anew meanwhile.
            if (joined is not null && at >= 0 && at + 1 < state.Layers.Length && state.Layers[at + 1] == older)
            {
                _state = state with { Layers = [.. state.Layers[..at], joined, .. state.Layers[(at + 2)..]] };
            }
        }
    }

    private SizedMatcher MatcherFor(int people)
    {
        var size = Math.Max(people, FewestPeople);
        return new(new(FindIndex.WeightsFor(weights, size)), size);
    }

    private sealed record State(FindIndex[] Layers, FeedPoint Point, SizedMatcher Matcher);

    private sealed record SizedMatcher(Matcher Own, int For);
}
