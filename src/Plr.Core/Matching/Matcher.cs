using System.Collections.Frozen;
using System.Globalization;

namespace Plr.Core.Matching;

/// <summary>
/// Weighs how likely two persons are one, by Fellegi and Sunter: each field's agreement counts by how much oftener it is seen in one person than in two,
/// and an agreement on a rare value counts more. Immutable; to be shared between threads.
/// </summary>
public sealed class Matcher
{
    // Where somebody lives is told by several fields that are right or wrong together: the best counts in full, the others in part.
    private const double PartOfSecondPlace = 0.5;

    // How much of a name's rarity a name counts that is nearly the same, and of an e-mail address that is made of the name.
    private const double PartOfRarity = 0.5;
    private const double PartOfEmail = 0.5;

    // Rarities are kept as single numbers.
    private const double RarityRounding = 1e-5;

    private readonly double _overRelatives;
    private readonly double _overTwins;
    private readonly double[][] _bits;
    private readonly double[] _restBits;
    private readonly bool[] _hasTable = new bool[MatchFields.Count];
    private readonly FrozenDictionary<string, float>.AlternateLookup<ReadOnlySpan<char>>[] _rarity;

    public Matcher(MatchWeights weights)
    {
        Weights = weights;
        Prior = Math.Log2(weights.MatchShare / (1 - weights.MatchShare));
        _overRelatives = Math.Log2(weights.MatchShare / weights.RelativeShare);
        _overTwins = Math.Log2(weights.MatchShare / weights.TwinShare);
        _bits = new double[MatchFields.Count][];
        _restBits = new double[MatchFields.Count];
        _rarity = new FrozenDictionary<string, float>.AlternateLookup<ReadOnlySpan<char>>[MatchFields.Count];
        foreach (var field in Enum.GetValues<MatchField>())
        {
            Take(field, weights);
        }

        var mostRarity = _restBits.Zip(Enum.GetValues<MatchField>(), (rest, field) => Rarest(weights, field, rest)).ToArray();
        Ceiling = new(_bits, mostRarity, new(Prior, _overRelatives, _overTwins), PartOfRarity);
    }

    public MatchWeights Weights { get; }

    /// <summary>What a pair weighs before anything is compared, in bits: how unlikely any two are one person.</summary>
    public double Prior { get; }

    /// <summary>What two can weigh at most, without reading their names.</summary>
    internal Ceiling Ceiling { get; }

    private static double Rarest(MatchWeights weights, MatchField field, double rest) => weights.Frequencies.TryGetValue(field, out var shares) && shares.Count > 0
        ? Math.Max(rest, Math.Log2(weights.Fields[field].Chance[MatchFields.Best(field)] / shares.Values.Min()) + RarityRounding)
        : rest;

