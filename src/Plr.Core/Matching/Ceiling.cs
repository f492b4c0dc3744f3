using System.Numerics;

namespace Plr.Core.Matching;

/// <summary>
/// The most that a pair can weigh, told from two sketches in some ten nanoseconds. Never less than <see cref="Matcher.Weigh(in PersonView, in PersonView)"/> of the two packed people,
/// so that who is passed over for it would have been passed over anyway.
/// </summary>
internal sealed class Ceiling
{
    /// <summary>A name whose sounds and letters differ so much resembles the other at best.</summary>
    private const int FarName = NameComparison.Resembles;

    // Sums of doubles depend on their order a little.
    private const double Rounding = 1e-6;

    private readonly double[] _given;
    private readonly double[] _family;
    private readonly double[] _middle;
    private readonly double[] _dates;
    private readonly double[] _genders;
    private readonly double[] _postcodes;
    private readonly double _swapped;
    private readonly double _prior;
    private readonly double _overRelatives;
    private readonly double _overTwins;
    private readonly double _partOfRarity;

    /// <param name="bits">The matcher's weights by field and level, in bits; better levels never weigh less.</param>
    /// <param name="mostRarity">The most that a rare value adds, by field.</param>
    /// <param name="start">What a pair weighs before anything is compared, beside strangers, relatives and twins.</param>
    /// <param name="partOfRarity">How much of a name's rarity a name counts that is nearly the same.</param>
    public Ceiling(double[][] bits, double[] mostRarity, Rivals start, double partOfRarity)
    {
        _given = bits[(int)MatchField.GivenName];
        _family = bits[(int)MatchField.FamilyName];
        _middle = WithRarity(MatchField.MiddleName);
        _dates = WithRarity(MatchField.BirthDate);
        _genders = WithRarity(MatchField.Gender);
        _postcodes = WithRarity(MatchField.Postcode);
        _swapped = bits[(int)MatchField.NameOrder][1];
        (_prior, _overRelatives, _overTwins) = (start.Strangers + Rounding, start.Relatives + Rounding, start.Twins + Rounding);
        _partOfRarity = partOfRarity;

        double[] WithRarity(MatchField field)
        {
            double[] levels = [.. bits[(int)field]];
            levels[^1] += Math.Max(0, mostRarity[(int)field]);
            return levels;
        }
    }

