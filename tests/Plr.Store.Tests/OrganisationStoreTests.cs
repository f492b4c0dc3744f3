using Plr.Core.Organisations;
using Plr.Core.Qualifications;
using Plr.Testing;

namespace Plr.Store.Tests;

public abstract class OrganisationStoreTests(Database database) : RegisterTests(database)
{
    private static AwardingOrganisationEntry Entry(string number, string name = "Awards of Powys") =>
        new(number, name, "Awards of Powys Limited", "AoP", "http://example.org", "Recognised", new DateOnly(2010, 4, 1), null);

    [Fact]
    public async Task An_organisation_is_found_again_by_each_of_its_numbers_in_any_case()
    {
        var (added, conflict) = await Organisations.AddAsync("Coleg Gwent", "test0001", "CG0001", "RN9001", Office);
        Assert.Null(conflict);
        Assert.NotNull(added);
        Assert.Equal(added, await Organisations.GetAsync(added.Id));
        foreach (var code in new[] { "test0001", "TEST0001", "cg0001", "rn9001" })
        {
            Assert.Equal(added, await Organisations.FindAsync(code));
        }
        Assert.Null(await Organisations.FindAsync("TEST000"));
        Assert.Equal(["organisation-added"], await ActionsAsync(-added.Number));
    }

    [Theory]
    [InlineData("10000101", null, null, OrganisationConflict.Ukprn)]
    [InlineData("TEST0101", null, null, OrganisationConflict.Ukprn)]
    [InlineData(null, "ref101", null, OrganisationConflict.OrganisationRef)]
    [InlineData(null, "RN9101", null, OrganisationConflict.OrganisationRef)]
    [InlineData(null, null, "rn9101", OrganisationConflict.RecognitionNumber)]
    [InlineData(null, "other1", "REF101", OrganisationConflict.RecognitionNumber)]
    public async Task A_number_that_another_organisation_has_is_a_conflict(string? ukprn, string? reference, string? recognition, OrganisationConflict expected)
    {
        await Organisations.AddAsync("First", "10000101", "REF101", "RN9101", Office);
        await Organisations.AddAsync("Second", "test0101", null, null, Office);
        Assert.Equal((null, expected), await Organisations.AddAsync("Third", ukprn, reference, recognition, Office));
    }

