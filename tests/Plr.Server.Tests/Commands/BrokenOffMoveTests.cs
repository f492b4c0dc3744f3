using System.Diagnostics;
using System.Text;
using Plr.Server.Commands;
using Plr.Server.Files;
using Plr.Store;
using Plr.Testing;

namespace Plr.Server.Tests.Commands;

/// <summary>A load of learning events in a process of its own that is killed, and what the next one makes of it.</summary>
public sealed class BrokenOffMoveTests(PostgresDatabase postgres) : IClassFixture<PostgresDatabase>, IDisposable
{
    private const int RowCount = 40_000;
    private const int FirstId = 3_000_000;
    private const string Uln = "1000000043";
    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(EngineKind.Sqlite)]
    [InlineData(EngineKind.Postgres)]
    public async Task A_load_that_is_killed_is_run_again_and_ends_as_if_nothing_had_been(EngineKind kind)
    {
        var options = kind == EngineKind.Sqlite ? new(kind, "", null) : await postgres.EmptyAsync();
        var (killed, whole) = (new MovedRegister(_folder, "killed", options), new MovedRegister(_folder, "whole", new(EngineKind.Sqlite, "", null)));
        await killed.FillAsync();
        var exported = await killed.ExportAsync("filled");
        await whole.LoadAsync(exported);
        var file = _folder.Write("events.csv", Rows());

        await KillWhenSomeRowsAreInAsync(killed.Data, file, options);
        var again = (await killed.RunAsync("load", "learning-events", file)).Done();
        var atOnce = (await whole.RunAsync("load", "learning-events", file)).Done();

        Assert.Matches("^versions of learning events: [1-9][0-9,]* added, [1-9][0-9,]* already there, 0 refused\\.$", again.Lines[0]);
        Assert.Equal($"versions of learning events: {RowCount:N0} added, 0 already there, 0 refused.", atOnce.Lines[0]);
        var (first, second) = (await killed.ExportAsync("first"), await whole.ExportAsync("second"));
        Assert.Equal(File.ReadAllText(Path.Combine(second, "learning-events.csv")), File.ReadAllText(Path.Combine(first, "learning-events.csv")));
        (await killed.RunAsync("audit", "verify")).Done();
    }

    /// <summary>Kills the process (SIGKILL) when it says that rows are committed, as a power cut would.</summary>
    private async Task KillWhenSomeRowsAreInAsync(string data, string file, StoreOptions options)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = _folder.Folder };
        foreach (var argument in new[] { Path.Combine(AppContext.BaseDirectory, "plr.dll"), "load", "learning-events", file, "--data", data })
        {
            start.ArgumentList.Add(argument);
        }

        if (options.Kind == EngineKind.Postgres)
        {
            start.Environment["PLR__Store__Engine"] = "Postgres";
            start.Environment["PLR__Store__ConnectionString"] = options.ConnectionString;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("Loading versions of learning events: ", StringComparison.Ordinal))
            {
                process.Kill();
                break;
            }
        }

        await process.WaitForExitAsync();
        Assert.True(process.ExitCode != ExitCodes.Done, await output);
    }

    private static string Rows()
    {
        var columns = FileLayouts.LearningEvents.Columns;
        var file = new StringBuilder(string.Join(',', columns)).Append('\n');
        for (var i = 1; i <= RowCount; i++)
        {
            var row = new Dictionary<string, string>
            {
                ["ULN"] = Uln,
                ["ID"] = $"{FirstId + i}",
                ["Version"] = "1",
                ["Source"] = "ILR",
                ["Status"] = "Final",
                ["Subject"] = "'",
                ["SubjectCode"] = $"{i}",
                ["Credits"] = "0",
                ["DateLoaded"] = "2019-11-23T12:00:00.000000Z",
                ["LoadedVia"] = "batch",
                ["Action"] = "Create",
            };
            file.Append(string.Join(',', columns.Select(column => row.GetValueOrDefault(column, "")))).Append('\n');
        }

        return file.ToString();
    }
}
