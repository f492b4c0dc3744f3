namespace Plr.Core.Demo;

/// <summary>A learner of the demo before anything is on the register: the row of the registration file, and what they are to achieve.</summary>
internal sealed class DemoLearner
{
    /// <summary>MISIdentifier in the files.</summary>
    public required string Mis { get; init; }

    public required string GivenName { get; init; }

    public required string FamilyName { get; init; }

    public required DateOnly DateOfBirth { get; init; }

    /// <summary>1 or 2.</summary>
    public required int Gender { get; init; }

    public required string Postcode { get; init; }

    public required int AbilityToShare { get; init; }

    /// <summary>UKPRN of the school that registers them.</summary>
    public required string School { get; init; }

    /// <summary>UKPRN of where they go on at 16.</summary>
    public required string College { get; init; }

    /// <summary>The summer in which they are 16.</summary>
    public required int Summer { get; init; }

    public List<DemoResult> Results { get; } = [];

    /// <summary>The number that registering gave.</summary>
    public string Uln { get; set; } = "";

    /// <summary>The row of a registration file (2A).</summary>
    public IReadOnlyDictionary<string, string> Row() => new Dictionary<string, string>
    {
        ["MISIdentifier"] = Mis,
        ["GivenName"] = GivenName,
        ["FamilyName"] = FamilyName,
        ["LastKnownPostCode"] = Postcode,
        ["DateOfBirth"] = Day(DateOfBirth),
        ["Gender"] = $"{Gender}",
        ["AbilityToShare"] = $"{AbilityToShare}",
        ["VerificationType"] = "2",
        ["SchoolAtAge16"] = DemoCatalogue.Providers.First(provider => provider.Ukprn == School).Name,
    };

    /// <summary>The row of an achievements file (1A).</summary>
    public IReadOnlyDictionary<string, string> Row(DemoResult result, DemoAction action) => new Dictionary<string, string>
    {
        ["MISIdentifier"] = Mis,
        ["ULN"] = Uln,
        ["GivenName"] = GivenName,
        ["FamilyName"] = FamilyName,
        ["DateOfBirth"] = Day(DateOfBirth),
        ["Gender"] = $"{Gender}",
        ["LearnerPostcode"] = Postcode,
        ["ProviderUKPRN"] = result.Summer == Summer ? School : College,
        ["UnitOrQualificationReferenceNumber"] = result.Number,
        ["AchievementAwardDate"] = Day(DemoCalendar.Awarded(result.Summer)),
        ["Grade"] = action.Grade,
        ["LanguageForAssessment"] = School == "10990003" && result.Summer == Summer ? "Welsh" : "English",
        ["Action"] = $"{action.Action}",
        ["ActionDate"] = Day(action.Action == 1 ? DemoCalendar.Awarded(result.Summer) : DemoCalendar.Reviewed(result.Summer)),
        ["ActionReason"] = action.Reason,
        ["SubmissionType"] = action.Action is 3 or 4 or 5 ? "" : action.IsProvisional ? "P" : "F",
    };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>What a file says of one achievement: DECISIONS, Achievement Action.</summary>
internal sealed record DemoAction(int Action, string Grade, bool IsProvisional = false, string Reason = "");

/// <summary>One achievement: in which summer, of what, what was said first, and what was said after the reviews of that autumn.</summary>
internal sealed record DemoResult(int Summer, string Number, DemoAction First, DemoAction? Later = null);

/// <summary>The days of a year of the demo, UTC.</summary>
internal static class DemoCalendar
{
    /// <summary>When schools register those who are 14.</summary>
    public static DateTimeOffset Registered(int summer) => At(summer - 2, 9, 16);

    /// <summary>The day on which results are awarded.</summary>
    public static DateOnly Awarded(int summer) => new(summer, 8, 20);

    /// <summary>When the files with the results come in.</summary>
    public static DateTimeOffset Sent(int summer) => At(summer, 8, 24);

    /// <summary>The day of the reviews of marking.</summary>
    public static DateOnly Reviewed(int summer) => new(summer, 10, 8);

    /// <summary>When the files with the corrections come in.</summary>
    public static DateTimeOffset Corrected(int summer) => At(summer, 10, 12);

    /// <summary>The last summer whose corrections are in.</summary>
    public static int LastSummer(DateTimeOffset now) => now >= Corrected(now.Year) ? now.Year : now.Year - 1;

    private static DateTimeOffset At(int year, int month, int day) => new(year, month, day, 9, 30, 0, TimeSpan.Zero);
}
