using System.Security.Cryptography;
using System.Text;
using Plr.Core.Audit;
using Plr.Core.Learners;
using Plr.Testing;

namespace Plr.Store.Tests;

/// <summary>
/// Somebody with the database in their hands: each test changes one thing past the register, sees that the walk finds it, and puts it back, so
/// that the next begins with a trail that is clean.
/// </summary>
public abstract class AuditWalkTests(Database database) : RegisterTests(database)
{
    private const string Rest = "uln, source, status, subject, subject_code, credits, recorded_at, channel, action, salt";

    private static readonly string[] Guarded = ["audit_entry", "audit_detail", "learner_version", "learning_event"];

    [Fact]
    public async Task A_register_in_use_is_clean_and_its_chains_entries_and_versions_are_counted()
    {
        var before = await Trail.VerifyAsync(null, Office);
        Assert.Empty(before.Faults);
        var uln = await LearnerWithEventsAsync();
        var after = await Trail.VerifyAsync(new Progress<long>(), Office);
        Assert.Empty(after.Faults);
        // The learner's five, the organisation's one and one for its qualification.
        Assert.True(after.Entries >= before.Entries + 6 && after.Chains >= before.Chains + 2);
        Assert.Equal(before.Versions + 4, after.Versions);
        Assert.Equal(["learner-registered", "learner-updated", "event-created", "event-updated", "learner-shown"], await ActionsAsync(uln));
    }

    [Fact]
    public async Task Erased_details_leave_the_chain_valid()
    {
        var uln = await LearnerWithEventsAsync();
        Assert.Equal(5, await ExecuteAsync("DELETE FROM audit_detail WHERE chain = @uln", new { uln = uln.Value }));
        Assert.Empty(await FaultsAsync());
    }

