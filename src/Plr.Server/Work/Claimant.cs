using System.Diagnostics;
using System.Globalization;

namespace Plr.Server.Work;

/// <summary>The names under which batches are claimed: machine, process and one run of it, so that a claim whose process has died on this machine is known to be over.</summary>
public static class Claimant
{
    /// <summary>A name that no other claimant has.</summary>
    public static string Name() => $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.CreateVersion7():N}";

    /// <summary>Whether it was a process of this machine that runs no more. Of another machine nobody can tell: its claim runs out by itself.</summary>
    public static bool IsGone(string claimant)
    {
        var parts = claimant.Split('-');
        return parts.Length >= 3
            && string.Join('-', parts[..^2]) == Environment.MachineName
            && int.TryParse(parts[^2], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && !Runs(id);
    }

    private static bool Runs(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
