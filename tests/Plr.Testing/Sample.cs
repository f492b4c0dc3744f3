using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Core.Qualifications;

namespace Plr.Testing;

/// <summary>Invented people and achievements that the register accepts as they are: a test says only what it is about, using <c>with</c>.</summary>
public static class Sample
{
    /// <summary>A learner as a college would type one: Amelia Hughes of Cardiff, 18 years old, who shares her record.</summary>
    public static LearnerText Learner(string givenName = "Amelia", string familyName = "Hughes", string dateOfBirth = "2008-05-14") => new()
    {
        GivenName = givenName,
        FamilyName = familyName,
        DateOfBirth = dateOfBirth,
        Gender = "2",
        LastKnownPostCode = "CF10 1EP",
        AbilityToShare = "1",
        VerificationType = "2",
    };

    /// <summary>A qualification that could be awarded on any day.</summary>
    public static Qualification Qualification(string number, string title, string type = "GCSE (9 to 1)", string level = "Level 1/Level 2", string owner = "RN5196") => new()
    {
        Number = number,
        Title = title,
        Type = type,
        Level = level,
        OwnerRecognitionNumber = owner,
        OwnerName = "Awarding organisation",
        Status = "Available to learners",
    };

    /// <summary>A final achievement of a learner, action 1 (create), taught at the provider with that UKPRN.</summary>
    public static AchievementText Achievement(Uln uln, LearnerText learner, string number, string awardDate, string? grade, string providerUkprn = "10007945") => new()
    {
        Uln = uln.ToString(),
        GivenName = learner.GivenName,
        FamilyName = learner.FamilyName,
        ProviderUkprn = providerUkprn,
        UnitOrQualificationReferenceNumber = number,
        AchievementAwardDate = awardDate,
        Grade = grade,
        Action = "1",
        ActionDate = awardDate,
        SubmissionType = "F",
    };
}
