using Plr.Core.DataChallenges;

namespace Plr.Server;

/// <summary>Data challenges: the clock and the evidence.</summary>
public sealed record ChallengeSettings
{
    /// <summary>An organisation answers a data challenge within so many working days; then the register office has it. 2 to 60.</summary>
    public int AnswerWorkingDays { get; init; } = 20;

    /// <summary>The organisation is reminded after so many working days. 1 or more, and before the second reminder.</summary>
    public int FirstReminderWorkingDays { get; init; } = 10;

    /// <summary>The organisation is reminded again after so many working days. Before the answer is due.</summary>
    public int SecondReminderWorkingDays { get; init; } = 15;

    /// <summary>The learner is told to expect the answer within so many calendar months. UK GDPR, article 12(3), allows one. 1 to 3.</summary>
    public int ExpectedMonths { get; init; } = 1;

    /// <summary>A learner who was asked for more has so many working days; then the data challenge is closed. 5 to 120.</summary>
    public int InformationWorkingDays { get; init; } = 20;

    /// <summary>
    /// Bank holidays that were proclaimed once, as for a coronation, which no rule gives: days such as <c>2030-06-03</c>, separated by semicolons. The yearly
    /// bank holidays of England are known.
    /// </summary>
    public string ProclaimedHolidays { get; init; } = "";

    /// <summary>The largest file of evidence in mebibytes. 1 to 50; what is more than <see cref="Settings.LargestRequestMiB"/> is never taken.</summary>
    public int LargestEvidenceMiB { get; init; } = 10;

    /// <summary>How many files of evidence one data challenge can have. 1 to 20.</summary>
    public int MostEvidence { get; init; } = 5;

    /// <summary>What a learner has written of a data challenge that is not sent yet is kept for so many days. 1 to 30.</summary>
    public int AnswersKeptDays { get; init; } = 7;

    internal ChallengeTimes Times => new(WorkingDays.Parse(ProclaimedHolidays)!)
    {
        Answer = AnswerWorkingDays,
        FirstReminder = FirstReminderWorkingDays,
        SecondReminder = SecondReminderWorkingDays,
        Information = InformationWorkingDays,
        Months = ExpectedMonths,
    };

    /// <summary>What is taken, of requests that can be so large.</summary>
    internal EvidenceLimits Evidence(int largestRequestMiB) => new(Math.Min(LargestEvidenceMiB, largestRequestMiB), MostEvidence);

    internal IEnumerable<string> Problems()
    {
        if (AnswerWorkingDays is < 2 or > 60 || FirstReminderWorkingDays < 1 || FirstReminderWorkingDays >= SecondReminderWorkingDays || SecondReminderWorkingDays >= AnswerWorkingDays)
        {
            yield return "Challenges allows AnswerWorkingDays 2 to 60, and before it FirstReminderWorkingDays (1 or more), then SecondReminderWorkingDays.";
        }

        if (ExpectedMonths is < 1 or > 3 || InformationWorkingDays is < 5 or > 120 || AnswersKeptDays is < 1 or > 30)
        {
            yield return "Challenges allows ExpectedMonths 1 to 3, InformationWorkingDays 5 to 120 and AnswersKeptDays 1 to 30.";
        }

        if (WorkingDays.Parse(ProclaimedHolidays) is null)
        {
            yield return $"Challenges:ProclaimedHolidays is '{ProclaimedHolidays}'; allowed: days such as 2030-06-03, separated by semicolons.";
        }

        if (LargestEvidenceMiB is < 1 or > 50 || MostEvidence is < 1 or > 20)
        {
            yield return "Challenges allows LargestEvidenceMiB 1 to 50 and MostEvidence 1 to 20.";
        }
    }
}
