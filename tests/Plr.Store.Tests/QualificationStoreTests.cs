using Plr.Core.Qualifications;
using Plr.Testing;

namespace Plr.Store.Tests;

public abstract class QualificationStoreTests(Database database) : RegisterTests(database)
{
    private QualificationStore Store => new(Engine, Trail);

    private static Qualification Full(string number) => new()
    {
        Number = number,
        Title = "WJEC Mathemateg – Ŵ",
        OwnerRecognitionNumber = "RN5196",
        OwnerName = "WJEC",
        OwnerAcronym = "WJEC",
        Level = "Entry 3",
        SubLevel = "Sub",
        EqfLevel = "EQF 1",
        Type = "GCSE (9 to 1)",
        TotalCredits = 12,
        SectorSubjectArea = "2.2 Mathematics",
        Status = "Available",
        RegulationStartDate = new DateOnly(2010, 4, 1),
        OperationalStartDate = new DateOnly(2010, 5, 1),
        OperationalEndDate = new DateOnly(2020, 5, 1),
        CertificationEndDate = new DateOnly(2022, 5, 1),
        MinimumGuidedLearningHours = 1,
        MaximumGuidedLearningHours = 2,
        TotalQualificationTime = 3,
        GuidedLearningHours = 4,
        OfferedInEngland = "Yes",
        OfferedInWales = "No",
        OfferedInNorthernIreland = "No",
        OverallGradingType = "Graded",
        AssessmentMethods = "Written",
    };

    private static Qualification Bare(string number) => new() { Number = number, Title = "Bare" };

    [Fact]
    public async Task A_qualification_comes_back_with_every_field_or_with_none_but_number_and_title()
    {
        await Store.ImportAsync([Full("100/0001/1"), Bare("100/0001/2")], Office);
        Assert.Equal(Full("100/0001/1"), await Store.GetAsync("100/0001/1"));
        Assert.Equal(Bare("100/0001/2"), await Store.GetAsync("100/0001/2"));
        Assert.Null(await Store.GetAsync("100/0001/3"));
    }

    [Fact]
    public async Task An_import_of_many_says_of_each_row_in_order_what_became_of_it()
    {
        Qualification[] rows = [.. Enumerable.Range(0, 6000).Select(i => Bare($"200/{i:0000}/1"))];
        Assert.All(await Store.ImportAsync(rows, Office), change => Assert.Equal(ImportChange.Added, change));
        rows[3] = rows[3] with { Level = "Level 1" };
        rows[5999] = rows[5999] with { OperationalEndDate = new DateOnly(2026, 1, 1) };
        var changes = await Store.ImportAsync([Bare("201/0000/1"), .. rows], Office);
        Assert.Equal(ImportChange.Added, changes[0]);
        Assert.Equal([4, 6000], Enumerable.Range(0, changes.Count).Where(i => changes[i] == ImportChange.Changed));
        Assert.Equal(5998, changes.Count(change => change == ImportChange.Unchanged));
        Assert.Equal("Level 1", (await Store.GetAsync(rows[3].Number))!.Level);
        Assert.True(await Store.CountAsync() >= 6001);
    }

    [Fact]
    public async Task An_import_that_changes_nothing_leaves_no_entry()
    {
        await Store.ImportAsync([Bare("300/0000/1")], Office);
        var before = (await ActionsAsync(0)).Length;
        Assert.Equal([ImportChange.Unchanged], await Store.ImportAsync([Bare("300/0000/1")], Office));
        Assert.Equal(before, (await ActionsAsync(0)).Length);
        Assert.Contains("reference-data-loaded", await ActionsAsync(0));
    }

    [Fact]
    public async Task A_number_twice_in_one_import_is_a_bug_of_the_caller()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Store.ImportAsync([Bare("400/0000/1"), Bare("400/0000/1")], Office));
        Assert.Null(await Store.GetAsync("400/0000/1"));
    }
}

public sealed class QualificationStoreOnSqlite(SqliteDatabase d) : QualificationStoreTests(d), IClassFixture<SqliteDatabase>;

public sealed class QualificationStoreOnPostgres(PostgresDatabase d) : QualificationStoreTests(d), IClassFixture<PostgresDatabase>;
