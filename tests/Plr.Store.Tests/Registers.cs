using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Plr.Core;
using Plr.Core.Audit;
using Plr.Core.Batches;
using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Core.Organisations;
using Plr.Core.Responses;
using Plr.Testing;

namespace Plr.Store.Tests;

/// <summary>A register on a test's database: the stores with fixed keys and a clock that the test moves.</summary>
public abstract class RegisterTests
{
    private static int _last = 20_000_000;

    protected RegisterTests(Database database)
    {
        Database = database;
        Engine = database.Engine;
        Trail = new AuditTrail(Engine, Keys, Time);
        Organisations = new OrganisationStore(Engine, Trail);
        Learners = LearnersOn(Engine);
        Events = EventsOn(Engine);
        Qualifications = new QualificationStore(Engine, Trail);
        Batches = new BatchStore(Engine, Trail, Time);
    }

    protected static DateTimeOffset Noon => Clock.Noon;

    protected static Access Office { get; } = new(new Actor(Roles.OfficeSenior, Guid.Parse("0199aaaa-0000-7000-8000-000000000001"), "Olwen Rees"), Channel.Office, Purpose.RegisterUpkeep, "test");

    protected static StoreKeys Keys { get; } = new(new byte[32], [.. Enumerable.Range(1, 32).Select(i => (byte)i)]);

    protected FakeTimeProvider Time { get; } = Clock.New();

    protected Database Database { get; }

    protected Engine Engine { get; }

    protected AuditTrail Trail { get; }

    protected OrganisationStore Organisations { get; }

    protected LearnerStore Learners { get; }

    protected LearningEventStore Events { get; }

    protected QualificationStore Qualifications { get; }

    protected BatchStore Batches { get; }

    protected static AuditTrail TrailOn(Engine engine) => new(engine, Keys, Clock.New());

    protected LearnerStore LearnersOn(Engine engine) => new(engine, new AuditTrail(engine, Keys, Time), new UlnIssuer(Keys), Time);

    protected LearningEventStore EventsOn(Engine engine) => new(engine, new AuditTrail(engine, Keys, Time), Time);

    /// <summary>A person of an organisation.</summary>
    protected static Access By(Organisation? organisation, Roles roles = Roles.LrbBatch, Purpose purpose = Purpose.Enrolment) =>
        new(new Actor(roles, Guid.Parse("0199aaaa-0000-7000-8000-000000000002"), "Huw Pugh", organisation?.Id), Channel.Portal, purpose, "test");

    /// <summary>How many searches that showed nobody an organisation's trail has.</summary>
    protected async Task<int> SearchesAsync(Organisation college)
    {
        var number = await Engine.ReadAsync(session => session.SingleOrDefaultAsync<int>("SELECT number FROM organisation WHERE id = @Id", new { college.Id }));
        return (await ActionsAsync(-number)).Count(action => action == "searched-without-match");
    }

    /// <summary>A name that no other test has: tests of one class share a register.</summary>
    protected static string Fresh(string name = "Pritchard") => name + " " + Interlocked.Increment(ref _last);

    /// <summary>The words of the entries in a chain, oldest first.</summary>
    protected Task<string[]> ActionsAsync(long chain) => Engine.ReadAsync(async session =>
    {
        var entries = await session.QueryAsync<string>("SELECT entry FROM audit_entry WHERE chain = @chain ORDER BY sequence", new { chain });
        return entries.Select(entry => JsonDocument.Parse(entry).RootElement.GetProperty("action").GetString()!).ToArray();
    });

    protected Task<string[]> ActionsAsync(Uln uln) => ActionsAsync(uln.Value);

    /// <summary>An organisation that no other test has.</summary>
    protected async Task<Organisation> CollegeAsync(string? ukprn = null)
    {
        ukprn ??= $"{Interlocked.Increment(ref _last)}";
        return (await Organisations.AddAsync("College " + ukprn, ukprn, null, null, Office)).Added!;
    }

    /// <summary>An awarding organisation that no other test has, and what it needs to upload.</summary>
    protected async Task<AchievementUploader> BoardAsync(int? batch = null)
    {
        var recognition = $"RN{Interlocked.Increment(ref _last) % 10_000:0000}";
        var board = (await Organisations.AddAsync("Board " + recognition, null, recognition, recognition, Office)).Added!;
        return new(board.Id, board.Name, recognition, recognition, A.Today, batch);
    }

    /// <summary>A qualification that no other test has.</summary>
    protected async Task<string> QualificationAsync(AchievementUploader owner)
    {
        var number = $"{100 + (Interlocked.Increment(ref _last) % 900)}/{_last % 10_000:0000}/X";
        await Qualifications.ImportAsync([A.Qualification(number, owner.RecognitionNumber)], Office);
        return number;
    }

    protected async Task<RegistrationOutcome> RegisterAsync(LearnerText text, Access? access = null) =>
        (await Learners.RegisterAsync([A.Registration(text)], null, access ?? By(null))).Single();

    protected async Task<Uln> RegisteredAsync(LearnerText text)
    {
        var outcome = await RegisterAsync(text);
        Assert.Equal(ResponseCodes.LearnerRegistered, outcome.Code);
        return Uln.Parse(outcome.Uln!);
    }

    /// <summary>A batch that this server has claimed.</summary>
    protected async Task<Batch> ClaimedAsync(BatchKind kind, Guid organisation)
    {
        var digest = BitConverter.GetBytes(Interlocked.Increment(ref _last));
        var (batch, _) = await Batches.SubmitAsync(kind, organisation, new("file.csv", digest, 1), again: false, By(null) with { Actor = Actor.RegisterFor(organisation) });
        return (await Batches.ClaimAsync(batch.Id, "test", TimeSpan.FromHours(1)))!;
    }

    protected Task<AchievementOutcome> RecordAsync(AchievementText text, AchievementUploader board) => RecordAsync(text, board, null);

    protected async Task<AchievementOutcome> RecordAsync(AchievementText text, AchievementUploader board, BatchChunk? chunk) =>
        (await Events.RecordAchievementsAsync([Achievement.Check(1, text)], board, chunk, ByBoard(board))).Single();

    protected static Access ByBoard(AchievementUploader board) =>
        new(new Actor(Roles.AwardingOrganisation, Guid.Parse("0199aaaa-0000-7000-8000-000000000003"), "Eleri Môn", board.OrganisationId), Channel.Portal, Purpose.Award, "test");

    protected static Access Own(Uln uln) => new(new Actor(Roles.Learner, Guid.Parse("0199aaaa-0000-7000-8000-000000000004"), "Siân", OwnUln: uln), Channel.LearnerSite, Purpose.OwnRecord, "test");

    protected async Task<IReadOnlyList<LearningEvent>> EventsOfAsync(Uln uln, DateTimeOffset? asOf = null, bool withWithdrawn = true) =>
        (await Events.ReadRecordAsync(uln, asOf, _ => new RecordDecision(null, withWithdrawn), Own(uln)))!.Record!.Events;

    /// <summary>Walks the trail and gives what is wrong, one line each.</summary>
    protected async Task<string[]> FaultsAsync() => [.. (await Trail.VerifyAsync(null, Office)).Faults.Select(fault => $"{fault.Kind} {fault.Chain.Value} {fault.Sequence}")];

    protected Task<int> ExecuteAsync(string sql, object? args = null) => Engine.WriteAsync(session => session.ExecuteAsync(sql, args));
}
