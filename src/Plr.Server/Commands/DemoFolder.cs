using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Plr.Core.Demo;
using Plr.Server.SignIn;

namespace Plr.Server.Commands;

/// <summary>What a demo's data folder holds: filled once, known by its own file, so that no other register is ever taken for a demo or deleted as one.</summary>
internal sealed class DemoFolder(Settings settings, Surroundings around)
{
    /// <summary>The college's software for a shell, as the README uses it.</summary>
    private const string ClientName = "client.env";
    private const string MarkName = "demo.json";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private string MarkPath => Path.Combine(settings.DataFolder, MarkName);

    /// <summary>Deletes a demo's folder.</summary>
    /// <exception cref="CommandRefusedException">It is not a demo's.</exception>
    public void Reset()
    {
        if (!Directory.Exists(settings.DataFolder))
        {
            return;
        }

        RefuseOthers();
        RefuseWhileUsed();
        Directory.Delete(settings.DataFolder, recursive: true);
    }

    /// <summary>The demo, made now unless it is there.</summary>
    /// <returns>What is there, and whether it was there before.</returns>
    public async Task<(DemoResults Results, bool WasThere)> EnsureAsync(CancellationToken ct)
    {
        if (Directory.Exists(settings.DataFolder))
        {
            RefuseOthers();
            if (Read() is { } there)
            {
                return (there, true);
            }

            // Making it was broken off: nothing of it is worth keeping.
            Reset();
        }

        DataFolder.Make(settings.DataFolder);
        DataFolder.WriteWhole(MarkPath, "null"u8);
        return (await MakeAsync(ct), false);
    }

    /// <summary>The people of the demo as doors of the sign-in page.</summary>
    public static DemoDoors Doors(DemoResults results) => new([.. results.People.Select(person => new DemoDoor(person.AccountId, person.Name, person.Audience, $"SignIn.Demo.{person.Key}"))]);

    private async Task<DemoResults> MakeAsync(CancellationToken ct)
    {
        var now = around.Time.GetUtcNow();
        var clock = new DemoClock(now.AddYears(-20));
        var services = new ServiceCollection();
        services.AddRegister(settings, isServer: true);
        services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
        services.AddSingleton(clock);
        services.AddSingleton<IDemoFiles, DemoFiles>();
        services.AddSingleton<DemoYear>();
        await using var parts = services.BuildServiceProvider();
        await parts.OpenRegisterAsync(migrate: true, ct);
        DemoResults? results = null;
        await Meter.RunAsync(
            around, "Inventing learners", "learners and events", null, async progress => results = await parts.GetRequiredService<DemoYear>().RunAsync(now, progress, ct));
        File.Delete(MarkPath);
        DataFolder.WriteWhole(MarkPath, JsonSerializer.SerializeToUtf8Bytes(results, Indented));
        DataFolder.WriteWhole(Path.Combine(settings.DataFolder, ClientName), Encoding.UTF8.GetBytes(ClientLines(results!.Client!)));
        return results!;
    }

    private static string ClientLines(DemoClient client) => $"CLIENT_ID={client.Id}\nCLIENT_SECRET={client.Secret}\nULN={client.Uln}\n";

    private DemoResults? Read() => !File.Exists(MarkPath) ? null : JsonSerializer.Deserialize<DemoResults>(File.ReadAllBytes(MarkPath));

    private void RefuseOthers()
    {
        if (!File.Exists(MarkPath) && Directory.EnumerateFileSystemEntries(settings.DataFolder).Any())
        {
            throw new CommandRefusedException($"{settings.DataFolder} holds something that is not a demo; choose another folder with --data.");
        }
    }

    private void RefuseWhileUsed()
    {
        var path = Path.Combine(settings.DataFolder, "plr.lock");
        try
        {
            using var held = File.Exists(path) ? new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None) : null;
        }
        catch (IOException)
        {
            throw new CommandRefusedException($"a server uses the data folder {settings.DataFolder}: stop it first.");
        }
    }
}
