using Plr.Core;
using Plr.Core.DataChallenges;
using Plr.Core.Learners;
using Plr.Core.Sharing;
using Plr.Testing;

namespace Plr.Store.Tests;

/// <summary>Everything that is held about a learner, read at once.</summary>
public abstract class HeldDataStoreTests : RegisterTests
{
    private readonly DataChallengeStore _challenges;
    private readonly ShareStore _shares;
    private readonly HeldDataStore _held;

    protected HeldDataStoreTests(Database database)
        : base(database)
    {
        (_challenges, _shares) = (new(Engine, Trail, Time), new(Engine, Trail, Keys, Time));
        _held = new(Engine, Trail, _challenges, _shares);
    }

    [Fact]
    public async Task Everything_of_a_learner_is_read_with_all_versions_and_one_entry_says_so()
    {
        var board = await BoardAsync();
        var (number, text) = (await QualificationAsync(board), A.Learner(familyName: Fresh()));
        var uln = await RegisteredAsync(text);
        await Learners.UpdateAsync(uln, 1, learner => (learner.Details with { Notes = "second" }, []), By(await CollegeAsync()));
        await RecordAsync(A.AchievementOf(uln, text, number, "2023-08-22", "A"), board);
        await RecordAsync(A.AchievementOf(uln, text, number, "2023-08-22", "B") with { Action = "2" }, board);
        await new RaiseChallenge(_challenges, new ChallengeClock(new(WorkingDays.ByRule)), Time).RunAsync(new(uln, null, ChallengeType.WrongDetails, "one is wrong"), Own(uln));
        await _shares.AddAsync(uln, new ShareTerms { Fields = ShareFields.Grade, EndsAt = Noon.AddDays(7) }, Own(uln));

        var held = await _held.ReadAsync(uln, Own(uln));

        Assert.NotNull(held);
        Assert.Equal([(1, null), (2, "second")], held.Details.Select(version => (version.Learner.Version, version.Learner.Details.Notes)));
        Assert.Equal([(1, "A"), (2, "B")], held.Events.Select(moved => (moved.Version.Version, moved.Version.Facts.Grade)));
        var problem = Assert.Single(held.Challenges);
        Assert.Equal("one is wrong", problem.Challenge.Said);
        Assert.Equal([ChallengeDeed.Raised, ChallengeDeed.SentToOffice], problem.Steps.Select(step => step.Deed));
        Assert.Equal(uln, Assert.Single(held.Shares).Share.Uln);
        Assert.Contains("Board " + board.RecognitionNumber, held.Organisations.Values);
        Assert.Equal("data-downloaded", (await ActionsAsync(uln))[^1]);
        Assert.Empty(await FaultsAsync());
    }

    [Fact]
    public async Task Of_nobody_nothing_is_read_and_nothing_written_down() => Assert.Null(await _held.ReadAsync(Uln.FromStem(999_999_980), Own(Uln.FromStem(999_999_980))));
}

public sealed class HeldDataStoreOnSqlite(SqliteDatabase d) : HeldDataStoreTests(d), IClassFixture<SqliteDatabase>;

public sealed class HeldDataStoreOnPostgres(PostgresDatabase d) : HeldDataStoreTests(d), IClassFixture<PostgresDatabase>;
