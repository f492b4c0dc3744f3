using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Plr.Server.Commands;
using Plr.Testing;

namespace Plr.Server.Tests.Commands;

/// <summary>The real reference data and the sample files, through the commands that a newcomer types.</summary>
public sealed partial class LoadSampleTests : IDisposable
{
    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_real_registers_load_and_the_second_time_nothing_changes()
    {
        var organisations = SharedFiles.Path("ofqual", "organisations.csv");
        var qualifications = SharedFiles.Path("ofqual", "qualifications.csv");

        var said = new List<string>();
        foreach (var (what, file) in new[] { ("awarding-organisations", organisations), ("qualifications", qualifications) })
        {
            said.Add(Assert.Single((await _folder.RunAsync("load", what, file)).Done().Lines));
            said.Add(Assert.Single((await _folder.RunAsync("load", what, file)).Done().Lines));
        }

        Assert.Equal(
            [
                "awarding organisations: 334 added, 0 changed, 0 unchanged, 0 refused.",
                "awarding organisations: 0 added, 0 changed, 334 unchanged, 0 refused.",
                "qualifications: 649 added, 0 changed, 0 unchanged, 0 refused.",
                "qualifications: 0 added, 0 changed, 649 unchanged, 0 refused.",
            ],
            said);
    }

    [Fact]
    public async Task The_sample_files_are_judged_row_by_row_and_each_planted_fault_is_named_with_its_code_and_nothing_else()
    {
        var registered = await RegisterAsync();
        Assert.Equal(SampleFile.RefusedRegistrations(), Rejected(registered));

        var ulns = Ulns();
        var file = _folder.Write("AO_RN5196_231120261200.CSV", SampleFile.Achievements.With(ulns));
        var loaded = (await _folder.RunAsync("load", "achievements", file, "--organisation", "RN5196")).Done();

        var expected = SampleFile.RefusedAchievements();
        Assert.Equal(expected, Rejected(loaded));
        Assert.Contains($"1,500 rows: {1500 - expected.Count:N0} accepted, {expected.Count} rejected.", loaded.Lines);
        Assert.Equal(expected.Count, SampleFile.Of(Path.Combine(_folder.Folder, "AO_RN5196_231120261200-rejected.CSV")).Rows.Count);
        await NothingChangesTheSecondTimeAsync(file, loaded);
        await TheTrailIsWholeUntilSomebodyTampersAsync();
    }

    [Fact]
    public async Task A_learner_of_the_file_who_is_invited_is_given_a_link()
    {
        await RegisterAsync();
        var uln = Ulns().Values.First(uln => uln.Length == 10);

        var invited = (await _folder.RunAsync("admin", "invite", "--learner", uln)).Done();

        Assert.StartsWith("One-time sign-in link for ", invited.Lines[0], StringComparison.Ordinal);
        Assert.Contains("good for 30 minutes", invited.Lines[0], StringComparison.Ordinal);
        Assert.Matches("^http://localhost:5080/sign-in/link\\?token=[A-Za-z0-9_-]{43}$", invited.Lines[1]);
    }

    private async Task<CommandRun> RegisterAsync()
    {
        (await _folder.RunAsync("load", "awarding-organisations", SharedFiles.Path("ofqual", "organisations.csv"))).Done();
        (await _folder.RunAsync("load", "qualifications", SharedFiles.Path("ofqual", "qualifications.csv"))).Done();
        (await _folder.RunAsync("admin", "organisation", "add", "--ukprn", "10000001", "--name", "Sample College")).Done();
        var file = SharedFiles.Path("samples", "LRB_10000001_231120261200.CSV");
        return (await _folder.RunAsync("load", "registrations", file, "--organisation", "10000001")).Done();
    }

    /// <summary>The ULNs of the output file by MISIdentifier.</summary>
    private Dictionary<string, string> Ulns() =>
        SampleFile.Of(Path.Combine(_folder.Folder, "LRB_10000001_231120261200-output.CSV")).Rows.ToDictionary(row => row["MISIdentifier"], row => row["ULN"]);

    private static Dictionary<int, string> Rejected(CommandRun run) => run.Lines.Select(line => RejectedRow().Match(line)).Where(match => match.Success).ToDictionary(
        match => int.Parse(match.Groups["row"].Value, System.Globalization.CultureInfo.InvariantCulture), match => match.Groups["code"].Value);

    private async Task NothingChangesTheSecondTimeAsync(string file, CommandRun first)
    {
        var entries = await CountAsync("learning_event");

        var second = (await _folder.RunAsync("load", "achievements", file, "--organisation", "RN5196")).Done();

        Assert.Equal("This file was loaded before: batch 2 on 2026-11-23 12:00 UTC. Nothing was changed.", second.Lines[0]);
        Assert.Equal(first.Lines[1..], second.Lines[1..]);
        Assert.Equal(entries, await CountAsync("learning_event"));
    }

    private async Task TheTrailIsWholeUntilSomebodyTampersAsync()
    {
        var whole = await _folder.RunAsync("audit", "verify");
        Assert.Equal(ExitCodes.Done, whole.Code);
        Assert.Contains("The trail is whole: nothing was altered, removed or moved.", whole.Lines);

        await ExecuteAsync("DROP TRIGGER learning_event_is_never_changed; UPDATE learning_event SET grade = 'A*' WHERE id = (SELECT id FROM learning_event WHERE grade = 'D' ORDER BY id LIMIT 1)");

        var tampered = await _folder.RunAsync("audit", "verify");
        Assert.Equal(ExitCodes.Refused, tampered.Code);
        Assert.Contains("The trail is NOT whole: 1 fault.", tampered.Lines);
        Assert.Matches("^  learner [0-9]{10}: version-altered: ", tampered.Lines[^1]);
    }

    private Task<long> CountAsync(string table) => SqlAsync($"SELECT count(*) FROM {table}", async command => (long)(await command.ExecuteScalarAsync())!);

    private Task<int> ExecuteAsync(string sql) => SqlAsync(sql, command => command.ExecuteNonQueryAsync());

    /// <summary>As somebody would who has the file but not the program.</summary>
    private async Task<T> SqlAsync<T>(string sql, Func<SqliteCommand, Task<T>> run)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.Data, "plr.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await run(command);
    }

    [GeneratedRegex(@"^  row (?<row>[0-9]+), line [0-9]+: (?<code>[RA]C[0-9]{3})[ :]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RejectedRow();
}
