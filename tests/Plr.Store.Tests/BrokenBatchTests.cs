using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Plr.Core;
using Plr.Core.Batches;
using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Store.Writer;
using Plr.Testing;

namespace Plr.Store.Tests;

/// <summary>A batch that is broken off in the middle, by a kill or a full disk, ends as if nothing had happened.</summary>
public abstract class BrokenBatchTests(Database database) : RegisterTests(database)
{
    private const int Rows = 600;

    [Fact]
    public async Task A_batch_whose_server_was_killed_goes_on_where_it_stood_and_ends_as_an_undisturbed_one()
    {
        var (board, texts, ulns) = File();
        var options = await Database.EmptyAsync();
        await using (var engine = Engine.Open(options))
        {
            await new Migrator(engine, Clock.New()).ApplyAsync();
            await FillAsync(engine, board, texts);
        }

        var acknowledged = await RunUntilKilledAsync(options, batch: 1, new Work(board, texts), chunks: 3);
        await using var after = Engine.Open(options);
        var register = new Register(after);
        var done = (await register.BatchAsync(board)).RowsDone;
        Assert.True(done >= acknowledged && done % AchievementFile.RowsInChunk == 0);
        Assert.Equal(done, await register.EventsAsync() + (done / 10 * 2));
        Assert.Empty(await register.FaultsAsync());
        await AchievementFile.RunAsync(after, 1, board, texts, _ => { });
        await EndsAsUndisturbedAsync(register, board, ulns);
    }

    /// <summary>600 rows for 30 learners: of each ten, one is refused and one is there already.</summary>
    protected static (AchievementUploader Board, List<AchievementText> Texts, List<Uln> Ulns) File()
    {
        var board = new AchievementUploader(Guid.Parse("0199aaaa-0000-7000-8000-000000000011"), "Board", "RN7777", "RN7777", A.Today, null);
        var permutation = new UlnPermutation(AchievementFile.Keys.Ulns);
        var ulns = Enumerable.Range(0, 60).Select(i => permutation.UlnAt(i)).OfType<Uln>().Take(30).ToList();
        var texts = Enumerable.Range(0, Rows).Select(i => A.Achievement(ulns[i / 20].ToString()) with
        {
            FamilyName = $"Learner {i / 20}",
            Grade = i % 10 == 9 ? "?" : "A",
            AchievementAwardDate = $"2026-07-{(i % 20) + (i % 10 == 8 ? 0 : 1):00}",
        }).ToList();
        return (board, texts, ulns);
    }

    /// <summary>Puts the organisation, its qualification, the learners and the batch into an empty register.</summary>
    protected static async Task FillAsync(Engine engine, AchievementUploader board, List<AchievementText> texts)
    {
        var (trail, time) = (new AuditTrail(engine, AchievementFile.Keys, Clock.New()), Clock.New());
        await new OrganisationStore(engine, trail).AddAsync(board.Name, null, board.OrganisationRef, board.RecognitionNumber, Office);
        await engine.WriteAsync(session => session.ExecuteAsync("UPDATE organisation SET id = @id", new { id = board.OrganisationId }));
        await new QualificationStore(engine, trail).ImportAsync([A.Qualification(owner: board.RecognitionNumber)], Office);
        var learners = new LearnerStore(engine, trail, new UlnIssuer(AchievementFile.Keys), time);
        var registrations = Enumerable.Range(0, 30).Select(i => A.Registration(A.Learner(familyName: $"Learner {i}"), i + 1)).ToList();
        var outcomes = await learners.RegisterAsync(registrations, null, Office);
        Assert.Equal(texts.Select(text => text.Uln).Distinct(), outcomes.Select(outcome => outcome.Uln));
        var batches = new BatchStore(engine, trail, time);
        await batches.SubmitAsync(BatchKind.Achievements, board.OrganisationId, new("AO.CSV", [1], 1), again: false, Access.Upkeep("test"));
        Assert.Equal(1, (await batches.ClaimAsync(1, "test", TimeSpan.FromHours(1)))!.Id);
    }

