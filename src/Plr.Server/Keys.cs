using System.Security.Cryptography;
using System.Text.Json;
using Plr.Store;

namespace Plr.Server;

/// <summary>
/// The register's secret keys: from the settings, else from <c>keys.json</c> in the data folder, which the first start makes. The file is
/// written whole or not at all (temporary file, flush to disk, rename) and only its owner can read it.
/// </summary>
public static class Keys
{
    private const string FileName = "keys.json";

    public static StoreKeys Read(Settings settings)
    {
        if (settings.Keys is { Ulns.Length: > 0, Audit.Length: > 0 } given)
        {
            return new(Convert.FromBase64String(given.Ulns), Convert.FromBase64String(given.Audit));
        }

        var path = Path.Combine(settings.DataFolder, FileName);
        if (!File.Exists(path))
        {
            Make(settings.DataFolder, path);
        }

        var file = JsonSerializer.Deserialize<KeyFile>(File.ReadAllBytes(path)) ?? throw new InvalidDataException($"{path} is empty.");
        return new(file.Ulns, file.Audit);
    }

    private static void Make(string folder, string path)
    {
        DataFolder.Make(folder);
        var keys = new KeyFile(RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32));
        DataFolder.WriteWhole(path, JsonSerializer.SerializeToUtf8Bytes(keys));
    }

    private sealed record KeyFile(byte[] Ulns, byte[] Audit);
}

/// <summary>The folder in which everything lies.</summary>
public static class DataFolder
{
    /// <summary>Makes the folder when it is missing, readable by its owner only.</summary>
    public static void Make(string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>A new file for its owner only; it must not exist.</summary>
    public static FileStream Create(string path, FileOptions how = FileOptions.Asynchronous)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = how };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    /// <summary>Writes a file whole or not at all; who comes second keeps the first one's.</summary>
    public static void WriteWhole(string path, ReadOnlySpan<byte> content)
    {
        var temporary = $"{path}.{Guid.CreateVersion7():N}.part";
        using (var file = Create(temporary))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(temporary, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(temporary);
        }
    }
}
