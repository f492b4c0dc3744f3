using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Plr.Testing;

namespace Plr.Browser.Tests;

/// <summary>A real Chromium. Where none is installed, tests are skipped with the reason; in CI they fail.</summary>
public sealed class Browser : IAsyncLifetime
{
    private const string Executable = "/usr/bin/chromium";
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (File.Exists(Executable))
        {
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = Executable,
                Args =
                [
                    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                    "--disable-component-update", "--disable-sync",
                ],
            });
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    /// <summary>A fresh visitor: no cookies.</summary>
    /// <param name="width">Of the window, in pixels.</param>
    /// <param name="withScripts">False: as somebody whose browser runs none.</param>
    public async Task<Visitor> VisitAsync(int width, bool withScripts = true)
    {
        if (_browser is null)
        {
            Assert.False(Repository.IsCI, $"{Executable} is missing, and CI skips nothing.");
            Assert.Skip($"{Executable} is missing: apt-get install chromium.");
        }

        var context = await _browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, JavaScriptEnabled = withScripts });
        return new Visitor(context, await context.NewPageAsync());
    }
}

/// <summary>Somebody at a browser. Errors of the console and of the content security policy fail the test; axe looks at each page that is looked at.</summary>
public sealed class Visitor : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _errors = [];

    public Visitor(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _errors.Add($"{page.Url}: {message.Text}");
            }
        };
        page.PageError += (_, error) => _errors.Add($"{page.Url}: {error}");
    }

    public IPage Page { get; }

    /// <summary>The page has this heading, no fault that axe finds, no error, and nothing wider than the window.</summary>
    public async Task SeesAsync(string heading)
    {
        Assert.Equal(heading, (await Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).InnerTextAsync()).Trim());
        var found = await Page.RunAxe();
        Assert.True(found.Violations.Length == 0, $"{Page.Url}: {string.Join("; ", found.Violations.Select(fault => $"{fault.Id}: {fault.Help} {fault.Nodes[0].Html}"))}");
        var overflow = await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(overflow <= 0, $"{Page.Url} is {overflow} px wider than the window.");
        Assert.Empty(_errors);
    }

    /// <summary>As <see cref="SeesAsync"/>, in both languages: nothing is said in Welsh as in English but what is neither.</summary>
    /// <param name="neither">Names, postcodes and the like that stand on the page.</param>
    public async Task SeesInBothAsync(string heading, string welshHeading, params IEnumerable<string> neither)
    {
        await SeesAsync(heading);
        var (address, english) = (new Uri(Page.Url), await WordsAsync());
        await Page.GotoAsync(new Uri(address, "/cy" + address.PathAndQuery).ToString());
        await SeesAsync(welshHeading);
        Assert.Equal("cy", await Page.Locator("html").GetAttributeAsync("lang"));
        Assert.Empty((await WordsAsync()).Intersect(english, StringComparer.OrdinalIgnoreCase).Except([.. neither, "English", "Cymraeg"], StringComparer.OrdinalIgnoreCase));
        await Page.GotoAsync(address.ToString());
    }

    /// <summary>Each piece of text on the page that has a word in it, also what only some are told.</summary>
    private Task<string[]> WordsAsync() => Page.EvaluateAsync<string[]>(
        """
        () => [document.title, ...[...document.querySelectorAll('body *:not(script, style)')].flatMap(one => [
            ...[...one.childNodes].filter(node => node.nodeType === Node.TEXT_NODE).map(node => node.textContent),
            ...['aria-label', 'data-label', 'placeholder', 'title', 'alt'].map(name => one.getAttribute(name) ?? '')])]
            .map(text => text.trim().replace(/\s+/g, ' ')).filter(text => /\p{L}{2}/u.test(text))
        """);

    public Task FollowAsync(string link) => Page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).First.ClickAsync();

    public Task PressAsync(string button) => Page.GetByRole(AriaRole.Button, new() { Name = button }).First.ClickAsync();

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
