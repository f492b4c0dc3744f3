using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plr.Core.Imports;
using Plr.Core.Learners;
using Plr.Server.Commands;
using Plr.Server.Files;
using Plr.Server.Tests.PortalPages;
using Plr.Server.Tests.Rest;
using Plr.Store;
using Plr.Testing;

namespace Plr.Server.Tests.Commands;

/// <summary>Learners whom no rule of today would register, from a register that had other rules: they come as they were, and everything shows them.</summary>
public sealed class OldRegisterTests(RestSite rest) : IClassFixture<RestSite>, IDisposable
{
    private const string Berlin = "10115 Berlin";
    private readonly CommandFolder _folder = new();

    /// <summary>One thing a learner that registering refuses.</summary>
    private static readonly (string Heading, string Cell)[] Odd =
    [
        ("LastKnownPostCode", "'"), ("LastKnownPostCode", Berlin), ("FamilyName", new string('N', 36)), ("FamilyName", "'"), ("GivenName", " "), ("EmailAddress", "x@school.academy"),
        ("EmailAddress", "none"), ("VerificationType", "999"), ("VerificationType", "12"), ("Gender", "5"), ("AbilityToShare", "7"), ("UCI", "odd"), ("UPN", "'"), ("Nationality", "British"),
        ("ScottishCandidateNumber", "12"), ("DateOfBirth", "1790-02-28"), ("DateOfAddressCapture", "0001-01-01"), ("Notes", "a\u0092b"), ("Title", new string('T', 400)),
    ];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task They_are_loaded_and_exported_again_as_they_were_given()
    {
        var register = new MovedRegister(_folder, "data", new(EngineKind.Sqlite, "", null));
        var file = _folder.Write("learners.csv", Csv([.. Odd.Select((odd, number) => Row(number, odd)), Row(Odd.Length, ("LastKnownPostCode", ""))]));

        var run = (await register.RunAsync("load", "learners", file)).Done();
        var again = (await register.RunAsync("load", "learners", file)).Done();
        var exported = File.ReadAllText(Path.Combine(await register.ExportAsync("out"), "learners.csv"));

        Assert.Equal($"versions of learners: {Odd.Length + 1} added, 0 already there, 0 refused.", run.Lines[0]);
        Assert.Equal($"versions of learners: 0 added, {Odd.Length + 1} already there, 0 refused.", again.Lines[0]);
        Assert.Equal(Csv([.. Odd.Select((odd, number) => Row(number, odd)), Row(Odd.Length, ("LastKnownPostCode", "'"))]), exported.TrimStart('\uFEFF').ReplaceLineEndings("\n").Replace("\" \"", " ", StringComparison.Ordinal));
        (await register.RunAsync("audit", "verify")).Done();
    }

    [Theory]
    [InlineData("ULN", "1000000044", "ULN is not a ULN: ten digits of which the last is a check digit")]
    [InlineData("GivenName", "", "GivenName is missing")]
    [InlineData("FamilyName", "", "FamilyName is missing")]
    [InlineData("DateOfBirth", "", "DateOfBirth is missing")]
    [InlineData("DateOfBirth", "31.12.1999", "DateOfBirth is not a date in the form yyyy-MM-dd, such as 2007-03-27")]
    [InlineData("Gender", "", "Gender is missing")]
    [InlineData("Gender", "F", "Gender is not a whole number from 0")]
    [InlineData("VerificationType", "32768", "VerificationType is not the number of a code, 0 to 32767")]
    [InlineData("Notes", "a\u0001", "Notes has a character at position 2 that cannot be stored")]
    [InlineData("Notes", "\uFFFE", "Notes has a character at position 1 that cannot be stored")]
    public async Task What_the_tables_and_the_trail_need_is_asked(string heading, string cell, string expected)
    {
        var register = new MovedRegister(_folder, "data", new(EngineKind.Sqlite, "", null));

        var run = await register.RunAsync("load", "learners", _folder.Write("learners.csv", Csv([Row(0, (heading, cell))])));

        Assert.Equal((ExitCodes.Refused, $"  line 2: {expected}"), (run.Code, run.Lines[1]));
    }

