namespace Plr.Core.Matching;

/// <summary>
/// Puts records into groups, one a person, from pairs that were weighed: the likeliest first, two groups become one when their members taken together
/// agree more than they contradict each other (average linkage). So a record that says little joins through another that says more, and one strong pair does
/// not chain two persons together whose other records differ.
/// </summary>
public sealed class Grouping
{
    // No single pair may outvote the rest, one that has nothing in common says little, and pairs beyond these many of two large groups add nothing.
    private const double Faintest = 3;
    private const double Loudest = 12;
    private const int MostAsked = 40;

    private readonly IReadOnlyList<PreparedPerson> _people;
    private readonly Matcher _matcher;
    private readonly int[] _groups;
    private readonly Dictionary<int, List<int>> _members = [];

    // Groups that were found not to be one; a group that has grown since is asked again.
    private readonly HashSet<(int One, int Other, int SizeOfOne, int SizeOfOther)> _apart = [];

    private Grouping(IReadOnlyList<PreparedPerson> people, Matcher matcher)
    {
        _people = people;
        _matcher = matcher;
        _groups = new int[people.Count];
        for (var person = 0; person < people.Count; person++)
        {
            _groups[person] = person;
        }
    }

    /// <summary>The number of the group of each person.</summary>
    /// <param name="people">The people.</param>
    /// <param name="matcher">Weighs pairs that no block brought together.</param>
    /// <param name="pairs">The pairs of the blocks with their weights.</param>
    /// <param name="threshold">What a pair must weigh to speak for one person, in bits.</param>
    public static int[] Group(IReadOnlyList<PreparedPerson> people, Matcher matcher, IEnumerable<(int Left, int Right, double Weight)> pairs, double threshold)
    {
        var grouping = new Grouping(people, matcher);
        foreach (var (left, right, _) in pairs.Where(pair => pair.Weight > threshold - Loudest).OrderByDescending(pair => pair.Weight).ThenBy(pair => pair.Left).ThenBy(pair => pair.Right))
        {
            grouping.Join(left, right, threshold);
        }

        return grouping._groups;
    }

    private void Join(int left, int right, double threshold)
    {
        var (one, other) = (_groups[left], _groups[right]);
        if (one == other)
        {
            return;
        }

        var small = Members(one);
        var large = Members(other);
        var asked = one < other ? (one, other, small.Count, large.Count) : (other, one, large.Count, small.Count);
        if (_apart.Contains(asked))
        {
            return;
        }

        if (Linkage(small, large, threshold) <= 0)
        {
            _apart.Add(asked);
            return;
        }

        if (small.Count > large.Count)
        {
            (small, large, one, other) = (large, small, other, one);
        }

        foreach (var person in small)
        {
            _groups[person] = other;
        }

        large.AddRange(small);
        _members[other] = large;
        _members.Remove(one);
    }

    private List<int> Members(int group) => _members.TryGetValue(group, out var members) ? members : [group];

    // The mean of what the pairs across say.
    private double Linkage(List<int> one, List<int> other, double threshold)
    {
        double sum = 0;
        double weight = 0;
        var stepOne = Math.Max(1, one.Count / MostAsked);
        var stepOther = Math.Max(1, other.Count / MostAsked);
        for (var i = 0; i < one.Count; i += stepOne)
        {
            for (var j = 0; j < other.Count; j += stepOther)
            {
                sum += Said(_people[one[i]].View, _people[other[j]].View, threshold);
                weight++;
            }
        }

        return sum / weight;
    }

    // What a pair says for or against: against no more than what of it disagrees, for a value that is missing is no contradiction.
    private double Said(in PersonView left, in PersonView right, double threshold)
    {
        Span<double> lines = stackalloc double[MatchFields.Count];
        var said = _matcher.Weigh(left, right, Comparison.Of(left, right), lines, out _) - threshold;
        var against = Faintest;
        foreach (var line in lines)
        {
            against -= Math.Min(0, line);
        }

        return Math.Clamp(said, -Math.Min(against, Loudest), Loudest);
    }
}
