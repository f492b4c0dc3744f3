using System.Security.Cryptography;
using System.Text;

namespace Plr.Server.Tests.Web;

public sealed class SecurityHeaderTests : IAsyncLifetime
{
    private TestSite _site = null!;

    public async ValueTask InitializeAsync() => _site = await TestSite.StartAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Theory]
    [InlineData("/")]
    [InlineData("/cy/privacy")]
    [InlineData("/nowhere")]
    [InlineData("/cookies?test=bug")]
    [InlineData("/cookies?test=403")]
    [InlineData("/site.css")]
    [InlineData("/site.js")]
    public async Task Every_answer_carries_every_security_header(string address)
    {
        using var browser = _site.Browser();
        var response = await browser.GetAsync(address);
        string Header(string name) => string.Join(", ", response.Headers.GetValues(name));

        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Equal("DENY", Header("X-Frame-Options"));
        Assert.Equal("same-origin", Header("Referrer-Policy"));
        Assert.Equal("same-origin", Header("Cross-Origin-Opener-Policy"));
        Assert.Equal("require-corp", Header("Cross-Origin-Embedder-Policy"));
        Assert.Equal("same-origin", Header("Cross-Origin-Resource-Policy"));
        Assert.Contains("camera=()", Header("Permissions-Policy"), StringComparison.Ordinal);
        Assert.StartsWith("default-src 'self'; script-src 'self' 'sha256-", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Server"));
        Assert.False(response.Headers.Contains("Strict-Transport-Security"));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/cy/cookies")]
    [InlineData("/nowhere")]
    public async Task The_policy_allows_the_one_inline_script_of_the_page_by_its_digest(string address)
    {
        var page = await _site.OpenAsync(address);
        var script = Assert.Single(page.Document.Scripts, s => s.Source is null);
        var digest = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script.Text)));

        Assert.Contains($"script-src 'self' 'sha256-{digest}';", page.Response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("GUQ5ad8JK5KmEWmROf3LZd9ge94daqNvd8xy9YS1iDw=", digest);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/test/every-field")]
    public async Task Nobody_keeps_a_page(string address)
    {
        var page = await _site.OpenAsync(address);

        Assert.Equal("no-store", page.Response.Headers.CacheControl!.ToString());
        Assert.False(page.Response.Headers.Contains("Pragma"));
    }

    [Fact]
    public async Task A_file_asked_for_by_its_version_may_be_kept_for_a_year_and_without_is_asked_for_again()
    {
        using var browser = _site.Browser();
        var page = await _site.OpenAsync("/");
        var versioned = page.Document.QuerySelectorAll("link[rel=stylesheet], script[src], link[rel=icon]")
            .Select(e => e.GetAttribute("href") ?? e.GetAttribute("src")!).ToList();

        Assert.Equal(3, versioned.Count);
        foreach (var address in versioned)
        {
            var response = await browser.GetAsync(address);
            Assert.True(response.IsSuccessStatusCode, address);
            Assert.Equal("public, max-age=31536000, immutable", string.Join(", ", response.Headers.GetValues("Cache-Control")));
            var plain = await browser.GetAsync(address.Split('?')[0]);
            Assert.Equal("no-cache", string.Join(", ", plain.Headers.GetValues("Cache-Control")));
            Assert.NotNull(plain.Headers.ETag);
        }
    }

    [Fact]
    public async Task Over_https_cookies_are_secure_and_belong_to_the_host_alone()
    {
        await using var site = await TestSite.StartAsync(new Settings { PublicUrl = "https://records.example.org" });
        var page = await site.OpenAsync("/test/every-field");
        var cookie = Assert.Single(page.Response.Headers.GetValues("Set-Cookie"));

        Assert.StartsWith("__Host-plr-af=", cookie, StringComparison.Ordinal);
        Assert.EndsWith("; path=/; secure; samesite=strict; httponly", cookie, StringComparison.Ordinal);
        Assert.Equal("max-age=31536000", page.Response.Headers.GetValues("Strict-Transport-Security").Single());
    }

    [Fact]
    public async Task On_this_machine_over_http_the_cookie_has_its_plain_name_and_works_in_both_languages()
    {
        var page = await _site.OpenAsync("/cy/test/every-field");
        var cookie = Assert.Single(page.Response.Headers.GetValues("Set-Cookie"));

        Assert.StartsWith("plr-af=", cookie, StringComparison.Ordinal);
        Assert.EndsWith("; path=/; samesite=strict; httponly", cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_public_page_sets_no_cookie()
    {
        var page = await _site.OpenAsync("/");

        Assert.False(page.Response.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_request_for_another_host_is_refused()
    {
        using var browser = _site.Browser();
        var response = await browser.GetAsync("http://evil.example/");

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, response.StatusCode);
    }
}
