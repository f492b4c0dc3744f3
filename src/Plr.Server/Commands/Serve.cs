using System.CommandLine;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Plr.Server.Commands;

/// <summary><c>plr serve</c>: the web application.</summary>
internal static class Serve
{
    public static Command Make(CommandTree tree)
    {
        var urls = UrlsOption();
        return CommandTree.Command(
            "serve", "Runs the web application until it is stopped.", [urls], (parsed, ct) => RunAsync(tree.Settings(parsed, parsed.GetValue(urls)), tree.Around, ct));
    }

    public static Option<string?> UrlsOption() => new("--urls")
    {
        Description = "Where to listen: addresses separated by semicolons.", HelpName = "URLS",
    };

    private static async Task<int> RunAsync(Settings settings, Surroundings around, CancellationToken ct)
    {
        DataFolder.Make(settings.DataFolder);
        await using var app = PlrHost.Build([], settings, builder => builder.Services.Replace(ServiceDescriptor.Singleton(around.Time)));
        await app.Services.OpenRegisterAsync(settings.Store.MigrateAtStart, ct);
        await StartAsync(app, settings, ct);
        around.Say($"{settings.ServiceName} listens on {string.Join(" and ", app.Urls)}. Stop it with Ctrl+C.");
        await app.WaitForShutdownAsync(ct);
        return ExitCodes.Done;
    }

    /// <summary>Starts listening, or says in words why that cannot be.</summary>
    public static async Task StartAsync(WebApplication app, Settings settings, CancellationToken ct)
    {
        try
        {
            await app.StartAsync(ct);
        }
        catch (IOException e)
        {
            throw new CommandRefusedException($"cannot listen on {settings.Urls}: {e.Message} Choose another address with --urls.");
        }
    }
}
