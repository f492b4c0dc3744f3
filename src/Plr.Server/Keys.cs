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
