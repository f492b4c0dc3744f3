using Microsoft.Extensions.DependencyInjection;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Core.Moves;
using Plr.Core.Organisations;
using Plr.Core.Reports;
using Plr.Server.Commands;
using Plr.Store;
using Plr.Testing;

namespace Plr.Server.Tests.Commands;

/// <summary>A register on either engine with a data folder of its own, on which commands are run.</summary>
/// <param name="folder">Where the commands run; the data folder lies in it.</param>
/// <param name="name">The data folder's name.</param>
/// <param name="options">The database.</param>
public sealed class MovedRegister(CommandFolder folder, string name, StoreOptions options)
{
    private readonly (string, string)[] _environment =
        options.Kind == EngineKind.Sqlite ? [] : [("Store:Engine", "Postgres"), ("Store:ConnectionString", options.ConnectionString!)];

    public string Data { get; } = Path.Combine(folder.Folder, name);

    public Task<CommandRun> RunAsync(params string[] args) => folder.RunAsync(_environment, [.. args, "--data", Data]);

    /// <summary>Loads an export into it, and gives the first line of each report.</summary>
    public async Task<string[]> LoadAsync(string exported)
    {
        var said = new List<string>();
        foreach (var part in new[] { "organisations", "qualifications", "learners", "learning-events", "reports" })
        {
            said.Add((await RunAsync("load", part, Path.Combine(exported, part + ".csv"))).Done().Lines[0]);
        }

        return [.. said];
    }

    public async Task<string> ExportAsync(string to)
    {
        var path = Path.Combine(folder.Folder, to);
        (await RunAsync("export", "--output", path)).Done();
        return path;
    }

    /// <summary>Fills it as its people would: learners with everything and with little, versions, a withdrawal; and with what only comes from elsewhere.</summary>
    public async Task FillAsync()
    {
        var settings = new Settings { DataFolder = Data, Store = new() { Engine = options.Kind, ConnectionString = options.ConnectionString ?? "" } };
        await using var parts = OpenRegister.Parts(settings, Clock.New());
        await parts.OpenRegisterAsync(migrate: true);
        var seeds = new Seeds(parts);
        var (college, board) = (await seeds.CollegeAsync(), await seeds.AwardingOrganisationAsync());
        var person = await seeds.CollegePersonAsync(college);
        await seeds.QualificationsAsync(A.QualificationCalled("600/1166/X", "=GCSE in \"Maths\", higher"), A.QualificationCalled("601/4505/5", "Welsh"));
        var ulns = new List<Uln>();
        foreach (var learner in new[] { A.FullLearner(), A.Learner(), A.Learner("Huw", "-Dash"), A.Learner("Nia", "'Apostrophe") })
        {
            var uln = await seeds.RegisterAsync(learner, person);
            ulns.Add(uln);
            await seeds.AchieveAsync(board, A.AchievementOf(uln, learner, "600/1166/X", "2025-08-20", "7"), A.AchievementOf(uln, learner, "601/4505/5", "2026-08-20", "9"));
        }

        await parts.GetRequiredService<ILearnerStore>().UpdateAsync(ulns[1], 1, held => (held.Details with { Notes = "'" }, []), Seeds.AccessOf(person, Purpose.Enrolment));
        await seeds.AchieveAsync(board, A.AchievementOf(ulns[1], A.Learner(), "600/1166/X", "2025-08-20", null) with { Action = "3", ActionReason = "Sent twice" });
        await ReportAsync(parts, ulns, person);
        await LoadFromElsewhereAsync(parts.GetRequiredService<IMoveStore>(), ulns[0]);
    }

    /// <summary>A report of every kind of asker.</summary>
    private static async Task ReportAsync(IServiceProvider parts, List<Uln> ulns, Account person)
    {
        var reports = parts.GetRequiredService<GetReport>();
        var learner = await new Seeds(parts).LearnerAccountAsync(ulns[0], A.FullLearner());
        Assert.NotNull((await reports.RunAsync(new(ulns[0], ReportFormat.Pdf, ReportLanguage.Welsh), Seeds.AccessOf(learner, Purpose.OwnRecord))).Report);
        Assert.NotNull((await reports.RunAsync(new(ulns[1], ReportFormat.Csv, ReportLanguage.English), Seeds.AccessOf(person, Purpose.AdviceAndGuidance))).Report);
        Assert.NotNull((await reports.RunAsync(new(ulns[2], ReportFormat.Json, ReportLanguage.English, "=asked,\n\"by phone\""), Seeds.Upkeep)).Report);
    }

    private static async Task LoadFromElsewhereAsync(IMoveStore moves, Uln master)
    {
        var uln = Uln.Parse("1000000043");
        var learner = A.Registered(A.FullLearner(), uln.ToString(), version: 7) with { Status = LearnerStatus.Merged, MasterUln = master };
        var version = new LearnerVersion(learner with { Details = learner.Details with { Title = "", Nationality = "''" } }, Clock.Noon.AddYears(-3), null, Channel.Soap, 17, 4);
        await moves.LoadLearnersAsync([version], Seeds.Upkeep);
        var facts = new LearningEventFacts { Source = EventSource.QCFU, Status = EventStatus.Provisional, Subject = "", SubjectCode = " x ", Grade = "", Credits = 12, Level = "'=1" };
        var from = new Provenance(Clock.Noon.AddYears(-3), null, null, Channel.Rest, 17, 5, AchievementAction.Update, A.Today, "\r\nlines, \"and\" quotes\t");
        await moves.LoadLearningEventsAsync([new(uln, new(2_000_000, 1, facts, from))], Seeds.Upkeep);
        await moves.LoadOrganisationsAsync([new() { Id = Guid.CreateVersion7(), Number = 0, Name = "@Closed", Status = OrganisationStatus.Closed, Ukprn = "TEST0045", OrganisationRef = "abc123", LegalName = "" }], Seeds.Upkeep);
    }
}
