using System.Diagnostics;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.ResponseCompression;
using Plr.Core;
using Plr.Core.Accounts;
using Plr.Core.Batches;
using Plr.Core.DataChallenges;
using Plr.Core.Journeys;
using Plr.Core.Learners;
using Plr.Core.MachineClients;
using Plr.Core.Matching;
using Plr.Core.Sharing;
using Plr.Server.CheckSite;
using Plr.Server.Files;
using Plr.Server.Govuk;
using Plr.Server.LearnerSite;
using Plr.Server.Mail;
using Plr.Server.Portal;
using Plr.Server.Rest;
using Plr.Server.SignIn;
using Plr.Server.Web;
using Plr.Server.Work;

namespace Plr.Server;

/// <summary>The web application: what it is made of and in which order a request meets it.</summary>
public static class PlrHost
{
    private const long MiB = 1024 * 1024;

    private static readonly ActivityListener Tracing = new()
    {
        ShouldListenTo = source => source.Name == "Microsoft.AspNetCore",
        Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.PropagationData,
    };

    /// <summary>Builds the application; the caller runs it. <paramref name="configure"/> comes last, for tests and commands.</summary>
    /// <param name="args">Arguments of the host, such as <c>--urls</c>.</param>
    public static WebApplication Build(string[] args, Settings settings, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(PlrHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        ConfigureServer(builder, settings);
        builder.Services.AddRegister(settings, isServer: true);
        AddPages(builder.Services, settings);
        builder.Services.AddSignIn(settings);
        builder.Services.AddRest();
        AddWork(builder.Services, settings);
        configure?.Invoke(builder);

        var app = builder.Build();
        UsePipeline(app, settings);
        return app;
    }

    private static void ConfigureServer(WebApplicationBuilder builder, Settings settings)
    {
        // The framework would log every request with its query, and a one-time link's secret with it.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);

        // Its scope would put the request's path, which can hold a ULN, around every line. Without it nothing else begins a trace.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        ActivitySource.AddActivityListener(Tracing);
        builder.Services.AddSingleton<DistributedContextPropagator>(new OwnTrace());
        builder.Host.UseDefaultServiceProvider(o => o.ValidateScopes = o.ValidateOnBuild = true);
        builder.WebHost.UseUrls(settings.Urls);

        // A line of a request's head ends with CR LF: whoever reads a bare LF as an end sees other lines than whoever does not.
        AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators", true);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = settings.LargestRequestMiB * MiB;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        });
        builder.Services.Configure<HostFilteringOptions>(o =>
            o.AllowedHosts = [settings.Address().IdnHost, "localhost", "127.0.0.1", "[::1]"]);
    }

    private static void AddPages(IServiceCollection services, Settings settings)
    {
        services.AddScoped<Frame>();
        services.AddSingleton<FindJourneys>();
        services.AddSingleton<LearnerFields>();
        services.AddSingleton<ShareJourneys>();
        services.AddSingleton<Checker>();
        services.AddSingleton<ProblemJourneys>();
        services.AddSingleton<ProblemWords>();
        services.AddSingleton<EvidenceUpload>();
        services.AddSingleton<HtmlEncoder>(Markup.Encoder);
        services.AddRazorPages(o => o.RootDirectory = "/");
        services.Configure<RouteOptions>(o => o.LowercaseUrls = true);
        services.AddAntiforgery(o =>
        {
            o.Cookie = SiteCookies.Guarded(SiteCookies.AntiforgeryName(settings), settings, SameSiteMode.Strict);
            o.SuppressXFrameOptionsHeader = true;
        });
        // Only our own files: compressing a page that mixes a secret with what was typed would give its length away (BREACH).
        services.AddResponseCompression(o =>
        {
            o.EnableForHttps = true;
            o.MimeTypes = ["text/css", "text/javascript", "image/svg+xml"];
            o.Providers.Add<BrotliCompressionProvider>();
            o.Providers.Add<GzipCompressionProvider>();
        });
    }

    private static void AddWork(IServiceCollection services, Settings settings)
    {
        services.AddSingleton<WorkSignal>();
        services.AddHostedService<Worker>();
        services.AddHostedService<FollowLearners>();
        services.AddSingleton(parts => new Chore(
            "changes and searches that nobody looks back to",
            TimeSpan.FromMinutes(10),
            async ct =>
            {
                var now = parts.GetRequiredService<TimeProvider>().GetUtcNow();
                await parts.GetRequiredService<ILearnerStore>().ForgetSearchesAsync(now - settings.Matching.Rules.GoodFor, Access.Upkeep("chore"), ct);
                await parts.GetRequiredService<ILearnerFeed>().ForgetAsync(now - LearnerFollower.ChangesAreKept, Access.Upkeep("chore"), ct);
            }));
        services.AddSingleton(parts => new Chore(
            "tokens, assertions and kept answers that are over",
            TimeSpan.FromMinutes(10),
            ct => parts.GetRequiredService<IMachineClientStore>().RemoveExpiredAsync(parts.GetRequiredService<TimeProvider>().GetUtcNow(), ct)));
        services.AddSingleton(parts => new Chore(
            "passkey challenges that are over",
            TimeSpan.FromMinutes(10),
            ct => parts.GetRequiredService<IPasskeyStore>().RemoveExpiredAsync(parts.GetRequiredService<TimeProvider>().GetUtcNow(), ct)));
        services.AddSingleton(parts => new Chore(
            "answers that nobody went on with",
            TimeSpan.FromHours(1),
            ct => parts.GetRequiredService<IJourneyStore>().RemoveExpiredAsync(parts.GetRequiredService<TimeProvider>().GetUtcNow(), ct)));
        services.AddSingleton(parts => new Chore(
            "wrong tries at shares that count no more",
            TimeSpan.FromHours(1),
            ct => parts.GetRequiredService<IShareChecks>().ForgetTriesAsync(parts.GetRequiredService<TimeProvider>().GetUtcNow() - settings.Sharing.Tries.Wait, ct)));
        services.AddSingleton(parts => new Chore(
            "data challenges that are due",
            TimeSpan.FromMinutes(10),
            ct => parts.GetRequiredService<TendChallenges>().RunAsync(Access.Upkeep("chore"), ct)));
        services.AddSingleton(parts => new Chore(
            "evidence of challenges that nobody sent",
            TimeSpan.FromHours(1),
            ct => parts.GetRequiredService<IEvidenceStore>().RemoveExpiredAsync(parts.GetRequiredService<TimeProvider>().GetUtcNow(), ct)));
        services.AddSingleton(parts => new Chore(
            "addresses of those who checked a share, once they are told of no more corrections",
            TimeSpan.FromHours(1),
            ct => parts.GetRequiredService<IShareChecks>().ForgetAddressesAsync(parts.GetRequiredService<TimeProvider>().GetUtcNow().AddDays(-ShareRules.ToldDays), ct)));
        services.AddSingleton(parts => new Chore(
            "files of no batch",
            TimeSpan.FromHours(1),
            ct => parts.GetRequiredService<UploadFolder>().SweepAsync(
                parts.GetRequiredService<TimeProvider>().GetUtcNow().AddDays(-1), digest => parts.GetRequiredService<IBatchStore>().HasFileAsync(digest, ct), ct)));
        services.AddSingleton<MailWords>();
        services.AddSingleton<IPost>(_ => settings.Mail.Host.Length > 0 ? new SmtpPost(settings.Mail) : new FilePost(settings));
        services.AddSingleton<MailRound>();
        services.AddSingleton(parts => new Chore("mail", TimeSpan.FromSeconds(2), parts.GetRequiredService<MailRound>().RunAsync));
    }

    private static void UsePipeline(WebApplication app, Settings settings)
    {
        app.UseSecurityHeaders(settings);
        app.UsePublicAddress(settings);
        app.UseLanguages();
        app.UseProblemPages();
        app.UseRestProblems();
        app.UseStrictFraming();
        app.UseResponseCompression();
        app.UseAssets();
        app.UseRouting();
        app.UseAuthentication();
        app.UseGate();
        app.MapRazorPages();
        app.MapHealth();
        MachineSignIn.Map(app);
        Routes.Map(app);
    }
}
