using AngleSharp.Dom;
using Plr.Server.OpenInterface;

namespace Plr.Server.Tests.Rest;

public sealed class ReferencePageTests(RestSite rest) : IClassFixture<RestSite>
{
    [Theory]
    [InlineData("/api", "The open interface", "Contents")]
    [InlineData("/api/", "The open interface", "Contents")]
    [InlineData("/cy/api", "Y rhyngwyneb agored", "Cynnwys")]
    public async Task The_reference_is_a_page_without_scripts_or_styles_of_its_own_whose_links_lead_somewhere(string address, string heading, string contents)
    {
        var page = await rest.Site.OpenAsync(address);
        var document = page.Document;
        var ids = document.QuerySelectorAll("[id]").Select(element => element.Id!).ToList();

        Assert.Equal(heading, page.Heading());
        Assert.Contains(document.QuerySelectorAll("h2"), title => title.TextContent == contents);
        Assert.Empty(document.QuerySelectorAll("main script, main style, main [style], main [onclick]"));
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(document.QuerySelectorAll("main a[href^='#']"), link => Assert.Contains(link.GetAttribute("href")![1..], ids));
        Assert.All(document.QuerySelectorAll("main th"), header => Assert.NotNull(header.GetAttribute("scope")));
        Assert.All(document.QuerySelectorAll("main table"), table => Assert.NotNull(table.QuerySelector("caption")));
    }

    [Fact]
    public async Task It_shows_every_operation_object_and_example_and_its_codes_lead_to_the_page_about_them()
    {
        var page = await rest.Site.OpenAsync("/api");
        var codes = (await rest.Site.OpenAsync("/help/codes")).Document;
        var shown = page.Document.QuerySelectorAll("pre").Select(wire => wire.TextContent).ToList();
        var links = page.Document.QuerySelectorAll("main a[href*='/help/codes#']").Select(link => link.GetAttribute("href")!.Split('#')[1]).Distinct().ToList();

        Assert.All(Examples.All, example => Assert.Contains(example.Request, shown));
        Assert.All(Examples.All, example => Assert.Contains(example.Answer, shown));
        Assert.All(Examples.All.Select(example => example.Operation).Distinct().Except([Examples.Token.Operation]), id => Assert.NotNull(page.Document.GetElementById(id)));
        Assert.True(links.Count > 20, "The page names no codes.");
        Assert.All(links, anchor => Assert.NotNull(codes.GetElementById(anchor)));
    }

    [Fact]
    public async Task It_is_not_larger_than_a_page_should_be()
    {
        using var http = rest.Site.Browser();
        var bytes = await http.GetByteArrayAsync("/api");
        using var small = new MemoryStream();
        await using (var zip = new System.IO.Compression.GZipStream(small, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true))
        {
            await zip.WriteAsync(bytes);
        }

        Assert.InRange(small.Length, 5_000, 60_000);
    }
}
