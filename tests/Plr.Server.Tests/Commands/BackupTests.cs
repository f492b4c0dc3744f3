using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Plr.Core;
using Plr.Core.DataChallenges;
using Plr.Core.Learners;
using Plr.Core.Moves;
using Plr.Core.Responses;
using Plr.Server.Commands;
using Plr.Store;
using Plr.Testing;

namespace Plr.Server.Tests.Commands;

/// <summary>Copies of a register that goes on, and a register made of one.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly CommandFolder _folder = new();

    private MovedRegister Register => new(_folder, "data", new(EngineKind.Sqlite, "", null));

    private string Copy => Path.Combine(_folder.Folder, "copy");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_acknowledged_before_a_backup_is_in_it_while_others_go_on_writing()
    {
        await Register.FillAsync();
        var settings = new Settings { DataFolder = Register.Data };
        await using var server = new ServiceCollection().AddRegister(settings, isServer: true).BuildServiceProvider();
        await server.OpenRegisterAsync(migrate: true);
        using var stop = new CancellationTokenSource();
        var acknowledged = new ConcurrentQueue<Uln>();
        var writing = WriteAsync(server, acknowledged, stop.Token);
        while (acknowledged.Count < 20)
        {
            await Task.Delay(5);
        }

        var before = acknowledged.ToArray();
        (await Register.RunAsync("backup", "--output", Copy)).Done();
        await stop.CancelAsync();
        await writing;
        var restored = new MovedRegister(_folder, "restored", new(EngineKind.Sqlite, "", null));
        (await restored.RunAsync("restore", Copy)).Done();

        Assert.True(acknowledged.Count > before.Length, "Nothing was written while the backup ran.");
        Assert.Contains("The trail is whole: nothing was altered, removed or moved.", (await restored.RunAsync("audit", "verify")).Done().Lines);
        await using var engine = Engine.Open(new(EngineKind.Sqlite, restored.Data, null, IsServer: false));
        var held = (await engine.ReadAsync(session => session.QueryAsync<long>("SELECT uln FROM learner"))).ToHashSet();
        Assert.All(before, uln => Assert.Contains(uln.Value, held));
        var entries = await engine.ReadAsync(session => session.QueryAsync<string>("SELECT entry FROM audit_entry WHERE chain = 0"));
        Assert.Single(entries, entry => entry.Contains("\"action\":\"register-backed-up\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Evidence_of_a_data_challenge_is_in_a_backup_and_opens_with_its_keys()
    {
        await Register.FillAsync();
        var content = Encoding.UTF8.GetBytes("%PDF-1.7\nresult slip\n%%EOF\n");
        Guid challenge;
        Access own;
        await using (var parts = new ServiceCollection().AddRegister(new Settings { DataFolder = Register.Data }, isServer: false).BuildServiceProvider())
        {
            await parts.OpenRegisterAsync(migrate: false);
            var uln = Uln.FromValue((await parts.GetRequiredService<Engine>().ReadAsync(session => session.QueryAsync<long>("SELECT uln FROM learner WHERE status = 1 AND uln NOT IN (SELECT uln FROM account WHERE uln IS NOT NULL) ORDER BY uln"))).First());
            own = Seeds.AccessOf(await new Seeds(parts).LearnerAccountAsync(uln, A.Learner()), Purpose.OwnRecord);
            challenge = (await parts.GetRequiredService<RaiseChallenge>().RunAsync(new(uln, null, ChallengeType.WrongDetails, "x"), own)).Challenge!.Id;
            Assert.Equal(ResponseCodes.EvidenceAdded, await parts.GetRequiredService<AddEvidence>().RunAsync(new(new("slip.pdf", content), Challenge: challenge), own));
        }

        (await Register.RunAsync("backup", "--output", Copy)).Done();
        (await new MovedRegister(_folder, "restored", new(EngineKind.Sqlite, "", null)).RunAsync("restore", Copy)).Done();

        await using var restored = new ServiceCollection().AddRegister(new Settings { DataFolder = Path.Combine(_folder.Folder, "restored") }, isServer: false).BuildServiceProvider();
        await restored.OpenRegisterAsync(migrate: false);
        var file = Assert.Single((await restored.GetRequiredService<ViewChallenge>().RunAsync(challenge, own))!.Evidence);
        Assert.Equal(content, (await restored.GetRequiredService<ViewEvidence>().RunAsync(challenge, file.Id, own))!.Content);
    }

    [Fact]
    public async Task A_backup_has_keys_and_uploads_is_for_its_owner_only_and_says_that_it_is_secret()
    {
        await Register.FillAsync();
        Directory.CreateDirectory(Path.Combine(Register.Data, "uploads"));
        File.WriteAllText(Path.Combine(Register.Data, "uploads", "abc.csv"), "sent");
        File.WriteAllText(Path.Combine(Register.Data, "uploads", "half.part"), "half");

        var run = (await Register.RunAsync("backup", "--output", Copy)).Done();

        Assert.Equal(["backup.json", "keys.json", "plr.db", "uploads/abc.csv"], Files(Copy));
        Assert.Contains("The database was copied as of one moment, its integrity check found nothing, and its keys are the register's.", run.Lines);
        Assert.Contains(run.Lines, line => line.StartsWith("WARNING: it holds personal data and the register's secret keys", StringComparison.Ordinal));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Copy));
            foreach (var name in Files(Copy))
            {
                Assert.Equal((name, UnixFileMode.UserRead | UnixFileMode.UserWrite), (name, File.GetUnixFileMode(Path.Combine(Copy, name))));
            }
        }

        Assert.Equal((1, $"plr: {Copy} is there already: a backup makes a folder of its own."), Refusal(await Register.RunAsync("backup", "--output", Copy)));
        Assert.Contains("would be lost with it", (await Register.RunAsync("backup", "--output", Path.Combine(Register.Data, "copy"))).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_folder_that_is_used_or_not_empty_is_not_replaced_unless_told_and_then_kept_aside()
    {
        await Register.FillAsync();
        (await Register.RunAsync("backup", "--output", Copy)).Done();

        Assert.Contains("is not empty: choose another with --data, or give --replace", (await Register.RunAsync("restore", Copy)).Error, StringComparison.Ordinal);
        await using (Engine.Open(new(EngineKind.Sqlite, Register.Data, null)))
        {
            Assert.Contains("a server uses the data folder", (await Register.RunAsync("restore", Copy, "--replace")).Error, StringComparison.Ordinal);
        }

        File.WriteAllText(Path.Combine(Register.Data, "kept"), "");
        var run = (await Register.RunAsync("restore", Copy, "--replace")).Done();

        Assert.Contains($"What was there is in {Register.Data}.before-20261123120000.", run.Lines);
        Assert.True(File.Exists(Path.Combine(Register.Data + ".before-20261123120000", "kept")));
        Assert.Equal(["backup.json", "keys.json", "plr.db"], Files(Copy));
        (await Register.RunAsync("audit", "verify")).Done();
    }

    [Theory]
    [InlineData("plr.db", "damaged: plr.db is not as it was")]
    [InlineData("keys.json", "damaged: keys.json is not as it was")]
    [InlineData("backup.json", "backup.json cannot be read")]
    [InlineData(null, "is not whole: keys.json is missing")]
    public async Task A_backup_that_is_not_as_it_was_made_is_refused_and_nothing_is_touched(string? damaged, string expected)
    {
        await Register.FillAsync();
        (await Register.RunAsync("backup", "--output", Copy)).Done();
        if (damaged is null)
        {
            File.Delete(Path.Combine(Copy, "keys.json"));
        }
        else
        {
            await using var file = File.OpenWrite(Path.Combine(Copy, damaged));
            file.Position = file.Length / 2;
            file.WriteByte(0xFF);
        }

        var restored = new MovedRegister(_folder, "restored", new(EngineKind.Sqlite, "", null));
        var run = await restored.RunAsync("restore", Copy);

        Assert.Equal(ExitCodes.Refused, run.Code);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed.", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(_folder.Folder, "restored*"));
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("/etc/outside")]
    [InlineData("uploads//x")]
    [InlineData("keys.json")]
    public async Task A_backup_that_names_files_outside_its_folder_or_lacks_the_database_is_refused(string name)
    {
        Directory.CreateDirectory(Copy);
        File.WriteAllText(Path.Combine(Copy, "backup.json"), $$"""{"Engine":"Sqlite","MadeAt":"2026-11-23T12:00:00+00:00","Files":[{"Name":"{{name}}","Size":0,"Sha256":""}]}""");

        Assert.Contains("lists no files of a backup", (await Register.RunAsync("restore", Copy)).Error, StringComparison.Ordinal);
        Assert.Contains("is no backup", (await Register.RunAsync("restore", _folder.Folder)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_registers_own_commands_move_export_and_copy_it()
    {
        await using var parts = OpenRegister.Parts(new Settings { DataFolder = Register.Data }, Clock.New());
        await parts.OpenRegisterAsync(migrate: true);
        var officer = new Access(new Actor(Roles.OfficeSenior), Channel.Office, Purpose.RegisterUpkeep, "test");

        Assert.NotNull(await parts.GetRequiredService<BackUpRegister>().BeginAsync(officer));
        Assert.NotNull(await parts.GetRequiredService<ExportRegister>().RunAsync(MoveParts.All, null!, officer));
        Assert.NotNull((await parts.GetRequiredService<MoveLearners>().RunAsync([], (_, _) => { }, null, officer)).Refusal);
        Assert.NotNull((await parts.GetRequiredService<Core.LearningEvents.MoveLearningEvents>().RunAsync([], (_, _) => { }, null, officer)).Refusal);
        Assert.NotNull((await parts.GetRequiredService<Core.Organisations.MoveOrganisations>().RunAsync([], (_, _) => { }, null, officer)).Refusal);
    }

    private static async Task WriteAsync(IServiceProvider server, ConcurrentQueue<Uln> acknowledged, CancellationToken stop)
    {
        var store = server.GetRequiredService<ILearnerStore>();
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var name = string.Concat($"{i}".Select(digit => (char)('a' + (digit - '0'))));
            var outcome = await store.RegisterAsync([A.Registration(A.Learner(familyName: "Writer" + name))], null, Access.Upkeep("writer"), CancellationToken.None);
            acknowledged.Enqueue(Uln.Parse(outcome.Single().Uln!));
            await Task.Yield();
        }
    }

    private static (int, string) Refusal(CommandRun run) => (run.Code, run.Error.Trim());

    private static string[] Files(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];
}
