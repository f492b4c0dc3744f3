using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Plr.Testing.Pages;

namespace Plr.Server.Tests;

/// <summary>The server in this process, with the fixed clock, plus a page of every field and a filter that fails on request.</summary>
public sealed class TestSite : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestSite(WebApplication app) => _app = app;

    public IServiceProvider Services => _app.Services;

    public static async Task<TestSite> StartAsync(Settings? settings = null)
    {
        var app = PlrHost.Build([], settings ?? new Settings(), builder =>
        {
            builder.WebHost.UseTestServer();
            builder.Logging.ClearProviders();
            builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero))));
            builder.Services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
            builder.Services.AddRazorPages(o => o.Conventions.ConfigureFilter(new FailsOnRequest())).AddApplicationPart(typeof(TestSite).Assembly);
        });
        await app.StartAsync();
        return new TestSite(app);
    }

    /// <summary>A browser: keeps cookies, follows no redirects.</summary>
    public HttpClient Browser() => new(new Cookies(_app.GetTestServer().CreateHandler())) { BaseAddress = new Uri("http://localhost/") };

    public async Task<WebPage> OpenAsync(string address)
    {
        using var browser = Browser();
        return await WebPage.ReadAsync(await browser.GetAsync(address));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private sealed class Cookies(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        private readonly System.Net.CookieContainer _jar = new();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var cookies = _jar.GetCookieHeader(request.RequestUri!);
            if (cookies.Length > 0)
            {
                request.Headers.Add("Cookie", cookies);
            }

            var response = await base.SendAsync(request, cancellationToken);
            foreach (var cookie in response.Headers.TryGetValues("Set-Cookie", out var values) ? values : [])
            {
                _jar.SetCookies(request.RequestUri!, cookie);
            }

            return response;
        }
    }
}
