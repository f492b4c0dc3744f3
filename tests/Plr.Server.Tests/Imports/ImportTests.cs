using Plr.Core;
using Plr.Core.Imports;
using Plr.Core.Organisations;
using Plr.Core.Qualifications;
using Plr.Core.Responses;
using Plr.Server.Files;
using Plr.Store;
using Plr.Testing;

namespace Plr.Server.Tests.Imports;

/// <summary>The regulator's own downloads, from file to register.</summary>
public abstract class ImportTests
{
    private readonly OrganisationStore _organisations;
    private readonly QualificationStore _qualifications;

    protected ImportTests(Database database)
    {
        var trail = new AuditTrail(database.Engine, new StoreKeys(new byte[32], new byte[32]), Clock.New());
        _organisations = new OrganisationStore(database.Engine, trail);
        _qualifications = new QualificationStore(database.Engine, trail);
    }

    private static Access Register { get; } = Access.Upkeep("test");

    [Fact]
    public async Task The_registers_qualifications_are_added_once_and_then_unchanged()
    {
        var before = await _qualifications.CountAsync();
        Assert.Equal((649, 0, 0, 0), Counts(await ImportAsync("qualifications.csv")));
        Assert.Equal((0, 0, 649, 0), Counts(await ImportAsync("qualifications.csv")));
        Assert.Equal(before + 649, await _qualifications.CountAsync());
        var one = await _qualifications.GetAsync("100/2510/8");
        Assert.Equal(("AQA Level 2 Certificate in Adult Literacy", "RN5196", "Level 2", "Basic Skills"), (one!.Title, one.OwnerRecognitionNumber, one.Level, one.Type));
    }

    [Fact]
    public async Task The_registers_awarding_organisations_are_added_once_and_then_unchanged()
    {
        Assert.Equal((334, 0, 0, 0), Counts(await ImportAsync("organisations.csv")));
        Assert.Equal((0, 0, 334, 0), Counts(await ImportAsync("organisations.csv")));
        var one = await _organisations.FindAsync("RN5339");
        Assert.Equal(
            ("Education Qualifications and Awards", "EQ Awards", "Surrendered", new DateOnly(2011, 5, 12), new DateOnly(2020, 11, 1)),
            (one!.Name, one.Acronym, one.RecognitionStatus, one.RecognisedFrom, one.RecognisedTo));
        Assert.Equal(OrganisationStatus.Active, one.Status);
    }

    [Fact]
    public async Task Rows_that_cannot_be_read_are_refused_with_their_lines_and_the_others_are_taken()
    {
        var report = await new ImportQualifications(_qualifications).RunAsync(
            [
                Qualification(2, "900/0001/x", "  Kept  ", ("Operational Start Date", "2010-04-01 00:00:00.0000000"), ("Qualification Level", "level 1"), ("Owner Organisation Recognition Number", "rn0000")),
                Qualification(3, "not one", "Bad number"),
                Qualification(4, "900/0002/1", "   "),
                Qualification(5, "9000001X", "Same number without obliques"),
                Qualification(6, "900/0003/1", "Bad date", ("Operational End Date", "01/04/2010")),
                Qualification(7, "900/0004/1", "Bad hours", ("Guided Learning Hours", "-1")),
                Qualification(8, null, "No number"),
                Qualification(10, "900/0003/1", "Good after a refused row of the same number", ("Operational End Date", "2010-04-01")),
                Qualification(11, "900/0005/1", "Nul\0"),
            ],
            Register);
        Assert.Equal((2, 0, 0, 7), Counts(report));
        Assert.Equal(
            [
                "3: Qualification Number is not a qualification or unit number such as 600/1166/X or K/501/5773",
                "4: Qualification Title is missing",
                "5: Qualification Number stands in line 2 of this file already",
                "6: Operational End Date is not a date such as 2010-04-01 or 2010-04-01 00:00:00",
                "7: Guided Learning Hours is not a whole number from 0",
                "8: Qualification Number is missing",
                "11: Qualification Title has a character at position 4 that cannot be stored",
            ],
            report.Refused.Select(row => $"{row.Line}: {Assert.Single(row.Findings).Text}"));
        Assert.Equal(
            new Qualification { Number = "900/0001/X", Title = "Kept", OwnerRecognitionNumber = "RN0000", Level = "level 1", OperationalStartDate = new DateOnly(2010, 4, 1) },
            await _qualifications.GetAsync("900/0001/X"));
    }

