using Xunit;

namespace Plr.Testing;

/// <summary>Programs that some tests run: installed by <c>.ci/run</c>; on a laptop without one, the test that asks is skipped.</summary>
public static class Tools
{
    public static void Require(string program) =>
        Assert.SkipUnless(Repository.IsCI || IsHere(program), $"The program {program} is not here: install it to run this test.");

    private static bool IsHere(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
