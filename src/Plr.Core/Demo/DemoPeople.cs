namespace Plr.Core.Demo;

/// <summary>A named learner of the demo, who stands for one case.</summary>
/// <param name="Key">The key of the hint: <c>SignIn.Demo.{Key}</c>.</param>
/// <param name="YearsAfter">How many summers before the last one they were 16.</param>
/// <param name="Results">Summer after 16, number, what was said first and later.</param>
internal sealed record DemoNamedLearner(
    string Key, string GivenName, string FamilyName, int Gender, int YearsAfter, int AbilityToShare, params (int Year, string Number, DemoAction First, DemoAction? Later)[] Results);

/// <summary>Somebody of an organisation or of the register office.</summary>
/// <param name="Key">The key of the hint.</param>
/// <param name="Name">The person's name.</param>
/// <param name="Organisation">UKPRN or recognition number; null for the office.</param>
/// <param name="Audience">organisation or office.</param>
/// <param name="Roles">Role names.</param>
internal sealed record DemoOfficer(string Key, string Name, string? Organisation, string Audience, params string[] Roles);

/// <summary>The people that a visitor of the demo can be, one for each case that there is to see.</summary>
internal static class DemoPeople
{
    /// <summary>The learner who says that a grade is wrong.</summary>
    public const string Challenger = "Amelia";

    /// <summary>The achievement that she means.</summary>
    public const string Challenged = "603/1333/X";

    /// <summary>The achievement of hers about which she was answered.</summary>
    public const string Answered = "603/1165/4";

    /// <summary>The learner who says that a qualification is missing.</summary>
    public const string Misser = "Tomos";

    /// <summary>Who answers for the awarding organisation.</summary>
    public const string ExamsOfficer = "Grace";

    public const string Clerk = "Megan";
    public const string Tutor = "Farid";

    public static IReadOnlyList<DemoNamedLearner> Learners { get; } =
    [
        new(
            "Amelia", "Amelia", "Okafor", 2, 2, 1,
            (0, "601/4292/3", Final("7"), null),
            (0, "601/4447/6", Final("6"), new(2, "8", Reason: "Review of marking")),
            (0, "601/4700/3", Final("8"), null),
            (0, "603/4290/0", Final("Pass"), null),
            (1, "603/1165/4", Final("A"), null),
            (1, "601/4846/9", Final("B"), null),
            (1, "603/4268/7", Final("Pass"), null),
            (2, "603/1333/X", Final("B"), null),
            (2, "603/1841/7", new(1, "A", IsProvisional: true), new(5, "")),
            (2, "601/5327/1", Final("C"), new(2, "B", Reason: "Review of marking")),
            (2, "601/7159/5", Final("D"), null)),
        new(
            "Tomos", "Tomos", "Pritchard", 1, 1, 1,
            (0, "601/4505/5", Final("5"), null),
            (0, "601/5246/1", Final("4"), null),
            (0, "601/5503/6", Final("7"), new(3, "", Reason: "Entered under the wrong candidate number")),
            (1, "603/0933/7", Final("C"), null)),
        new(
            "Priya", "Priya", "Raman", 2, 0, 1,
            (0, "601/4575/4", Final("8"), null),
            (0, "601/4872/X", Final("7"), null),
            (0, "601/4606/0", new(1, "9", IsProvisional: true), null)),
        new("Noah", "Noah", "Whitfield", 1, 0, 1),
        new("Zofia", "Zofia", "Nowak", 2, 1, 2, (0, "601/4836/6", Final("6"), null), (0, "601/4700/3", Final("6"), null), (1, "603/1307/9", Final("B"), null)),
        new("Callum", "Callum", "Fraser", 1, 0, 0, (0, "601/4836/6", Final("4"), null), (0, "601/4700/3", Final("5"), null)),
    ];

    public static IReadOnlyList<DemoOfficer> Officers { get; } =
    [
        new(Clerk, "Megan Ellis", DemoCatalogue.College, "organisation", nameof(Roles.LrbBatch), nameof(Roles.LrbOnline)),
        new(Tutor, "Farid Hosseini", DemoCatalogue.College, "organisation", nameof(Roles.LrbViewOnly)),
        new(ExamsOfficer, "Grace Bannerman", DemoCatalogue.ExamsOffice, "organisation", nameof(Roles.AwardingOrganisation)),
        new("Olwen", "Olwen Rees", null, "office", nameof(Roles.OfficeSenior)),
        new("Siwan", "Siwan Ifans", null, "office", nameof(Roles.OfficeSenior)),
        new("Daniel", "Daniel Ito", null, "office", nameof(Roles.Auditor)),
    ];

    private static DemoAction Final(string grade) => new(1, grade);
}
