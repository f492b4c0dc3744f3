using System.Runtime.InteropServices;

namespace Plr.Core.Matching;

/// <summary>Somebody who may be the person looked for.</summary>
/// <param name="Number">The number under which they were added.</param>
/// <param name="Weight">In bits, as of <see cref="Matcher"/>.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Candidate(uint Number, double Weight);

/// <summary>
/// Learners in memory, found by what is right of what is asked: packed records of the names, postcode, birth date and gender, and one hashed table of the blocking keys of all
/// of them (<see cref="BlockingKeys.Indexed"/>). A cache: what it finds is read again from the store before anybody sees it. A search does bounded work,
/// whatever the name. Filled, then sealed, then read by any number of threads.
/// </summary>
public sealed class FindIndex
{
    /// <summary>More members than these of one key are not looked at: such a key tells nothing, another one does.</summary>
    public const int MostOfOneKey = 256;

    /// <summary>More candidates than these are not weighed in one search.</summary>
    public const int MostWeighed = 1024;

    /// <summary>Who weighs more than this, in bits, may be the person. Lower finds few more, and offers strangers to many who are not on the register.</summary>
    public const double Possible = 1;

    /// <summary>Of those who have one e-mail address, as many as a household may be.</summary>
    public const int MostOfOneEmail = 8;

    private readonly PackedPeople _people = new();
    private KeyParts? _keys = new();
    private KeyTable _table = KeyTable.Empty;

    /// <summary>How many are in it.</summary>
    public int Count => _people.Count;

    /// <summary>What it takes of memory, in bytes.</summary>
    public long Bytes => _people.Bytes + _table.Bytes;

    internal PackedPeople People => _people;

    internal KeyTable Table => _table;

    /// <summary>Adds somebody under a number of the caller's, before it is sealed.</summary>
    public void Add(uint number, PreparedPerson person)
    {
        Span<ulong> keys = stackalloc ulong[BlockingKeys.MostIndexed];
        Filling.Add(_people.Count, keys[..BlockingKeys.Indexed(person.View, keys)]);
        _people.Add(number, person);
    }

    internal void Add(PreparedPeople people)
    {
        people.AddKeys(Filling, _people.Count);
        _people.AddAll(people.People);
    }

    /// <summary>Makes the table of keys, once: who is looked for is found from then on, and nobody is added.</summary>
    public void Seal()
    {
        _people.Trim();
        _table = KeyTable.Of(Filling);
        _keys = null;
    }

    private KeyParts Filling => _keys ?? throw new InvalidOperationException("The index is sealed.");

    /// <summary>Whether a number is in it, also of somebody who is no longer to be found. Sealed first.</summary>
    public bool Has(uint number) => _people.PlaceOf(number) >= 0;

    /// <summary>The numbers of those who have the e-mail address that is asked for; answers how many.</summary>
    public int WithEmail(in PersonView asked, Span<uint> numbers)
    {
        var count = 0;
        if (BlockingKeys.OfEmail(asked) is { } key)
        {
            var place = _table.PlaceOf(key);
            foreach (var entry in _table.Entries(place.Bucket))
            {
                if (entry.Tag == place.Tag && count < numbers.Length)
                {
                    numbers[count++] = _people.Number(entry.Place);
                }
            }
        }

        return count;
    }

    /// <summary>Everybody in it with a digest of what is packed of them, 0 for those who are no longer to be found; sealed first.</summary>
    public IEnumerable<(uint Number, ulong Digest)> Contents() => Enumerable.Range(0, _people.Count).Select(place => (_people.Number(place), _people.Digest(place)));

    /// <summary>Two indexes as one, sealed: where a number is in both, as the newer has it.</summary>
    /// <param name="newer">Sealed.</param>
    /// <param name="older">Sealed.</param>
    /// <param name="keepGone">Whether those who are no longer to be found stay, since there is a still older index that has them.</param>
    public static FindIndex Join(FindIndex newer, FindIndex older, bool keepGone)
    {
        var joined = new FindIndex();
        joined._people.AddJoined(newer._people, older._people, keepGone);
        joined.AddKeys();
        joined.Seal();
        return joined;
    }

