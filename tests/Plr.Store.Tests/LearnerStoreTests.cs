using Plr.Core;
using Plr.Core.Audit;
using Plr.Core.Learners;
using Plr.Core.Responses;
using Plr.Testing;

namespace Plr.Store.Tests;

public abstract class LearnerStoreTests(Database database) : RegisterTests(database)
{
    private static Func<Learner, (LearnerDetails? Details, IReadOnlyList<Finding> Findings)> To(Func<LearnerDetails, LearnerDetails> change) => held => (change(held.Details), []);

    [Fact]
    public async Task Every_field_comes_back_as_it_was_given_from_the_row_and_from_the_version()
    {
        var text = A.FullLearner(familyName: Fresh("Ó’Néill-Żółć 🦊"));
        var uln = await RegisteredAsync(text);
        var learner = (await Learners.ShowAsync(uln, _ => true, null, Office))!;
        Assert.Equal(LearnerRules.Details(text), learner.Details);
        Assert.Equal((LearnerStatus.Active, 0, 1, Noon, Noon), (learner.Status, learner.TierLevel, learner.Version, learner.CreatedAt, learner.LastUpdatedAt));
        Assert.Equal(learner, (await Learners.VersionsAsync(uln, Office)).Single().Learner);
        Assert.Empty(typeof(LearnerDetails).GetProperties().Where(property => property.GetValue(learner.Details) is null).Select(property => property.Name));
    }

    [Fact]
    public async Task A_learner_with_nothing_optional_comes_back_with_nothing_optional()
    {
        var text = A.Learner(familyName: Fresh());
        var uln = await RegisteredAsync(text);
        Assert.Equal(LearnerRules.Details(text), (await Learners.ShowAsync(uln, _ => true, null, Office))!.Details);
        Assert.Equal(LearnerRules.Details(text), (await Learners.VersionsAsync(uln, Office)).Single().Learner.Details);
    }

    [Fact]
    public async Task An_update_adds_a_version_and_every_version_and_day_stays_readable()
    {
        var college = await CollegeAsync();
        var uln = await RegisteredAsync(A.Learner(familyName: Fresh()));
        Time.Advance(TimeSpan.FromDays(1));
        var updated = Assert.IsType<UpdateOutcome.Updated>(await Learners.UpdateAsync(uln, 1, To(held => held with { Title = "Ms", VerificationType = 1 }), By(college)));
        Assert.Equal((2, 1, Noon, Noon.AddDays(1)), (updated.Learner.Version, updated.Learner.TierLevel, updated.Learner.CreatedAt, updated.Learner.LastUpdatedAt));
        Assert.Equal(updated.Learner, await Learners.ShowAsync(uln, _ => true, null, Office));
        var versions = await Learners.VersionsAsync(uln, Office);
        Assert.Equal([(1, null, Noon, null), (2, "Ms", Noon.AddDays(1), college.Id)], versions.Select(v => (v.Learner.Version, v.Learner.Details.Title, v.RecordedAt, v.RecordedBy)));
        Assert.Null(await Learners.AsOfAsync(uln, Noon.AddMicroseconds(-1), Office));
        Assert.Equal(1, (await Learners.AsOfAsync(uln, Noon, Office))!.Version);
        Assert.Equal(1, (await Learners.AsOfAsync(uln, Noon.AddDays(1).AddMicroseconds(-1), Office))!.Version);
        Assert.Equal(2, (await Learners.AsOfAsync(uln, Noon.AddDays(1), Office))!.Version);
    }

    [Fact]
    public async Task An_update_of_a_version_that_is_not_the_latest_is_stale_and_one_that_changes_nothing_leaves_nothing()
    {
        var uln = await RegisteredAsync(A.Learner(familyName: Fresh()));
        Assert.IsType<UpdateOutcome.Unchanged>(await Learners.UpdateAsync(uln, 1, To(held => held with { Gender = 2 }), Office));
        Assert.IsType<UpdateOutcome.Updated>(await Learners.UpdateAsync(uln, 1, To(held => held with { Gender = 9 }), Office));
        Assert.Equal(new UpdateOutcome.Stale(2), await Learners.UpdateAsync(uln, 1, To(held => held with { Gender = 1 }), Office));
        Assert.Equal(["learner-registered", "learner-updated"], await ActionsAsync(uln));
    }

    [Fact]
    public async Task An_update_that_is_refused_or_names_nobody_changes_nothing()
    {
        var uln = await RegisteredAsync(A.Learner(familyName: Fresh()));
        var finding = new Finding(ResponseCodes.ShareChangeNotAllowed, "AbilityToShare", FindingRules.ShareChange, "1", "0");
        var refused = Assert.IsType<UpdateOutcome.Refused>(await Learners.UpdateAsync(uln, 1, _ => (null, [finding]), Office));
        Assert.Equal([finding], refused.Findings);
        Assert.IsType<UpdateOutcome.NotFound>(await Learners.UpdateAsync(Uln.Parse("1000000043"), 1, To(held => held), Office));
        await ExecuteAsync("UPDATE learner SET status = 0 WHERE uln = @uln", new { uln = uln.Value });
        Assert.IsType<UpdateOutcome.NotFound>(await Learners.UpdateAsync(uln, 1, To(held => held with { Title = "Ms" }), Office));
        Assert.Null(await Learners.ShowAsync(uln, _ => true, null, Office));
    }

