using System.Runtime.InteropServices;

namespace Plr.Core.Matching;

/// <summary>
/// How common given and family names are on a register. The shipped table counts as so many people, whom the register's are added to: a small register hardly changes it, a large one is
/// heard. A name is named only where at least <see cref="FewestHolders"/> people of different birth dates have it: fewer would say of somebody that they are on the register.
/// </summary>
internal static class NameFrequencies
{
    /// <summary>Names that fewer people have are not written, and count among the rest.</summary>
    public const int FewestHolders = 5;

    // What the shipped table counts as, in people.
    private const double FaithInShipped = 100_000;

    // No name is rarer than this part of what a name is that the shipped table does not have.
    private const double LeastOfShipped = 0.1;

    private const int Sums = 1 << 22;

    /// <summary>The weights with the tables of names of an index; other fields have none.</summary>
    public static Func<MatchWeights, MatchWeights> Of(FindIndex index, MatchWeights shipped)
    {
        var tables = new[] { MatchField.GivenName, MatchField.FamilyName }.ToDictionary(field => field, field => Of(index, field, shipped));
        return weights => weights with
        {
            Fields = weights.Fields.ToDictionary(pair => pair.Key, pair => tables.TryGetValue(pair.Key, out var own) ? pair.Value with { Rest = own.RestShare } : pair.Value),
            Frequencies = tables.ToDictionary(pair => pair.Key, pair => (IReadOnlyDictionary<string, double>)pair.Value.Shares),
        };
    }

    private static (Dictionary<string, double> Shares, double RestShare) Of(FindIndex index, MatchField field, MatchWeights shipped)
    {
        var (held, people) = Count(index.People, field);
        var usual = shipped.Frequencies.TryGetValue(field, out var named) ? named : new Dictionary<string, double>();
        var usualRest = shipped.Fields[field].Rest;
        double all = people + FaithInShipped;

        // A name that is left out is taken for as common as such a name can be; a register that is small beside the shipped table's people says nothing of it.
        var few = (FewestHolders - 1) * people / all;
        double Share(double count, double before) => (count + (FaithInShipped * before)) / all;

        var rest = Math.Max(Share(few, usualRest), LeastOfShipped * usualRest);
        var shares = new Dictionary<string, double>();
        foreach (var (name, before) in usual)
        {
            shares[name] = Math.Max(rest, Share(few, before));
        }

        foreach (var (name, holders) in held.Where(pair => pair.Value.AreEnough))
        {
            shares[name] = Math.Max(rest, Share(holders.Count, usual.TryGetValue(name, out var before) ? before : usualRest));
        }

        return (shares.Where(pair => pair.Value > rest).ToDictionary(), rest);
    }

    // Twice: a sum of all names that fall together says which are worth a place of their own. That needs memory for common names only.
    private static (Dictionary<string, Holders> Held, long People) Count(PackedPeople people, MatchField field)
    {
        var sums = new int[Sums];
        long all = 0;
        Each(people, field, (name, _) =>
        {
            all++;
            sums[BlockingKeys.Hash(name) % Sums]++;
        });
        var held = new Dictionary<string, Holders>();
        var byName = held.GetAlternateLookup<ReadOnlySpan<char>>();
        Each(people, field, (name, birthDate) =>
        {
            if (sums[BlockingKeys.Hash(name) % Sums] >= FewestHolders)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(byName, name, out _).Add(birthDate);
            }
        });
        return (held, all);
    }

    private delegate void TakeName(ReadOnlySpan<char> name, int birthDate);

    private static void Each(PackedPeople people, MatchField field, TakeName take)
    {
        Span<char> text = stackalloc char[PackedPeople.LongestText];
        for (var place = 0; place < people.Count; place++)
        {
            var person = people.View(place, text);
            var name = Rarities.Value(field, person, []);
            if (!name.IsEmpty)
            {
                take(name, person.BirthDate);
            }
        }
    }

    /// <summary>Who has a name: how many, and whether they are people enough. Records of one person mostly have one birth date.</summary>
    [StructLayout(LayoutKind.Auto)]
    private struct Holders
    {
        private int _first;
        private int _second;
        private int _third;
        private int _fourth;

        public int Count { get; private set; }

        public bool AreEnough { get; private set; }

        public void Add(int birthDate)
        {
            Count++;
            if (AreEnough || birthDate == _first || birthDate == _second || birthDate == _third || birthDate == _fourth)
            {
                return;
            }

            AreEnough = _fourth != 0;
            (_first, _second, _third, _fourth) = (birthDate, _first, _second, _third);
        }
    }
}
