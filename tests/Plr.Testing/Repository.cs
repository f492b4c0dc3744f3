namespace Plr.Testing;

/// <summary>Where the tests' repository is, found from the folder that the tests run in.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>Continuous integration sets <c>CI</c>: there, what is missing fails instead of being skipped.</summary>
    public static bool IsCI => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"));

    /// <summary>A path below the root, in parts.</summary>
    public static string PathTo(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Plr.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests must run inside the repository: no Plr.slnx above " + AppContext.BaseDirectory);
    }
}