    [Fact]
    public async Task Somebody_who_may_not_update_hears_nothing_of_what_was_sent()
    {
        var update = new UpdateLearner(Learners, Time);
        var wrong = new UpdateLearner.Request(A.Learner() with { GivenName = " " }, 1);
        Assert.Equal((ResponseCodes.NotAllowed, 0), (await update.RunAsync(wrong, By(null, Roles.LrbViewOnly))) is var refused ? (refused.Code, refused.Findings.Count) : default);
        Assert.Equal(ResponseCodes.IncorrectFormat, (await update.RunAsync(wrong, By(null))).Code);
        Assert.Equal(ResponseCodes.IncorrectIdentifier, (await update.RunAsync(new(A.Learner(), 1), By(null))).Code);
        Assert.Equal(ResponseCodes.UlnNotFound, (await update.RunAsync(new(A.Learner() with { Uln = "1000000043" }, 1), By(null))).Code);
    }

    [Fact]
    public async Task Of_many_updates_of_one_version_at_the_same_moment_one_is_made_and_the_others_are_stale()
    {
        await using var second = Database is PostgresDatabase ? Engine.Open(Database.Options) : null;
        LearnerStore[] stores = [Learners, second is null ? Learners : LearnersOn(second)];
        var uln = await RegisteredAsync(A.Learner(familyName: Fresh()));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() =>
            stores[i % 2].UpdateAsync(uln, 1, To(held => held with { Notes = $"{i}", DateOfBirth = held.DateOfBirth.AddDays(i) }), Office))));
        Assert.Single(outcomes.OfType<UpdateOutcome.Updated>());
        Assert.Equal(11, outcomes.Count(outcome => outcome is UpdateOutcome.Stale { CurrentVersion: 2 }));
        Assert.Equal(2, (await Learners.VersionsAsync(uln, Office)).Count);
    }

    [Fact]
    public async Task A_search_that_shows_nobody_is_written_in_the_organisations_chain()
    {
        var college = await CollegeAsync();
        var uln = await RegisteredAsync(A.Learner(familyName: Fresh()));
        Assert.Null(await Learners.ShowAsync(uln, _ => false, "what was asked", By(college)));
        Assert.Null(await Learners.ShowAsync(Uln.Parse("1000000043"), _ => true, "what was asked", By(college)));
        Assert.Equal(["organisation-added", "searched-without-match", "searched-without-match"], await ActionsAsync(-college.Number));
        Assert.Equal(["learner-registered"], await ActionsAsync(uln));
        Assert.NotNull(await Learners.ShowAsync(uln, _ => true, "what was asked", By(college)));
        Assert.Equal(["learner-registered", "learner-shown"], await ActionsAsync(uln));
    }

    [Fact]
    public async Task The_learner_reads_who_looked_newest_first_and_still_does_when_the_person_is_erased()
    {
        var college = await CollegeAsync();
        var uln = await RegisteredAsync(A.Learner(familyName: Fresh()));
        Time.Advance(TimeSpan.FromHours(1));
        await Learners.ShowAsync(uln, _ => true, "9276308686 Siân", By(college));
        var (lines, total) = await Trail.ReadAsync(uln, 0, 1, Own(uln));
        Assert.Equal(2, total);
        var shown = new AuditLine(2, Noon.AddHours(1), "learner-shown", "organisation-user", college.Name, "Huw Pugh", "portal", "enrolment", null);
        Assert.Equal([shown], lines);
        await ExecuteAsync("DELETE FROM audit_detail WHERE chain = @uln", new { uln = uln.Value });
        (lines, _) = await Trail.ReadAsync(uln, 0, 10, Own(uln));
        Assert.Equal(shown with { Person = null }, lines[0]);
        Assert.Equal(("learner-registered", null), (lines[1].Action, lines[1].Person));
        Assert.Equal([1], (await Trail.ReadAsync(uln, 1, 10, Own(uln))).Lines.Select(line => line.Sequence));
    }

    [Fact]
    public async Task The_trail_of_a_learner_is_read_by_nobody_else_and_walked_only_by_who_may_check_it()
    {
        var uln = await RegisteredAsync(A.Learner(familyName: Fresh()));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Trail.ReadAsync(uln, 0, 1, By(null)));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Trail.ReadAsync(uln, 0, 1, Own(Uln.Parse("1000000043"))));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Trail.VerifyAsync(null, Own(uln)));
    }
}

public sealed class LearnerStoreOnSqlite(SqliteDatabase d) : LearnerStoreTests(d), IClassFixture<SqliteDatabase>;

public sealed class LearnerStoreOnPostgres(PostgresDatabase d) : LearnerStoreTests(d), IClassFixture<PostgresDatabase>;
