using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Plr.Server;

/// <summary>The folder in which everything lies.</summary>
public static partial class DataFolder
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

    /// <summary>
    /// Moves a file that is flushed to the place where it counts, and flushes the folder: without that, a power cut could lose the name.
    /// </summary>
    /// <exception cref="IOException">There is a file and it is not to be overwritten, or the disk does not take it.</exception>
    public static void Place(string temporary, string path, bool overwrite)
    {
        File.Move(temporary, path, overwrite);
        Flush(Path.GetDirectoryName(path)!);
    }

    /// <summary>As <see cref="Place"/>, for a folder whose files are flushed.</summary>
    /// <exception cref="IOException">There is something of that name, or the disk does not take it.</exception>
    public static void PlaceFolder(string temporary, string path)
    {
        foreach (var folder in Directory.EnumerateDirectories(temporary, "*", SearchOption.AllDirectories).Append(temporary))
        {
            Flush(folder);
        }

        Directory.Move(temporary, path);
        Flush(Path.GetDirectoryName(path)!);
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
            Place(temporary, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Flushes the names in a folder.</summary>
    public static void Flush(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            // .NET opens no folder; Windows' file systems need none of this.
            using var folder = new SafeFileHandle(OpenToRead(path, 0), ownsHandle: true);
            if (folder.IsInvalid)
            {
                throw new IOException($"The folder {path} cannot be opened: {Marshal.GetLastPInvokeErrorMessage()}.");
            }

            RandomAccess.FlushToDisk(folder);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int OpenToRead(string path, int flags);
}
