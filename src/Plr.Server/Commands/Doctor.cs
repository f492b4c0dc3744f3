using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Plr.Server.Web;
using Plr.Store;

namespace Plr.Server.Commands;

/// <summary><c>plr doctor</c>: looks at the machine, the settings and the store, and says in words what would not work.</summary>
internal sealed class Doctor(Settings settings, Surroundings around)
{
    private const string Good = "ok";
    private const string Bad = "!!";
    private bool _isWell = true;

    public static Command Make(CommandTree tree) => CommandTree.Command(
        "doctor",
        "Explains trouble with the machine, the settings or the store in words.",
        [],
        async (parsed, ct) => await new Doctor(tree.Settings(parsed), tree.Around).RunAsync(ct));

    private async Task<int> RunAsync(CancellationToken ct)
    {
        around.Say("ok  The settings are right.");
        LanguagesAreThere();
        FolderIsUsable();
        var isServing = SayLock();
        await StoreIsFitAsync(ct);
        AddressesAreFree(isServing);
        PublicAddressIsRight();
        around.Say(_isWell ? "Nothing is wrong." : "Put right what is marked !! and run plr doctor again.");
        return _isWell ? ExitCodes.Done : ExitCodes.Refused;
    }

    private void Say(bool isGood, string good, string bad)
    {
        _isWell &= isGood;
        around.Say($"{(isGood ? Good : Bad)}  {(isGood ? good : bad)}");
    }

    private void LanguagesAreThere()
    {
        var welsh = CultureInfo.GetCultureInfo("cy");
        Say(
            welsh.DateTimeFormat.GetMonthName(1) == "Ionawr",
            "The languages of the system (ICU) are there.",
            "The system has no ICU, so Welsh dates cannot be written: install libicu, and do not set DOTNET_SYSTEM_GLOBALIZATION_INVARIANT.");
        Say(
            HasWelshTexts(welsh),
            "The Welsh texts are there.",
            "The Welsh texts are missing: the folder cy with plr.resources.dll must lie beside the program.");
    }

    private static bool HasWelshTexts(CultureInfo welsh)
    {
        try
        {
            return typeof(Texts).Assembly.GetSatelliteAssembly(welsh) is not null;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private void FolderIsUsable()
    {
        var folder = settings.DataFolder;
        if (!Directory.Exists(folder))
        {
            around.Say($"ok  The data folder {folder} is not there yet: the first start makes it.");
            return;
        }

        Say(IsWritable(folder), $"The data folder {folder} can be written.", $"The data folder {folder} cannot be written: give it to the user that runs plr.");
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
            Say(
                (File.GetUnixFileMode(folder) & others) == UnixFileMode.None,
                "Nobody else can read it.",
                $"Others on this machine can read the data folder: run  chmod 700 {folder}");
        }
    }

    private static bool IsWritable(string folder)
    {
        var probe = Path.Combine(folder, $"{Guid.CreateVersion7():N}.probe");
        try
        {
            DataFolder.Create(probe).Dispose();
            File.Delete(probe);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private bool SayLock()
    {
        var path = Path.Combine(settings.DataFolder, "plr.lock");
        if (!File.Exists(path))
        {
            return false;
        }

        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            around.Say("ok  No server uses the data folder now.");
            return false;
        }
        catch (IOException)
        {
            around.Say("ok  A server uses the data folder now; commands may run beside it.");
            return true;
        }
    }

    private async Task StoreIsFitAsync(CancellationToken ct)
    {
        if (settings.Store.Engine == EngineKind.Sqlite && !File.Exists(Path.Combine(settings.DataFolder, "plr.db")))
        {
            around.Say("ok  There is no register in the data folder yet: the first start makes it.");
            return;
        }

        try
        {
            await using var parts = OpenRegister.Parts(settings, around.Time);
            var engine = parts.GetRequiredService<Engine>();
            await engine.AssertFitAsync(ct);
            around.Say($"ok  The database ({settings.Store.Engine}) answers and keeps what is acknowledged.");
            var pending = await new Migrator(engine, around.Time).PendingAsync(ct);
            Say(
                pending.Count == 0 || settings.Store.MigrateAtStart,
                pending.Count == 0 ? "The schema is up to date." : $"The schema is {pending.Count} steps behind; the next start brings it up to date.",
                $"The schema is {pending.Count} steps behind: run plr migrate.");
            if (pending.Count == 0)
            {
                await KeyCheck.AssertAsync(engine, parts.GetRequiredService<StoreKeys>(), ct);
                around.Say("ok  The secret keys are the ones that the register was begun with.");
            }
        }
        catch (StoreUnfitException e)
        {
            Say(isGood: false, "", e.Message);
        }
    }

    private void AddressesAreFree(bool isServing)
    {
        foreach (var url in settings.Urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var address = BindingAddress.Parse(url);
            if (IsFree(address))
            {
                around.Say($"ok  Port {address.Port} is free.");
            }
            else
            {
                Say(isServing, $"Port {address.Port} is in use, by the server of this data folder.", $"Port {address.Port} is in use by another program: stop it, or choose another with --urls.");
            }
        }
    }

    private static bool IsFree(BindingAddress address)
    {
        try
        {
            var ip = address.Host is "localhost" ? IPAddress.Loopback : IPAddress.TryParse(address.Host.Trim('[', ']'), out var given) ? given : IPAddress.Any;
            using var listener = new TcpListener(ip, address.Port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void PublicAddressIsRight() => Say(
        settings.IsHttps || settings.Address().IsLoopback,
        $"People reach the service at {settings.Address()}.",
        $"People on other machines would reach the service at {settings.Address()} without encryption: put a proxy with https in front and name its address in PLR__PublicUrl.");
}
