using Plr.Core.Learners;

namespace Plr.Core.Reports;

/// <summary>What a report says of a learner, in its order: of everything else that the register holds it says nothing.</summary>
public sealed record ReportedLearner(
    string Uln,
    string GivenName,
    string? MiddleOtherName,
    string FamilyName,
    string? PreferredGivenName,
    string? PreviousFamilyName,
    DateOnly DateOfBirth,
    int Gender,
    string? UniqueCandidateIdentifier)
{
    /// <summary>What a report of this version says.</summary>
    public static ReportedLearner Of(Learner learner)
    {
        var held = learner.Details;
        return new(
            learner.Uln.ToString(), held.GivenName, held.MiddleOtherName, held.FamilyName, held.PreferredGivenName, held.PreviousFamilyName, held.DateOfBirth, held.Gender, held.UniqueCandidateIdentifier);
    }

    /// <summary>Without whose it is.</summary>
    public override string ToString() => "a learner as a report says them";
}
