using Plr.Core.Duplicates;
using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Core.Responses;
using Plr.Testing;

namespace Plr.Store.Tests;

/// <summary>Linking while others decide, update, register and upload, on two servers where the engine has them.</summary>
public abstract class LinkRaceTests(Database database) : LinkedRegisterTests(database)
{
    [Fact]
    public async Task Of_two_officers_who_approve_at_once_one_does()
    {
        await using var second = Database is PostgresDatabase ? Engine.Open(Database.Options) : null;
        for (var round = 0; round < 5; round++)
        {
            var (master, other, pair, _) = await PairAsync();
            var (_, proposal) = await ProposeAsync(pair, master);

            var codes = await Task.WhenAll(new[] { (Engine, Senior), (second ?? Engine, OtherSenior), (Engine, Senior), (second ?? Engine, OtherSenior) }
                .Select(pair => Task.Run(() => new ApproveLink(DuplicatesOn(pair.Item1)).RunAsync(proposal!.Value, pair.Item2))));

            Assert.Single(codes, ResponseCodes.LearnersLinked);
            Assert.Equal(3, codes.Count(code => code == ResponseCodes.LinkDecided));
            Assert.Equal((LearnerStatus.Merged, master, 2), await RowAsync(other));
        }

        Assert.Empty(await FaultsAsync());
    }

    [Fact]
    public async Task Links_that_would_go_in_a_round_are_never_both_made()
    {
        await using var second = Database is PostgresDatabase ? Engine.Open(Database.Options) : null;
        for (var round = 0; round < 5; round++)
        {
            // A to B, B to C and C to A, all approved at once.
            var board = await BoardAsync();
            var ulns = new List<Uln>();
            for (var i = 0; i < 3; i++)
            {
                ulns.Add((await AchieverAsync(board, await QualificationAsync(board))).Uln);
            }

            var proposals = new List<Guid>();
            for (var i = 0; i < 3; i++)
            {
                proposals.Add((await ProposeAsync(await ListedAsync(ulns[i], ulns[(i + 1) % 3]), ulns[(i + 1) % 3])).Case!.Value);
            }

            var codes = await Task.WhenAll(proposals.Select((proposal, i) => Task.Run(() => new ApproveLink(DuplicatesOn(i == 1 && second is not null ? second : Engine)).RunAsync(proposal, Senior))));

            Assert.Contains(ResponseCodes.LearnersLinked, codes);
            Assert.All(codes, code => Assert.True(code == ResponseCodes.LearnersLinked || code == ResponseCodes.StaleVersion, code.Name));
            foreach (var uln in ulns)
            {
                Assert.NotNull(await Learners.ShowAsync(uln, _ => true, null, Senior));
            }
        }

        Assert.Empty(await FaultsAsync());
    }

    [Fact]
    public async Task While_others_update_register_and_upload_a_link_is_made_whole_or_not_at_all()
    {
        await using var second = Database is PostgresDatabase ? Engine.Open(Database.Options) : null;
        for (var round = 0; round < 8; round++)
        {
            var board = await BoardAsync();
            var number = await QualificationAsync(board);
            var learner = A.Learner(familyName: Fresh());
            var master = await RegisteredAsync(learner);
            var other = await RegisteredAsync(learner with { GivenName = "Siana" });
            var (_, proposal) = await ProposeAsync(await ListedAsync(master, other), master);
            var (learners, events) = second is null ? (Learners, Events) : (LearnersOn(second), EventsOn(second));
            var sent = A.Achievement(other.ToString(), number) with { FamilyName = learner.FamilyName, GivenName = "Siana" };
            var linking = Task.Run(() => ApproveAsync(proposal));
            var others = Task.WhenAll(
                Task.Run(async () => (object)await learners.UpdateAsync(other, 1, held => (held.Details with { Title = "Ms" }, []), Senior)),
                Task.Run(async () => (object)await learners.RegisterAsync([A.Registration(learner with { GivenName = "Siana", Notes = "again", Uln = other.ToString() })], null, By(null))),
                Task.Run(async () => (object)await events.RecordAchievementsAsync([Achievement.Check(1, sent)], board, null, ByBoard(board))),
                Task.Run(async () => (object)await Events.RecordAchievementsAsync([Achievement.Check(1, sent with { Uln = master.ToString(), GivenName = "Siân" })], board, null, ByBoard(board))));
            var (code, _) = (await linking, await others);

            var (status, leadsTo, _) = await RowAsync(other);
            Assert.Equal(code == ResponseCodes.LearnersLinked ? (LearnerStatus.Merged, master) : (LearnerStatus.Active, null), (status, leadsTo));
            if (code != ResponseCodes.LearnersLinked)
            {
                Assert.Equal(ResponseCodes.StaleVersion, code);
                continue;
            }

            // Whatever came first: sent once more, it is held by the one person.
            var again = await RecordAsync(sent with { GivenName = "Siân" }, board);
            Assert.Equal(AchievementChange.Unchanged, again.Change);
            Assert.InRange((await EventIdsAsync(master)).Length, 1, 2);
            Assert.Equal(await EventIdsAsync(master), await EventIdsAsync(other));
        }

        Assert.Empty(await FaultsAsync());
    }
}

public sealed class LinkRacesOnSqlite(SqliteDatabase d) : LinkRaceTests(d), IClassFixture<SqliteDatabase>;

public sealed class LinkRacesOnPostgres(PostgresDatabase d) : LinkRaceTests(d), IClassFixture<PostgresDatabase>;
