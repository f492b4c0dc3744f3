using System.Text.RegularExpressions;

namespace Plr.Core.Qualifications;

/// <summary>
/// A level as it is meant, however it is spelled: the register of qualifications and older events write <c>Level 2</c>, <c>level 2</c>,
/// <c>Level 1/Level 2</c>, <c>Entry 3</c>, <c>Entry Level 3</c> and <c>Entry Level</c>. Ordered from low to high.
/// </summary>
/// <param name="To">The higher level, 1 to 8; 0 for an entry level.</param>
/// <param name="From">The lower level of two; the same as <paramref name="To"/> for one.</param>
/// <param name="Entry">1 to 3 for an entry level with a number; else 0.</param>
public sealed partial record QualificationLevel(int To, int From, int Entry) : IComparable<QualificationLevel>
{
    public bool IsEntry => To == 0;

    public static bool operator <(QualificationLevel left, QualificationLevel right) => left.CompareTo(right) < 0;

    public static bool operator >(QualificationLevel left, QualificationLevel right) => left.CompareTo(right) > 0;

    public static bool operator <=(QualificationLevel left, QualificationLevel right) => left.CompareTo(right) <= 0;

    public static bool operator >=(QualificationLevel left, QualificationLevel right) => left.CompareTo(right) >= 0;

    /// <summary>Reads a level; null when there is none or it is written in another way.</summary>
    public static QualificationLevel? Of(string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (EntryLevel().Match(text) is { Success: true } entry)
        {
            return new(0, 0, Number(entry.Groups["entry"]));
        }

        return Levels().Match(text) is { Success: true } levels
            ? new(Math.Max(Number(levels.Groups["first"]), Number(levels.Groups["second"])), Number(levels.Groups["first"]), 0)
            : null;
    }

    public int CompareTo(QualificationLevel? other) => other is null ? 1 : (To, From, Entry).CompareTo((other.To, other.From, other.Entry));

    private static int Number(Group digit) => digit.Success ? digit.ValueSpan[0] - '0' : 0;

    [GeneratedRegex(@"^\s*entry(\s+level)?(\s*(?<entry>[1-3]))?\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EntryLevel();

    [GeneratedRegex(@"^\s*level\s*(?<first>[1-8])(\s*/\s*(level\s*)?(?<second>[1-8]))?\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Levels();
}
