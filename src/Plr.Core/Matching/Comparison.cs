namespace Plr.Core.Matching;

/// <summary>Compares two persons field by field. Symmetric, pure, and without allocation: the duplicate scan does it a hundred million times.</summary>
public static class Comparison
{
    // Roughly what a level of a name is worth, only to tell whether two names are written in each other's place.
    private static ReadOnlySpan<sbyte> Worth => [0, -4, 0, 2, 5, 6, 7, 9];

    private const int CostOfSwapping = 6;

    /// <summary>The level of each field (<see cref="MatchFields"/>).</summary>
    public static MatchLevels Of(in PersonView left, in PersonView right)
    {
        var given = OfGivenNames(left, right);
        var family = OfFamilyNames(left, right);
        var order = 0;
        if (given != 0 || family != 0)
        {
            order = 2;
        }

        // Names that differ may stand in each other's place; also when only one of the two is there.
        if (given < NameComparison.SoundsAlike || family < NameComparison.SoundsAlike)
        {
            var needed = Worth[given] + Worth[family] + CostOfSwapping;
            var crossed = NameComparison.OfFamily(left[Slot.Given], right[Slot.Family]);
            var crossedBack = Worth[crossed] + Worth[NameComparison.Equal] > needed ? NameComparison.OfFamily(left[Slot.Family], right[Slot.Given]) : 0;
            if (Worth[crossed] + Worth[crossedBack] > needed)
            {
                // The better of the two counts as the family name: who shares one name only may be a relative.
                (given, family, order) = (Math.Min(crossed, crossedBack), Math.Max(crossed, crossedBack), 1);
            }
        }

        return default(MatchLevels)
            .With(MatchField.GivenName, given)
            .With(MatchField.MiddleName, NameComparison.OfMiddle(Middle(left), Middle(right)))
            .With(MatchField.FamilyName, family)
            .With(MatchField.NameOrder, order)
            .With(MatchField.BirthDate, BirthDates.Compare(left.BirthDate, right.BirthDate))
            .With(MatchField.Gender, left.Gender is 0 or 9 || right.Gender is 0 or 9 ? 0 : left.Gender == right.Gender ? 2 : 1)
            .With(MatchField.Postcode, TextComparison.OfPostcodes(left[Slot.Postcode], right[Slot.Postcode]))
            .With(MatchField.Email, TextComparison.OfEmails(left[Slot.Email], right[Slot.Email]))
            .With(MatchField.PlaceOfBirth, TextComparison.OfTexts(left[Slot.PlaceOfBirth], right[Slot.PlaceOfBirth]))
            .With(MatchField.School, TextComparison.OfTexts(left[Slot.School], right[Slot.School]))
            .With(MatchField.Address, TextComparison.OfTexts(left[Slot.Address], right[Slot.Address]))
            .With(MatchField.Town, TextComparison.OfTexts(left[Slot.Town], right[Slot.Town]))
            .With(MatchField.Identifier, TextComparison.OfIdentifiers(left[Slot.Identifier], right[Slot.Identifier]))
            .With(MatchField.Occupation, TextComparison.OfTexts(left[Slot.Occupation], right[Slot.Occupation]));
    }

    /// <summary>The given names, or a preferred or middle name that is used in their place.</summary>
    private static int OfGivenNames(in PersonView left, in PersonView right)
    {
        var level = NameComparison.OfGiven(left[Slot.Given], right[Slot.Given]);
        if (level is 0 or >= NameComparison.OtherName)
        {
            return level;
        }

        level = Math.Max(level, AsOther(NameComparison.OfGiven(left[Slot.Preferred], right[Slot.Given])));
        level = Math.Max(level, AsOther(NameComparison.OfGiven(left[Slot.Given], right[Slot.Preferred])));
        level = Math.Max(level, AsOther(NameComparison.OfGiven(left[Slot.Preferred], right[Slot.Preferred])));
        level = Math.Max(level, AsMiddle(left[Slot.Middle], right[Slot.Given]));
        return Math.Max(level, AsMiddle(right[Slot.Middle], left[Slot.Given]));
    }

    private static int OfFamilyNames(in PersonView left, in PersonView right)
    {
        var level = NameComparison.OfFamily(left[Slot.Family], right[Slot.Family]);
        if (level is 0 or >= NameComparison.OtherName)
        {
            return level;
        }

        var a = left[Slot.OtherFamily];
        var b = right[Slot.OtherFamily];
        if (a.IsEmpty && b.IsEmpty)
        {
            return level;
        }

        level = Math.Max(level, AsOther(NameComparison.OfFamily(a, right[Slot.Family])));
        level = Math.Max(level, AsOther(NameComparison.OfFamily(left[Slot.Family], b)));
        return Math.Max(level, AsOther(NameComparison.OfFamily(a, b)));
    }

    private static int AsOther(int level) => level switch
    {
        NameComparison.Equal or NameComparison.OneLetter => NameComparison.OtherName,
        NameComparison.OtherName or NameComparison.SoundsAlike => level,
        _ => 0,
    };

    private static int AsMiddle(ReadOnlySpan<char> middle, ReadOnlySpan<char> given) =>
        NameComparison.OfGiven(middle, given) == NameComparison.Equal ? NameComparison.OtherName : 0;

    /// <summary>The middle names, or what follows the first given name.</summary>
    private static ReadOnlySpan<char> Middle(in PersonView person)
    {
        var middle = person[Slot.Middle];
        if (!middle.IsEmpty)
        {
            return middle;
        }

        var given = person[Slot.Given];
        var end = given.IndexOf(' ');
        return end < 0 ? [] : given[(end + 1)..];
    }
}
