using System.Collections.Frozen;
using System.Globalization;

namespace Plr.Core.Matching;

/// <summary>What it adds that two persons share a rare value rather than a common one, by the frequency tables of the weights.</summary>
internal sealed class Rarities
{
    /// <summary>How much of a name's rarity a name counts that is nearly the same.</summary>
    public const double PartOfNearlySame = 0.5;

    // Rarities are kept as single numbers.
    private const double Rounding = 1e-5;

    private readonly double[] _rest = new double[MatchFields.Count];
    private readonly bool[] _hasTable = new bool[MatchFields.Count];
    private readonly FrozenDictionary<string, float>.AlternateLookup<ReadOnlySpan<char>>[] _rarity = new FrozenDictionary<string, float>.AlternateLookup<ReadOnlySpan<char>>[MatchFields.Count];

    public Rarities(MatchWeights weights)
    {
        foreach (var field in Enum.GetValues<MatchField>())
        {
            Take(field, weights);
        }

        Most = [.. _rest.Zip(Enum.GetValues<MatchField>(), (rest, field) => Rarest(weights, field, rest))];
    }

    /// <summary>The most that a field's rarity adds, by field.</summary>
    public double[] Most { get; }

    private static double Rarest(MatchWeights weights, MatchField field, double rest) => weights.Frequencies.TryGetValue(field, out var shares) && shares.Count > 0
        ? Math.Max(rest, Math.Log2(weights.Fields[field].Chance[MatchFields.Best(field)] / shares.Values.Min()) + Rounding)
        : rest;

    private void Take(MatchField field, MatchWeights weights)
    {
        var own = weights.Fields[field];
        var common = own.Chance[MatchFields.Best(field)];
        _rest[(int)field] = own.Rest > 0 ? Math.Log2(common / own.Rest) : 0;
        var table = weights.Frequencies.TryGetValue(field, out var shares) ? shares : FrozenDictionary<string, double>.Empty;
        _hasTable[(int)field] = table.Count > 0;
        _rarity[(int)field] = table
            .ToFrozenDictionary(value => value.Key, value => (float)Math.Log2(common / value.Value))
            .GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>How much an agreement on this value is worth beside one on a value of average frequency, in bits.</summary>
    public double Of(MatchField field, int level, in PersonView left, in PersonView right)
    {
        var best = MatchFields.Best(field);
        var isName = field is MatchField.GivenName or MatchField.FamilyName;
        if (level < best && !(isName && level >= NameComparison.SoundsAlike))
        {
            return 0;
        }

        var bits = _rest[(int)field];
        if (_hasTable[(int)field])
        {
            Span<char> a = stackalloc char[8];
            Span<char> b = stackalloc char[8];
            var value = Value(field, left, a);
            var other = Value(field, right, b);
            bits = OfValue(field, value);
            bits = value.SequenceEqual(other) ? bits : Math.Min(bits, OfValue(field, other));
        }

        return level == best ? bits : bits * PartOfNearlySame;
    }

    /// <summary>What the rarity of one's own given and family name adds to an agreement on them.</summary>
    public (double Given, double Family) OfNames(in PersonView person) =>
        (OfValue(MatchField.GivenName, NameComparison.First(person[Slot.Given])), OfValue(MatchField.FamilyName, person[Slot.Family]));

    private double OfValue(MatchField field, ReadOnlySpan<char> value) =>
        _rarity[(int)field].TryGetValue(value, out var bits) ? bits : _rest[(int)field];

    /// <summary>The value whose frequency counts.</summary>
    public static ReadOnlySpan<char> Value(MatchField field, in PersonView person, Span<char> date)
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
