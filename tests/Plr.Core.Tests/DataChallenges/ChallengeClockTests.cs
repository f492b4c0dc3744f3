using System.Globalization;
using Plr.Core.DataChallenges;
using Plr.Core.Learners;

namespace Plr.Core.Tests.DataChallenges;

public class ChallengeClockTests
{
    private static readonly Guid Board = Guid.Parse("0199aaaa-0000-7000-8000-000000000001");
    private static readonly ChallengeClock Clock = new(new(WorkingDays.ByRule));

    private static readonly DataChallenge Raised = new(
        Guid.Empty, Uln.Parse("9276308686"), 7, ChallengeType.WrongGrade, ChallengeState.Raised, new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero), null, "An 8.");

    private static DataChallenge Sent => Clock.Begin(Raised with { OrganisationId = Board }, Day("2026-11-23"));

    [Theory]
    [InlineData("2026-11-23", "2026-12-23")]
    [InlineData("2026-11-25", "2026-12-29")]
    [InlineData("2027-01-31", "2027-03-01")]
    [InlineData("2028-01-31", "2028-02-29")]
    [InlineData("2026-03-03", "2026-04-07")]
    public void An_answer_can_be_expected_in_a_calendar_month_or_on_the_next_working_day(string raised, string expected) => Assert.Equal(Day(expected), Clock.Expected(Day(raised)));

    [Fact]
    public void An_organisation_has_twenty_working_days_and_is_reminded_after_ten_and_fifteen()
    {
        Assert.Equal((ChallengeState.WithOrganisation, Day("2026-12-21"), Day("2026-12-07")), (Sent.State, Sent.DueOn, Sent.NextOn));

        Assert.Null(Clock.Due(Sent, Day("2026-12-06")));
        var (first, once) = Clock.Due(Sent, Day("2026-12-07"))!.Value;
        Assert.Equal((ChallengeDeed.Reminded, 1, Day("2026-12-14")), (first, once.Reminders, once.NextOn));
        Assert.Null(Clock.Due(once, Day("2026-12-13")));
        var (second, twice) = Clock.Due(once, Day("2026-12-14"))!.Value;
        Assert.Equal((ChallengeDeed.Reminded, 2, Day("2026-12-22")), (second, twice.Reminders, twice.NextOn));
        Assert.Null(Clock.Due(twice, Day("2026-12-21")));
        var (last, over) = Clock.Due(twice, Day("2026-12-22"))!.Value;
        Assert.Equal((ChallengeDeed.Escalated, null, null, null), (last, over.OrganisationId, over.DueOn, over.NextOn));
        Assert.Equal(Sent.ExpectedOn, over.ExpectedOn);
    }

    [Fact]
    public void A_clock_that_stood_still_reminds_once_for_all_that_is_past_and_escalates_what_is_over()
    {
        Assert.Equal(2, Clock.Due(Sent, Day("2026-12-18"))!.Value.After.Reminders);
        Assert.Equal(ChallengeDeed.Escalated, Clock.Due(Sent, Day("2027-02-01"))!.Value.Deed);
    }

    [Fact]
    public void Without_an_organisation_the_register_office_has_it_and_nothing_happens_by_itself()
    {
        var (deed, sent) = Clock.Due(Raised, Day("2026-11-23"))!.Value;

        Assert.Equal((ChallengeDeed.SentToOffice, ChallengeState.WithOffice, null, Day("2026-12-23")), (deed, sent.State, sent.DueOn, sent.ExpectedOn));
        Assert.Null(Clock.Due(sent, Day("2030-01-01")));
        Assert.Equal(ChallengeDeed.SentToOrganisation, Clock.Due(Raised with { OrganisationId = Board }, Day("2026-11-23"))!.Value.Deed);
    }

    [Fact]
    public void While_the_learner_is_asked_the_time_of_the_organisation_stands_still()
    {
        var asked = Clock.Pause(Sent, Day("2026-11-30")) with { State = ChallengeState.MoreInformationWanted };
        Assert.Equal(Day("2026-12-31"), asked.NextOn);
        Assert.Null(Clock.Due(asked, Day("2026-12-30")));
        Assert.Equal(ChallengeDeed.Closed, Clock.Due(asked, Day("2026-12-31"))!.Value.Deed);

        // Five working days and seven of the calendar.
        var answered = Clock.Resume(asked, Day("2026-12-07"));
        Assert.Equal((Day("2026-12-30"), Day("2026-12-14"), Day("2026-12-30"), null), (answered.DueOn, answered.NextOn, answered.ExpectedOn, answered.AskedOn));
        Assert.Equal((Sent.DueOn, Sent.ExpectedOn, Sent.NextOn), (Clock.Resume(Clock.Pause(Sent, Day("2026-11-30")), Day("2026-11-30")) is var same ? same.DueOn : null, same.ExpectedOn, same.NextOn));
    }

    [Theory]
    [InlineData(ChallengeState.Accepted)]
    [InlineData(ChallengeState.Rejected)]
    [InlineData(ChallengeState.Closed)]
    [InlineData(ChallengeState.Withdrawn)]
    public void To_what_is_answered_nothing_happens_any_more(ChallengeState state) => Assert.Null(Clock.Due(ChallengeClock.End(Sent with { State = state }), Day("2027-06-01")));

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
