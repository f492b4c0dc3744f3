using System.Globalization;

namespace Plr.Core.Demo;

/// <summary>Invents the learners: some years of 16-year-olds with what they achieved, the named ones among them. The same each time.</summary>
internal static class DemoCohorts
{
    /// <summary>How many summers of results there are.</summary>
    public const int Summers = 7;

    private const int LearnersEachYear = 180;
    private const ulong Seed = 20_261_123;
    private static readonly string[] Gcse = ["9", "8", "8", "7", "7", "6", "6", "6", "5", "5", "5", "4", "4", "4", "3", "3", "2", "1"];
    private static readonly string[] ALevel = ["A*", "A", "A", "B", "B", "B", "C", "C", "C", "D", "D", "E"];
    private static readonly string[] AsLevel = ["A", "A", "B", "B", "C", "C", "D", "E"];
    private static readonly string[] Btec = ["D*", "D", "D", "M", "M", "P", "P"];
    private static readonly string[] Advanced = ["Mathematics", "Further Mathematics", "English Literature", "English Language", "English Language and Literature"];

    /// <summary>All learners, by the summer in which they are 16, the earliest first.</summary>
    public static IReadOnlyList<DemoLearner> Make(int lastSummer)
    {
        var random = new DemoRandom(Seed);
        var learners = new List<DemoLearner>();
        for (var summer = lastSummer - Summers + 1; summer <= lastSummer; summer++)
        {
            learners.AddRange(DemoPeople.Learners.Where(person => lastSummer - person.YearsAfter == summer).Select(person => Named(person, summer, random)));
            for (var i = 0; i < LearnersEachYear; i++)
            {
                learners.Add(Invented(string.Create(CultureInfo.InvariantCulture, $"{summer}-{i + 1:000}"), summer, lastSummer, random));
            }
        }

        return [.. learners.DistinctBy(learner => (learner.GivenName, learner.FamilyName, learner.DateOfBirth))];
    }

    private static DemoLearner Named(DemoNamedLearner person, int summer, DemoRandom random)
    {
        var learner = New(person.Key, person.GivenName, person.FamilyName, person.Gender, person.AbilityToShare, summer, DemoCatalogue.College, random);
        learner.Results.AddRange(person.Results.Select(result => new DemoResult(summer + result.Year, result.Number, result.First, result.Later)));
        return learner;
    }

    private static DemoLearner Invented(string mis, int summer, int lastSummer, DemoRandom random)
    {
        var gender = 1 + random.Below(2);
        var share = random.Below(100) switch { < 90 => 1, < 96 => 0, _ => 2 };
        var college = DemoCatalogue.Providers[DemoCatalogue.Schools + random.Below(2)].Ukprn;
        var learner = New(mis, random.Of(gender == 1 ? DemoNames.Boys : DemoNames.Girls), random.Of(DemoNames.Families), gender, share, summer, college, random);
        AtSixteen(learner, random);
        if (summer + 1 <= lastSummer)
        {
            AtSeventeen(learner, random);
        }

        if (summer + 2 <= lastSummer)
        {
            AtEighteen(learner, random);
        }

        return learner;
    }

    private static DemoLearner New(string mis, string givenName, string familyName, int gender, int share, int summer, string college, DemoRandom random) => new()
    {
        Mis = mis,
        GivenName = givenName,
        FamilyName = familyName,
        Gender = gender,
        AbilityToShare = share,
        // A school year begins on 1 September: who is 16 in it was born between that day and 31 August.
        DateOfBirth = new DateOnly(summer - 17, 9, 1).AddDays(random.Below(364)),
        Postcode = DemoNames.Postcode(random),
        School = DemoCatalogue.Providers[random.Below(DemoCatalogue.Schools)].Ukprn,
        College = college,
        Summer = summer,
    };

    private static void AtSixteen(DemoLearner learner, DemoRandom random)
    {
        foreach (var subject in new[] { "English Language", "English Literature", "Mathematics" })
        {
            Add(learner, learner.Summer, DemoCatalogue.Gcse, subject, Gcse, random);
        }
    }

    private static void AtSeventeen(DemoLearner learner, DemoRandom random)
    {
        if (random.Percent(30))
        {
            Add(learner, learner.Summer + 1, DemoCatalogue.FunctionalSkills, random.Percent(50) ? "English" : "Mathematics", ["Pass", "Pass", "Pass", "Fail"], random);
        }
        else
        {
            Add(learner, learner.Summer + 1, DemoCatalogue.AsLevel, random.Of(["Mathematics", "English Literature", "English Language"]), AsLevel, random);
        }
    }

    private static void AtEighteen(DemoLearner learner, DemoRandom random)
    {
        if (random.Percent(35))
        {
            var course = random.Of([.. DemoCatalogue.All.Where(q => q.Type == DemoCatalogue.Btec)]);
            Add(learner, learner.Summer + 2, DemoCatalogue.Btec, course.Subject, Btec, random);
            Add(learner, learner.Summer + 2, DemoCatalogue.FunctionalSkills, "Mathematics", ["Pass", "Pass", "Fail"], random);
            return;
        }

        var first = random.Below(Advanced.Length);
        for (var i = 0; i < 2 + random.Below(2); i++)
        {
            Add(learner, learner.Summer + 2, DemoCatalogue.ALevel, Advanced[(first + i) % Advanced.Length], ALevel, random);
        }
    }

    private static void Add(DemoLearner learner, int summer, string type, string subject, string[] grades, DemoRandom random)
    {
        var number = random.Of(DemoCatalogue.Of(type, subject)).Number;
        var (grade, corrected) = (random.Of(grades), random.Of(grades));
        var (first, later) = random.Below(200) switch
        {
            0 or 1 when corrected != grade => (new DemoAction(1, grade), new DemoAction(2, corrected, Reason: "Review of marking")),
            2 => (new DemoAction(1, grade), new DemoAction(3, "", Reason: "Entered by mistake")),
            3 or 4 or 5 => (new DemoAction(1, grade, IsProvisional: true), new DemoAction(5, "")),
            _ => (new DemoAction(1, grade), (DemoAction?)null),
        };
        learner.Results.Add(new DemoResult(summer, number, first, later));
    }
}
