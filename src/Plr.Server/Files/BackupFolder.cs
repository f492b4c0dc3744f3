using System.Security.Cryptography;
using System.Text.Json;
using Plr.Store;

namespace Plr.Server.Files;

/// <summary>One file of a backup: its name with obliques, its size and the SHA-256 of its content.</summary>
public sealed record BackupFile(string Name, long Size, string Sha256);

/// <summary>What a backup says of itself, in <c>backup.json</c>.</summary>
public sealed record BackupList(string Engine, DateTimeOffset MadeAt, IReadOnlyList<BackupFile> Files);

/// <summary>
/// A backup is a folder: the database of a SQLite register, and everything else of the data folder (keys, uploads), each listed with its
/// digest. It is made under another name and gets its own when it is whole and on the disk.
/// </summary>
public static class BackupFolder
{
    private const string ListName = "backup.json";
    private static readonly string[] LeftOut = [DatabaseCopy.FileName, DatabaseCopy.FileName + "-wal", DatabaseCopy.FileName + "-shm", "plr.lock"];
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Copies the files of a data folder, but for the database's own and those that are only half there.</summary>
    public static void CopyFiles(string dataFolder, string target, List<BackupFile> files, CancellationToken ct)
    {
        if (!Directory.Exists(dataFolder))
        {
            return;
        }

        foreach (var path in Directory.EnumerateFiles(dataFolder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(dataFolder, path).Replace('\\', '/');
            if (!LeftOut.Contains(name) && !name.EndsWith(".part", StringComparison.Ordinal) && !name.EndsWith(".probe", StringComparison.Ordinal))
            {
                ct.ThrowIfCancellationRequested();
                files.Add(Copy(path, target, name));
            }
        }
    }

    /// <summary>A file that is in its place already.</summary>
    public static BackupFile Describe(string folder, string name)
    {
        using var file = new FileStream(Path.Combine(folder, name), FileMode.Open, FileAccess.ReadWrite);
        var digest = SHA256.HashData(file);
        file.Flush(flushToDisk: true);
        return new(name, file.Length, Convert.ToHexStringLower(digest));
    }

    /// <summary>Writes the list, by which a backup is known to be one.</summary>
    public static void WriteList(string folder, BackupList list) => DataFolder.WriteWhole(Path.Combine(folder, ListName), JsonSerializer.SerializeToUtf8Bytes(list, Indented));

    /// <summary>Reads the list of a backup.</summary>
    /// <exception cref="InvalidDataException">It is no backup; the message says why.</exception>
    public static BackupList ReadList(string folder)
    {
        var path = Path.Combine(folder, ListName);
        if (!File.Exists(path))
        {
            throw new InvalidDataException($"{folder} is no backup: it has no {ListName}.");
        }

        try
        {
            var list = JsonSerializer.Deserialize<BackupList>(File.ReadAllBytes(path));
            return list is { Files: not null, Engine: not null } && list.Files.All(file => IsInside(file.Name)) && HasDatabase(list) ? list : throw new InvalidDataException($"{path} lists no files of a backup.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Copies everything that a backup lists into a folder, and refuses what is not as it was when the backup was made.</summary>
    /// <exception cref="InvalidDataException">A file is missing or was changed.</exception>
    public static void CopyBack(string backup, BackupList list, string target, IProgress<long>? progress, CancellationToken ct)
    {
        DataFolder.Make(target);
        foreach (var (index, file) in list.Files.Index())
        {
            ct.ThrowIfCancellationRequested();
            var path = Path.Combine(backup, file.Name);
            if (!File.Exists(path))
            {
                throw new InvalidDataException($"the backup is not whole: {file.Name} is missing.");
            }

            if (Copy(path, target, file.Name) != file)
            {
                throw new InvalidDataException($"the backup is damaged: {file.Name} is not as it was when the backup was made.");
            }

            progress?.Report(index + 1);
        }
    }

    /// <summary>A register on SQLite without its database is none; one on PostgreSQL may even have no file at all.</summary>
    private static bool HasDatabase(BackupList list) => list.Engine != $"{EngineKind.Sqlite}" || list.Files.Any(file => file.Name == DatabaseCopy.FileName);

    private static BackupFile Copy(string path, string target, string name)
    {
        var copy = Path.Combine(target, name);
        DataFolder.Make(Path.GetDirectoryName(copy)!);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var from = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var to = DataFolder.Create(copy, FileOptions.None);
        var buffer = new byte[1 << 17];
        int read;
        while ((read = from.Read(buffer)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            to.Write(buffer, 0, read);
        }

        to.Flush(flushToDisk: true);
        return new(name, to.Length, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>A list that somebody else wrote must not name files outside the folder.</summary>
    private static bool IsInside(string? name) =>
        name is { Length: > 0 } && !Path.IsPathRooted(name) && !name.Split('/', '\\').Any(part => part is "" or "." or "..");
}
