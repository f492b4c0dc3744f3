using Plr.Core;
using Plr.Core.Batches;
using Plr.Core.Learners;
using Plr.Core.Responses;
using Plr.Testing;

namespace Plr.Store.Tests;

public abstract class RegisteringTests(Database database) : RegisterTests(database)
{
    [Fact]
    public async Task A_new_learner_is_registered_with_version_1_by_their_organisation()
    {
        var college = await CollegeAsync();
        var outcome = await RegisterAsync(A.Learner(familyName: Fresh()), By(college));
        Assert.Equal(ResponseCodes.LearnerRegistered, outcome.Code);
        var uln = Uln.Parse(outcome.Uln!);
        var learner = (await Learners.ShowAsync(uln, _ => true, null, By(college)))!;
        Assert.Equal((1, LearnerStatus.Active, 2, Noon, Channel.Portal, college.Id), (learner.Version, learner.Status, learner.TierLevel, learner.CreatedAt, learner.CreatedVia, learner.RegisteredBy));
        Assert.Equal(["learner-registered", "learner-shown"], await ActionsAsync(uln));
    }

    [Theory]
    [InlineData("siân", "LL57 1DT")]
    [InlineData("SIÂN", "ll571dt")]
    [InlineData(" Siân ", "LL571DT  ")]
    [InlineData("Sia\u0302n", "LL57 1DT")]
    public async Task The_same_person_written_otherwise_is_an_exact_match(string givenName, string postcode)
    {
        var text = A.Learner(familyName: Fresh());
        var uln = await RegisteredAsync(text);
        var outcome = await RegisterAsync(text with { GivenName = givenName, LastKnownPostCode = postcode });
        Assert.Equal((ResponseCodes.ExactMatch, uln.ToString()), (outcome.Code, outcome.Uln));
        Assert.Equal(["learner-registered", "learner-matched"], await ActionsAsync(uln));
        Assert.Equal("Siân", (await Learners.ShowAsync(uln, _ => true, null, Office))!.Details.GivenName);
    }

    [Theory]
    [InlineData("Sian", "2008-02-29", "2", "LL57 1DT")]
    [InlineData("Si ân", "2008-02-29", "2", "LL57 1DT")]
    [InlineData("Siân", "2008-02-28", "2", "LL57 1DT")]
    [InlineData("Siân", "2008-02-29", "9", "LL57 1DT")]
    [InlineData("Siân", "2008-02-29", "2", "LL57 1DU")]
    public async Task A_person_who_differs_in_one_of_the_five_is_a_new_learner(string givenName, string born, string gender, string postcode)
    {
        var text = A.Learner(familyName: Fresh());
        var uln = await RegisteredAsync(text);
        var other = await RegisteredAsync(text with { GivenName = givenName, DateOfBirth = born, Gender = gender, LastKnownPostCode = postcode });
        Assert.NotEqual(uln, other);
    }

    [Fact]
    public async Task A_match_takes_optional_details_into_a_new_version_and_leaves_the_rest()
    {
        var text = A.FullLearner(familyName: Fresh());
        var uln = await RegisteredAsync(text);
        var outcome = await RegisterAsync(A.Learner(text.GivenName!, text.FamilyName!) with
        {
            DateOfBirth = text.DateOfBirth,
            Gender = "9",
            LastKnownPostCode = "LL57 1DT",
            VerificationType = "0",
            SchoolAtAge16 = "Ysgol Friars",
            UniquePupilNumber = "B12345678901B",
        });
        Assert.Equal((ResponseCodes.LearnerUpdated, uln.ToString()), (outcome.Code, outcome.Uln));
        var learner = (await Learners.ShowAsync(uln, _ => true, null, Office))!;
        Assert.Equal(LearnerRules.Details(text) with { SchoolAtAge16 = "Ysgol Friars" }, learner.Details);
        Assert.Equal(2, learner.Version);
        Assert.Equal(["learner-registered", "learner-updated", "learner-shown"], await ActionsAsync(uln));
    }

    [Fact]
    public async Task Several_learners_equal_in_all_five_are_a_possible_match_for_a_person_to_decide()
    {
        var text = A.Learner(familyName: Fresh());
        var uln = await RegisteredAsync(text);
        var twin = await RegisteredAsync(text with { GivenName = "Twin" });
        var held = (await Learners.ShowAsync(twin, _ => true, null, Office))!;
        Assert.IsType<UpdateOutcome.Updated>(await Learners.UpdateAsync(twin, 1, _ => (held.Details with { GivenName = "Siân" }, []), Office));
        var outcome = await RegisterAsync(text);
        Assert.Equal((ResponseCodes.PossibleMatches, null), (outcome.Code, outcome.Uln));
        Assert.Equal(["2"], outcome.Findings.Single().Values);
        Assert.Equal(ResponseCodes.ExactMatch, (await RegisterAsync(text with { Uln = uln.ToString() })).Code);
    }

