using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Core.Batches;
using Plr.Core.Learners;
using Plr.Core.Organisations;
using Plr.Core.Qualifications;
using Plr.Server;
using Plr.Server.Files;
using Plr.Server.Web;
using Plr.Store;

namespace Plr.Bench;

/// <summary>A fresh register in a temporary folder (SQLite) or a fresh database (PLR_TEST_POSTGRES), with learners, one awarding organisation and one qualification.</summary>
internal sealed class BenchRegister : IAsyncDisposable
{
    public const string Number = "600/0000/1";
    private const string Recognition = "RN9001";
    private const int RegistrationsAtOnce = 500;
    private readonly WebApplication _site;
    private readonly string _folder;

    private BenchRegister(WebApplication site, string folder, Organisation awarding)
    {
        _site = site;
        _folder = folder;
        Awarding = awarding;
    }

    public Organisation Awarding { get; }

    public List<(string Uln, LearnerText Text)> Learners { get; } = [];

    public Engine Engine => Get<Engine>();

    public StoreSettings Store => Get<Settings>().Store;

    /// <summary>SQLite's file.</summary>
    public string DatabaseFile => Path.Combine(_folder, "plr.db");

    public static async Task<BenchRegister> OpenAsync(string engine)
    {
        var folder = Directory.CreateTempSubdirectory("plr-bench").FullName;
        var settings = new Settings { DataFolder = folder, Store = await StoreAsync(engine), Urls = "http://127.0.0.1:0", Rest = new RestSettings { RequestsInMinute = int.MaxValue } };
        var site = PlrHost.Build([], settings, builder => builder.Logging.ClearProviders());
        var parts = site.Services;
        await parts.OpenRegisterAsync(migrate: true);
        var access = Access.Upkeep("bench");
        var (awarding, _) = await parts.GetRequiredService<IOrganisationStore>().AddAsync("Bench Awards", null, Recognition, Recognition, access);
        await parts.GetRequiredService<IQualificationStore>().ImportAsync(
            [new Qualification { Number = Number, Title = "Bench Level 2 Certificate", OwnerRecognitionNumber = Recognition, Type = "Other General Qualification", Level = "Level 2" }],
            access);
        return new(site, folder, awarding!);
    }

    public T Get<T>()
        where T : notnull => _site.Services.GetRequiredService<T>();

    public async Task RegisterAsync(int count)
    {
        var store = Get<ILearnerStore>();
        var access = new Access(Actor.Register, Channel.CommandLine, Purpose.Enrolment, "bench");
        var today = new DateOnly(2026, 11, 23);
        foreach (var texts in Enumerable.Range(0, count).Select(Learner).Chunk(RegistrationsAtOnce))
        {
            var outcomes = await store.RegisterAsync([.. texts.Select((text, row) => Registration.Check(row + 1, text, today))], null, access);
            Learners.AddRange(outcomes.Select((outcome, row) => (outcome.Uln!, texts[row])));
        }
    }

    /// <summary>Writes an achievements file: each learner in turn, each time on another date.</summary>
    public string WriteFile(int rows)
    {
        var path = Path.Combine(_folder, "achievements.csv");
        using var file = new StreamWriter(path, append: false, new UTF8Encoding(false));
        file.Write(string.Join(',', FileLayouts.Achievements1A.Columns) + "\r\n");
        for (var i = 0; i < rows; i++)
        {
            var (uln, text) = Learners[i % Learners.Count];
            var awarded = new DateOnly(2022, 1, 1).AddDays(i / Learners.Count * 7).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            var header = i == 0 ? $"1A,AO_{Recognition}.CSV,{Recognition},{rows}" : ",,,";
            file.Write($"{header},M{i},{uln},{text.GivenName},{text.FamilyName},{text.DateOfBirth},{text.Gender},{text.LastKnownPostCode},10000001,{Number},{awarded},Pass,English,1,2026-11-23,,FINAL\r\n");
        }

        return path;
    }

