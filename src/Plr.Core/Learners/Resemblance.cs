using Plr.Core.Matching;
using Plr.Core.Responses;

namespace Plr.Core.Learners;

/// <summary>Whether given names, family name, date of birth and gender agree with the learner who has a ULN (DOSSIER §4.4).</summary>
public enum Agreement
{
    /// <summary>WSVRC001, 002: every value that was given is equal.</summary>
    Equal,

    /// <summary>WSVRC003, 004: a name is only similar (<see cref="ComparedName"/>), swapped, previous or preferred.</summary>
    Similar,

    /// <summary>WSVRC005: a value neither equals nor resembles.</summary>
    None,
}

/// <summary>How somebody who gives a ULN agrees with its holder.</summary>
/// <param name="Agreement">All in all.</param>
/// <param name="Flags">What does not agree, in the order of the flags' numbers.</param>
public sealed record Resembled(Agreement Agreement, IReadOnlyList<FailureFlag> Flags);

/// <summary>
/// Compares what came with a ULN with the learner on the register. A merged ULN is compared with its own record and with its master's, and the better of the two counts: a
/// college or an awarding organisation may know the person by either. Pure.
/// </summary>
public static class Resemblance
{
    /// <summary>As <see cref="Compare(UlnIdentity, string, string, DateOnly?, int?)"/>, without saying what does not agree.</summary>
    public static Agreement Of(UlnIdentity holder, string givenName, string familyName, DateOnly? dateOfBirth, int? gender) =>
        Compare(holder, givenName, familyName, dateOfBirth, gender).Agreement;

    /// <param name="holder">Who has the ULN.</param>
    /// <param name="givenName">As it came.</param>
    /// <param name="familyName">As it came.</param>
    /// <param name="dateOfBirth">Null when none was given.</param>
    /// <param name="gender">Null when none was given; 0 and 9 say nothing and agree with everything.</param>
    public static Resembled Compare(UlnIdentity holder, string givenName, string familyName, DateOnly? dateOfBirth, int? gender)
    {
        var own = Compare(holder.Own, givenName, familyName, dateOfBirth, gender);
        if (holder.Master is null)
        {
            return own;
        }

        var master = Compare(holder.Master, givenName, familyName, dateOfBirth, gender);
        return (master.Agreement, master.Flags.Count).CompareTo((own.Agreement, own.Flags.Count)) < 0 ? master : own;
    }

    private static Resembled Compare(LearnerIdentity learner, string givenName, string familyName, DateOnly? dateOfBirth, int? gender)
    {
        var flags = new List<FailureFlag>();
        var names = OfNames(learner, givenName, familyName, flags);
        var isContradicted = Flag(dateOfBirth is { } born && born != learner.DateOfBirth, FailureFlags.DateOfBirth, flags)
            | Flag(!GendersAgree(gender, learner.Gender), FailureFlags.Gender, flags);
        return new(isContradicted ? Agreement.None : names, flags);
    }

    private static Agreement OfNames(LearnerIdentity learner, string givenName, string familyName, List<FailureFlag> flags)
    {
        if (Names.EqualIgnoringCase(givenName, learner.GivenName) && Names.EqualIgnoringCase(familyName, learner.FamilyName))
        {
            return Agreement.Equal;
        }

        var (given, family) = (Compared.Of(learner, givenName), Compared.Of(learner, familyName));
        if (!given.IsGiven)
        {
            flags.Add(FailureFlags.GivenNameAsGivenName);
            Flag(!given.IsFamily, FailureFlags.GivenNameAsFamilyName, flags);
            Flag(!given.IsPreviousFamily, FailureFlags.GivenNameAsPreviousFamilyName, flags);
        }

        if (!family.IsFamily)
        {
            Flag(!family.IsGiven, FailureFlags.FamilyNameAsGivenName, flags);
            flags.Add(FailureFlags.FamilyNameAsFamilyName);
            Flag(!family.IsPreviousFamily, FailureFlags.FamilyNameAsPreviousFamilyName, flags);
        }

        return (given.IsGiven && family.IsAnyFamily) || (given.IsAnyFamily && family.IsGiven) ? Agreement.Similar : Agreement.None;
    }

    private static bool GendersAgree(int? given, int held) => given is null or 0 or 9 || held is 0 or 9 || given == held;

    private static bool Flag(bool isSo, FailureFlag flag, List<FailureFlag> flags)
    {
        if (isSo)
        {
            flags.Add(flag);
        }

        return isSo;
    }

    /// <summary>With which of a learner's names a name agrees. The name that they go by counts as the given name, as a middle name does; the name at 16 as a previous one.</summary>
    private readonly record struct Compared(bool IsGiven, bool IsFamily, bool IsPreviousFamily)
    {
        public bool IsAnyFamily => IsFamily || IsPreviousFamily;

        public static Compared Of(LearnerIdentity learner, string typed)
        {
            var name = new ComparedName(typed);
            return new(
                name.IsLikeGiven(learner.GivenName) || name.IsLikeGiven(learner.PreferredGivenName) || name.IsMiddle(learner.MiddleOtherName),
                name.IsLikeFamily(learner.FamilyName),
                name.IsLikeFamily(learner.PreviousFamilyName) || name.IsLikeFamily(learner.FamilyNameAtAge16));
        }
    }
}
