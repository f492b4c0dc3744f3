using Plr.Core.Matching;

namespace Plr.Core.Learners;

/// <summary>Whether given names, family name, date of birth and gender agree with the learner who has a ULN (DOSSIER §4.4).</summary>
public enum Agreement
{
    /// <summary>WSVRC001, 002: every value that was given is equal.</summary>
    Equal,

    /// <summary>WSVRC003, 004: a name is only similar: folded equal, swapped, previous or preferred, or one slip away.</summary>
    Similar,

    /// <summary>WSVRC005: a value neither equals nor resembles.</summary>
    None,
}

/// <summary>Compares what came with a ULN with the learner on the register. Pure.</summary>
public static class Resemblance
{
    /// <param name="learner">Who has the ULN.</param>
    /// <param name="givenName">As it came.</param>
    /// <param name="familyName">As it came.</param>
    /// <param name="dateOfBirth">Null when none was given.</param>
    /// <param name="gender">Null when none was given; 0 and 9 say nothing and agree with everything.</param>
    public static Agreement Of(LearnerIdentity learner, string givenName, string familyName, DateOnly? dateOfBirth, int? gender)
    {
        if ((dateOfBirth is { } born && born != learner.DateOfBirth) || !GendersAgree(gender, learner.Gender))
        {
            return Agreement.None;
        }

        if (Names.EqualIgnoringCase(givenName, learner.GivenName) && Names.EqualIgnoringCase(familyName, learner.FamilyName))
        {
            return Agreement.Equal;
        }

        string?[] givenNames = [learner.GivenName, learner.PreferredGivenName];
        string?[] familyNames = [learner.FamilyName, learner.PreviousFamilyName, learner.FamilyNameAtAge16];
        var isSimilar = (IsOneOf(givenName, givenNames) && IsOneOf(familyName, familyNames))
            || (IsOneOf(givenName, familyNames) && IsOneOf(familyName, givenNames));
        return isSimilar ? Agreement.Similar : Agreement.None;
    }

    private static bool GendersAgree(int? given, int held) => given is null or 0 or 9 || held is 0 or 9 || given == held;

    private static bool IsOneOf(string name, string?[] held) => held.Any(other => other is not null && AreSimilar(Names.Fold(name), Names.Fold(other)));

    /// <summary>Equal after folding, or one letter wrong, missing, added or swapped in names of four letters and more.</summary>
    private static bool AreSimilar(string left, string right)
    {
        if (left == right)
        {
            return left.Length > 0;
        }

        if (Math.Min(left.Length, right.Length) < 4 || Math.Abs(left.Length - right.Length) > 1)
        {
            return false;
        }

        var from = left.AsSpan().CommonPrefixLength(right);
        var a = left.AsSpan(from);
        var b = right.AsSpan(from);
        return a.Length == b.Length
            ? a[1..].SequenceEqual(b[1..]) || (a.Length > 1 && a[0] == b[1] && a[1] == b[0] && a[2..].SequenceEqual(b[2..]))
            : a.Length > b.Length ? a[1..].SequenceEqual(b) : a.SequenceEqual(b[1..]);
    }
}
