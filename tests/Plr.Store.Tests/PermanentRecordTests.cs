using System.Data.Common;
using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Testing;

namespace Plr.Store.Tests;

/// <summary>What the database itself refuses, and the keys that belong to a register.</summary>
public abstract class PermanentRecordTests(Database database) : RegisterTests(database)
{
    [Theory]
    [InlineData("UPDATE learner_version SET content = 'x'", "learner_version")]
    [InlineData("DELETE FROM learner_version", "learner_version")]
    [InlineData("UPDATE learning_event SET grade = 'A*'", "learning_event")]
    [InlineData("DELETE FROM learning_event", "learning_event")]
    [InlineData("UPDATE audit_entry SET entry = 'x'", "audit_entry")]
    [InlineData("DELETE FROM audit_entry", "audit_entry")]
    [InlineData("UPDATE audit_detail SET details = 'x'", "audit_detail")]
    public async Task What_is_written_stays(string sql, string table)
    {
        await OneOfEachAsync();
        await IsRefusedAsync(sql, table);
    }

    [Fact]
    public async Task Keys_other_than_those_that_the_register_was_begun_with_are_refused_in_words()
    {
        await KeyCheck.AssertAsync(Engine, Keys);
        await KeyCheck.AssertAsync(Engine, Keys);
        foreach (var (other, name) in new[] { (Keys with { Ulns = [.. Keys.Audit] }, "'ulns'"), (Keys with { Audit = new byte[32] }, "'audit'") })
        {
            var refusal = await Assert.ThrowsAsync<StoreUnfitException>(() => KeyCheck.AssertAsync(Engine, other));
            Assert.Contains(name, refusal.Message, StringComparison.Ordinal);
            Assert.Contains("keys.json", refusal.Message, StringComparison.Ordinal);
        }
        await KeyCheck.AssertAsync(Engine, Keys);
    }

    protected async Task IsRefusedAsync(string sql, string table)
    {
        var refusal = await Assert.ThrowsAnyAsync<DbException>(() => ExecuteAsync(sql));
        Assert.Contains(table, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("is append-only", refusal.Message, StringComparison.Ordinal);
    }

    protected async Task<Uln> OneOfEachAsync()
    {
        var board = await BoardAsync();
        var learner = A.Learner(familyName: Fresh());
        var uln = await RegisteredAsync(learner);
        var outcome = await RecordAsync(A.Achievement(uln.ToString(), await QualificationAsync(board)) with { FamilyName = learner.FamilyName }, board);
        Assert.Equal(AchievementChange.Created, outcome.Change);
        return uln;
    }
}

public sealed class PermanentRecordOnSqlite(SqliteDatabase d) : PermanentRecordTests(d), IClassFixture<SqliteDatabase>;

public sealed class PermanentRecordOnPostgres(PostgresDatabase d) : PermanentRecordTests(d), IClassFixture<PostgresDatabase>
{
    [Theory]
    [InlineData("TRUNCATE learner_version", "learner_version")]
    [InlineData("TRUNCATE learning_event", "learning_event")]
    [InlineData("TRUNCATE audit_entry", "audit_entry")]
    [InlineData("TRUNCATE audit_detail", "audit_detail")]
    public async Task Tables_that_stay_cannot_be_emptied(string sql, string table)
    {
        await OneOfEachAsync();
        await IsRefusedAsync(sql, table);
    }

    [Theory]
    [InlineData("learning_event", "uln")]
    [InlineData("audit_entry", "chain")]
    public async Task A_partition_by_itself_is_as_permanent_as_the_table(string table, string column)
    {
        var uln = await OneOfEachAsync();
        var partition = await Engine.ReadAsync(session => session.SingleOrDefaultAsync<string>($"SELECT DISTINCT tableoid::regclass::text FROM {table} WHERE {column} = {uln.Value}"));
        await IsRefusedAsync($"DELETE FROM {partition}", partition!);
        await IsRefusedAsync($"UPDATE {partition} SET {column} = {column}", partition!);
        await IsRefusedAsync($"TRUNCATE {partition}", partition!);
    }
}
