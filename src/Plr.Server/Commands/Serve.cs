using System.CommandLine;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Plr.Core;
using Plr.Core.Accounts;

namespace Plr.Server.Commands;

/// <summary><c>plr serve</c>: the web application.</summary>
internal static class Serve
{
    /// <summary>The first administrator signs in by this address until other officers are added; a reserved domain, so no mail goes there.</summary>
    private const string FirstOfficer = "administrator@register.example";

    public static Command Make(CommandTree tree)
    {
        var urls = UrlsOption();
        return CommandTree.Command(
            "serve", "Runs the web application until it is stopped.", [urls], (parsed, ct) => RunAsync(tree.Settings(parsed, parsed.GetValue(urls)), tree.Around, ct));
    }

    public static Option<string?> UrlsOption() => new("--urls")
    {
        Description = "Where to listen: addresses separated by semicolons.",
        HelpName = "URLS",
    };

    private static async Task<int> RunAsync(Settings settings, Surroundings around, CancellationToken ct)
    {
        DataFolder.Make(settings.DataFolder);
        await using var app = PlrHost.Build([], settings, builder =>
        {
            builder.Services.Replace(ServiceDescriptor.Singleton(around.Time));
            Quieten(builder.Logging);
        });
        await app.Services.OpenRegisterAsync(settings.Store.MigrateAtStart, ct);
        await StartAsync(app, settings, ct);
        await InviteFirstOfficerAsync(app, settings, around, ct);
        around.Say($"{settings.ServiceName} listens on {string.Join(" and ", app.Urls)}. Stop it with Ctrl+C.");
        await app.WaitForShutdownAsync(ct);
        return ExitCodes.Done;
    }

    /// <summary>What the command says itself need not stand in the log: where it listens; that the protection keys lie in the private data folder.</summary>
    public static void Quieten(ILoggingBuilder log) =>
        log.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning).AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);

    /// <summary>There is no default password, ever: while no officer can sign in, whoever starts the server is given a link.</summary>
    private static async Task InviteFirstOfficerAsync(WebApplication app, Settings settings, Surroundings around, CancellationToken ct)
    {
        var accounts = app.Services.GetRequiredService<IAccountStore>();
        if (await accounts.FindAsync(FirstOfficer, ct) is null)
        {
            if (await accounts.HasOfficerAsync(ct))
            {
                return;
            }

            var request = new AddAccount.Request("First administrator", FirstOfficer, [nameof(Roles.OfficeSenior)], null);
            await app.Services.GetRequiredService<AddAccount>().RunAsync(request, Access.Upkeep("serve"), ct);
        }
        else if ((await accounts.ListAsync(null, 0, 2, ct)) is not [{ PasswordHash: null }])
        {
            return;
        }

        var invited = await app.Services.GetRequiredService<InviteAccount>().RunAsync(new(FirstOfficer, null), Access.Upkeep("serve"), ct);
        if (invited.Token is { } token)
        {
            var site = settings.PublicUrl.Length > 0 ? settings.Address() : new Uri(app.Urls.First());
            around.Say($"Nobody of the register office can sign in yet. One-time administrator link, good for {InviteAccount.Lasts.TotalMinutes:N0} minutes:");
            around.Say(OneTimeLink.Address(site, token));
        }
    }

    /// <summary>Starts listening, or says in words why that cannot be.</summary>
    public static async Task StartAsync(WebApplication app, Settings settings, CancellationToken ct)
    {
        try
        {
            await app.StartAsync(ct);
        }
        catch (Exception e) when (e is IOException or SocketException or InvalidOperationException)
        {
            throw new CommandRefusedException($"cannot listen on {settings.Urls}: {e.Message} Choose another address with --urls.");
        }
    }
}
