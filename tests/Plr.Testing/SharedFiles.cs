using Xunit;

namespace Plr.Testing;

/// <summary>
/// Files of outside oracles (register extracts, sample files, schemas), which lie in a folder <c>shared</c> beside the repository's folder or in
/// the one that the environment variable <c>PLR_SHARED</c> names. Absent, a test is skipped with the reason on a laptop, and fails in CI.
/// </summary>
public static class SharedFiles
{
    /// <summary>The full path of a file of the shared folder.</summary>
    public static string Path(params string[] parts)
    {
        var folder = Folder();
        var path = folder is null ? null : System.IO.Path.Combine([folder, .. parts]);
        if (path is null || !File.Exists(path))
        {
            var reason = $"The outside file shared/{string.Join('/', parts)} is not here; put it beside the repository or name its folder in PLR_SHARED.";
            Assert.True(string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")), reason);
            Assert.Skip(reason);
        }

        return path;
    }

    private static string? Folder()
    {
        if (Environment.GetEnvironmentVariable("PLR_SHARED") is { Length: > 0 } named)
        {
            return named;
        }

        var repository = new DirectoryInfo(AppContext.BaseDirectory);
        while (repository is not null && !File.Exists(System.IO.Path.Combine(repository.FullName, "Plr.slnx")))
        {
            repository = repository.Parent;
        }

        return repository?.Parent is { } parent ? System.IO.Path.Combine(parent.FullName, "shared") : null;
    }
}
