using Plr.Testing.Pages;

namespace Plr.Server.Tests.Web;

public sealed class PublicPageTests : IAsyncLifetime
{
    private TestSite _site = null!;

    /// <summary>Each public page with the words of its heading in English and Welsh.</summary>
    public static TheoryData<string, string, string> Pages => new()
    {
        { "/", "Everything you have achieved, in one record", "Popeth yr ydych wedi’i gyflawni, mewn un cofnod" },
        { "/what-is-a-uln", "What is a unique learner number (ULN)?", "Beth yw rhif unigryw dysgwr (ULN)?" },
        { "/what-is-a-personal-learning-record", "What is a personal learning record?", "Beth yw cofnod dysgu personol?" },
        { "/find-your-uln", "Find your ULN", "Dod o hyd i’ch ULN" },
        { "/what-the-record-covers", "What the record covers", "Beth mae’r cofnod yn ei gynnwys" },
        { "/cookies", "Cookies", "Cwcis" },
        { "/accessibility", "Accessibility statement", "Datganiad hygyrchedd" },
        { "/privacy", "Privacy notice", "Hysbysiad preifatrwydd" },
        { "/who-gets-what", "Who gets what, and why", "Pwy sy’n cael beth, a pham" },
        { "/parents-and-young-learners", "For parents, and for learners aged 13 to 15", "I rieni, ac i ddysgwyr 13 i 15 oed" },
    };

    public async ValueTask InitializeAsync() => _site = await TestSite.StartAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_public_page_says_what_it_is_in_English_and_in_Welsh(string path, string english, string welsh)
    {
        var page = await _site.OpenAsync(path);
        var tudalen = await _site.OpenAsync("/cy" + path);

        Assert.Equal(("en", english, $"{english} – Personal Learning Record"), (page.Language, page.Heading(), page.Title));
        Assert.Equal(("cy", welsh, $"{welsh} – Cofnod Dysgu Personol"), (tudalen.Language, tudalen.Heading(), tudalen.Title));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task The_language_switch_leads_to_the_same_page_and_back(string path, string english, string welsh)
    {
        var page = await _site.OpenAsync(path + "?from=test");
        var tudalen = await _site.OpenAsync(page.Link("Cymraeg"));
        var again = await _site.OpenAsync(tudalen.Link("English"));

        Assert.Equal($"/cy{path}?from=test", page.Link("Cymraeg"));
        Assert.Equal((english, welsh, english), (page.Heading(), tudalen.Heading(), again.Heading()));
        Assert.Equal("cy", page.Document.QuerySelector("a[hreflang]")!.GetAttribute("hreflang"));
        Assert.Equal("cy", page.Document.QuerySelector("a[hreflang]")!.GetAttribute("lang"));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Every_link_of_a_public_page_leads_to_a_page_in_the_same_language(string path, string english, string welsh)
    {
        foreach (var (prefix, heading) in new[] { ("", english), ("/cy", welsh) })
        {
            var page = await _site.OpenAsync(prefix + path);
            Assert.Equal(heading, page.Heading());
            foreach (var link in InsideLinks(page))
            {
                Assert.Equal(prefix, link.StartsWith("/cy", StringComparison.Ordinal) ? "/cy" : "");
                var next = await _site.OpenAsync(link);
                Assert.True(next.Response.IsSuccessStatusCode, $"{path} leads to {link}, which answers {next.Response.StatusCode}.");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_public_page_has_the_landmarks_and_ids_that_assistive_technology_needs(string path, string english, string welsh)
    {
        foreach (var page in new[] { await _site.OpenAsync(path), await _site.OpenAsync("/cy" + path) })
        {
            Assert.Contains(page.Heading(), new[] { english, welsh });
            Assert.Single(page.Document.QuerySelectorAll("main#main-content"));
            Assert.Single(page.Document.QuerySelectorAll("header"));
            Assert.Single(page.Document.QuerySelectorAll("footer"));
            Assert.Equal("#main-content", page.Document.QuerySelector(".govuk-skip-link")!.GetAttribute("href"));
            var ids = page.Document.QuerySelectorAll("[id]").Select(e => e.Id).ToList();
            Assert.Equal(ids.Distinct(), ids);
            Assert.Empty(page.Document.QuerySelectorAll("[style], [onclick], style"));
        }
    }

    [Fact]
    public async Task The_body_that_runs_the_register_is_named_where_it_must_be()
    {
        await using var site = await TestSite.StartAsync(new Settings
        {
            ServiceName = "Skills Passport",
            ServiceNameWelsh = "Pasbort Sgiliau",
            Operator = new OperatorSettings { Name = "Sgiliau & Co", NameWelsh = "Cwmni Sgiliau", Email = "help@example.org" },
        });
        var privacy = await site.OpenAsync("/privacy");
        var preifatrwydd = await site.OpenAsync("/cy/privacy");

        Assert.Equal("Privacy notice – Skills Passport", privacy.Title);
        Assert.Contains("held by Sgiliau & Co.", privacy.Text, StringComparison.Ordinal);
        Assert.Contains("Write to Sgiliau & Co at help@example.org.", privacy.Text, StringComparison.Ordinal);
        Assert.Equal("mailto:help@example.org", privacy.Link("help@example.org"));
        Assert.Equal("Hysbysiad preifatrwydd – Pasbort Sgiliau", preifatrwydd.Title);
        Assert.Contains("gan Cwmni Sgiliau.", preifatrwydd.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "plr", "plr-af", "plr-device", "plr-passkey")]
    [InlineData("https://records.example.org", "__Host-plr", "__Host-plr-af", "__Host-plr-device", "__Host-plr-passkey")]
    public async Task The_cookies_page_names_the_cookies_as_they_are(string publicUrl, string signIn, string forms, string device, string passkey)
    {
        await using var site = await TestSite.StartAsync(new Settings { PublicUrl = publicUrl });
        var page = await site.OpenAsync("/cookies");

        Assert.Equal([signIn, forms, device, passkey], page.TableRows("The four cookies").Select(row => row[0]));
    }

    // Signing in has its own tests.
    private static IEnumerable<string> InsideLinks(WebPage page) => page.Document.QuerySelectorAll("a[href^='/']")
        .Where(a => !a.HasAttribute("hreflang"))
        .Select(a => a.GetAttribute("href")!)
        .Where(href => !href.EndsWith("/sign-in", StringComparison.Ordinal))
        .Distinct();
}