    [Fact]
    public async Task A_supplied_ULN_finds_its_person_also_without_the_rest_and_nobody_else()
    {
        var text = A.Learner(familyName: Fresh());
        var uln = await RegisteredAsync(text);
        var bare = new LearnerText { Uln = uln.ToString(), GivenName = "siân", FamilyName = text.FamilyName };
        Assert.Equal((ResponseCodes.ExactMatch, uln.ToString()), Named(await RegisterAsync(bare)));
        Assert.Equal((ResponseCodes.UlnNotThisPerson, uln.ToString()), Named(await RegisterAsync(bare with { GivenName = "Dafydd" })));
        Assert.Equal((ResponseCodes.UlnNotThisPerson, uln.ToString()), Named(await RegisterAsync(bare with { DateOfBirth = "2008-02-28" })));
        Assert.Equal((ResponseCodes.UlnNotThisPerson, "1000000043"), Named(await RegisterAsync(bare with { Uln = "1000000043" })));
        Assert.Equal((ResponseCodes.IncorrectIdentifier, null), Named(await RegisterAsync(bare with { Uln = "1000000044" })));
    }

    [Fact]
    public async Task A_change_of_sharing_that_is_not_allowed_changes_nothing_but_is_written_down()
    {
        var text = A.Learner(familyName: Fresh());
        var uln = await RegisteredAsync(text);
        var outcome = await RegisterAsync(text with { AbilityToShare = "0", Title = "Ms" });
        Assert.Equal((ResponseCodes.ShareChangeNotAllowed, uln.ToString()), Named(outcome));
        Assert.Null((await Learners.ShowAsync(uln, _ => true, null, Office))!.Details.Title);
        Assert.Equal(["learner-registered", "learner-matched", "learner-shown"], await ActionsAsync(uln));
    }

    [Fact]
    public async Task A_merged_learner_leads_to_the_master_by_ULN_and_by_the_five()
    {
        var (text, old) = (A.Learner(familyName: Fresh()), A.Learner("Shân", Fresh()));
        var master = await RegisteredAsync(text);
        var merged = await RegisteredAsync(old);
        await ExecuteAsync("UPDATE learner SET status = 2, master_uln = @master WHERE uln = @merged", new { master = master.Value, merged = merged.Value });
        Assert.Equal((ResponseCodes.MasterSubstituted, master.ToString()), Named(await RegisterAsync(old)));
        Assert.Equal((ResponseCodes.MasterSubstituted, master.ToString()), Named(await RegisterAsync(text with { Uln = merged.ToString(), Title = "Ms" })));
        Assert.Equal("Ms", (await Learners.ShowAsync(merged, _ => true, null, Office))!.Details.Title);
        Assert.Equal((ResponseCodes.ExactMatch, master.ToString()), Named(await RegisterAsync(text)));
        await ExecuteAsync("UPDATE learner SET status = 1, master_uln = NULL WHERE uln = @merged", new { merged = merged.Value });
    }

