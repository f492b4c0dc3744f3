using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Plr.Core.MachineClients;
using Plr.Server.Rest;
using Plr.Testing;
using static Plr.Server.Tests.Rest.RestSite;

namespace Plr.Server.Tests.Rest;

/// <summary>Three calls a minute for each caller.</summary>
public sealed class LimitTests
{
    private const string Open = "/api/qualifications";

    [Fact]
    public async Task Whoever_asks_too_much_waits_as_long_as_it_says_and_no_longer()
    {
        await using var site = await StartAsync();
        using var http = await SignedInAsync(site);
        for (var left = 2; left >= 0; left--)
        {
            var answer = await http.GetAsync("/api/learners/1000000043");
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Equal(($"\"minute\";r={left};t={40 + (left * 10)}", "\"minute\";q=3;w=60"), (answer.Headers.GetValues("RateLimit").Single(), answer.Headers.GetValues("RateLimit-Policy").Single()));
            site.Time.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Equal(30, await WaitAsync(http));
        site.Time.Advance(TimeSpan.FromSeconds(29.5));
        Assert.Equal(1, await WaitAsync(http));
        site.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/api/learners/1000000043")).StatusCode);

        async Task<double> WaitAsync(HttpClient client)
        {
            var refused = await client.GetAsync("/api/learners/1000000043");
            Assert.Equal((HttpStatusCode.TooManyRequests, "TooManyRequests"), (refused.StatusCode, (await JsonOf(refused)).GetProperty("code").GetString()));
            var seconds = refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds;
            Assert.Equal($"\"minute\";r=0;t={seconds}", refused.Headers.GetValues("RateLimit").Single());
            return seconds;
        }
    }

    [Fact]
    public async Task Nobody_at_the_same_address_keeps_a_client_with_a_right_key_out()
    {
        await using var site = await StartAsync();
        var (client, secret) = await ClientAsync(site.Services, await site.Seed.CollegeAsync());
        using var stranger = site.Browser();
        Dictionary<string, string> guess = new() { ["client_id"] = client.Id.ToString(), ["client_secret"] = "guess" };
        using var liar = site.Browser();
        liar.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "unknown");
        Assert.Equal([200, 200, 200, 429], await StatusesAsync(4, () => stranger.GetAsync(Open)));
        Assert.Equal([401, 401, 401, 429], await StatusesAsync(4, () => AskTokenAsync(stranger, guess)));
        Assert.Equal([429], await StatusesAsync(1, () => liar.GetAsync(Open)));

        using var http = site.Browser();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(http, client.Id, secret));
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/api/learners/1000000043")).StatusCode);
        Dictionary<string, string> right = new() { ["client_id"] = client.Id.ToString(), ["client_secret"] = secret };
        Assert.Equal([200, 200, 429], await StatusesAsync(3, () => AskTokenAsync(stranger, right)));
        var (other, otherSecret) = await ClientAsync(site.Services, await site.Seed.CollegeAsync("Coleg Arall", "10090003"));
        await TokenAsync(stranger, other.Id, otherSecret);
    }

    [Fact]
    public async Task Where_no_route_is_calls_are_counted_too_and_whoever_is_nobody_signs_in_first()
    {
        await using var site = await StartAsync();
        using var http = await SignedInAsync(site);
        static StringContent Text() => new("x", Encoding.UTF8, "text/plain");
        var lost = await http.GetAsync("/api/nothing");
        var wrong = await http.DeleteAsync("/api/learners");
        var plain = await http.PostAsync("/api/learners", Text());
        Assert.Equal([404, 405, 415], new[] { lost, wrong, plain }.Select(answer => (int)answer.StatusCode));
        Assert.Equal(["\"minute\";r=2;t=60", "\"minute\";r=1;t=60", "\"minute\";r=0;t=60"], new[] { lost, wrong, plain }.Select(answer => answer.Headers.GetValues("RateLimit").Single()));
        Assert.Equal([429, 429], await StatusesAsync(2, () => http.GetAsync("/api/nothing")));

        using var nobody = site.Browser();
        var refused = await nobody.PostAsync("/api/learners", Text());
        Assert.Equal((HttpStatusCode.Unauthorized, "Bearer", "WSEC0003"), (refused.StatusCode, refused.Headers.WwwAuthenticate.ToString(), (await JsonOf(refused)).GetProperty("code").GetString()));
        Assert.Equal([404], await StatusesAsync(1, () => nobody.GetAsync("/api/nothing")));
        Assert.Equal([405, 429], await StatusesAsync(2, () => nobody.DeleteAsync("/api/learners")));
    }

    [Fact]
    public async Task An_address_is_counted_by_itself_and_of_IPv6_by_its_network()
    {
        await using var site = await StartAsync();
        using var http = site.Browser();
        Assert.Equal([200, 200, 200, 429], await FromAsync(http, null, "192.0.2.1", "::ffff:192.0.2.1", "192.0.2.1", "192.0.2.1"));
        Assert.Equal([200, 200, 200, 429, 200], await FromAsync(http, null, "2001:db8::1", "2001:db8::2", "2001:db8:0:0:ffff::3", "2001:db8::4", "2001:db8:0:1::1"));
    }

    [Fact]
    public async Task A_forwarded_address_is_believed_of_a_trusted_proxy_only()
    {
        await using (var trusting = await StartAsync("10.0.0.5; 10.1.0.0/16"))
        {
            using var http = trusting.Browser();
            Assert.Equal([200, 200, 200, 429], await FromAsync(http, "203.0.113.1", "10.0.0.5", "10.1.2.3", "10.0.0.5", "10.0.0.5"));
            Assert.Equal([200], await FromAsync(http, "203.0.113.2", "10.0.0.5"));

            // What the caller wrote stands left of what the proxies saw.
            Assert.Equal([429], await FromAsync(http, "203.0.113.9, 203.0.113.1, 10.1.0.1", "10.0.0.5"));
            Assert.Equal([200, 200, 200, 429], await FromAsync(http, "203.0.113.3", [.. Enumerable.Repeat("198.51.100.1", 4)]));
        }

        await using var believing = await StartAsync();
        using var anybody = believing.Browser();
        Assert.Equal([200, 200, 200], await FromAsync(anybody, "203.0.113.1", "127.0.0.1", "127.0.0.1", "127.0.0.1"));
        Assert.Equal([429], await FromAsync(anybody, "203.0.113.2", "127.0.0.1"));
    }

    [Fact]
    public void More_callers_than_are_remembered_are_not_refused_for_that()
    {
        var counter = new CallCounter(1, Clock.New());
        for (var caller = 0; caller <= CallCounter.MostCallers; caller++)
        {
            Assert.True(counter.Take($"{caller}").IsAllowed);
        }

        Assert.False(counter.Take($"{CallCounter.MostCallers}").IsAllowed);
        Assert.True(counter.Take("0").IsAllowed);
    }

    [Fact]
    public async Task Calls_of_one_caller_at_once_are_each_counted_while_others_are_forgotten()
    {
        var clock = Clock.New();
        var counter = new CallCounter(500, clock);
        var allowed = 0;
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 100; i++)
            {
                Interlocked.Add(ref allowed, counter.Take("one").IsAllowed ? 1 : 0);
                counter.Forget();
            }
        })));
        Assert.Equal(500, allowed);
        clock.Advance(CallCounter.Window);
        counter.Forget();
        Assert.Equal(new CallsLeft(true, 499, 60), counter.Take("one"));
    }

    private static Task<TestSite> StartAsync(string proxies = "") => TestSite.StartAsync(
        new Settings { Rest = new RestSettings { RequestsInMinute = 3 }, TrustedProxies = proxies }, services => services.AddSingleton<IStartupFilter, FromAddresses>());

    private static async Task<HttpClient> SignedInAsync(TestSite site)
    {
        var (client, secret) = await ClientAsync(site.Services, await site.Seed.CollegeAsync());
        var http = site.Browser();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(http, client.Id, secret));
        return http;
    }

    private static async Task<List<int>> StatusesAsync(int times, Func<Task<HttpResponseMessage>> call)
    {
        var statuses = new List<int>();
        for (var i = 0; i < times; i++)
        {
            using var answer = await call();
            statuses.Add((int)answer.StatusCode);
        }

        return statuses;
    }

    private static async Task<List<int>> FromAsync(HttpClient http, string? forwardedFor, params string[] addresses)
    {
        var statuses = new List<int>();
        foreach (var address in addresses)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Open);
            request.Headers.Add(FromAddresses.Header, address);
            if (forwardedFor is not null)
            {
                request.Headers.Add("X-Forwarded-For", forwardedFor);
            }

            using var answer = await http.SendAsync(request);
            statuses.Add((int)answer.StatusCode);
        }

        return statuses;
    }

    /// <summary>In this process there is no connection: its address comes in a header.</summary>
    private sealed class FromAddresses : IStartupFilter
    {
        public const string Header = "Test-From";

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, go) =>
            {
                if (context.Request.Headers[Header].ToString() is { Length: > 0 } address)
                {
                    context.Connection.RemoteIpAddress = IPAddress.Parse(address);
                }

                return go(context);
            });
            next(app);
        };
    }
}
