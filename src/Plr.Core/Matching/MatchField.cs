namespace Plr.Core.Matching;

/// <summary>What of two persons is compared. The order is that of the packed levels and of the evidence.</summary>
public enum MatchField
{
    GivenName,
    MiddleName,
    FamilyName,
    NameOrder,
    BirthDate,
    Gender,
    Postcode,
    Email,
    PlaceOfBirth,
    School,
    Address,
    Town,
    Identifier,
    Occupation,
}

/// <summary>Which field has which levels of agreement, the worst first. Level 0 is a value that is missing on either side: it says nothing.</summary>
public static class MatchFields
{
    public const int Count = (int)MatchField.Occupation + 1;

    /// <summary>The most levels that a field has, with the missing one.</summary>
    public const int MostLevels = 9;

    private static readonly string[] OfName = ["missing", "different", "resembles", "initial", "sounds alike", "nickname or other name", "one letter off", "equal"];

    private static readonly string[] OfText = ["missing", "different", "resembles", "nearly equal", "equal"];

    private static readonly string[][] Words =
    [
        OfName,
        ["missing", "different", "resembles", "initial", "one letter off", "equal"],
        OfName,
        ["missing", "swapped", "as usual"],
        ["missing", "different", "same year", "near", "year known only", "two parts of three", "one slip", "day and month swapped", "equal"],
        ["missing", "different", "equal"],
        ["missing", "different", "same area", "same district", "same sector", "one letter off", "equal"],
        ["missing", "different", "resembles", "one letter off", "equal"],
        OfText,
        OfText,
        OfText,
        OfText,
        ["missing", "different", "one letter off", "equal"],
        OfText,
    ];

    /// <summary>How many levels a field has, with the missing one.</summary>
    public static int Levels(MatchField field) => Words[(int)field].Length;

    /// <summary>The best level of a field.</summary>
    public static int Best(MatchField field) => Words[(int)field].Length - 1;

    /// <summary>A level in English, for the command line.</summary>
    public static string Word(MatchField field, int level) => Words[(int)field][level];
}

/// <summary>The level of every field of one pair, four bits a field. The same pattern of levels always has the same number.</summary>
public readonly record struct MatchLevels(ulong Bits)
{
    public int this[MatchField field] => (int)((Bits >> (4 * (int)field)) & 15);

    public MatchLevels With(MatchField field, int level) => new((Bits & ~(15UL << (4 * (int)field))) | ((ulong)level << (4 * (int)field)));
}