    [Fact]
    public async Task The_same_learner_twice_in_one_call_is_registered_once()
    {
        var text = A.Learner(familyName: Fresh());
        var outcomes = await Learners.RegisterAsync([A.Registration(text), A.Registration(text with { GivenName = "SIÂN" }, 2)], null, By(null));
        Assert.Equal([(ResponseCodes.LearnerRegistered, outcomes[0].Uln), (ResponseCodes.SameAsEarlierRow, outcomes[0].Uln)], outcomes.Select(Named));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public async Task A_learner_who_stood_in_an_earlier_row_is_recognised_however_the_file_is_cut(int rowsInChunk)
    {
        var college = await CollegeAsync();
        var (text, other) = (A.Learner(familyName: Fresh()), A.Learner("Huw", Fresh()));
        var held = (await RegisteredAsync(other)).ToString();
        var byUln = new LearnerText { Uln = held, GivenName = "Huw", FamilyName = other.FamilyName, Title = "Mr" };
        var outcomes = await RunAsync(
            college.Id,
            rowsInChunk,
            text,
            text with { GivenName = "SIÂN" },
            byUln with { GivenName = "Dafydd" },
            byUln,
            byUln with { Title = "Dr" },
            other with { Title = "Prof" },
            text with { GivenName = "Wrong", Uln = held },
            text with { GivenName = "Wrong" });
        var first = outcomes[0].Uln;
        Assert.Equal(
            [
                (ResponseCodes.LearnerRegistered, first), (ResponseCodes.SameAsEarlierRow, first), (ResponseCodes.UlnNotThisPerson, held), (ResponseCodes.LearnerUpdated, held),
                (ResponseCodes.SameAsEarlierRow, held), (ResponseCodes.SameAsEarlierRow, held), (ResponseCodes.UlnNotThisPerson, held), (ResponseCodes.SameAsEarlierRow, null),
            ],
            outcomes.Select(Named));
        Assert.Equal(["4", "4", "7"], new[] { 4, 5, 7 }.Select(i => outcomes[i].Findings.Single().Values.Single()));
        Assert.Equal("Mr", (await Learners.ShowAsync(Uln.Parse(held), _ => true, null, Office))!.Details.Title);
    }

    [Fact]
    public async Task A_chunk_that_was_done_is_not_done_again()
    {
        var college = await CollegeAsync();
        var batch = await ClaimedAsync(BatchKind.Registrations, college.Id);
        var chunk = new BatchChunk(batch.Id, 0, 1);
        await Learners.RegisterAsync([A.Registration(A.Learner(familyName: Fresh()))], chunk, By(college));
        var before = await LearnersAsync();
        await Assert.ThrowsAsync<BatchMovedOnException>(() => Learners.RegisterAsync([A.Registration(A.Learner(familyName: Fresh()))], chunk, By(college)));
        Assert.Equal(before, await LearnersAsync());
    }

    [Fact]
    public async Task A_person_registered_by_many_at_the_same_moment_gets_one_ULN()
    {
        await using var second = Database is PostgresDatabase ? Engine.Open(Database.Options) : null;
        LearnerStore[] stores = [Learners, second is null ? Learners : LearnersOn(second)];
        foreach (var name in Enumerable.Range(0, 3).Select(_ => Fresh()))
        {
            var text = A.Learner(familyName: name);
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => Task.Run(() =>
                stores[i % 2].RegisterAsync([A.Registration(i % 3 == 0 ? text with { GivenName = "SIÂN" } : text)], null, By(null)))));
            Assert.Single(outcomes.Select(outcome => outcome.Single().Uln).Distinct());
            Assert.Single(outcomes, outcome => outcome.Single().Code == ResponseCodes.LearnerRegistered);
        }
    }

    [Fact]
    public async Task Changes_of_one_learner_by_many_at_the_same_moment_are_versions_without_a_gap()
    {
        await using var second = Database is PostgresDatabase ? Engine.Open(Database.Options) : null;
        LearnerStore[] stores = [Learners, second is null ? Learners : LearnersOn(second)];
        var text = A.Learner(familyName: Fresh());
        var uln = await RegisteredAsync(text);
        var byUln = new LearnerText { Uln = uln.ToString(), GivenName = text.GivenName, FamilyName = text.FamilyName };
        await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() =>
            stores[i % 2].RegisterAsync([A.Registration((i % 4 < 2 ? byUln : text) with { Notes = $"Note {i}" })], null, By(null)))));
        var versions = await Learners.VersionsAsync(uln, Office);
        Assert.Equal(Enumerable.Range(1, 17), versions.Select(version => version.Learner.Version));
        Assert.Empty(await FaultsAsync());
    }

    private static (ResponseCode Code, string? Uln) Named(RegistrationOutcome outcome) => (outcome.Code, outcome.Uln);

    private async Task<List<RegistrationOutcome>> RunAsync(Guid organisation, int rowsInChunk, params LearnerText[] texts)
    {
        var batch = await ClaimedAsync(BatchKind.Registrations, organisation);
        var outcomes = new List<RegistrationOutcome>();
        foreach (var rows in texts.Select((text, i) => A.Registration(text, i + 1)).Chunk(rowsInChunk))
        {
            var chunk = new BatchChunk(batch.Id, outcomes.Count, outcomes.Count + rows.Length);
            outcomes.AddRange(await Learners.RegisterAsync(rows, chunk, By(null) with { Channel = Channel.Batch }));
        }

        return outcomes;
    }

    private Task<long> LearnersAsync() => Engine.ReadAsync(session => session.SingleOrDefaultAsync<long>("SELECT count(*) FROM learner"));
}

public sealed class RegisteringOnSqlite(SqliteDatabase d) : RegisteringTests(d), IClassFixture<SqliteDatabase>;

public sealed class RegisteringOnPostgres(PostgresDatabase d) : RegisteringTests(d), IClassFixture<PostgresDatabase>;
