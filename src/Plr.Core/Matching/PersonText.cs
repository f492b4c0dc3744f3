namespace Plr.Core.Matching;

/// <summary>
/// What is known of a person, as it came: the fields of a learner, a search or a row of a file. Anything may be missing; nothing is an error here, for bad values are
/// found by the rules of their field before anybody is searched for.
/// </summary>
public sealed record PersonText
{
    /// <summary>All names in one: gives the names that the other fields lack, and other names of the person.</summary>
    public string? FullName { get; init; }

    public string? GivenName { get; init; }

    public string? MiddleName { get; init; }

    public string? PreferredGivenName { get; init; }

    public string? FamilyName { get; init; }

    public string? PreviousFamilyName { get; init; }

    public string? FamilyNameAtAge16 { get; init; }

    /// <summary>Year, month and day as yyyymmdd; month or day 0 when not known, 0 for no date (<see cref="BirthDates"/>).</summary>
    public int BirthDate { get; init; }

    /// <summary>1 male, 2 female; 0 and 9 say nothing.</summary>
    public int Gender { get; init; }

    public string? Postcode { get; init; }

    public string? Email { get; init; }

    public string? PlaceOfBirth { get; init; }

    public string? School { get; init; }

    /// <summary>House and street.</summary>
    public string? Address { get; init; }

    public string? Town { get; init; }

    /// <summary>A number or code that somebody else gave the person.</summary>
    public string? Identifier { get; init; }

    public string? Occupation { get; init; }
}
