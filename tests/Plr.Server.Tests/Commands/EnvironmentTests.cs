using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Plr.Server.Commands;

namespace Plr.Server.Tests.Commands;

/// <summary>What the commands say of settings, the data folder and the schema.</summary>
public sealed class EnvironmentTests : IDisposable
{
    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Config_tells_each_value_with_its_source_and_masks_secrets()
    {
        var run = (await _folder.RunAsync(
            [("Operator:Email", "a@example.org"), ("Store:ConnectionString", "Host=db;Password=hush"), ("Keys:Ulns", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))),
                ("Keys:Audit", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))],
            ["config", "--data", _folder.Data, "--urls", "http://localhost:6000"])).Done();

        Assert.Contains("Operator:Email = a@example.org  (environment PLR__Operator__Email)", run.Lines);
        Assert.Contains("Urls = http://localhost:6000  (command line)", run.Lines);
        Assert.Contains($"DataFolder = {_folder.Data}  (command line)", run.Lines);
        Assert.Contains("ServiceName = Personal Learning Record  (default)", run.Lines);
        Assert.Contains("Store:ConnectionString = (secret)  (environment PLR__Store__ConnectionString)", run.Lines);
        Assert.Contains("Keys:Ulns = (secret)  (environment PLR__Keys__Ulns)", run.Lines);
        Assert.DoesNotContain("hush", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_setting_that_is_not_allowed_ends_with_2_and_says_what_is()
    {
        var run = await _folder.RunAsync([("LargestRequestMiB", "0")], ["config"]);

        Assert.Equal((ExitCodes.Usage, "plr: the settings are not right: LargestRequestMiB is '0'; allowed: 1 to 2048."), (run.Code, run.Error.Trim()));
    }

    [Fact]
    public async Task Migrate_shows_what_it_would_do_then_does_it_once()
    {
        Assert.Contains("CREATE TABLE organisation", (await _folder.RunAsync("migrate", "--dry-run")).Done().Out, StringComparison.Ordinal);
        Assert.Equal("The schema is up to date.", (await _folder.RunAsync("migrate")).Done().Lines[^1]);
        Assert.Equal(["The schema was up to date already."], (await _folder.RunAsync("migrate")).Done().Lines);
        Assert.Equal(["-- The schema is up to date."], (await _folder.RunAsync("migrate", "--dry-run")).Done().Lines);
    }

    [Fact]
    public async Task Doctor_finds_nothing_wrong_with_a_fresh_register()
    {
        (await _folder.RunAsync("migrate")).Done();
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
        free.Stop();

        var run = (await _folder.RunAsync([("Urls", url)], ["doctor", "--data", _folder.Data])).Done();

        Assert.Equal("Nothing is wrong.", run.Lines[^1]);
        Assert.Contains("ok  The secret keys are the ones that the register was begun with.", run.Lines);
    }

    [Fact]
    public async Task Doctor_names_other_keys_an_open_folder_and_a_port_in_use()
    {
        (await _folder.RunAsync("admin", "organisation", "list")).Done();
        File.Delete(Path.Combine(_folder.Data, "keys.json"));
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var run = await _folder.RunAsync([("Urls", $"http://127.0.0.1:{port}")], ["doctor", "--data", _folder.Data]);

        Assert.Equal(ExitCodes.Refused, run.Code);
        Assert.Contains(run.Lines, line => line.StartsWith("!!  The secret key 'ulns' is not the one that this register was begun with.", StringComparison.Ordinal));
        Assert.Contains(run.Lines, line => line.StartsWith($"!!  Port {port} is in use by another program", StringComparison.Ordinal));
    }
}