    private void Take(MatchField field, MatchWeights weights)
    {
        var own = weights.Fields[field];
        _bits[(int)field] = Ordered(field, own);
        var common = own.Chance[MatchFields.Best(field)];
        _restBits[(int)field] = own.Rest > 0 ? Math.Log2(common / own.Rest) : 0;
        var table = weights.Frequencies.TryGetValue(field, out var shares) ? shares : FrozenDictionary<string, double>.Empty;
        _hasTable[(int)field] = table.Count > 0;
        _rarity[(int)field] = table
            .ToFrozenDictionary(value => value.Key, value => (float)Math.Log2(common / value.Value))
            .GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>
    /// The weights of a field's levels in bits. A better level never weighs less than a worse one, whatever few pairs taught: neighbours that are out of order
    /// are joined. Whether names are swapped is no agreement: it costs what swapping is rare.
    /// </summary>
    public static double[] Ordered(MatchField field, FieldWeights weights)
    {
        var bits = new double[weights.Match.Count];
        if (field == MatchField.NameOrder)
        {
            bits[1] = Math.Min(-1, Math.Log2(weights.Match[1]));
            return bits;
        }

        for (var level = 1; level < bits.Length; level++)
        {
            bits[level] = Math.Log2(weights.Match[level] / weights.Chance[level]);
        }

        // Pools adjacent violators, each level as heavy as it is seen.
        for (var from = 1; from < bits.Length; from++)
        {
            for (var level = from; level > 1 && bits[level] < bits[level - 1]; level--)
            {
                Pool(weights, bits, level);
            }
        }

        return bits;
    }

    private static void Pool(FieldWeights weights, double[] bits, int level)
    {
        var first = level - 1;
        while (first > 1 && bits[first - 1] == bits[level - 1])
        {
            first--;
        }

        var last = level;
        while (last + 1 < bits.Length && bits[last + 1] == bits[level])
        {
            last++;
        }

        double m = 0;
        double u = 0;
        for (var at = first; at <= last; at++)
        {
            m += weights.Match[at];
            u += weights.Chance[at];
        }

        bits.AsSpan(first, last - first + 1).Fill(Math.Log2(m / u));
    }

    /// <summary>The sum in bits of a pair that was compared.</summary>
    public double Weigh(in PersonView left, in PersonView right, MatchLevels levels)
    {
        Span<double> lines = stackalloc double[MatchFields.Count];
        return Weigh(left, right, levels, lines, out _);
    }

    /// <summary>Compares and weighs.</summary>
    public double Weigh(in PersonView left, in PersonView right) => Weigh(left, right, Comparison.Of(left, right));

    /// <summary>Compares, weighs and gives the reasons.</summary>
    public Judgement Judge(in PersonView left, in PersonView right)
    {
        var levels = Comparison.Of(left, right);
        Span<double> lines = stackalloc double[MatchFields.Count];
        var sum = Weigh(left, right, levels, lines, out _);
        var evidence = new List<Evidence>();
        for (var field = 0; field < MatchFields.Count; field++)
        {
            if (levels[(MatchField)field] > 0 && !((MatchField)field == MatchField.NameOrder && levels[MatchField.NameOrder] == 2))
            {
                evidence.Add(new((MatchField)field, levels[(MatchField)field], lines[field]));
            }
        }

        return new(sum, evidence);
    }

    /// <summary>The probability of a sum in bits.</summary>
    public static double Probability(double weight) => 1 / (1 + double.Exp2(-Math.Clamp(weight, -500, 500)));

    internal double Weigh(in PersonView left, in PersonView right, MatchLevels levels, Span<double> lines, out Rivals rivals)
    {
        for (var field = 0; field < MatchFields.Count; field++)
        {
            var level = levels[(MatchField)field];
            lines[field] = level == 0 ? 0 : _bits[field][level] + Rarity((MatchField)field, level, left, right);
        }

        WeighPlaces(lines);
        WeighEmail(levels, lines);
        rivals = RivalsOf(levels, lines);

        // The family name is the line that pays: it is what relatives share.
        lines[(int)MatchField.FamilyName] += rivals.Sum - rivals.Strangers;
        return rivals.Sum;
    }

    private static double Sum(ReadOnlySpan<double> lines)
    {
        double sum = 0;
        foreach (var line in lines)
        {
            sum += line;
        }

        return sum;
    }

    /// <summary>
    /// How much likelier one person is than each other explanation, in bits, before the family name's line pays for it. Two who share a family name may be relatives
    /// rather than strangers: then neither the name nor the address tells them apart, and of twins not the birth date; the given name does, first of all.
    /// </summary>
    internal Rivals RivalsOf(MatchLevels levels, ReadOnlySpan<double> lines)
    {
        var strangers = Prior + Sum(lines);
        if (levels[MatchField.FamilyName] < NameComparison.SoundsAlike)
        {
            return new(strangers, double.PositiveInfinity, double.PositiveInfinity);
        }

        var own = lines[(int)MatchField.GivenName] + lines[(int)MatchField.MiddleName] + lines[(int)MatchField.Gender]
            + lines[(int)MatchField.Email] + lines[(int)MatchField.Identifier] + lines[(int)MatchField.Occupation];
        var areTwins = levels[MatchField.BirthDate] >= BirthDates.OneSlip;
        return new(strangers, _overRelatives + own + lines[(int)MatchField.BirthDate], areTwins ? _overTwins + own : double.PositiveInfinity);
    }

    // Postcode, street, town, school and place of birth say where; they agree and differ together, with a household and with a move.
    private static void WeighPlaces(Span<double> lines)
    {
        ReadOnlySpan<MatchField> places = [MatchField.Postcode, MatchField.Address, MatchField.Town, MatchField.School, MatchField.PlaceOfBirth];
        var best = places[0];
        var worst = places[0];
        foreach (var place in places)
        {
            best = lines[(int)place] > lines[(int)best] ? place : best;
            worst = lines[(int)place] < lines[(int)worst] ? place : worst;
        }

        foreach (var place in places)
        {
            if (place != best && place != worst)
            {
                lines[(int)place] *= PartOfSecondPlace;
            }
            else if ((place == best) != (lines[(int)place] > 0) && best != worst)
            {
                // The best of those that all differ, and the worst of those that all agree, are no news either.
                lines[(int)place] *= PartOfSecondPlace;
            }
        }
    }

    // An address that is made of the name resembles another one because the names do.
    private static void WeighEmail(MatchLevels levels, Span<double> lines)
    {
        if (levels[MatchField.Email] == 2 && (levels[MatchField.GivenName] >= NameComparison.OtherName || levels[MatchField.FamilyName] >= NameComparison.OtherName))
        {
            lines[(int)MatchField.Email] *= PartOfEmail;
        }
    }

    // How much an agreement on this value is worth beside one on a value of average frequency.
    private double Rarity(MatchField field, int level, in PersonView left, in PersonView right)
    {
        var best = MatchFields.Best(field);
        var isName = field is MatchField.GivenName or MatchField.FamilyName;
        if (level < best && !(isName && level >= NameComparison.SoundsAlike))
        {
            return 0;
        }

        var bits = _restBits[(int)field];
        if (_hasTable[(int)field])
        {
            Span<char> a = stackalloc char[8];
            Span<char> b = stackalloc char[8];
            var value = Value(field, left, a);
            var other = Value(field, right, b);
            bits = OfValue(field, value);
            bits = value.SequenceEqual(other) ? bits : Math.Min(bits, OfValue(field, other));
        }

        return level == best ? bits : bits * PartOfRarity;
    }

    /// <summary>What the rarity of one's own given and family name adds to an agreement on them.</summary>
    internal (double Given, double Family) RarityOfNames(in PersonView person) =>
        (OfValue(MatchField.GivenName, NameComparison.First(person[Slot.Given])), OfValue(MatchField.FamilyName, person[Slot.Family]));

    private double OfValue(MatchField field, ReadOnlySpan<char> value) =>
        _rarity[(int)field].TryGetValue(value, out var bits) ? bits : _restBits[(int)field];

    /// <summary>The value whose frequency counts.</summary>
    internal static ReadOnlySpan<char> Value(MatchField field, in PersonView person, Span<char> date)
    {
        switch (field)
        {
            case MatchField.GivenName:
                return NameComparison.First(person[Slot.Given]);
            case MatchField.FamilyName:
                return person[Slot.Family];
            case MatchField.BirthDate:
                person.BirthDate.TryFormat(date, out var written, "D8", CultureInfo.InvariantCulture);
                return date[..written];
            case MatchField.Postcode:
                return person[Slot.Postcode];
            case MatchField.Email:
                return person[Slot.Email];
            case MatchField.PlaceOfBirth:
                return person[Slot.PlaceOfBirth];
            case MatchField.School:
                return person[Slot.School];
            case MatchField.Address:
                return person[Slot.Address];
            case MatchField.Town:
                return person[Slot.Town];
            case MatchField.Identifier:
                return person[Slot.Identifier];
            case MatchField.Occupation:
                return person[Slot.Occupation];
            default:
                return [];
        }
    }
}
