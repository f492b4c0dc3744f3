namespace Plr.Core.Matching;

/// <summary>
/// Puts records into groups, one a person, from pairs that were weighed: the likeliest first, two groups become one when their members taken together
/// agree more than they contradict each other (average linkage). So a record that says little joins through another that says more, and one strong pair does
/// not chain two persons together whose other records differ.
/// </summary>
public sealed class Grouping
{
    // No single pair may outvote the rest; and pairs beyond these many of two large groups add nothing.
    private const double Loudest = 12;
    private const int MostAsked = 40;

    private readonly IReadOnlyList<PreparedPerson> _people;
    private readonly Matcher _matcher;
    private readonly int[] _groups;
    private readonly Dictionary<int, List<int>> _members = [];

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
        if (Linkage(small, large, threshold) <= 0)
        {
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
                var said = _matcher.Weigh(_people[one[i]].View, _people[other[j]].View) - threshold;
                sum += Math.Clamp(said, -Loudest, Loudest);
                weight++;
            }
        }

        return sum / weight;
    }
}
