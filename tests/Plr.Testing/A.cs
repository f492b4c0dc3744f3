using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Core.Qualifications;

namespace Plr.Testing;

/// <summary>Invented things of the domain, right in every field; a test changes what it is about with <c>with</c>.</summary>
public static class A
{
    /// <summary>The day of <see cref="Clock.Noon"/>.</summary>
    public static DateOnly Today { get; } = DateOnly.FromDateTime(Clock.Noon.UtcDateTime);

    /// <summary>A learner with what creates a ULN and nothing else.</summary>
    public static LearnerText Learner(string givenName = "Siân", string familyName = "Pritchard", string dateOfBirth = "2008-02-29") => new()
    {
        GivenName = givenName,
        FamilyName = familyName,
        DateOfBirth = dateOfBirth,
        Gender = "2",
        LastKnownPostCode = "LL57 1DT",
        AbilityToShare = "1",
        VerificationType = "2",
    };

    /// <summary>A learner with every field, with accents, an emoji and blanks at the ends: kept exactly.</summary>
    public static LearnerText FullLearner(string givenName = "Zoë ", string familyName = "O’Neill-Żółć") => new()
    {
        MisIdentifier = "L1",
        Title = "Ms ",
        GivenName = givenName,
        PreferredGivenName = "Zo 🦊",
        MiddleOtherName = " Ŵyn",
        FamilyName = familyName,
        PreviousFamilyName = "Smith  ",
        FamilyNameAtAge16 = "Smith",
        SchoolAtAge16 = "Ysgol Tryfan ",
        LastKnownAddressLine1 = "1 Stryd Fawr, \"Tŷ\"",
        LastKnownAddressLine2 = @"Back\slash",
        LastKnownAddressTown = "Bangor",
        LastKnownAddressCountyOrCity = "Gwynedd",
        LastKnownPostCode = "ll571dt ",
        DateOfAddressCapture = "2020-02-29",
        DateOfBirth = "2007-12-31",
        PlaceOfBirth = "Łódź",
        EmailAddress = "zoe@example.org",
        Gender = "9",
        Nationality = "GBR",
        ScottishCandidateNumber = "012345678",
        AbilityToShare = "1",
        VerificationType = "999",
        OtherVerificationDescription = "Seen by the head teacher",
        Notes = "Two\r\nlines\tand 日本語",
        UniqueCandidateIdentifier = "12345A678901B",
        UniquePupilNumber = "A12345678901B",
    };

    /// <summary>A checked registration; row 1 is also what a page or call sends.</summary>
    public static Registration Registration(LearnerText text, int row = 1) => Core.Learners.Registration.Check(row, text, Today);

    /// <summary>A learner on the register.</summary>
    public static Learner Registered(LearnerText text, string uln = "9276308686", int version = 1) => new()
    {
        Uln = Uln.Parse(uln),
        Details = LearnerRules.Details(text),
        Status = LearnerStatus.Active,
        TierLevel = 2,
        Version = version,
        CreatedAt = Clock.Noon,
        LastUpdatedAt = Clock.Noon,
        CreatedVia = Core.Channel.Portal,
        LastUpdatedVia = Core.Channel.Portal,
    };

    /// <summary>An A level of the awarding organisation RN0001, operational since 2015 without an end.</summary>
    public static Qualification Qualification(string number = "601/4505/5", string? owner = "RN0001") => new()
    {
        Number = number,
        Title = "Test Board Level 3 GCE A Level in Mathematics",
        OwnerRecognitionNumber = owner,
        OwnerName = "Test Board",
        Level = "Level 3",
        Type = "GCE A Level",
        TotalCredits = 12,
        OperationalStartDate = new DateOnly(2015, 9, 1),
    };

    /// <summary>A qualification of that number and title that could be awarded on any day.</summary>
    public static Qualification QualificationCalled(string number, string title, string type = "GCSE (9 to 1)", string level = "Level 1/Level 2", string owner = "RN5196") =>
        Qualification(number, owner) with { Title = title, Type = type, Level = level, OwnerName = "Awarding organisation", TotalCredits = null, OperationalStartDate = null, Status = "Available to learners" };

    /// <summary>A grade A of <see cref="Qualification"/> for <see cref="Learner"/>, final, to create.</summary>
    public static AchievementText Achievement(string? uln = "9276308686", string number = "601/4505/5") => new()
    {
        Uln = uln,
        GivenName = "Siân",
        FamilyName = "Pritchard",
        ProviderUkprn = "10000001",
        UnitOrQualificationReferenceNumber = number,
        AchievementAwardDate = "2026-08-20",
        Grade = "A",
        LanguageForAssessment = "Welsh",
        Action = "1",
        ActionDate = "2026-11-23",
        SubmissionType = "FINAL",
    };

    /// <summary>A final achievement of a learner, to create, taught at the provider with that UKPRN.</summary>
    public static AchievementText AchievementOf(Uln uln, LearnerText learner, string number, string awardDate, string? grade, string providerUkprn = "10007945") =>
        Achievement(uln.ToString(), number) with
        {
            GivenName = learner.GivenName,
            FamilyName = learner.FamilyName,
            ProviderUkprn = providerUkprn,
            AchievementAwardDate = awardDate,
            Grade = grade,
            LanguageForAssessment = null,
            ActionDate = awardDate,
        };
}
