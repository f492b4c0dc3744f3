using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Core.Batches;
using Plr.Server.Files;
using Plr.Server.Web;
using Plr.Server.Work;
using Plr.Store;
using Plr.Testing;
using Plr.Testing.Pages;

namespace Plr.Server.Tests;

/// <summary>
/// The server in this process on SQLite in a folder of its own, with the fixed clock, plus a page of every field and a filter that fails on
/// request. Batches wait until the test carries them out.
/// </summary>
public sealed class TestSite : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Settings _settings;

    private TestSite(WebApplication app, Settings settings, LogCapture log) => (_app, _settings, Log) = (app, settings, log);

    public IServiceProvider Services => _app.Services;

    /// <summary>What the site has logged. It is searched for personal data when the site closes.</summary>
    public LogCapture Log { get; }

    /// <summary>The clock of the server; it stands until the test moves it.</summary>
    public FakeTimeProvider Time => (FakeTimeProvider)Services.GetRequiredService<TimeProvider>();

    /// <summary>Puts organisations, people and achievements on this register.</summary>
    public Seeds Seed => new(Services);

    /// <param name="settings">Settings other than the defaults; the data folder is always the site's own.</param>
    /// <param name="configure">More parts, such as the demo's doors.</param>
    public static Task<TestSite> StartAsync(Settings? settings = null, Action<IServiceCollection>? configure = null) => OpenAsync(
        Own(settings ?? new Settings()) with { DataFolder = Path.Combine(Path.GetTempPath(), "plr_site_" + RandomNumberGenerator.GetHexString(16, lowercase: true)) }, configure);

    /// <summary>Whoever does not say how people are matched is about something else, and registers people who are alike in all but their names: they are not possible matches then.</summary>
    private static Settings Own(Settings settings) => settings.Matching == new MatchingSettings() ? settings with { Matching = new() { PossibleAboveBits = 1_000 } } : settings;

    /// <summary>The same register, opened by a new server after this one has ended; this site is over, and so need not be disposed of.</summary>
    public async Task<TestSite> RestartAsync()
    {
        var personal = await Log.PersonalAsync(Services.GetRequiredService<Engine>());
        await _app.DisposeAsync();
        Assert.Empty(personal);
        return await OpenAsync(_settings, null);
    }

    private static async Task<TestSite> OpenAsync(Settings own, Action<IServiceCollection>? configure)
    {
        var log = new LogCapture();
        var app = PlrHost.Build([], own, builder =>
        {
            builder.WebHost.UseTestServer();
            builder.Logging.ClearProviders().AddProvider(log).AddFilter("Plr", LogLevel.Trace);
            builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock.New()));
            builder.Services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
            builder.Services.Remove(builder.Services.Single(part => part.ServiceType == typeof(IHostedService) && part.ImplementationType == typeof(Worker)));
            builder.Services.AddRazorPages(o => o.Conventions.ConfigureFilter(new FailsOnRequest())).AddApplicationPart(typeof(TestSite).Assembly);
            configure?.Invoke(builder.Services);
        });
        await app.Services.OpenRegisterAsync(migrate: true);
        await app.StartAsync();
        return new TestSite(app, own, log);
    }

    /// <summary>A browser: keeps cookies, follows no redirects.</summary>
    /// <param name="account">Who is signed in with it, the second factor given.</param>
    public async Task<HttpClient> BrowserAsync(Account account)
    {
        var access = Seeds.AccessOf(account, Purpose.OwnRecord);
        var begun = await SessionBegun.BeginAsync(Services.GetRequiredService<IAccountStore>(), Services.GetRequiredService<SessionRules>(), account, Time.GetUtcNow(), access, default, origin: new(null, null, IsWelsh: false) { IsFactorGiven = true });
        var jar = new CookieContainer();
        jar.Add(new Uri("http://localhost/"), new Cookie(SiteCookies.SignInName(_settings), begun.Key));
        return Browser(jar);
    }

    /// <summary>A browser with which nobody is signed in.</summary>
    /// <param name="around">What stands between it and the server.</param>
    public HttpClient Browser(Func<HttpMessageHandler, HttpMessageHandler>? around = null) => Browser(new CookieContainer(), around);

    /// <summary>Opens a page, as somebody or as nobody.</summary>
    public async Task<WebPage> OpenAsync(string address, Account? account = null)
    {
        using var browser = account is null ? Browser() : await BrowserAsync(account);
        return await WebPage.ReadAsync(await browser.GetAsync(address));
    }

    /// <summary>Takes in a file of somebody's organisation and carries it out at once.</summary>
    public async Task<Batch> UploadAsync(BatchKind kind, Account by, string fileName, string content)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(content));
        var file = await Services.GetRequiredService<UploadFolder>().SaveAsync(stream, fileName, default);
        var access = Seeds.AccessOf(by, kind == BatchKind.Registrations ? Purpose.Enrolment : Purpose.Award);
        var answer = await Services.GetRequiredService<SubmitBatch>().RunAsync(new(kind, by.OrganisationId!.Value, file), access);
        await RunBatchesAsync();
        return await Services.GetRequiredService<IBatchStore>().GetAsync(answer.Batch!.Id, access) ?? throw new InvalidOperationException("The batch is gone.");
    }

    /// <summary>Carries out every batch that waits.</summary>
    public async Task RunBatchesAsync()
    {
        var (batches, runner) = (Services.GetRequiredService<IBatchStore>(), Services.GetRequiredService<BatchRunner>());
        while (await batches.ClaimAsync("test", TimeSpan.FromMinutes(1)) is { } batch)
        {
            await runner.RunAsync(batch, null, default);
        }
    }

    public async ValueTask DisposeAsync()
    {
        var personal = await Log.PersonalAsync(Services.GetRequiredService<Engine>());
        await _app.DisposeAsync();
        Directory.Delete(_settings.DataFolder, recursive: true);
        Assert.Empty(personal);
    }

    private HttpClient Browser(CookieContainer jar, Func<HttpMessageHandler, HttpMessageHandler>? around = null) => new(new Cookies(around is null ? _app.GetTestServer().CreateHandler() : around(_app.GetTestServer().CreateHandler()), jar)) { BaseAddress = new Uri("http://localhost/") };

    private sealed class Cookies(HttpMessageHandler inner, CookieContainer jar) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var cookies = jar.GetCookieHeader(request.RequestUri!);
            if (cookies.Length > 0)
            {
                request.Headers.Add("Cookie", cookies);
            }

            var response = await base.SendAsync(request, cancellationToken);
            foreach (var cookie in response.Headers.TryGetValues("Set-Cookie", out var values) ? values : [])
            {
                jar.SetCookies(request.RequestUri!, cookie);
            }

            return response;
        }
    }
}