    [Fact]
    public async Task Awarding_organisations_without_name_or_number_are_refused()
    {
        var report = await new ImportAwardingOrganisations(_organisations).RunAsync(
            [
                Row(2, ("Recognition Number", "rn8001"), ("Name", "First")),
                Row(3, ("Recognition Number", "RN8001"), ("Name", "Again")),
                Row(4, ("Recognition Number", "RN80"), ("Name", "Short")),
                Row(5, ("Recognition Number", "RN8002"), ("Ofqual Recognised To", "soon")),
            ],
            Register);
        Assert.Equal((1, 0, 0, 3), Counts(report));
        Assert.Equal(
            ["stands in line 2 of this file already", "is not a recognition number such as RN5196", "is missing", "is not a date such as 2010-04-01 or 2010-04-01 00:00:00"],
            report.Refused.SelectMany(row => row.Findings).Select(finding => finding.Text[(finding.Field.Length + 1)..]));
        Assert.Equal("First", (await _organisations.FindAsync("RN8001"))!.Name);
    }

    [Theory]
    [InlineData(Roles.OfficeSenior)]
    [InlineData(Roles.AwardingOrganisation)]
    [InlineData(Roles.None)]
    public async Task Only_the_registers_own_commands_load_reference_data(Roles roles)
    {
        var access = new Access(new Actor(roles), Channel.Office, Purpose.RegisterUpkeep, "test");
        var expected = roles == Roles.None ? ResponseCodes.SignInFirst : ResponseCodes.NotAllowed;
        Assert.Equal(expected, (await new ImportQualifications(_qualifications).RunAsync([Qualification(2, "900/0009/1", "x")], access)).Code);
        Assert.Equal(expected, (await new ImportAwardingOrganisations(_organisations).RunAsync([Row(2, ("Recognition Number", "RN8009"), ("Name", "x"))], access)).Code);
        Assert.Null(await _qualifications.GetAsync("900/0009/1"));
        Assert.Null(await _organisations.FindAsync("RN8009"));
    }

    private static (int Added, int Changed, int Unchanged, int Refused) Counts(ImportReport report) =>
        (report.Added, report.Changed, report.Unchanged, report.Refused.Count);

    private static ImportRow Qualification(long line, string? number, string title, params (string Heading, string Text)[] more) =>
        Row(line, [("Qualification Number", number), ("Qualification Title", title), .. more]);

    private static ImportRow Row(long line, params (string Heading, string? Text)[] cells)
    {
        var known = cells.ToDictionary(cell => cell.Heading, cell => cell.Text);
        return new(line, heading => known.GetValueOrDefault(heading));
    }

    private async Task<ImportReport> ImportAsync(string name)
    {
        await using var stream = File.OpenRead(SharedFiles.Path("ofqual", name));
        var isQualifications = name == "qualifications.csv";
        var (file, faults) = CsvFile.Open(stream, isQualifications ? FileLayouts.Qualifications : FileLayouts.AwardingOrganisations);
        Assert.Empty(faults);
        var rows = file!.Rows().Select(row => new ImportRow(row.Line, heading => row[heading]));
        var report = isQualifications
            ? await new ImportQualifications(_qualifications).RunAsync(rows, Register)
            : await new ImportAwardingOrganisations(_organisations).RunAsync(rows, Register);
        Assert.Equal(ResponseCodes.ReferenceDataLoaded, report.Code);
        return report;
    }
}

public sealed class ImportOnSqlite(SqliteDatabase d) : ImportTests(d), IClassFixture<SqliteDatabase>;

public sealed class ImportOnPostgres(PostgresDatabase d) : ImportTests(d), IClassFixture<PostgresDatabase>;
