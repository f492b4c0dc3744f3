using System.CommandLine;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Plr.Core.Demo;

namespace Plr.Server.Commands;

/// <summary><c>plr demo</c>: a register of invented learners on this machine, with doors that need no password. It listens on this machine only.</summary>
internal static class Demo
{
    private const string Folder = "demo-data";

    public static Command Make(CommandTree tree)
    {
        var urls = Serve.UrlsOption();
        var reset = new Option<bool>("--reset") { Description = "Deletes the demo's data and begins again." };
        return CommandTree.Command(
            "demo", "Runs the web application with invented learners, on this machine only; its data folder is ./demo-data.", [urls, reset], (parsed, ct) =>
            {
                var settings = SettingsOf(tree.Settings(parsed, parsed.GetValue(urls)), parsed.GetValue(tree.Data), tree.Around);
                return RunAsync(settings, parsed.GetValue(reset), tree.Around, ct);
            });
    }

    /// <summary>A demo is of its own folder and of nothing else: no other database, no keys of a real register, no mail server, no public address.</summary>
    private static Settings SettingsOf(Settings settings, string? data, Surroundings around) => settings with
    {
        DataFolder = around.PathTo(data ?? Folder),
        Store = new(),
        Keys = new(),
        Mail = new(),
        PublicUrl = "",
    };

    private static async Task<int> RunAsync(Settings settings, bool isReset, Surroundings around, CancellationToken ct)
    {
        RefuseOtherMachines(settings);
        var begun = around.Time.GetTimestamp();
        var folder = new DemoFolder(settings, around);
        if (isReset)
        {
            folder.Reset();
        }

        var (results, wasThere) = await folder.EnsureAsync(ct);
        await using var app = PlrHost.Build([], settings, builder =>
        {
            builder.Services.Replace(ServiceDescriptor.Singleton(around.Time));
            builder.Services.AddSingleton(DemoFolder.Doors(results));
            // Its people are invented and come in by doors: nobody is asked to set up a second factor, and everybody may try it.
            builder.Services.Replace(ServiceDescriptor.Singleton(settings.SignIn.Rules with { PeopleNeedFactor = false }));
            Serve.Quieten(builder.Logging.SetMinimumLevel(LogLevel.Warning));
        });
        await app.Services.OpenRegisterAsync(settings.Store.MigrateAtStart, ct);
        await Serve.StartAsync(app, settings, ct);
        SayBanner(settings, results, wasThere ? null : around.Time.GetElapsedTime(begun), app.Urls.First(), around);
        await app.WaitForShutdownAsync(ct);
        return ExitCodes.Done;
    }

    private static void RefuseOtherMachines(Settings settings)
    {
        foreach (var url in settings.Urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var host = BindingAddress.Parse(url).Host;
            if (!Uri.TryCreate($"http://{host}/", UriKind.Absolute, out var address) || !address.IsLoopback)
            {
                throw new CommandRefusedException(
                    $"the demo lets anybody in without a password, so it listens on this machine only: {url} is not localhost. For others to reach, run plr serve.", ExitCodes.Usage);
            }
        }
    }

    /// <summary>Reads a learner's record over REST, ready to paste.</summary>
    private static string CurlLine(string site, DemoClient client) =>
        $"""curl -s {site}/api/learners/{client.Uln}/learning-events -H "Authorization: Bearer $(curl -s {site}/oauth/token -u {client.Id}:{client.Secret} -d grant_type=client_credentials | cut -d '"' -f 4)" """.TrimEnd();

    private static void SayBanner(Settings settings, DemoResults results, TimeSpan? took, string url, Surroundings around)
    {
        var how = took is { } time ? string.Create(CultureInfo.InvariantCulture, $"({time.TotalSeconds:N1} s)") : "(kept from last time)";
        var folder = Path.GetRelativePath(around.Folder, settings.DataFolder);
        var site = url.TrimEnd('/');
        around.Say($"{settings.ServiceName}  demo: {results.Learners:N0} invented learners, {results.Events:N0} learning events, {results.Organisations:N0} organisations  {how}");
        around.Say($"├─ Learner site          {site}/");
        around.Say($"├─ Organisation portal   {site}/organisation");
        around.Say($"├─ Register office       {site}/office");
        around.Say($"├─ REST                  {site}/api");
        if (results.Client is { } client)
        {
            around.Say($"│    {CurlLine(site, client)}");
        }

        around.Say($"└─ Data in {(folder.StartsWith('.') || Path.IsPathRooted(folder) ? folder : $"./{folder}")}, start again with  plr demo --reset.   Next: docs/tutorial.md");
    }
}
