namespace Plr.Core.Qualifications;

/// <summary>
/// The grades that a type of qualification has (DECISIONS, business rule 3): GCSE (9 to 1) 9 to 1, U; GCSE (A* to G) A* to G, U, and two of
/// them for double awards; GCE A level A* to E, U; GCE AS A to E, U; Functional Skills and Basic Skills Pass, Fail. Other types are not checked.
/// </summary>
public static class GradeScale
{
    private static readonly string[] NineToOne = ["9", "8", "7", "6", "5", "4", "3", "2", "1", "U"];
    private static readonly string[] AStarToG = ["A*", "A", "B", "C", "D", "E", "F", "G", "U"];
    private static readonly string[] AStarToE = ["A*", "A", "B", "C", "D", "E", "U"];
    private static readonly string[] AToE = ["A", "B", "C", "D", "E", "U"];
    private static readonly string[] PassFail = ["Pass", "Fail"];

    /// <summary>The scale of a type, or null when it is not checked.</summary>
    public static IReadOnlyList<string>? Of(string? type) => type?.ToUpperInvariant() switch
    {
        "GCSE (9 TO 1)" => NineToOne,
        "GCSE (A* TO G)" => AStarToG,
        "GCE A LEVEL" => AStarToE,
        "GCE AS LEVEL" or "GCE AS" => AToE,
        "FUNCTIONAL SKILLS" or "BASIC SKILLS" => PassFail,
        _ => null,
    };

    /// <summary>Whether a qualification can have a grade.</summary>
    public static bool Has(Qualification qualification, string grade)
    {
        var scale = Of(qualification.Type);
        return scale is null || scale.Contains(grade) || (scale == AStarToG && IsDoubleAward(qualification) && IsTwoOf(scale, grade));
    }

    private static bool IsDoubleAward(Qualification qualification) => qualification.Title.Contains("double", StringComparison.OrdinalIgnoreCase);

    private static bool IsTwoOf(IReadOnlyList<string> scale, string grades) =>
        scale.Any(first => grades.StartsWith(first, StringComparison.Ordinal) && scale.Contains(grades[first.Length..]));
}
