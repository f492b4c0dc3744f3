using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Plr.Core.Qualifications;
using Plr.Server.Files;
using Plr.Testing;

namespace Plr.Server.Tests.PortalPages;

/// <summary>The two sample files and the regulator's list of qualifications, all from outside, through the pages.</summary>
public sealed partial class SampleFileTests
{
    [Fact]
    public async Task Both_sample_files_go_through_the_pages_and_their_outputs_can_be_sent_again()
    {
        await using var portal = new PortalSite();
        await portal.InitializeAsync();
        var site = portal.Site;
        var college = await site.Seed.CollegeAsync("Sample College", "10000001");
        var huw = await site.Seed.CollegePersonAsync(college, "Huw Sample");
        await LoadQualificationsAsync(site);

        var registered = await portal.OutcomeAsync(huw, "registrations", "LRB.csv", await File.ReadAllBytesAsync(SharedFiles.Path("samples", "LRB_10000001_231120261200.CSV")));
        Assert.Equal(("Done", "400"), (registered.SummaryListValue("State"), registered.SummaryListValue("Rows")));
        var output = await FileOutcomeTests.DownloadAsync(portal, registered.Link("Download all rows with their ULNs (CSV)"), "LRB-output.CSV", huw);
        Assert.Equal(401, FileOutcomeTests.Lines(output).Length);

        var ulns = Ulns(output);
        var achievements = PlaceOfUln().Replace(await File.ReadAllTextAsync(SharedFiles.Path("samples", "AO_RN5196_231120261200.CSV")), found => ulns.GetValueOrDefault(found.Groups["mis"].Value, ""));
        var sent = await portal.OutcomeAsync(portal.Pat, "achievements", "AO.csv", achievements);
        Assert.Equal(("Done", "1,500"), (sent.SummaryListValue("State"), sent.SummaryListValue("Rows")));
        Assert.NotEqual("0", sent.SummaryListValue("Rejected"));
        var rejected = await FileOutcomeTests.DownloadAsync(portal, sent.Link("Download the rejected rows to correct and send again (CSV)"), "AO-rejected.CSV", portal.Pat);
        var again = await portal.OutcomeAsync(portal.Pat, "achievements", "AO-rejected.CSV", rejected);
        Assert.Equal((sent.SummaryListValue("Rejected"), "Done"), (again.SummaryListValue("Rows"), again.SummaryListValue("State")));
        Assert.Equal(sent.SummaryListValue("Rejected"), again.SummaryListValue("Rejected"));
    }

    private static async Task LoadQualificationsAsync(TestSite site)
    {
        await using var stream = File.OpenRead(SharedFiles.Path("ofqual", "qualifications.csv"));
        var (file, faults) = CsvFile.Open(stream, FileLayouts.Qualifications);
        Assert.Empty(faults);
        var rows = file!.Rows().Select(row => new Core.Imports.ImportRow(row.Line, heading => row[heading]));
        await site.Services.GetRequiredService<ImportQualifications>().RunAsync(rows, Seeds.Upkeep);
    }

    /// <summary>The ULN of each row's MISIdentifier, as the output has them.</summary>
    private static Dictionary<string, string> Ulns(string output)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(output));
        var (file, _) = CsvFile.Open(stream, FileLayouts.Registrations2A);
        return file!.Rows().Select(row => (Mis: row["MISIdentifier"], Uln: row["ULN"])).Where(row => row.Uln.Length > 0)
            .DistinctBy(row => row.Mis).ToDictionary(row => row.Mis, row => row.Uln, StringComparer.Ordinal);
    }

    [GeneratedRegex(@"\{ULN:(?<mis>[^}]*)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PlaceOfUln();
}