    private protected static async Task EndsAsUndisturbedAsync(Register register, AchievementUploader board, List<Uln> ulns)
    {
        var batch = await register.BatchAsync(board);
        Assert.Equal(Rows, batch.RowsDone);
        Assert.Equal([("Created", 480), ("GradeFormat", 60), ("Unchanged", 60)], batch.Counts.Select(count => (count.Key, count.Value)).Order());
        Assert.Equal(480, await register.EventsAsync());
        Assert.Equal(60, await register.RefusedAsync());
        Assert.All(ulns, uln => Assert.Equal(17, register.EntriesOf(uln)));
        Assert.Empty(await register.FaultsAsync());
    }

    private static async Task<int> RunUntilKilledAsync(StoreOptions options, int batch, Work work, int chunks)
    {
        var file = Path.GetTempFileName();
        await System.IO.File.WriteAllTextAsync(file, JsonSerializer.Serialize(work));
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in new[] { Path.Combine(AppContext.BaseDirectory, "Plr.Store.Writer.dll"), options.Kind.ToString(), options.DataFolder, options.ConnectionString ?? "", $"{batch}", file })
        {
            start.ArgumentList.Add(argument);
        }

        using var writer = Process.Start(start)!;
        var acknowledged = 0;
        for (var chunk = 0; chunk < chunks; chunk++)
        {
            acknowledged = int.Parse((await writer.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
        }

        writer.Kill();
        await writer.WaitForExitAsync();
        System.IO.File.Delete(file);
        return acknowledged;
    }

    /// <summary>What a broken register is asked afterwards.</summary>
    private protected sealed class Register(Engine engine)
    {
        private readonly AuditTrail _trail = new(engine, AchievementFile.Keys, Clock.New());

        public async Task<Batch> BatchAsync(AchievementUploader board) => (await new BatchStore(engine, _trail, Clock.New()).GetAsync(1, ByBoard(board)))!;

        public Task<int> EventsAsync() => CountAsync("SELECT count(*) FROM learning_event");

        public Task<int> RefusedAsync() => CountAsync("SELECT count(*) FROM batch_row");

        public int EntriesOf(Uln uln) => CountAsync($"SELECT count(*) FROM audit_entry WHERE chain = {uln.Value}").GetAwaiter().GetResult();

        public async Task<IReadOnlyList<Core.Audit.AuditFault>> FaultsAsync() => (await _trail.VerifyAsync(null, Office)).Faults;

        private Task<int> CountAsync(string sql) => engine.ReadAsync(session => session.SingleOrDefaultAsync<int>(sql));
    }
}

public sealed class BrokenBatchOnSqlite(SqliteDatabase d) : BrokenBatchTests(d), IClassFixture<SqliteDatabase>
{
    [Fact]
    public async Task A_batch_that_fills_the_disk_is_stopped_in_words_and_goes_on_when_there_is_space()
    {
        var (board, texts, ulns) = File();
        await using var engine = Engine.Open(await Database.EmptyAsync());
        await new Migrator(engine, Clock.New()).ApplyAsync();
        await FillAsync(engine, board, texts);
        var pages = await engine.ReadAsync(session => session.SingleOrDefaultAsync<int>("PRAGMA page_count"));
        await engine.WriteAsync(session => session.ExecuteAsync($"PRAGMA max_page_count = {pages + 40}"));
        var acknowledged = 0;
        var full = await Assert.ThrowsAsync<StoreFullException>(() => AchievementFile.RunAsync(engine, 1, board, texts, done => acknowledged = done));
        Assert.Contains("Free some space", full.Message, StringComparison.Ordinal);
        var register = new Register(engine);
        Assert.InRange(acknowledged, AchievementFile.RowsInChunk, 580);
        Assert.Equal(acknowledged, (await register.BatchAsync(board)).RowsDone);
        Assert.Empty(await register.FaultsAsync());
        await engine.WriteAsync(session => session.ExecuteAsync("PRAGMA max_page_count = 1000000"));
        await AchievementFile.RunAsync(engine, 1, board, texts, _ => { });
        await EndsAsUndisturbedAsync(register, board, ulns);
    }
}

public sealed class BrokenBatchOnPostgres(PostgresDatabase d) : BrokenBatchTests(d), IClassFixture<PostgresDatabase>;
