using System.CommandLine;
using System.Globalization;
using Plr.Server.Files;
using Plr.Store;

namespace Plr.Server.Commands;

/// <summary><c>plr restore</c>: makes a data folder of a backup. The backup is checked whole before anything is touched, and nothing is ever deleted.</summary>
internal sealed class Restore(Settings settings, Surroundings around)
{
    private const string KeysName = "keys.json";

    public static Command Make(CommandTree tree)
    {
        var folder = new Argument<string>("backup") { Description = "The folder that plr backup made.", HelpName = "DIR" };
        var replace = new Option<bool>("--replace") { Description = "Puts a data folder that is not empty aside, under another name, instead of refusing." };
        return CommandTree.Command(
            "restore",
            "Makes the data folder anew from a backup, after checking the backup whole.",
            [folder, replace],
            (parsed, ct) => new Restore(tree.Settings(parsed), tree.Around).RunAsync(tree.Around.PathTo(parsed.GetRequiredValue(folder)), parsed.GetValue(replace), ct));
    }

    private async Task<int> RunAsync(string backup, bool replace, CancellationToken ct)
    {
        var target = Path.TrimEndingDirectorySeparator(settings.DataFolder);
        RefuseToReplace(target, replace);
        using var restored = RestoredFolder.Begin(target);
        try
        {
            var list = BackupFolder.ReadList(backup);
            await Meter.RunAsync(around, "Restoring", "files", list.Files.Count, progress =>
            {
                BackupFolder.CopyBack(backup, list, restored.Staged, progress, ct);
                return Task.CompletedTask;
            });
            await CheckAsync(restored.Staged, list, ct);
            Say(target, list, Place(restored));
            return ExitCodes.Done;
        }
        catch (InvalidDataException e)
        {
            throw new CommandRefusedException($"{e.Message} Nothing was changed.");
        }
    }

    private string? Place(RestoredFolder restored)
    {
        try
        {
            return restored.Place(around.Time.GetUtcNow());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandRefusedException($"the backup is good, but it cannot be put in its place: {e.Message} What was there is as it was.");
        }
    }

    private static void RefuseToReplace(string target, bool replace)
    {
        if (!Directory.Exists(target))
        {
            return;
        }

        if (IsInUse(Path.Combine(target, "plr.lock")))
        {
            throw new CommandRefusedException($"a server uses the data folder {target}: stop it first.");
        }

        if (!replace && RestoredFolder.Entries(target).Any())
        {
            throw new CommandRefusedException($"the data folder {target} is not empty: choose another with --data, or give --replace, which puts it aside under another name.");
        }
    }

    private static bool IsInUse(string path)
    {
        try
        {
            if (File.Exists(path))
            {
                new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
            }

            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>Looks at the copy as a start would: pages, schema, keys.</summary>
    private async Task CheckAsync(string staged, BackupList list, CancellationToken ct)
    {
        if (!File.Exists(Path.Combine(staged, KeysName)) && settings.Keys.Audit.Length == 0)
        {
            throw new InvalidDataException("the backup has no keys.json, since the register's keys were in its settings: give them in PLR__Keys__Ulns and PLR__Keys__Audit.");
        }

        if (list.Engine == $"{EngineKind.Sqlite}")
        {
            await DatabaseCopy.AssertWholeAsync(staged, Keys.Read(settings with { DataFolder = staged }), around.Time, ct);
        }
    }

    private void Say(string target, BackupList list, string? aside)
    {
        around.Say($"{target}: {Surroundings.Many(list.Files.Count, "file")} of the backup of {list.MadeAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC.");
        if (aside is not null)
        {
            around.Say($"What was there is in {aside}.");
            if (!Path.GetRelativePath(target, aside).StartsWith("..", StringComparison.Ordinal))
            {
                around.Say("That is within the data folder, since the folder itself cannot be renamed: move it elsewhere, or every backup takes it along.");
            }
        }

        if (list.Engine == $"{EngineKind.Sqlite}")
        {
            around.Say("The database is whole, this program knows its schema, and the keys are the register's.");
        }
        else
        {
            around.Say("This is the data folder of a register on PostgreSQL. Restore its database, as the owner, into an empty one:");
            around.Say("  pg_restore --no-owner --exit-on-error --host=HOST --username=OWNER --dbname=DATABASE plr.dump");
            around.Say("and set PLR__Store__Engine and PLR__Store__ConnectionString as before.");
        }

        around.Say($"Next: plr audit verify --data {target}, then plr doctor --data {target}, then plr serve --data {target}.");
    }
}
