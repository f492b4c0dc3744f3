using Plr.Server.Files;
using Plr.Server.Tests.Commands;
using Plr.Testing;

namespace Plr.Server.Tests.Files;

/// <summary>A data folder whose content changes places, beside it or, where a disk is mounted, within it.</summary>
public sealed class RestoredFolderTests : IDisposable
{
    private readonly CommandFolder _folder = new();

    private string Target => Path.Combine(_folder.Folder, "data");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_was_there_is_kept_under_another_name(bool isMounted)
    {
        Old("plr.db", "keys.json", "uploads/a");
        using var restored = Copied(isMounted);

        var aside = restored.Place(Clock.Noon);
        restored.Dispose();

        Assert.Equal(isMounted ? Path.Combine(Target, "before-20261123120000") : Target + ".before-20261123120000", aside);
        Assert.Equal(["keys.json old", "plr.db old", "uploads/a old"], Files(aside!));
        Assert.Equal(["keys.json new", "plr.db new", "uploads/b new"], Files(Target).Where(file => !file.StartsWith("before-", StringComparison.Ordinal)));
        Assert.Empty(Directory.GetDirectories(_folder.Folder, "*.part", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_mounted_disk_is_empty_when_it_holds_only_what_formatting_left_there()
    {
        Directory.CreateDirectory(Path.Combine(Target, "lost+found"));
        Assert.Empty(RestoredFolder.Entries(Target));
        using var restored = Copied(isMounted: true);

        Assert.Null(restored.Place(Clock.Noon));
        Assert.True(Directory.Exists(Path.Combine(Target, "lost+found")));
        Assert.Equal(["keys.json new", "plr.db new", "uploads/b new"], Files(Target));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void When_it_cannot_be_put_in_its_place_everything_is_as_it_was(bool isMounted)
    {
        Old("plr.db", "keys.json");
        var aside = isMounted ? Path.Combine(Target, "before-20261123120000") : Target + ".before-20261123120000";
        using var restored = Copied(isMounted);
        if (isMounted)
        {
            // Something of that name comes in between.
            Directory.CreateDirectory(aside);
            File.WriteAllText(Path.Combine(aside, "plr.db"), "theirs");
        }
        else
        {
            Directory.Delete(restored.Staged, recursive: true);
        }

        Assert.ThrowsAny<IOException>(() => restored.Place(Clock.Noon));

        Assert.Equal(["keys.json old", "plr.db old"], Files(Target).Where(file => !file.StartsWith("before-", StringComparison.Ordinal) && !file.Contains(".part", StringComparison.Ordinal)));
    }

    private void Old(params string[] names)
    {
        foreach (var name in names)
        {
            Write(Target, name, "old");
        }
    }

    private RestoredFolder Copied(bool isMounted)
    {
        var restored = RestoredFolder.Begin(Target, isMounted);
        foreach (var name in new[] { "keys.json", "plr.db", "uploads/b" })
        {
            Write(restored.Staged, name, "new");
        }

        return restored;
    }

    private static void Write(string folder, string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, name))!);
        File.WriteAllText(Path.Combine(folder, name), text);
    }

    private static string[] Files(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => $"{Path.GetRelativePath(folder, path).Replace('\\', '/')} {File.ReadAllText(path)}").Order(StringComparer.Ordinal)];
}
