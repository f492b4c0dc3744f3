using System.Globalization;
using Plr.Store;

namespace Plr.Server.Files;

/// <summary>
/// The data folder that a backup becomes: copied under another name, then put in the old one's place, which is kept under a name of its own. Beside the old
/// one as a rule. Where that cannot be renamed, since a disk or volume is mounted there or its parent is not ours, within it: then its entries change places.
/// </summary>
public sealed class RestoredFolder : IDisposable
{
    /// <summary>What a disk that is formatted has at its top; nobody's data.</summary>
    private const string LostAndFound = "lost+found";

    private readonly string _target;
    private readonly bool _isInside;

    private RestoredFolder(string target, bool isInside)
    {
        (_target, _isInside) = (target, isInside);
        Staged = isInside ? Path.Combine(target, $"{Guid.CreateVersion7():N}.part") : $"{target}.{Guid.CreateVersion7():N}.part";
        DataFolder.Make(Staged);
    }

    /// <summary>Where the backup is to be copied.</summary>
    public string Staged { get; }

    /// <summary>Finds out, before anything is copied, where there is room for it.</summary>
    /// <param name="target">The data folder.</param>
    /// <param name="isFixed">Whether it cannot be renamed; null: to be found out.</param>
    /// <exception cref="IOException">Nowhere.</exception>
    public static RestoredFolder Begin(string target, bool? isFixed = null)
    {
        if (!Directory.Exists(target))
        {
            return new(target, isInside: false);
        }

        var real = new DirectoryInfo(target).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? target;
        if (isFixed ?? IsMounted(real))
        {
            return new(real, isInside: true);
        }

        try
        {
            return new(real, isInside: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(real, isInside: true);
        }
    }

    /// <summary>What a folder holds that is somebody's.</summary>
    public static IEnumerable<string> Entries(string folder) => Directory.EnumerateFileSystemEntries(folder).Where(path => Path.GetFileName(path) != LostAndFound);

    /// <summary>Puts the copy in its place. When that fails, everything is as it was before.</summary>
    /// <returns>Where that is which was there; null when nothing was.</returns>
    public string? Place(DateTimeOffset now)
    {
        var before = $"before-{now.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)}";
        return _isInside ? PlaceInside(Path.Combine(_target, before)) : PlaceBeside($"{_target}.{before}");
    }

    public void Dispose()
    {
        if (Directory.Exists(Staged))
        {
            Directory.Delete(Staged, recursive: true);
        }
    }

    private static bool IsMounted(string path) =>
        DriveInfo.GetDrives().Any(drive => Path.TrimEndingDirectorySeparator(drive.RootDirectory.FullName) == Path.TrimEndingDirectorySeparator(path));

    private string? PlaceBeside(string aside)
    {
        var isEmpty = !Directory.Exists(_target) || !Directory.EnumerateFileSystemEntries(_target).Any();
        var moves = new Moves();
        try
        {
            if (!isEmpty)
            {
                moves.Move(_target, aside);
            }
            else if (Directory.Exists(_target))
            {
                Directory.Delete(_target);
            }

            DataFolder.PlaceFolder(Staged, _target);
            return isEmpty ? null : aside;
        }
        catch when (!Directory.Exists(_target))
        {
            moves.TakeBack();
            throw;
        }
    }

    private string? PlaceInside(string aside)
    {
        string[] old = [.. Entries(_target).Where(path => path != Staged)];
        var moves = new Moves();
        try
        {
            if (old.Length > 0)
            {
                DataFolder.Make(aside);
                moves.Into(aside, old);
            }

            // The database before its keys: if the power goes in between, no server starts on it or makes new ones.
            moves.Into(_target, Directory.EnumerateFileSystemEntries(Staged).OrderBy(path => Path.GetFileName(path) switch { DatabaseCopy.FileName => 0, "keys.json" => 2, _ => 1 }));
            DataFolder.Flush(_target);
            return old.Length > 0 ? aside : null;
        }
        catch
        {
            moves.TakeBack();
            if (old.Length > 0 && Directory.Exists(aside))
            {
                Directory.Delete(aside);
            }

            throw;
        }
    }

    /// <summary>Renamings that can be taken back.</summary>
    private sealed class Moves
    {
        private readonly Stack<(string From, string To)> _done = [];

        public void Move(string from, string to)
        {
            Directory.Move(from, to);
            _done.Push((from, to));
        }

        public void Into(string folder, IEnumerable<string> paths)
        {
            foreach (var path in paths.ToList())
            {
                Move(path, Path.Combine(folder, Path.GetFileName(path)));
            }
        }

        public void TakeBack()
        {
            while (_done.TryPop(out var move))
            {
                Directory.Move(move.To, move.From);
            }
        }
    }
}