    [Fact]
    public async Task Of_two_who_add_one_number_at_once_one_gets_it()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => Organisations.AddAsync($"Twin {i}", "10000201", null, null, Office))));
        Assert.Single(answers, answer => answer.Added is not null);
        Assert.All(answers.Where(answer => answer.Added is null), answer => Assert.Equal(OrganisationConflict.Ukprn, answer.Conflict));
    }

    [Fact]
    public async Task An_awarding_organisations_reference_is_its_recognition_number_unless_it_was_given_another()
    {
        Assert.Equal("RN9301", (await Organisations.AddAsync("A", null, null, "RN9301", Office)).Added!.OrganisationRef);
        Assert.Equal("OTHER1", (await Organisations.AddAsync("B", null, "OTHER1", "RN9302", Office)).Added!.OrganisationRef);
        Assert.Null((await Organisations.AddAsync("C", "10000301", null, null, Office)).Added!.OrganisationRef);
    }

    [Fact]
    public async Task A_part_of_a_name_or_number_lists_organisations_in_order_of_name()
    {
        foreach (var (name, ukprn) in new[] { ("Zebra Llŷn_Ysgol", "10000403"), ("âpple Llŷn", "10000401"), ("Banana LLYN", "10000402"), ("Other 100%", "10000499") })
        {
            await Organisations.AddAsync(name, ukprn, null, null, Office);
        }
        string[] expected = ["âpple Llŷn", "Banana LLYN", "Zebra Llŷn_Ysgol"];
        Assert.Equal(expected, (await Organisations.ListAsync("llyn", 0, 10, default)).Select(row => row.Name));
        Assert.Equal(expected[1..2], (await Organisations.ListAsync("llŷn", 1, 1, default)).Select(row => row.Name));
        Assert.Equal(expected, (await Organisations.ListAsync("1000040", 0, 10, default)).Select(row => row.Name));
        Assert.Equal(3, await Organisations.CountAsync("llyn"));
        Assert.Equal(["Zebra Llŷn_Ysgol"], (await Organisations.ListAsync("n_Y", 0, 10, default)).Select(row => row.Name));
        Assert.Equal(["Other 100%"], (await Organisations.ListAsync("0%", 0, 10, default)).Select(row => row.Name));
        Assert.Equal(0, await Organisations.CountAsync("--"));
        Assert.True(await Organisations.CountAsync(null) >= 4);
    }

    [Fact]
    public async Task A_status_is_changed_once_and_written_down_once()
    {
        var college = await CollegeAsync("10000501");
        Assert.True(await Organisations.SetStatusAsync(college.Id, OrganisationStatus.Suspended, Office));
        Assert.True(await Organisations.SetStatusAsync(college.Id, OrganisationStatus.Suspended, Office));
        Assert.False(await Organisations.SetStatusAsync(Guid.Empty, OrganisationStatus.Suspended, Office));
        Assert.Equal(OrganisationStatus.Suspended, (await Organisations.GetAsync(college.Id))!.Status);
        Assert.Equal(["organisation-added", "organisation-changed"], await ActionsAsync(-college.Number));
    }

    [Fact]
    public async Task An_import_adds_changes_and_leaves_alone()
    {
        Assert.Equal([ImportChange.Added, ImportChange.Added], await Organisations.ImportAsync([Entry("RN9601"), Entry("RN9602")], Office));
        Assert.Equal(
            [ImportChange.Unchanged, ImportChange.Changed, ImportChange.Added],
            await Organisations.ImportAsync([Entry("RN9601"), Entry("RN9602", "Gwobrau Powys"), Entry("RN9603")], Office));
        var changed = await Organisations.FindAsync("RN9602");
        Assert.Equal("Gwobrau Powys", changed!.Name);
        Assert.Equal("RN9602", changed.OrganisationRef);
        Assert.Equal(new DateOnly(2010, 4, 1), changed.RecognisedFrom);
        Assert.Equal(["Gwobrau Powys"], (await Organisations.ListAsync("gwobrau", 0, 10, default)).Select(row => row.Name));
        Assert.Equal(["organisation-added", "organisation-changed"], await ActionsAsync(-changed.Number));
    }

    [Fact]
    public async Task A_provider_that_has_the_recognition_number_becomes_what_the_regulator_says_and_keeps_its_own()
    {
        var both = (await Organisations.AddAsync("Both", "10000701", null, "RN9701", Office)).Added!;
        Assert.Equal([ImportChange.Changed], await Organisations.ImportAsync([Entry("RN9701")], Office));
        var found = await Organisations.FindAsync("10000701");
        Assert.Equal((both.Id, "Awards of Powys", "10000701"), (found!.Id, found.Name, found.Ukprn));
    }

    [Fact]
    public async Task An_awarding_organisation_says_of_which_years_it_has_sent_results()
    {
        var (board, silent) = (await BoardAsync(), await BoardAsync());
        var (number, learner) = (await QualificationAsync(board), A.Learner(familyName: Fresh()));
        var uln = await RegisteredAsync(learner);
        foreach (var day in new[] { "2021-06-01", "2019-08-22", "2024-08-22" })
        {
            Assert.Empty((await RecordAsync(A.AchievementOf(uln, learner, number, day, "A"), board)).Findings);
        }

        var sent = Assert.Single(await Organisations.AwardingAsync(board.RecognitionNumber!, 10));
        Assert.Equal((board.OrganisationId, 2019, 2024), (sent.Organisation.Id, sent.First, sent.Last));
        Assert.Equal((null, null), (await Organisations.AwardingAsync(silent.RecognitionNumber!.ToLowerInvariant(), 10)).Select(one => (one.First, one.Last)).Single());
    }

    [Fact]
    public async Task A_result_that_was_refused_says_nothing_of_its_year_and_a_change_of_one_adds_none()
    {
        var board = await BoardAsync();
        var (number, learner) = (await QualificationAsync(board), A.Learner(familyName: Fresh()));
        var uln = await RegisteredAsync(learner);
        Assert.NotEmpty((await RecordAsync(A.AchievementOf(uln, A.Learner("Ann", Fresh("Wrong")), number, "2018-08-22", "A"), board)).Findings);
        Assert.Null((await Organisations.AwardingAsync(board.RecognitionNumber!, 10)).Single().First);

        var achieved = A.AchievementOf(uln, learner, number, "2023-08-22", "A");
        await RecordAsync(achieved, board);
        await RecordAsync(achieved with { Action = "3" }, board);
        var sent = (await Organisations.AwardingAsync(board.RecognitionNumber!, 10)).Single();
        Assert.Equal((2023, 2023), (sent.First, sent.Last));
    }

    [Fact]
    public async Task Two_who_send_results_of_a_new_year_at_once_are_both_kept()
    {
        var board = await BoardAsync();
        var number = await QualificationAsync(board);
        var learners = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            var text = A.Learner(familyName: Fresh());
            return (Text: text, Uln: await RegisteredAsync(text));
        }));
        var outcomes = await Task.WhenAll(learners.Select((one, i) => Task.Run(() => RecordAsync(A.AchievementOf(one.Uln, one.Text, number, $"{2019 + (i % 3)}-08-22", "A"), board))));
        Assert.All(outcomes, outcome => Assert.Empty(outcome.Findings));
        var sent = (await Organisations.AwardingAsync(board.RecognitionNumber!, 10)).Single();
        Assert.Equal((2019, 2021), (sent.First, sent.Last));
    }

    [Fact]
    public async Task Only_awarding_organisations_are_asked_for_results_and_no_more_than_are_wanted()
    {
        await Organisations.AddAsync("Rhagor Aled", null, null, "RN9801", Office);
        await Organisations.AddAsync("Rhagor Bethan", null, "GB9801", null, Office);
        await Organisations.AddAsync("Rhagor Coleg", "10000801", null, null, Office);
        Assert.Equal(["Rhagor Aled", "Rhagor Bethan"], (await Organisations.AwardingAsync("rhagor", 10)).Select(one => one.Organisation.Name));
        Assert.Equal(["Rhagor Aled"], (await Organisations.AwardingAsync("rhagor", 1)).Select(one => one.Organisation.Name));
    }
}

public sealed class OrganisationStoreOnSqlite(SqliteDatabase d) : OrganisationStoreTests(d), IClassFixture<SqliteDatabase>;

public sealed class OrganisationStoreOnPostgres(PostgresDatabase d) : OrganisationStoreTests(d), IClassFixture<PostgresDatabase>;
