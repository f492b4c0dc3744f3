using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Plr.Server.Commands;
using Plr.Server.Files;
using Plr.Testing;

namespace Plr.Browser.Tests;

/// <summary>The script of docs/tutorial.md, walked in a real browser by what a person reads.</summary>
public sealed class TheFirstFiveMinutes(Browser browser, DemoSite demo) : IClassFixture<Browser>, IClassFixture<DemoSite>
{
    [Theory]
    [InlineData(1280, "api", "The open interface")]
    [InlineData(320, "api", "The open interface")]
    [InlineData(320, "cy/api", "Y rhyngwyneb agored")]
    public async Task The_reference_of_the_open_interface(int width, string address, string heading)
    {
        await using var visitor = await browser.VisitAsync(width);
        await visitor.Page.GotoAsync($"{demo.Address}{address}");
        await visitor.SeesAsync(heading);
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(320)]
    public async Task The_first_five_minutes(int width)
    {
        await using var visitor = await browser.VisitAsync(width);
        await visitor.Page.GotoAsync(demo.Address.ToString());
        await visitor.SeesAsync("Everything you have achieved, in one record");
        Assert.Contains(demo.Lines, line => line.Contains("invented learners", StringComparison.Ordinal));

        await BeAsync(visitor, "Amelia Okafor");
        await visitor.SeesAsync("Your personal learning record");
        var uln = await visitor.Page.Locator(".plr-uln").First.InnerTextAsync();
        Assert.Matches("^[0-9]{3} [0-9]{3} [0-9]{4}$", uln);
        await visitor.Page.Locator("a[href*='/learner/qualifications/']").First.ClickAsync();
        Assert.StartsWith("/learner/qualifications/", new Uri(visitor.Page.Url).AbsolutePath, StringComparison.Ordinal);
        await visitor.SeesAsync((await visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).InnerTextAsync()).Trim());
        await visitor.Page.GotoAsync($"{demo.Address}learner/who-has-looked");
        await visitor.SeesAsync("Who has looked at my record");
        await visitor.Page.GotoAsync($"{demo.Address}learner/details");
        Assert.NotEqual("", await visitor.Page.TitleAsync());
        await LeaveAsync(visitor);

