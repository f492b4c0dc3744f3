namespace Plr.Core.Matching;

/// <summary>
/// A name as it came, to be held against names on the register. Similar is what is equal when folded, one letter off in names of four letters and more, a nickname, or a
/// part of the other name (Mary of Mary Jane, Smith of Smith-Jones). What only sounds alike is not: many different names do. The same both ways.
/// </summary>
public sealed class ComparedName(string name)
{
    /// <summary>In shorter names one letter makes another name: Sam and Pam, Lee and Lea.</summary>
    private const int ShortestWithASlip = 4;

    private readonly string _folded = Names.Fold(name);
    private readonly string _given = NameWords.Given(name);
    private readonly string _family = NameWords.Family(name);

    /// <summary>Whether it may be how a given name is written or used.</summary>
    public bool IsLikeGiven(string? held)
    {
        if (held is null || IsSame(held))
        {
            return held is not null;
        }

        var words = NameWords.Given(held);
        var one = NameComparison.First(_given);
        var other = NameComparison.First(words);
        return IsLike(NameComparison.OfGiven(_given, words), Math.Min(one.Length, other.Length)) || Nicknames.AreFor(one, other);
    }

    /// <summary>Whether it is a middle name that is used in the place of the given name.</summary>
    public bool IsMiddle(string? held) => held is not null && NameComparison.OfGiven(NameWords.Given(held), _given) == NameComparison.Equal;

    /// <summary>Whether it may be how a family name is written.</summary>
    public bool IsLikeFamily(string? held)
    {
        if (held is null || IsSame(held))
        {
            return held is not null;
        }

        var words = NameWords.Family(held);
        return IsLike(NameComparison.OfFamily(_family, words), Math.Min(_family.Length, words.Length));
    }

    // Also where no words are made of it: of some letters, or of the stroke that stands for a name that somebody does not have.
    private bool IsSame(string held) => (_folded.Length > 0 && _folded == Names.Fold(held)) || Names.EqualIgnoringCase(name, held);

    private static bool IsLike(int level, int shorter) =>
        level is NameComparison.Equal or NameComparison.OtherName || (level == NameComparison.OneLetter && shorter >= ShortestWithASlip);
}