    [Fact]
    public async Task A_load_that_only_lacks_a_master_does_not_end_as_one_that_is_done()
    {
        var register = new MovedRegister(_folder, "data", new(EngineKind.Sqlite, "", null));
        var merged = Row(0, ("Status", "Merged"));
        merged["MasterULN"] = "1000000043";

        var run = (await register.RunAsync("load", "learners", _folder.Write("learners.csv", Csv([merged])))).Refused();

        Assert.Equal(["versions of learners: 1 added, 0 already there, 0 refused.", $"  {merged["ULN"]} is merged into a learner who is not on this register: load that learner too."], run.Lines);
    }

    [Fact]
    public async Task Every_page_and_call_shows_them()
    {
        var (site, move) = (rest.Site, rest.Site.Services.GetRequiredService<MoveLearners>());
        using var http = await rest.SignedInAsync(rest.College);
        using var browser = await site.BrowserAsync(await site.Seed.CollegePersonAsync(rest.College, "Gwen Parry"));
        foreach (var (number, odd) in Odd.Index())
        {
            var row = Row(number, odd);
            var report = await move.RunAsync([new ImportRow(2, heading => row[heading])], (_, findings) => Assert.Empty(findings), null, Seeds.Upkeep);
            Assert.Equal(1, report.Added + report.AlreadyThere);
            var uln = Uln.Parse(row["ULN"]);
            var account = await site.Seed.LearnerAccountAsync(uln, A.Learner($"Old{Letter(number)}", "Register"));

            foreach (var address in new[] { "/learner", "/cy/learner", "/learner/details", "/cy/learner/details", "/learner/who-has-looked" })
            {
                Assert.Equal((odd, HttpStatusCode.OK), (odd, (await site.OpenAsync(address, account)).Response.StatusCode));
            }

            using var shown = await http.GetAsync($"/api/learners/{uln}");
            Assert.True(shown.StatusCode < HttpStatusCode.InternalServerError, $"{odd}: {shown.StatusCode}");
            using var asked = await http.GetAsync($"/api/learners/{uln}/learning-events");
            Assert.True(asked.StatusCode < HttpStatusCode.InternalServerError, $"{odd}: {asked.StatusCode}");
            foreach (var format in new[] { "pdf", "json", "csv" })
            {
                using var made = await http.PostAsync($"/api/learners/{uln}/reports?language=cy&format={format}", null);
                Assert.True(made.StatusCode < HttpStatusCode.InternalServerError, $"{odd}: {made.StatusCode}");
            }

            var found = await FindLearnerTests.AskAsync(browser, uln.ToString(), row["GivenName"], row["FamilyName"]);
            Assert.True(found.Response.StatusCode < HttpStatusCode.InternalServerError, $"{odd}: {found.Response.StatusCode}");
            if (found.Response.StatusCode == HttpStatusCode.Redirect)
            {
                Assert.Equal(HttpStatusCode.OK, (await FindLearnerTests.FollowAsync(browser, found)).Response.StatusCode);
            }
        }
    }

    private static string Letter(int number) => $"{(char)('a' + number)}";

    private static Dictionary<string, string> Row(int number, (string Heading, string Cell) odd)
    {
        var row = FileLayouts.Learners.Columns.ToDictionary(column => column, _ => "");
        (string Heading, string Cell)[] cells =
        [
            ("ULN", Ulns()[number].ToString()), ("Version", "1"), ("Status", "Active"), ("TierLevel", "0"), ("CreatedAt", "2009-01-02T03:04:05.000006Z"), ("CreatedVia", "batch"),
            ("LastUpdatedAt", "2009-01-02T03:04:05.000006Z"), ("LastUpdatedVia", "batch"), ("GivenName", "Nia" + Letter(number)), ("FamilyName", "Older"), ("LastKnownPostCode", "LL57 1DT"),
            ("DateOfBirth", "1994-11-30"), ("Gender", "2"), ("AbilityToShare", "1"), ("VerificationType", "1"), ("RecordedAt", "2009-01-02T03:04:05.000006Z"), ("RecordedVia", "batch"), odd,
        ];
        foreach (var (heading, cell) in cells)
        {
            row[heading] = cell;
        }

        return row;
    }

    private static List<Uln> Ulns() => [.. Enumerable.Range(0, 400).Select(number => $"{1000000200 + number}").Where(text => Uln.TryParse(text, out _)).Select(Uln.Parse)];

    private static string Csv(IReadOnlyList<Dictionary<string, string>> rows) =>
        string.Join(',', FileLayouts.Learners.Columns) + "\n" + string.Concat(rows.Select(row => string.Join(',', FileLayouts.Learners.Columns.Select(column => row[column])) + "\n"));
}
