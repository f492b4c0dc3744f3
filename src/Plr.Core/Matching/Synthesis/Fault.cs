namespace Plr.Core.Matching.Synthesis;

/// <summary>What can go wrong between a person and what is written of them. The first six are those of everyday.</summary>
public enum Fault
{
    /// <summary>A slip of the finger in the given name: a letter left out, put in, mistaken or exchanged with its neighbour.</summary>
    GivenTyped,

    /// <summary>The same in the family name.</summary>
    FamilyTyped,

    Nickname,
    SwappedNames,
    DayMonthSwapped,

    /// <summary>Another family name, by marriage or otherwise; the previous one is told half the time.</summary>
    Married,

    /// <summary>Another postcode and address.</summary>
    Moved,

    /// <summary>The family name as it was heard.</summary>
    Misheard,

    /// <summary>One digit of the birth date.</summary>
    DateTyped,

    /// <summary>The year is off by one or by ten.</summary>
    YearOff,

    /// <summary>1 January of the right year.</summary>
    FirstOfJanuary,

    PostcodeTyped,

    /// <summary>Only the first letter of the given name.</summary>
    InitialOnly,

    /// <summary>A second family name after a hyphen, or only one of two.</summary>
    DoubleBarrelled,

    GenderOff,

    /// <summary>The middle name in the place of the given name.</summary>
    MiddleNameUsed,
}
