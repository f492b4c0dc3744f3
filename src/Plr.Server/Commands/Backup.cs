using System.CommandLine;
using Plr.Core.Moves;
using Plr.Server.Files;
using Plr.Store;

namespace Plr.Server.Commands;

/// <summary><c>plr backup</c>: copies a register while it runs.</summary>
internal sealed class Backup(OpenRegister register, Surroundings around)
{
    public static Command Make(CommandTree tree)
    {
        var output = new Option<string>("--output") { Description = "The folder to make, which must not be there yet.", HelpName = "DIR", Required = true };
        return CommandTree.Command(
            "backup", "Copies the database, the keys and the uploads into a folder while the server runs; on PostgreSQL the keys and uploads.", [output], async (parsed, ct) =>
            {
                await using var register = await tree.OpenAsync(parsed, ct);
                return await new Backup(register, tree.Around).RunAsync(tree.Around.PathTo(parsed.GetRequiredValue(output)), ct);
            });
    }

    private async Task<int> RunAsync(string folder, CancellationToken ct)
    {
        RefuseToWriteInto(folder);
        if (await register.Part<BackUpRegister>().BeginAsync(register.UpkeepByPerson(), ct) is { } refusal)
        {
            throw new CommandRefusedException($"the register was not backed up: {refusal.Text}.");
        }

        var temporary = $"{folder}.{Guid.CreateVersion7():N}.part";
        try
        {
            var list = await WriteAsync(temporary, ct);
            DataFolder.PlaceFolder(temporary, folder);
            Say(folder, list);
        }
        finally
        {
            if (Directory.Exists(temporary))
            {
                Directory.Delete(temporary, recursive: true);
            }
        }

        return ExitCodes.Done;
    }

    private void RefuseToWriteInto(string folder)
    {
        if (Path.Exists(folder))
        {
            throw new CommandRefusedException($"{folder} is there already: a backup makes a folder of its own.");
        }

        if (!Path.GetRelativePath(register.Settings.DataFolder, folder).StartsWith("..", StringComparison.Ordinal))
        {
            throw new CommandRefusedException("a backup inside the data folder would be lost with it: choose another place, on another disk.");
        }
    }

    /// <summary>The database first: whatever file it knows of is then among the uploads.</summary>
    private async Task<BackupList> WriteAsync(string folder, CancellationToken ct)
    {
        var (engine, settings) = (register.Part<Engine>(), register.Settings);
        DataFolder.Make(folder);
        var files = new List<BackupFile>();
        if (engine.Kind == EngineKind.Sqlite)
        {
            var copy = Path.Combine(folder, DatabaseCopy.FileName);
            await DataFolder.Create(copy).DisposeAsync();
            around.Error.WriteLine("Copying the database …");
            DatabaseCopy.Make(engine, copy);
            around.Error.WriteLine("Checking the copy from end to end …");
            await DatabaseCopy.AssertWholeAsync(folder, register.Part<StoreKeys>(), around.Time, ct);
            files.Add(BackupFolder.Describe(folder, DatabaseCopy.FileName));
        }

        BackupFolder.CopyFiles(settings.DataFolder, folder, files, ct);
        var list = new BackupList($"{engine.Kind}", around.Time.GetUtcNow(), files);
        BackupFolder.WriteList(folder, list);
        return list;
    }

    private void Say(string folder, BackupList list)
    {
        around.Say($"{folder}: {Surroundings.Many(list.Files.Count, "file")}, {list.Files.Sum(file => file.Size):N0} bytes.");
        if (register.Settings.Store.Engine == EngineKind.Sqlite)
        {
            around.Say("The database was copied as of one moment, its integrity check found nothing, and its keys are the register's.");
        }
        else
        {
            around.Say("The database is not in it: PostgreSQL's own tools copy it. Before each plr backup run, with the connection's host, user and database:");
            around.Say("  pg_dump --format=custom --file=plr.dump --host=HOST --username=OWNER DATABASE");
            around.Say("or keep a base backup and the write-ahead log: pg_basebackup and archive_command. See docs/how-to/backup.md.");
        }

        around.Say(register.Settings.Keys.Audit.Length > 0
            ? "WARNING: it holds personal data. The secret keys are in the settings Keys:Ulns and Keys:Audit, not in the backup: keep them safe too, or it cannot be used."
            : "WARNING: it holds personal data and the register's secret keys (keys.json): keep it where nobody else can read it, best encrypted.");
        around.Say($"Restore it with: plr restore {folder} --data DIR");
    }
}