    [Theory]
    [InlineData("UPDATE audit_entry SET entry = replace(entry, 'learner-updated', 'learner-matched') WHERE chain = @uln AND sequence = 2", "altered-before 3")]
    [InlineData("UPDATE audit_entry SET entry = replace(entry, 'portal', 'office') WHERE chain = @uln AND sequence = 5", "altered 5")]
    [InlineData("UPDATE audit_entry SET entry = replace(entry, 'learner-', 'event-') WHERE chain = @uln AND sequence = 1", "altered-before 2")]
    [InlineData("UPDATE audit_entry SET recorded_at = '2026-11-22 12:00:00Z' WHERE chain = @uln AND sequence = 2", "altered 2")]
    [InlineData("UPDATE audit_entry SET entry = '' WHERE chain = @uln AND sequence = 2", "altered 2")]
    [InlineData("UPDATE audit_entry SET entry = '[1]' WHERE chain = @uln AND sequence = 2", "altered 2")]
    [InlineData("UPDATE audit_entry SET entry = '{\"previous\":1}' WHERE chain = @uln AND sequence = 2", "altered 2")]
    [InlineData("UPDATE audit_entry SET entry = '{\"content\":\"zz\"}' WHERE chain = @uln AND sequence = 5", "altered 5")]
    [InlineData("DELETE FROM audit_entry WHERE chain = @uln AND sequence = 2", "removed 2")]
    [InlineData("DELETE FROM audit_entry WHERE chain = @uln AND sequence IN (2, 3)", "removed 2")]
    [InlineData("DELETE FROM audit_entry WHERE chain = @uln AND sequence = 1", "removed 1")]
    [InlineData("DELETE FROM audit_entry WHERE chain = @uln AND sequence = 5", "removed 5")]
    [InlineData("DELETE FROM audit_entry WHERE chain = @uln", "removed 5")]
    [InlineData("DELETE FROM audit_chain WHERE chain = @uln", "head-removed 5")]
    [InlineData("DELETE FROM audit_entry WHERE chain = @uln; DELETE FROM audit_chain WHERE chain = @uln", "removed 0")]
    [InlineData("UPDATE audit_entry SET sequence = 6 WHERE chain = @uln AND sequence = 5", "reordered 6")]
    [InlineData("UPDATE audit_detail SET details = replace(details, 'Huw', 'Ann') WHERE chain = @uln AND sequence = 5", "details-altered 5")]
    [InlineData("UPDATE audit_detail SET salt = @forged WHERE chain = @uln AND sequence = 5", "details-altered 5")]
    [InlineData("UPDATE learner SET given_name = 'Ann' WHERE uln = @uln", "row-altered 0")]
    [InlineData("UPDATE learner SET person_key = 1 WHERE uln = @uln", "row-altered 0")]
    [InlineData("UPDATE learner SET version = 1 WHERE uln = @uln", "row-altered 0")]
    [InlineData("UPDATE learner_version SET content = replace(content, 'Si', 'Di') WHERE uln = @uln AND version = 1", "version-altered 0")]
    [InlineData("UPDATE learner_version SET recorded_by = NULL WHERE uln = @uln AND version = 2", "version-altered 0")]
    [InlineData("UPDATE learner_version SET batch = 7, batch_row = 1 WHERE uln = @uln AND version = 2", "version-altered 0")]
    [InlineData("DELETE FROM learner_version WHERE uln = @uln AND version = 1", "version-removed 0")]
    [InlineData("UPDATE learning_event SET grade = 'A*' WHERE uln = @uln AND version = 1", "version-altered 0")]
    [InlineData("UPDATE learning_event SET recorded_at = '2026-11-22 12:00:00Z' WHERE uln = @uln AND version = 2", "version-altered 0")]
    [InlineData("UPDATE learning_event SET reason = 'another' WHERE uln = @uln AND version = 2", "version-altered 0")]
    [InlineData("DELETE FROM learning_event WHERE uln = @uln AND version = 2", "version-removed 0")]
    [InlineData("UPDATE learning_event SET version = 3 WHERE uln = @uln AND version = 2", "version-added 0")]
    [InlineData("UPDATE audit_chain SET seal = @forged WHERE chain = @uln", "head-forged 5")]
    [InlineData("UPDATE audit_chain SET hash = @forged WHERE chain = @uln", "head-forged 5")]
    [InlineData("UPDATE audit_chain SET sequence = 4 WHERE chain = @uln", "head-forged 4")]
    public async Task Whatever_is_changed_past_the_register_is_found_by_name(string sql, string fault)
    {
        if (Engine.Kind == EngineKind.Sqlite)
        {
            sql = sql.Replace("2026-11-22 12:00:00Z", "2026-11-22T12:00:00.000000Z", StringComparison.Ordinal);
        }

        var uln = await LearnerWithEventsAsync();
        var faults = await TamperAsync(uln, session => session.ExecuteAsync(sql, new { uln = uln.Value, forged = new byte[16] }));
        var (kind, sequence) = (fault.Split(' ')[0], fault.Split(' ')[1]);
        Assert.Contains($"{kind} {uln.Value} {sequence}", faults);
        Assert.All(faults, found => Assert.Contains($" {uln.Value} ", found, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_entries_that_changed_places_are_found()
    {
        var uln = await LearnerWithEventsAsync();
        var faults = await TamperAsync(uln, async session =>
        {
            foreach (var (from, to) in new[] { (2, 102), (3, 2), (102, 3) })
            {
                await session.ExecuteAsync("UPDATE audit_entry SET sequence = @to WHERE chain = @uln AND sequence = @from", new { uln = uln.Value, from, to });
            }
        });
        Assert.Contains($"reordered {uln.Value} 2", faults);
        Assert.Contains($"reordered {uln.Value} 3", faults);
    }

    [Fact]
    public async Task A_version_that_was_added_past_the_trail_is_found()
    {
        var uln = await LearnerWithEventsAsync();
        var faults = await TamperAsync(uln, session => session.ExecuteAsync(
            $"""
            INSERT INTO learning_event ({Rest}, id, version) SELECT {Rest}, id, 3
            FROM learning_event WHERE uln = @uln AND version = 2
            """,
            new { uln = uln.Value }));
        Assert.Equal([$"version-added {uln.Value} 0"], faults);
    }

    [Fact]
    public async Task A_chain_that_was_cut_and_given_a_head_without_the_key_is_found()
    {
        var uln = await LearnerWithEventsAsync();
        var faults = await TamperAsync(uln, async session =>
        {
            var entry = await session.SingleOrDefaultAsync<string>("SELECT entry FROM audit_entry WHERE chain = @uln AND sequence = 4", new { uln = uln.Value });
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes(entry!));
            using var form = new AuditForm(new byte[32]);
            await session.ExecuteAsync("DELETE FROM audit_entry WHERE chain = @uln AND sequence = 5", new { uln = uln.Value });
            await session.ExecuteAsync(
                "UPDATE audit_chain SET sequence = 4, hash = @hash, seal = @seal WHERE chain = @uln", new { uln = uln.Value, hash, seal = form.Seal(new(uln.Value), 4, hash) });
        });
        Assert.Equal([$"head-forged {uln.Value} 4"], faults);
    }

    [Fact]
    public async Task A_forged_head_is_found_also_after_the_chain_has_gone_on()
    {
        var uln = await LearnerWithEventsAsync();
        var access = By(await CollegeAsync());
        var faults = await TamperAsync(
            uln,
            async session =>
            {
                // The last entry rewritten and the head made to fit it: only the seal cannot be made without the key.
                var entry = (await session.SingleOrDefaultAsync<string>("SELECT entry FROM audit_entry WHERE chain = @uln AND sequence = 5", new { uln = uln.Value }))!
                    .Replace("learner-shown", "learner-matched", StringComparison.Ordinal);
                var hash = SHA256.HashData(Encoding.UTF8.GetBytes(entry));
                await session.ExecuteAsync("UPDATE audit_entry SET entry = @entry WHERE chain = @uln AND sequence = 5", new { uln = uln.Value, entry });
                await session.ExecuteAsync("UPDATE audit_chain SET hash = @hash WHERE chain = @uln", new { uln = uln.Value, hash });
            },
            async () =>
            {
                await Learners.ShowAsync(uln, _ => true, "what was asked", access);
                await Learners.ShowAsync(uln, _ => true, "what was asked", access);
            });
        Assert.Equal([$"head-forged {uln.Value} 7"], faults);
    }

    [Fact]
    public async Task An_organisations_chain_that_is_gone_whole_is_found()
    {
        var college = await CollegeAsync();
        await GuardAsync("audit_entry", isOn: false);
        await ExecuteAsync("DELETE FROM audit_entry WHERE chain = @chain", new { chain = -college.Number });
        await ExecuteAsync("DELETE FROM audit_chain WHERE chain = @chain", new { chain = -college.Number });
        await GuardAsync("audit_entry", isOn: true);
        Assert.Equal([$"removed {-college.Number} 0"], await FaultsAsync());
        await ExecuteAsync("DELETE FROM organisation WHERE id = @Id", new { college.Id });
        Assert.Empty(await FaultsAsync());
    }

    protected abstract Task GuardAsync(string table, bool isOn);

    /// <summary>A learner with two versions, an event with two versions, and five entries that each name a person.</summary>
    private async Task<Uln> LearnerWithEventsAsync()
    {
        var (board, college) = (await BoardAsync(), await CollegeAsync());
        var learner = A.Learner(familyName: Fresh());
        var uln = await RegisteredAsync(learner);
        await Learners.UpdateAsync(uln, 1, held => (held.Details with { Title = "Ms" }, []), By(college));
        var text = A.Achievement(uln.ToString(), await QualificationAsync(board)) with { FamilyName = learner.FamilyName };
        await RecordAsync(text, board);
        await RecordAsync(text with { Action = "2", Grade = "B" }, board);
        await Learners.ShowAsync(uln, _ => true, "what was asked", By(college));
        return uln;
    }

    /// <summary>What the walk says after a change, which is taken back by putting everything of the learner as it was.</summary>
    private async Task<string[]> TamperAsync(Uln uln, Func<Session, Task> change, Func<Task>? then = null)
    {
        foreach (var table in Guarded)
        {
            await GuardAsync(table, isOn: false);
        }

        (string Table, string Key)[] tables = [("audit_entry", "chain"), ("audit_detail", "chain"), ("audit_chain", "chain"), ("learner", "uln"), ("learner_version", "uln"), ("learning_event", "uln")];
        foreach (var (table, key) in tables)
        {
            await ExecuteAsync($"DROP TABLE IF EXISTS kept_{table}");
            await ExecuteAsync($"CREATE TABLE kept_{table} AS SELECT * FROM {table} WHERE {key} = {uln.Value}");
        }

        await Engine.WriteAsync(async session =>
        {
            await change(session);
            return true;
        });
        await (then?.Invoke() ?? Task.CompletedTask);
        var faults = await FaultsAsync();
        foreach (var (table, key) in tables)
        {
            await ExecuteAsync($"DELETE FROM {table} WHERE {key} = {uln.Value}");
            await ExecuteAsync($"INSERT INTO {table} SELECT * FROM kept_{table}");
        }

        foreach (var table in Guarded)
        {
            await GuardAsync(table, isOn: true);
        }

        Assert.Empty(await FaultsAsync());
        return faults;
    }
}

public sealed class AuditWalkOnSqlite(SqliteDatabase d) : AuditWalkTests(d), IClassFixture<SqliteDatabase>
{
    private static readonly Dictionary<string, List<string>> Dropped = [];

    protected override async Task GuardAsync(string table, bool isOn)
    {
        if (isOn)
        {
            foreach (var trigger in Dropped[table])
            {
                await ExecuteAsync(trigger);
            }

            return;
        }

        var triggers = (await Engine.ReadAsync(session => session.QueryAsync<(string Name, string Sql)>("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = @table", new { table }))).ToList();
        Dropped[table] = [.. triggers.Select(trigger => trigger.Sql)];
        foreach (var (name, _) in triggers)
        {
            await ExecuteAsync($"DROP TRIGGER {name}");
        }
    }
}

public sealed class AuditWalkOnPostgres(PostgresDatabase d) : AuditWalkTests(d), IClassFixture<PostgresDatabase>
{
    protected override Task GuardAsync(string table, bool isOn) => ExecuteAsync($"ALTER TABLE {table} {(isOn ? "ENABLE" : "DISABLE")} TRIGGER USER");
}