        await BeAsync(visitor, "Megan Ellis");
        Assert.Equal("/organisation", new Uri(visitor.Page.Url).AbsolutePath);
        await visitor.SeesAsync((await visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).InnerTextAsync()).Trim());
        await FindAsync(visitor, uln, "Amelia", "Okafor");
        await SendAsync(visitor, width);
        await LeaveAsync(visitor);

        await BeAsync(visitor, "Amelia Okafor");
        await visitor.Page.GotoAsync($"{demo.Address}learner/who-has-looked");
        await visitor.SeesAsync("Who has looked at my record");
        await visitor.Page.Locator("main table tbody tr a").First.ClickAsync();
        await visitor.Page.WaitForURLAsync("**/who-has-looked/entries?*");
        Assert.Contains("Megan Ellis", await visitor.Page.Locator("main table tbody tr").First.InnerTextAsync(), StringComparison.Ordinal);
        await LeaveAsync(visitor);

        await BeAsync(visitor, "Olwen Rees");
        Assert.Equal("/office", new Uri(visitor.Page.Url).AbsolutePath);
        await visitor.SeesAsync((await visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).InnerTextAsync()).Trim());
        await visitor.Page.GotoAsync($"{demo.Address}office/trail");
        await visitor.PressAsync("Check the trail");
        await visitor.SeesAsync("Trail check");
        Assert.Contains("The trail is whole", await visitor.Page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await LeaveAsync(visitor);
    }

    /// <summary>The commands of the tutorial that come after the demo's own, as they stand there, in the demo's folder while it runs.</summary>
    [Fact]
    public async Task The_tutorials_commands_work_as_written()
    {
        const string prefix = "dotnet run --project src/Plr.Server -- ";
        var typed = Regex.Matches(File.ReadAllText(Repository.PathTo("docs", "tutorial.md")), "^```sh\n(?<lines>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline, TimeSpan.FromSeconds(1))
            .SelectMany(block => block.Groups["lines"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries)).ToList();
        Assert.Equal(prefix + "demo", typed[0]);
        Assert.True(typed.Count >= 5, "The tutorial has lost its commands.");
        foreach (var line in typed.Skip(1))
        {
            Assert.StartsWith(prefix, line, StringComparison.Ordinal);
            using var output = new StringWriter(CultureInfo.InvariantCulture);
            using var error = new StringWriter(CultureInfo.InvariantCulture);
            string[] arguments = [.. Regex.Matches(line[prefix.Length..], "\"(?<word>[^\"]*)\"|(?<word>\\S+)", RegexOptions.None, TimeSpan.FromSeconds(1)).Select(word => word.Groups["word"].Value)];
            var code = await CommandLine.RunAsync(arguments, new Surroundings { Out = output, Error = TextWriter.Synchronized(error), Folder = demo.Folder }, TestContext.Current.CancellationToken);
            Assert.True(code == 0, $"{line}: {code} {output} {error}");
        }
    }

    /// <summary>Finds a learner by ULN and name, and reads the record.</summary>
    private async Task FindAsync(Visitor visitor, string uln, string givenName, string familyName)
    {
        await visitor.Page.GotoAsync($"{demo.Address}organisation/learners/find");
        await visitor.SeesAsync("Find a learner");
        await visitor.Page.GetByLabel("Unique learner number (ULN)").FillAsync(uln);
        await visitor.Page.GetByLabel("Given name").FillAsync(givenName);
        await visitor.Page.GetByLabel("Family name").FillAsync(familyName);
        await visitor.PressAsync("Find learner");
        await visitor.SeesAsync("Learner found");
        await visitor.Page.Locator("input[name=Purpose]").First.CheckAsync();
        await visitor.PressAsync("View record");
        await visitor.SeesAsync("Personal learning record");
        Assert.NotEqual(0, await visitor.Page.Locator("main table tbody tr").CountAsync());
    }

    /// <summary>Sends a registration file of three rows, two of them wrong, watches it finish, and fetches what came out.</summary>
    private async Task SendAsync(Visitor visitor, int width)
    {
        string[] columns = [.. FileLayouts.Registrations2A.Columns];
        string Row(params (string Column, string Value)[] cells) => string.Join(',', columns.Select(column => cells.FirstOrDefault(cell => cell.Column == column).Value ?? ""));
        (string, string)[] learner = [("LastKnownPostCode", "ZZ9 9AA"), ("Gender", "1"), ("AbilityToShare", "1"), ("VerificationType", "1")];
        var file = string.Join("\r\n",
            string.Join(',', columns),
            Row([("FileVersion", "2A"), ("FileName", "new.csv"), ("UKPRN", "10990006"), ("LearnerRecordCount", "3"), ("GivenName", "Ivor"), ("FamilyName", $"Newcombe{width}"), ("DateOfBirth", "2010-01-31"), .. learner]),
            Row([("GivenName", "Ivor"), ("FamilyName", "Nobody"), ("DateOfBirth", "2010-02-31"), .. learner]),
            Row([("GivenName", "Ivor"), ("FamilyName", "Tooyoung"), ("DateOfBirth", "2024-02-01"), .. learner])) + "\r\n";
        await visitor.Page.GotoAsync($"{demo.Address}organisation/files/upload?kind=registrations");
        await visitor.SeesAsync("Send a registration file");
        await visitor.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "new.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(file) });
        await visitor.PressAsync("Upload file");
        await visitor.SeesAsync("What became of your file");
        while (await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Refresh" }).CountAsync() > 0)
        {
            await visitor.FollowAsync("Refresh");
        }

        await visitor.SeesAsync("What became of your file");
        var told = await visitor.Page.Locator("main").InnerTextAsync();
        Assert.All(["Done", "RC011", "RC013"], word => Assert.Contains(word, told, StringComparison.Ordinal));
        var download = await visitor.Page.RunAndWaitForDownloadAsync(() => visitor.Page.Locator("a[href*='/output']").First.ClickAsync());
        var lines = await File.ReadAllLinesAsync(await download.PathAsync());
        Assert.Equal(4, lines.Length);
    }

    private async Task BeAsync(Visitor visitor, string person)
    {
        await visitor.Page.GotoAsync($"{demo.Address}sign-in");
        await visitor.SeesAsync("Who do you want to be?");
        await visitor.PressAsync($"Be {person}");
    }

    private static async Task LeaveAsync(Visitor visitor)
    {
        await visitor.PressAsync("Sign out");
        await visitor.SeesAsync("You have signed out");
    }
}
