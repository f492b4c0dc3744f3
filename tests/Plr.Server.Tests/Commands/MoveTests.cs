using System.Text;
using Plr.Core.Learners;
using Plr.Core.LearningEvents;
using Plr.Core.Moves;
using Plr.Core.Qualifications;
using Plr.Core.Reports;
using Plr.Server.Files;
using Plr.Store;
using Plr.Testing;

namespace Plr.Server.Tests.Commands;

/// <summary>A register that moves from one database to another, by files.</summary>
public sealed class MoveTests(PostgresDatabase postgres) : IClassFixture<PostgresDatabase>, IDisposable
{
    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(EngineKind.Sqlite, EngineKind.Postgres)]
    [InlineData(EngineKind.Postgres, EngineKind.Sqlite)]
    public async Task What_is_exported_and_loaded_on_the_other_engine_is_exported_again_byte_for_byte(EngineKind from, EngineKind to)
    {
        var (source, target) = (await RegisterAsync("source", from), await RegisterAsync("target", to));
        await source.FillAsync();
        var exported = await source.ExportAsync("first");

        var loaded = await target.LoadAsync(exported);
        var again = await target.LoadAsync(exported);
        var back = await target.ExportAsync("second");

        Assert.Equal(
            ["organisations: 3 added, 0 already there, 0 refused.", "qualifications: 2 added, 0 changed, 0 unchanged, 0 refused.", "versions of learners: 6 added, 0 already there, 0 refused.",
                "versions of learning events: 10 added, 0 already there, 0 refused.", "reports: 3 added, 0 already there, 0 refused."],
            loaded);
        Assert.Equal(
            ["organisations: 0 added, 3 already there, 0 refused.", "qualifications: 0 added, 0 changed, 2 unchanged, 0 refused.", "versions of learners: 0 added, 6 already there, 0 refused.",
                "versions of learning events: 0 added, 10 already there, 0 refused.", "reports: 0 added, 3 already there, 0 refused."],
            again);
        Assert.All(["organisations.csv", "qualifications.csv", "learners.csv", "learning-events.csv", "reports.csv"], file =>
            Assert.Equal(File.ReadAllText(Path.Combine(exported, file)), File.ReadAllText(Path.Combine(back, file))));
        Assert.Contains("The trail is whole: nothing was altered, removed or moved.", (await source.RunAsync("audit", "verify")).Done().Lines);
        Assert.Contains("The trail is whole: nothing was altered, removed or moved.", (await target.RunAsync("audit", "verify")).Done().Lines);
    }

    [Fact]
    public async Task An_export_is_for_its_owner_only_overwrites_nothing_and_leaves_an_entry()
    {
        var register = await RegisterAsync("source", EngineKind.Sqlite);
        await register.FillAsync();

        var path = Path.Combine(_folder.Folder, "out");
        var run = (await register.RunAsync("export", "--output", path, "--what", "learners")).Done();
        var second = await register.RunAsync("export", "--output", path);

        Assert.Equal([Path.Combine(path, "learners.csv")], Directory.GetFiles(path));
        Assert.StartsWith($"{Path.Combine(path, "learners.csv")}: 6 rows.", run.Out, StringComparison.Ordinal);
        Assert.Equal((1, $"plr: {Path.Combine(path, "learners.csv")} is there already: choose another folder."), (second.Code, second.Error.Trim()));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(path, "learners.csv")));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(path));
        }

        await using var engine = Engine.Open(new(EngineKind.Sqlite, register.Data, null, IsServer: false));
        var entries = await engine.ReadAsync(session => session.QueryAsync<string>("SELECT entry FROM audit_entry WHERE chain = 0"));
        Assert.Single(entries, entry => entry.Contains("\"action\":\"register-exported\"", StringComparison.Ordinal));
        var persons = await engine.ReadAsync(session => session.QueryAsync<string>("SELECT details FROM audit_detail WHERE chain = 0"));
        Assert.Contains(persons, details => details.Contains($"\"person\":\"{Environment.UserName}\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_register_with_nothing_in_it_moves_too()
    {
        var (source, target) = (await RegisterAsync("source", EngineKind.Sqlite), await RegisterAsync("target", EngineKind.Sqlite));
        var exported = await source.ExportAsync("first");

        foreach (var part in new[] { "organisations", "learners", "learning-events", "reports" })
        {
            Assert.EndsWith(": 0 added, 0 already there, 0 refused.", (await target.RunAsync("load", part, Path.Combine(exported, part + ".csv"))).Done().Lines[0], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Rows_that_are_wrong_are_refused_by_themselves_and_can_be_corrected_in_the_output_file()
    {
        var (source, target) = (await RegisterAsync("source", EngineKind.Sqlite), await RegisterAsync("target", EngineKind.Sqlite));
        await source.FillAsync();
        var exported = await source.ExportAsync("first");
        var learners = Path.Combine(exported, "learners.csv");
        var good = File.ReadAllText(learners);
        var uln = good.Split('\n')[1].Split(',')[0];
        File.WriteAllText(learners, good.Replace($"\n{uln},7,Merged", $"\n{uln[..9]}0,7,Merged", StringComparison.Ordinal));
        await target.RunAsync("load", "organisations", Path.Combine(exported, "organisations.csv"));

        var run = (await target.RunAsync("load", "learners", learners)).Refused();
        var refused = Path.Combine(_folder.Folder, "learners-refused.CSV");
        File.WriteAllText(refused, File.ReadAllText(refused).Replace($"\n{uln[..9]}0,", $"\n{uln},", StringComparison.Ordinal));
        var corrected = (await target.RunAsync("load", "learners", refused, "--output", "again.csv")).Done();

        Assert.Equal("versions of learners: 5 added, 0 already there, 1 refused.", run.Lines[0]);
        Assert.Equal("  line 2: ULN is not a ULN: ten digits of which the last is a check digit", run.Lines[1]);
        Assert.Equal("versions of learners: 1 added, 0 already there, 0 refused.", corrected.Lines[0]);
        Assert.False(File.Exists(Path.Combine(_folder.Folder, "again.csv")));
        Assert.DoesNotContain("Pritchard", run.Out + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Learning_events_need_their_learner_and_organisation_and_a_link_its_master()
    {
        var (source, target) = (await RegisterAsync("source", EngineKind.Sqlite), await RegisterAsync("target", EngineKind.Sqlite));
        await source.FillAsync();
        var exported = await source.ExportAsync("first");

        var withoutOrganisations = (await target.RunAsync("load", "learners", Path.Combine(exported, "learners.csv"))).Refused();
        var withoutLearners = (await target.RunAsync("load", "learning-events", Path.Combine(exported, "learning-events.csv"))).Refused();

        // The merged learner was registered by nobody here: only the link is without its end.
        Assert.Equal("versions of learners: 1 added, 0 already there, 5 refused.", withoutOrganisations.Lines[0]);
        Assert.Contains(withoutOrganisations.Lines, line => line.EndsWith("RecordedBy is not on the register", StringComparison.Ordinal));
        Assert.Contains("  1000000043 is merged into a learner who is not on this register: load that learner too.", withoutOrganisations.Lines);
        Assert.Equal("versions of learning events: 1 added, 0 already there, 9 refused.", withoutLearners.Lines[0]);
        Assert.Contains(withoutLearners.Lines, line => line.EndsWith("Organisation is not on the register", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_load_overwrites_neither_its_own_file_nor_refused_rows_that_somebody_corrected()
    {
        var register = await RegisterAsync("target", EngineKind.Sqlite);
        var headings = string.Join(',', FileLayouts.Learners.Columns);
        var file = _folder.Write("learners.csv", $"{headings}\n1{new string(',', FileLayouts.Learners.Columns.Length - 1)}\n");
        (await register.RunAsync("load", "learners", file)).Refused();
        var corrected = Path.Combine(_folder.Folder, "learners-refused.CSV");
        File.WriteAllText(corrected, "corrected");

        var again = (await register.RunAsync("load", "learners", file)).Refused();
        var onto = (await register.RunAsync("load", "learners", file, "--output", file)).Refused();

        Assert.Equal($"plr: {corrected} is there already: move it away, or name another file with --output. Nothing was loaded.", again.Error.Trim());
        Assert.Equal("corrected", File.ReadAllText(corrected));
        Assert.Contains("is there already", onto.Error, StringComparison.Ordinal);
        Assert.StartsWith(headings, File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_wrong_file_is_told_by_its_kind_and_missing_headings_are_named_once()
    {
        var register = await RegisterAsync("target", EngineKind.Sqlite);
        var events = _folder.Write("events.csv", string.Join(',', FileLayouts.LearningEvents.Columns) + "\n");
        var short2 = _folder.Write("short.csv", string.Join(',', FileLayouts.Learners.Columns.Where(column => column is not ("Title" or "UPN"))) + "\n");

        var wrong = (await register.RunAsync("load", "learners", events)).Refused();
        var missing = (await register.RunAsync("load", "learners", short2)).Refused();

        Assert.Equal("plr: events.csv was refused: Line 1: The headings are those of a file of the kind learning events of a register; one of the kind learners of a register was expected.", wrong.Error.Trim());
        Assert.Equal("plr: short.csv was refused: Line 1: 2 headings are missing: 'Title', 'UPN'. They may stand in any order: give the columns, if only with empty cells.", missing.Error.Trim());
    }

    [Fact]
    public void Every_column_that_is_written_is_one_that_is_read()
    {
        Assert.Equal(FileLayouts.Qualifications.Columns, QualificationColumns.All.Select(column => column.Heading));
        Assert.Equal(41, LearnerColumns.All.Count);
        Assert.Equal(30, LearningEventColumns.All.Count);
        Assert.Equal(14, ReportColumns.All.Count);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", "'")]
    [InlineData("'", "''")]
    [InlineData("''", "'''")]
    [InlineData(" ", " ")]
    [InlineData("'a", "'a")]
    [InlineData("=1", "=1")]
    [InlineData("'=1", "'=1")]
    public void A_stored_blank_is_not_nothing_and_comes_back_through_a_file(string? stored, string? cell)
    {
        Assert.Equal(cell, MoveText.Write(stored));
        Assert.Equal(stored, MoveText.Read(cell));
        using var stream = new MemoryStream();
        using (var file = new CsvOut(stream))
        {
            file.Write("A");
            file.Write(MoveText.Write(stored), "x");
        }

        var written = Encoding.UTF8.GetString(stream.ToArray()).Split("\r\n")[1][..^2];
        Assert.Equal(stored, MoveText.Read(SpreadsheetGuard.Restore(written.Trim('"'))));
    }

    private async Task<MovedRegister> RegisterAsync(string name, EngineKind kind) =>
        new(_folder, name, kind == EngineKind.Sqlite ? new(kind, "", null) : await postgres.EmptyAsync());

}
