namespace Plr.Core.Matching;

/// <summary>
/// How common values are among people, told from records of which several may be one person's: a value that four records of one person have is as
/// rare as one that one record has.
/// </summary>
internal static class Frequencies
{
    // A value's share is known no better than by half a person.
    private const double Doubt = 0.5;

    /// <summary>The weights with frequency tables counted from the people.</summary>
    public static MatchWeights Add(MatchWeights weights, IReadOnlyList<PreparedPerson> people, IReadOnlyList<ComparedPair> pairs)
    {
        var matcher = new Matcher(weights with { Frequencies = new Dictionary<MatchField, IReadOnlyDictionary<string, double>>() });
        var likely = new List<(ComparedPair Pair, double Probability)>();
        foreach (var pair in pairs)
        {
            var probability = Matcher.Probability(matcher.Weigh(people[pair.Left].View, people[pair.Right].View, pair.Levels));
            if (probability > 0.01)
            {
                likely.Add((pair, probability));
            }
        }

        var tables = new Dictionary<MatchField, IReadOnlyDictionary<string, double>>();
        var fields = new Dictionary<MatchField, FieldWeights>(weights.Fields);
        foreach (var field in Enum.GetValues<MatchField>().Where(field => field is not (MatchField.NameOrder or MatchField.Gender or MatchField.MiddleName)))
        {
            var (table, rest) = Of(field, people, likely);
            if (table.Count > 0 || rest > 0)
            {
                tables[field] = table;
                fields[field] = fields[field] with { Rest = rest };
            }
        }

        return weights with { Fields = fields, Frequencies = tables };
    }

    private static (Dictionary<string, double> Table, double RestShare) Of(MatchField field, IReadOnlyList<PreparedPerson> people, List<(ComparedPair Pair, double Probability)> likely)
    {
        var records = new Dictionary<string, double>();
        var together = new Dictionary<string, double>();
        double all = 0;
        double same = 0;
        Span<char> date = stackalloc char[8];
        foreach (var person in people)
        {
            var value = Rarities.Value(field, person.View, date);
            if (!value.IsEmpty && !(field == MatchField.BirthDate && person.BirthDate == 0))
            {
                var text = value.ToString();
                records[text] = records.GetValueOrDefault(text) + 1;
                all++;
            }
        }

        foreach (var (pair, probability) in likely)
        {
            if (pair.Levels[field] > 0)
            {
                same += probability;
            }

            if (pair.Levels[field] == MatchFields.Best(field))
            {
                var value = Rarities.Value(field, people[pair.Left].View, date).ToString();
                together[value] = together.GetValueOrDefault(value) + probability;
            }
        }

        if (all == 0)
        {
            return ([], 0);
        }

        var persons = all * all / (all + (2 * same));
        var table = new Dictionary<string, double>();
        foreach (var (value, count) in records)
        {
            var holders = count * count / (count + (2 * together.GetValueOrDefault(value)));
            if (holders >= 1.5)
            {
                table[value] = Math.Min(1, (holders - Doubt) / persons);
            }
        }

        return (table, Math.Min(1, Doubt / persons));
    }
}
