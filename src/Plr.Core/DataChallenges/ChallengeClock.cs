namespace Plr.Core.DataChallenges;

/// <summary>How long the parts of a data challenge take (DECISIONS, "Data challenges").</summary>
/// <param name="Days">Which days count.</param>
public sealed record ChallengeTimes(WorkingDays Days)
{
    /// <summary>Working days in which an organisation answers.</summary>
    public int Answer { get; init; } = 20;

    /// <summary>It is reminded after so many.</summary>
    public int FirstReminder { get; init; } = 10;

    /// <summary>And again after so many.</summary>
    public int SecondReminder { get; init; } = 15;

    /// <summary>Working days in which the learner gives information that was asked for.</summary>
    public int Information { get; init; } = 20;

    /// <summary>Calendar months that the whole may take: one (UK GDPR, article 12(3)).</summary>
    public int Months { get; init; } = 1;
}

/// <summary>
/// The clock of data challenges: pure, by days. An organisation's time stands still while the learner is asked for more, and what the learner can
/// expect moves with it; the register office answers by the day that the learner was told.
/// </summary>
public sealed class ChallengeClock(ChallengeTimes times)
{
    private readonly WorkingDays _days = times.Days;

    /// <summary>By when the learner can expect an answer to what was raised on a day: a calendar month, and if that is no working day the next one.</summary>
    public DateOnly Expected(DateOnly raisedOn) => _days.OnOrAfter(raisedOn.AddMonths(times.Months));

    /// <summary>The clock of a challenge begins: with its organisation, or with the register office when none is known.</summary>
    public DataChallenge Begin(DataChallenge challenge, DateOnly today) => Ticking(challenge with
    {
        State = challenge.OrganisationId is null ? ChallengeState.WithOffice : ChallengeState.WithOrganisation,
        DueOn = challenge.OrganisationId is null ? null : _days.After(today, times.Answer),
        ExpectedOn = Expected(today),
    });

    /// <summary>The learner is asked: the clock waits for them.</summary>
    public DataChallenge Pause(DataChallenge challenge, DateOnly today) => challenge with { AskedOn = today, NextOn = LastDayToAnswer(today).AddDays(1) };

    /// <summary>The last day on which the learner can give what was asked for on a day.</summary>
    public DateOnly LastDayToAnswer(DateOnly askedOn) => _days.After(askedOn, times.Information);

    /// <summary>The learner has answered: the organisation has as many days left as when it asked.</summary>
    public DataChallenge Resume(DataChallenge challenge, DateOnly today)
    {
        var askedOn = challenge.AskedOn ?? today;
        return Ticking(challenge with
        {
            AskedOn = null,
            DueOn = challenge.DueOn is { } due ? _days.After(due, _days.Between(askedOn, today)) : null,
            ExpectedOn = challenge.ExpectedOn is { } expected ? _days.OnOrAfter(expected.AddDays(today.DayNumber - askedOn.DayNumber)) : null,
        });
    }

    /// <summary>The register office has it: nothing happens by itself.</summary>
    public static DataChallenge HandOver(DataChallenge challenge) => challenge with { OrganisationId = null, OrganisationName = null, DueOn = null, NextOn = null, AskedOn = null };

    /// <summary>What is to be done by itself on a day, and the challenge after it; null when nothing is.</summary>
    public (ChallengeDeed Deed, DataChallenge After)? Due(DataChallenge challenge, DateOnly today) => challenge switch
    {
        { State: ChallengeState.Raised, OrganisationId: null } => (ChallengeDeed.SentToOffice, Begin(challenge, today)),
        { State: ChallengeState.Raised } => (ChallengeDeed.SentToOrganisation, Begin(challenge, today)),
        { NextOn: { } next } when next > today => null,
        { State: ChallengeState.MoreInformationWanted, NextOn: not null } => (ChallengeDeed.Closed, End(challenge)),
        { State: ChallengeState.WithOrganisation, DueOn: { } due } when due < today => (ChallengeDeed.Escalated, HandOver(challenge)),
        { State: ChallengeState.WithOrganisation, DueOn: { } due } when RemindersBy(due, today) is var many && many > challenge.Reminders =>
            (ChallengeDeed.Reminded, Ticking(challenge with { Reminders = many })),
        _ => null,
    };

    /// <summary>It is answered: nothing more happens by itself.</summary>
    public static DataChallenge End(DataChallenge challenge) => challenge with { NextOn = null, AskedOn = null };

    private DataChallenge Ticking(DataChallenge challenge) => challenge with
    {
        NextOn = challenge.DueOn is not { } due ? null : challenge.Reminders switch
        {
            0 => FirstReminder(due),
            1 => SecondReminder(due),
            _ => due.AddDays(1),
        },
    };

    private int RemindersBy(DateOnly due, DateOnly today) => today >= SecondReminder(due) ? 2 : today >= FirstReminder(due) ? 1 : 0;

    private DateOnly FirstReminder(DateOnly due) => _days.Before(due, times.Answer - times.FirstReminder);

    private DateOnly SecondReminder(DateOnly due) => _days.Before(due, times.Answer - times.SecondReminder);
}