    /// <summary>Whether two may weigh more than so much by any of their names: all sketches of each are of one person (<see cref="Sketch.OfEachName"/>).</summary>
    public bool MayExceed(double threshold, ReadOnlySpan<Sketch> ones, ReadOnlySpan<Sketch> others, double givenRarity, double familyRarity)
    {
        var rivals = WithoutNames(ones[0], others[0]);
        if (WithAnyNames(rivals, givenRarity, familyRarity) <= threshold)
        {
            return false;
        }

        if (ones[0].IsOther || others[0].IsOther)
        {
            return true;
        }

        foreach (ref readonly var one in ones)
        {
            foreach (ref readonly var other in others)
            {
                if (OfNames(one, other, rivals, givenRarity, familyRarity) > threshold)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>In bits.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <param name="givenRarity">What the rarity of the commoner of the two given names adds when they are equal; that of either is a ceiling too.</param>
    /// <param name="familyRarity">The same of the family names.</param>
    public double Of(in Sketch left, in Sketch right, double givenRarity, double familyRarity)
    {
        var rivals = WithoutNames(left, right);
        return left.IsOther || right.IsOther ? WithAnyNames(rivals, givenRarity, familyRarity) : OfNames(left, right, rivals, givenRarity, familyRarity);
    }

    private Rivals WithoutNames(in Sketch left, in Sketch right)
    {
        var date = BirthDates.Compare(left.BirthDate, right.BirthDate);
        var own = OfGenders(left.Gender, right.Gender);
        if ((left.IsOther || left.MiddleHash != 0) && (right.IsOther || right.MiddleHash != 0))
        {
            own += Math.Max(0, left.IsOther || right.IsOther || left.MiddleHash == right.MiddleHash ? _middle[^1] : _middle[^2]);
        }

        var relatives = _overRelatives + _dates[date];
        return new(
            _prior + _dates[date] + OfPostcodes(left, right) + own,
            own + (date >= BirthDates.OneSlip ? Math.Min(relatives, _overTwins) : relatives),
            0);
    }

    // The most that the names can add.
    private double WithAnyNames(Rivals rivals, double givenRarity, double familyRarity) =>
        Sum(rivals, Name(_given, NameComparison.Equal, givenRarity, NameComparison.Initial), NameComparison.Equal, familyRarity, NameComparison.Initial);

    private double OfNames(in Sketch left, in Sketch right, Rivals rivals, double givenRarity, double familyRarity)
    {
        // A name that may be one letter may be the initial of any other.
        var least = IsInitial(left) || IsInitial(right) ? NameComparison.Initial : FarName;
        var reach = Reach(left.LengthClass, right.LengthClass);
        var given = Part(Best(left.GivenLetters, right.GivenLetters, left.GivenSounds == right.GivenSounds, reach, least), left.IsGivenPart || right.IsGivenPart);
        var family = Part(Best(left.FamilyLetters, right.FamilyLetters, left.FamilySounds == right.FamilySounds, reach, least), left.IsFamilyPart || right.IsFamilyPart);
        if (given < NameComparison.OtherName && ((left.Nicknamed & right.Nicknamed) != 0 || IsMiddle(left, right) || IsMiddle(right, left)))
        {
            given = NameComparison.OtherName;
        }

        var names = Sum(rivals, Name(_given, given, givenRarity, least), family, familyRarity, least);
        var crossed = Best(left.GivenLetters, right.FamilyLetters, left.GivenSounds == right.FamilySounds, reach, least);
        var back = Best(left.FamilyLetters, right.GivenLetters, left.FamilySounds == right.GivenSounds, reach, least);
        if (crossed == least && back == least)
        {
            // Written in each other's place they would be no more than as they stand.
            return names;
        }

        // The better of the two counts as the family name.
        rivals = rivals with { Strangers = rivals.Strangers + _swapped };
        return Math.Max(names, Sum(rivals, Name(_given, Math.Min(crossed, back), givenRarity, least), Math.Max(crossed, back), familyRarity, least));
    }

    // Who has another family name is weighed beside strangers; who may have the same must be likelier one person than a relative or a twin too.
    private double Sum(Rivals rivals, double given, int family, double familyRarity, int least)
    {
        var apart = rivals.Strangers + given + _family[least];
        return family == least
            ? apart
            : Math.Max(apart, given + Math.Min(rivals.Strangers + Name(_family, family, familyRarity, least), rivals.Relatives));
    }

    // How many letters two names that are alike by Jaro and Winkler (0.92) leave unmatched: four in ten of the longer one, which is no more than two thirds longer than the other.
    private static int Reach(int one, int other) => Math.Max(one, other) switch { 0 => 4, 1 => 6, 2 => 8, _ => one == 0 || other == 0 ? 4 : 14 };

    private static int Part(int best, bool isPart) => isPart ? Math.Min(best, NameComparison.OtherName) : best;

    private static bool IsMiddle(in Sketch one, in Sketch other) => one.MiddleHash != 0 && one.MiddleHash == Sketch.WordHash(other.GivenLetters);

    private static bool IsInitial(in Sketch one) => BitOperations.PopCount(one.GivenLetters) <= 1 || BitOperations.PopCount(one.FamilyLetters) <= 1;

    // The best level of two names: each edit changes two letters at most.
    private static int Best(uint left, uint right, bool soundAlike, int reach, int least)
    {
        var apart = Sketch.Apart(left, right);
        return apart <= 2 ? apart == 0 ? NameComparison.Equal : NameComparison.OneLetter
            : apart <= reach || soundAlike ? NameComparison.SoundsAlike
            : least;
    }

    private double Name(double[] bits, int best, double rarity, int least)
    {
        if (best == least)
        {
            return bits[least];
        }

        // What is alike in sound may be another name too.
        var near = Math.Max(bits[Math.Clamp(best, NameComparison.OtherName, NameComparison.OneLetter)] + (_partOfRarity * rarity), bits[least]);
        return best == NameComparison.Equal ? Math.Max(near, bits[NameComparison.Equal] + rarity) : near;
    }

    private double OfGenders(int left, int right) => left is 0 or 9 || right is 0 or 9 ? 0 : _genders[left == right ? 2 : 1];

    private double OfPostcodes(in Sketch left, in Sketch right)
    {
        if (left.PostcodeArea == 0 || right.PostcodeArea == 0)
        {
            return 0;
        }

        if (left.PostcodeArea == Sketch.AreaAbroad || right.PostcodeArea == Sketch.AreaAbroad)
        {
            return _postcodes[^1];
        }

        var apart = Sketch.Apart(left.PostcodeLetters, right.PostcodeLetters);
        if (left.PostcodeArea != right.PostcodeArea)
        {
            return _postcodes[apart <= 2 ? 5 : 1];
        }

        return _postcodes[apart switch { 0 => 6, <= 2 => 5, <= 4 => 4, <= 6 => 3, _ => 2 }];
    }
}
