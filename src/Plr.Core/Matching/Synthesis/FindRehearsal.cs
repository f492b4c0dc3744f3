using Plr.Core.Demo;
using Plr.Core.Learners;

namespace Plr.Core.Matching.Synthesis;

/// <summary>What came of the searches of one kind.</summary>
/// <param name="Name">What was wrong with them.</param>
/// <param name="Searches">How many there were.</param>
/// <param name="Found">The right learner was in the answer, of ten at most.</param>
/// <param name="First">The right learner was its first.</param>
/// <param name="Offered">Somebody was offered.</param>
/// <param name="Exact">Somebody was offered as exact.</param>
public sealed record Rehearsed(string Name, int Searches, int Found, int First, int Offered, int Exact);

/// <summary>
/// Looks invented people up in a register of invented people: with one fault, with two of different kinds, people who are not on it, and twins whose
/// other half is. A search has the five demographics and no more, unless it tells a previous name.
/// </summary>
public sealed class FindRehearsal
{
    private const int Answer = 10;

    private readonly List<PersonText> _people;
    private readonly List<SyntheticPerson> _twins = [];
    private readonly FindIndex _index = new();
    private readonly Matcher _matcher;
    private readonly FaultMaker _faults;
    private readonly DemoRandom _random;
    private readonly ulong _seed;
    private readonly double _threshold;

    public FindRehearsal(int learners, ulong seed, MatchWeights weights, double threshold = FindIndex.Possible)
    {
        _seed = seed;
        _threshold = threshold;
        _people = new(learners);
        _faults = new(seed + 1);
        _random = new(seed + 2);
        foreach (var person in new SyntheticPeople(seed).Make(learners))
        {
            _people.Add(person.Text);
            _index.Add((uint)_people.Count - 1, PreparedPerson.Of(person.Text));
            if (person.TwinOf is not null)
            {
                _twins.Add(person);
            }
        }

        _index.Seal();
        _matcher = new(FindIndex.WeightsFor(weights, learners));
    }

    /// <summary>The index, for its size.</summary>
    public FindIndex Index => _index;

    /// <summary>Searches with no fault and with one of each kind.</summary>
    public IEnumerable<Rehearsed> One(int searches) =>
        [Rehearse("none", searches, []), .. Enum.GetValues<Fault>().Select(fault => Rehearse(fault.ToString(), searches, [fault]))];

    /// <summary>Searches with two faults of different kinds, pair by pair.</summary>
    public IEnumerable<Rehearsed> Two(int searches) =>
        Enum.GetValues<Fault>().SelectMany(one => Enum.GetValues<Fault>().Where(two => two > one), (one, two) => Rehearse($"{one} and {two}", searches, [one, two]));

    /// <summary>People of the same make who are not on the register.</summary>
    public Rehearsed Strangers(int searches)
    {
        var tally = new Tally();
        foreach (var person in new SyntheticPeople(_seed + 1_000_003).Make(searches))
        {
            Look(person.Text, -1, tally);
        }

        return tally.Of("not on the register");
    }

    /// <summary>Twins, each looked up where only the other one would be exact if anybody were.</summary>
    public Rehearsed Twins(int searches)
    {
        var tally = new Tally();
        foreach (var twin in _twins.Take(searches))
        {
            Look(twin.Text, (int)twin.Number - 1, tally, countsExactOfOthersOnly: true);
        }

        return tally.Of("twins");
    }

    private Rehearsed Rehearse(string name, int searches, Fault[] faults)
    {
        var tally = new Tally();
        var tries = 0;
        while (tally.Searches < searches && tries++ < searches * 50)
        {
            var number = _random.Below(_people.Count);
            var asked = _people[number];
            foreach (var fault in faults)
            {
                asked = asked is null ? null : _faults.Make(fault, asked);
            }

            if (asked is not null && (faults.Length == 0 || asked != _people[number]))
            {
                Look(asked, number, tally);
            }
        }

        return tally.Of(name);
    }

    private void Look(PersonText asked, int right, Tally tally, bool countsExactOfOthersOnly = false)
    {
        Span<Candidate> answer = stackalloc Candidate[Answer];
        var five = new PersonText
        {
            GivenName = asked.GivenName,
            FamilyName = asked.FamilyName,
            PreviousFamilyName = asked.PreviousFamilyName,
            BirthDate = asked.BirthDate,
            Gender = asked.Gender,
            Postcode = asked.Postcode,
        };
        var found = _index.Search(PreparedPerson.Of(five).View, _matcher, _threshold, answer);
        tally.Searches++;
        tally.Offered += found > 0 ? 1 : 0;
        if (found > Answer)
        {
            return;
        }

        for (var at = 0; at < found; at++)
        {
            var isRight = (int)answer[at].Number == right;
            tally.Found += isRight ? 1 : 0;
            tally.First += isRight && at == 0 ? 1 : 0;
            tally.Exact += (!isRight || !countsExactOfOthersOnly) && AreExact(asked, _people[(int)answer[at].Number]) ? 1 : 0;
        }
    }

    /// <summary>Whether the five demographics are equal (DOSSIER §4.2).</summary>
    private static bool AreExact(PersonText left, PersonText right) =>
        left.BirthDate == right.BirthDate && left.Gender == right.Gender
        && Names.EqualIgnoringCase(left.GivenName, right.GivenName) && Names.EqualIgnoringCase(left.FamilyName, right.FamilyName)
        && Postcode.Fold(left.Postcode) == Postcode.Fold(right.Postcode);

    private sealed class Tally
    {
        public int Searches { get; set; }

        public int Found { get; set; }

        public int First { get; set; }

        public int Offered { get; set; }

        public int Exact { get; set; }

        public Rehearsed Of(string name) => new(name, Searches, Found, First, Offered, Exact);
    }
}
