namespace Plr.Core.Matching;

/// <summary>
/// Weighs how likely two persons are one, by Fellegi and Sunter: each field's agreement counts by how much oftener it is seen in one person than in two,
/// and an agreement on a rare value counts more. Immutable; to be shared between threads.
/// </summary>
public sealed class Matcher
{
    // Where somebody lives is told by several fields that are right or wrong together: the best counts in full, the others in part.
    private const double PartOfSecondPlace = 0.5;

    // How much an e-mail address counts that is made of the name.
    private const double PartOfEmail = 0.5;

    private readonly double _overRelatives;
    private readonly double _overTwins;
    private readonly double[][] _bits;
    private readonly Rarities _rarities;

    public Matcher(MatchWeights weights)
    {
        Weights = weights;
        Prior = Math.Log2(weights.MatchShare / (1 - weights.MatchShare));
        _overRelatives = Math.Log2(weights.MatchShare / weights.RelativeShare);
        _overTwins = Math.Log2(weights.MatchShare / weights.TwinShare);
        _bits = [.. Enum.GetValues<MatchField>().Select(field => LevelBits.Of(field, weights.Fields[field]))];
        _rarities = new(weights);
        Ceiling = new(_bits, _rarities.Most, new(Prior, _overRelatives, _overTwins), Rarities.PartOfNearlySame);
    }

    public MatchWeights Weights { get; }

    /// <summary>What a pair weighs before anything is compared, in bits: how unlikely any two are one person.</summary>
    public double Prior { get; }

    /// <summary>What two can weigh at most, without reading their names.</summary>
    internal Ceiling Ceiling { get; }

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

    /// <summary>What the rarity of one's own given and family name adds to an agreement on them.</summary>
    internal (double Given, double Family) RarityOfNames(in PersonView person) => _rarities.OfNames(person);

    internal double Weigh(in PersonView left, in PersonView right, MatchLevels levels, Span<double> lines, out Rivals rivals)
    {
        for (var field = 0; field < MatchFields.Count; field++)
        {
            var level = levels[(MatchField)field];
            lines[field] = level == 0 ? 0 : _bits[field][level] + _rarities.Of((MatchField)field, level, left, right);
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
}