    public async Task<TimeSpan> LoadAsync(string path)
    {
        var access = new Access(Actor.RegisterFor(Awarding.Id), Channel.CommandLine, Purpose.Award, "bench");
        var watch = Stopwatch.StartNew();
        await using var content = File.OpenRead(path);
        var received = await Get<UploadFolder>().SaveAsync(content, Path.GetFileName(path), default);
        var answer = await Get<SubmitBatch>().RunAsync(new(BatchKind.Achievements, Awarding.Id, received), access);
        var batch = await Get<IBatchStore>().ClaimAsync(answer.Batch!.Id, "bench", TimeSpan.FromHours(1)) ?? throw new InvalidOperationException("Not claimed.");
        await Get<BatchRunner>().RunAsync(batch, null, default);
        watch.Stop();
        var done = await Get<IBatchStore>().GetAsync(batch.Id, access);
        Console.WriteLine($"  outcome: {done!.Status}, {string.Join(", ", done.Counts.Select(count => $"{count.Key} {count.Value}"))}");
        return watch.Elapsed;
    }

    /// <summary>A college that may read records.</summary>
    public async Task<Organisation> AddCollegeAsync()
    {
        var (college, _) = await Get<IOrganisationStore>().AddAsync("Bench College", "10009001", "BENCHCOL", null, Access.Upkeep("bench"));
        return college!;
    }

    /// <summary>Starts the web server; where it listens.</summary>
    public async Task<Uri> StartAsync()
    {
        await _site.StartAsync();
        return new Uri(_site.Urls.First());
    }

    /// <summary>Starts the web server and signs a learner in; the client carries their session.</summary>
    public async Task<HttpClient> SignInAsync(Uln uln)
    {
        var address = await StartAsync();
        var now = TimeProvider.System.GetUtcNow();
        var accounts = Get<IAccountStore>();
        var access = Access.Upkeep("bench");
        var account = new Account { Id = Guid.CreateVersion7(), Name = "Bench", Roles = Roles.Learner, Uln = uln, Level = ConnectionLevel.L3, Status = AccountStatus.Active, CreatedAt = now };
        await accounts.AddAsync(account, access);
        var begun = await SessionBegun.BeginAsync(accounts, Get<SessionRules>(), account, now, access, default);
        var client = new HttpClient { BaseAddress = address };
        client.DefaultRequestHeaders.Add("Cookie", $"{SiteCookies.SignInName(Get<Settings>())}={begun.Key}");
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static LearnerText Learner(int i) => new()
    {
        GivenName = Word(i * 7919L),
        FamilyName = Word((i * 104_729L) + 13),
        DateOfBirth = new DateOnly(1990, 1, 1).AddDays(i % 6000).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Gender = i % 2 == 0 ? "1" : "2",
        LastKnownPostCode = $"ZZ{i / 100 % 90 + 1} {i % 10}AA",
        AbilityToShare = "1",
        VerificationType = "1",
    };

    /// <summary>Seven letters that differ for each number.</summary>
    private static string Word(long number)
    {
        var word = new StringBuilder();
        for (var n = number; word.Length < 7; n /= 26)
        {
            word.Append((char)((word.Length == 0 ? 'A' : 'a') + ((n + word.Length) % 26)));
        }

        return word.ToString();
    }

    private static async Task<StoreSettings> StoreAsync(string engine)
    {
        if (engine == "sqlite")
        {
            return new StoreSettings();
        }

        var server = Environment.GetEnvironmentVariable("PLR_TEST_POSTGRES") ?? throw new InvalidOperationException("Start PostgreSQL first: eval \"$(tests/postgres.sh start)\"");
        var name = $"bench_{Guid.CreateVersion7():N}";

        await PostgresDatabase.CreateAsync(server, name);
        return new StoreSettings { Engine = EngineKind.Postgres, ConnectionString = $"{server};Database={name}" };
    }
}
