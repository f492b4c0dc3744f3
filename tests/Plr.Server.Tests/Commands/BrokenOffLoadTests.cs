using System.Diagnostics;
using System.Globalization;
using System.Text;
using Plr.Server.Commands;

namespace Plr.Server.Tests.Commands;

/// <summary>A load in a process of its own that is killed, and what the next one makes of it.</summary>
public sealed class BrokenOffLoadTests : IDisposable
{
    private const int RowCount = 4_000;
    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_load_that_is_killed_goes_on_where_it_stopped_and_ends_as_if_nothing_had_been()
    {
        (await _folder.RunAsync("admin", "organisation", "add", "--ukprn", "10990001", "--name", "Killed School")).Done();
        var file = _folder.Write("LRB_10990001_231120261200.CSV", Rows("10990001"));

        await KillWhenSomeRowsAreInAsync(file);
        var goneOn = (await _folder.RunAsync("load", "registrations", file, "--organisation", "10990001")).Done();

        Assert.Matches("^This file was sent before and is not finished: batch 1 of .* UTC goes on after row [1-9][0-9]*\\.$", goneOn.Lines[0]);
        using var undisturbed = new CommandFolder();
        (await undisturbed.RunAsync("admin", "organisation", "add", "--ukprn", "10990001", "--name", "Killed School")).Done();
        var whole = (await undisturbed.RunAsync("load", "registrations", file, "--organisation", "10990001")).Done();
        Assert.Equal(whole.Lines[1..^1], goneOn.Lines[1..^1]);
        Assert.Equal(Ulns(undisturbed).Count, Ulns(_folder).Distinct().Count());
        (await _folder.RunAsync("audit", "verify")).Done();
    }

    private static List<string> Ulns(CommandFolder folder) =>
        [.. SampleFile.Of(Path.Combine(folder.Folder, "LRB_10990001_231120261200-output.CSV")).Rows.Select(row => row["ULN"]).Where(uln => uln.Length == 10)];

    /// <summary>Kills the process (SIGKILL) when it says that rows are committed, as a power cut would.</summary>
    private async Task KillWhenSomeRowsAreInAsync(string file)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = _folder.Folder };
        foreach (var argument in new[] { Path.Combine(AppContext.BaseDirectory, "plr.dll"), "load", "registrations", file, "--organisation", "10990001", "--data", _folder.Data })
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("Registering learners: ", StringComparison.Ordinal) && !line.StartsWith("Registering learners: 0 ", StringComparison.Ordinal))
            {
                process.Kill();
                break;
            }
        }

        await process.WaitForExitAsync();
        Assert.True(process.ExitCode != ExitCodes.Done, await output);
    }

    private static string Rows(string ukprn)
    {
        var columns = Server.Files.FileLayouts.Registrations2A.Columns;
        var file = new StringBuilder(string.Join(',', columns)).Append('\n');
        for (var i = 1; i <= RowCount; i++)
        {
            var row = new Dictionary<string, string>
            {
                ["MISIdentifier"] = $"{i}",
                ["GivenName"] = i % 100 == 0 ? " " : "Robin",
                ["FamilyName"] = "Learner" + string.Concat($"{i}".Select(digit => (char)('a' + (digit - '0')))),
                ["LastKnownPostCode"] = "ZZ99 9ZZ",
                ["DateOfBirth"] = new DateOnly(2005, 1, 1).AddDays(i % 300).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                ["Gender"] = "9",
                ["AbilityToShare"] = "1",
                ["VerificationType"] = "1",
            };
            if (i == 1)
            {
                (row["FileVersion"], row["FileName"], row["UKPRN"], row["LearnerRecordCount"]) = ("2A", "LRB_10990001_231120261200.CSV", ukprn, $"{RowCount}");
            }

            file.Append(string.Join(',', columns.Select(column => row.GetValueOrDefault(column, "")))).Append('\n');
        }

        return file.ToString();
    }
}
