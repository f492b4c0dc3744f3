namespace Plr.Core.Matching;

/// <summary>What the rarity of each learner's names adds to an agreement on them, in two bytes: a ceiling in eighths of a bit.</summary>
internal sealed class NameRarities
{
    private const int Steps = 8;
    private const int Least = -16;
    private const int AtOnce = 1 << 14;

    private readonly byte[] _given;
    private readonly byte[] _family;

    public NameRarities(PackedPeople people, Matcher matcher, int workers)
    {
        _given = new byte[people.Count];
        _family = new byte[people.Count];
        Parallel.For(0, (people.Count + AtOnce - 1) / AtOnce, new ParallelOptions { MaxDegreeOfParallelism = workers }, chunk =>
        {
            Span<char> text = stackalloc char[PackedPeople.LongestText];
            for (var place = chunk * AtOnce; place < Math.Min(people.Count, (chunk + 1) * AtOnce); place++)
            {
                var (given, family) = matcher.RarityOfNames(people.View(place, text));
                _given[place] = Step(given);
                _family[place] = Step(family);
            }
        });
    }

    public double Given(int place) => Least + ((double)_given[place] / Steps);

    public double Family(int place) => Least + ((double)_family[place] / Steps);

    // A rarity beyond all sense is as good as none: names of a learner are never so rare.
    private static byte Step(double rarity) => (byte)Math.Clamp(Math.Ceiling((rarity - Least) * Steps), 0, byte.MaxValue);
}
