using System.Security.Cryptography;

namespace Plr.Server.Commands;

/// <summary>Where a load writes what became of a file. It overwrites nothing: what is there may be the file itself, or rows of a load before that somebody has corrected.</summary>
internal static class Output
{
    /// <summary>Call this before anything is loaded.</summary>
    public static void RefuseToOverwrite(string path)
    {
        if (Path.Exists(path))
        {
            throw new CommandRefusedException($"{path} is there already: move it away, or name another file with --output. Nothing was loaded.");
        }
    }

    /// <summary>Gives a file that is written its name, or the next one that is free: <c>name-2.CSV</c>. One of the same content is that file.</summary>
    public static string Place(string temporary, string path)
    {
        for (var number = 1; ; number++)
        {
            var name = number == 1 ? path : Path.Combine(Path.GetDirectoryName(path)!, $"{Path.GetFileNameWithoutExtension(path)}-{number}{Path.GetExtension(path)}");
            if (!Path.Exists(name))
            {
                File.Move(temporary, name, overwrite: false);
                return name;
            }

            if (File.Exists(name) && IsSame(temporary, name))
            {
                return name;
            }
        }
    }

    private static bool IsSame(string one, string other)
    {
        using var left = File.OpenRead(one);
        using var right = File.OpenRead(other);
        return left.Length == right.Length && SHA256.HashData(left).AsSpan().SequenceEqual(SHA256.HashData(right));
    }
}