    private void AddKeys()
    {
        Span<ulong> keys = stackalloc ulong[BlockingKeys.MostIndexed + 1];
        Span<char> text = stackalloc char[PackedPeople.LongestText];
        for (var place = 0; place < _people.Count; place++)
        {
            var count = BlockingKeys.Indexed(_people.View(place, text), keys[..BlockingKeys.MostIndexed]);
            if (BlockingKeys.OfEmail(_people.Email(place)) is { } email)
            {
                keys[count++] = email;
            }

            Filling.Add(place, keys[..count]);
        }
    }

    /// <summary>Those who weigh more than the threshold, the likeliest first, as many as the answer holds; how many they are in all is the answer.</summary>
    /// <param name="asked">Who is looked for.</param>
    /// <param name="matcher">Weighs; its share should be one in as many as are in the index (<see cref="WeightsFor"/>).</param>
    /// <param name="threshold">In bits.</param>
    /// <param name="answer">Where the candidates are written.</param>
    public int Search(in PersonView asked, Matcher matcher, double threshold, Span<Candidate> answer)
    {
        Span<ulong> keys = stackalloc ulong[BlockingKeys.MostIndexed];
        Span<int> places = stackalloc int[MostWeighed];
        var count = _table.Gather(keys[..BlockingKeys.Indexed(asked, keys)], places);
        Span<Sketch> own = stackalloc Sketch[Sketch.Most];
        own = own[..Sketch.OfEachName(asked, own)];
        var rarity = matcher.RarityOfNames(asked);
        count = Glance(matcher.Ceiling, threshold, own, rarity, places[..count]);
        places[..count].Sort();
        _people.Touch(places[..count]);
        Span<char> text = stackalloc char[PackedPeople.LongestText];
        var found = 0;
        var last = -1;
        foreach (var place in places[..count])
        {
            if (place == last)
            {
                continue;
            }

            last = place;
            var person = _people.View(place, text);
            if (!MayExceed(matcher, threshold, own, rarity, person))
            {
                continue;
            }

            var weight = matcher.Weigh(asked, person);
            if (weight > threshold)
            {
                Insert(answer, found++, new(_people.Number(place), weight));
            }
        }

        return found;
    }

    // Keeps those that may weigh more than the threshold, at the beginning; how many.
    private int Glance(Ceiling ceiling, double threshold, ReadOnlySpan<Sketch> own, (double Given, double Family) rarity, Span<int> places)
    {
        var sketches = _people.Sketches;
        _people.TouchSketches(places);
        var kept = 0;
        foreach (var place in places)
        {
            if (ceiling.MayExceed(threshold, own, sketches.Slice(place, 1), rarity.Given, rarity.Family))
            {
                places[kept++] = place;
            }
        }

        return kept;
    }

    // A second glance, when the names are read anyway: how common they are, and each name of who has several.
    private static bool MayExceed(Matcher matcher, double threshold, ReadOnlySpan<Sketch> own, (double Given, double Family) rarity, in PersonView person)
    {
        Span<Sketch> sketches = stackalloc Sketch[Sketch.Most];
        var (given, family) = matcher.RarityOfNames(person);
        return matcher.Ceiling.MayExceed(threshold, own, sketches[..Sketch.OfEachName(person, sketches)], Math.Min(given, rarity.Given), Math.Min(family, rarity.Family));
    }

    private static void Insert(Span<Candidate> answer, int found, Candidate candidate)
    {
        var at = Math.Min(found, answer.Length);
        while (at > 0 && answer[at - 1].Weight < candidate.Weight)
        {
            if (at < answer.Length)
            {
                answer[at] = answer[at - 1];
            }

            at--;
        }

        if (at < answer.Length)
        {
            answer[at] = candidate;
        }
    }

    /// <summary>Weights for looking somebody up among so many.</summary>
    public static MatchWeights WeightsFor(MatchWeights weights, int count)
    {
        double people = Math.Max(2, count);
        return weights with { MatchShare = 1 / people, RelativeShare = 0.6 / people, TwinShare = 0.03 / people };
    }
}
