using Plr.Core;
using Plr.Core.DataChallenges;
using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Core.Responses;
using Plr.Testing;

namespace Plr.Store.Tests;

public abstract class DataChallengeStoreTests(Database database) : RegisterTests(database)
{
    private DataChallengeStore Challenges => new(Engine, Trail);

    [Fact]
    public async Task An_event_with_an_open_challenge_shows_so_and_one_with_a_closed_one_does_not()
    {
        var (uln, own, eventId) = await LearnerWithEventAsync("10990101", "RN9101");

        var answer = await Raise().RunAsync(new(uln, eventId, ChallengeType.WrongGrade, " It was an 8. "), own);

        Assert.Equal((ResponseCodes.ChallengeRaised, "It was an 8.", ChallengeState.Raised), (answer.Code, answer.Challenge!.Said, answer.Challenge.State));
        Assert.True(Assert.Single((await RecordAsync(uln, own)).Events).UnderDataChallenge);
        Assert.Equal([answer.Challenge], await Challenges.ListAsync(uln, own));
        await Engine.WriteAsync(session => session.ExecuteAsync("UPDATE data_challenge SET state = 12 WHERE uln = @uln", new { uln = uln.Value }));
        Assert.False(Assert.Single((await RecordAsync(uln, own)).Events).UnderDataChallenge);
    }

    [Fact]
    public async Task Raising_one_leaves_an_entry_in_the_learners_trail()
    {
        var (uln, own, _) = await LearnerWithEventAsync("10990102", "RN9102");

        await Raise().RunAsync(new(uln, null, ChallengeType.Missing, "My GCSE in Welsh is not here."), own);

        Assert.Equal("challenge-raised", (await ActionsAsync(uln.Value))[^1]);
        Assert.Empty((await Trail.VerifyAsync(null, Office)).Faults);
    }

    [Fact]
    public async Task What_is_not_right_or_not_their_own_is_refused_and_nothing_is_kept()
    {
        var (uln, own, eventId) = await LearnerWithEventAsync("10990103", "RN9103");
        var (other, _, otherEvent) = await LearnerWithEventAsync("10990104", "RN9104");

        Assert.Equal(ResponseCodes.UnknownEvent, (await Raise().RunAsync(new(uln, otherEvent, ChallengeType.WrongGrade, "x"), own)).Code);
        Assert.Equal(ResponseCodes.NotAllowed, (await Raise().RunAsync(new(other, otherEvent, ChallengeType.WrongGrade, "x"), own)).Code);
        Assert.Equal(ResponseCodes.DetailsIncorrect, (await Raise().RunAsync(new(uln, eventId, ChallengeType.WrongGrade, " "), own)).Code);
        Assert.Equal(ResponseCodes.DetailsIncorrect, (await Raise().RunAsync(new(uln, eventId, ChallengeType.WrongGrade, new string('a', 2001)), own)).Code);
        Assert.Equal(ResponseCodes.DetailsIncorrect, (await Raise().RunAsync(new(uln, eventId, ChallengeType.Missing, "x"), own)).Code);
        Assert.Equal(ResponseCodes.DetailsIncorrect, (await Raise().RunAsync(new(uln, null, ChallengeType.WrongGrade, "x"), own)).Code);
        Assert.Empty(await Challenges.ListAsync(uln, own));
    }

    private RaiseChallenge Raise() => new(Challenges, Clock.New());

    private async Task<PersonalLearningRecord> RecordAsync(Uln uln, Access own) =>
        (await new GetLearningEvents(new LearningEventStore(Engine, Trail, Clock.New())).RunAsync(uln, null, own)).Record!;

    private async Task<(Uln Uln, Access Own, int EventId)> LearnerWithEventAsync(string ukprn, string recognitionNumber)
    {
        var college = await CollegeAsync(ukprn);
        var awarding = (await Organisations.AddAsync("Awarding " + recognitionNumber, null, recognitionNumber, recognitionNumber, Office)).Added!;
        var number = "601/" + ukprn[4..] + "/3";
        await new QualificationStore(Engine, Trail).ImportAsync([A.Qualification(number, recognitionNumber)], Office);
        var learner = A.Learner(familyName: "Hughes" + recognitionNumber[^1]);
        var access = new Access(new Actor(Roles.LrbBatch, OrganisationId: college.Id), Channel.Batch, Purpose.Enrolment, "test");
        var learners = new LearnerStore(Engine, Trail, new UlnIssuer(Keys), Clock.New());
        var outcome = Assert.Single(await learners.RegisterAsync([Registration.Check(1, learner, new DateOnly(2026, 11, 23))], null, access));
        var uln = Uln.Parse(outcome.Uln!);
        var uploader = new AchievementUploader(awarding.Id, awarding.Name, recognitionNumber, recognitionNumber, new DateOnly(2026, 11, 23), null);
        var rows = new[] { Achievement.Check(1, A.Achievement($"{uln}", number) with { GivenName = learner.GivenName, FamilyName = learner.FamilyName }) };
        var award = new Access(new Actor(Roles.AwardingOrganisation, OrganisationId: awarding.Id), Channel.Batch, Purpose.Award, "test");
        var events = new LearningEventStore(Engine, Trail, Clock.New());
        Assert.Equal(AchievementChange.Created, Assert.Single(await events.RecordAchievementsAsync(rows, uploader, null, award)).Change);
        var own = new Access(new Actor(Roles.Learner, Guid.CreateVersion7(), "Amelia Hughes", OwnUln: uln), Channel.LearnerSite, Purpose.OwnRecord, "test");
        return (uln, own, Assert.Single((await RecordAsync(uln, own)).Events).Id);
    }
}

public sealed class DataChallengesOnSqlite(SqliteDatabase d) : DataChallengeStoreTests(d), IClassFixture<SqliteDatabase>;

public sealed class DataChallengesOnPostgres(PostgresDatabase d) : DataChallengeStoreTests(d), IClassFixture<PostgresDatabase>;
