using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plr.Store;

namespace Plr.Server.Tests.Web;

/// <summary>What the server says of itself, and to whom.</summary>
public sealed class HealthTests
{
    [Fact]
    public async Task The_index_is_described_to_whoever_has_the_registers_keys_and_to_nobody_else()
    {
        await using var site = await TestSite.StartAsync();
        var (proof, keys) = (site.Services.GetRequiredService<KeyProof>(), site.Services.GetRequiredService<StoreKeys>());
        var other = new KeyProof(keys with { Audit = [.. keys.Audit.Select(part => (byte)(part ^ 1))] }, site.Time);
        using var officer = await site.BrowserAsync(await site.Seed.AccountAsync("Olwen Rees", Core.Roles.OfficeSenior));
        using var anybody = site.Browser();
        var good = proof.Make();

        // The index may be loading still.
        Assert.Contains(await AskAsync(anybody, good), new[] { HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable });

        foreach (var bad in new[] { null, "", ".", "1", good[..^1], good + "0", good.ToUpperInvariant(), "0" + good, other.Make(), $"{good}, {good}" })
        {
            Assert.Equal((bad, HttpStatusCode.NotFound), (bad, await AskAsync(officer, bad)));
        }

        site.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.NotEqual(HttpStatusCode.NotFound, await AskAsync(anybody, good));
        site.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(anybody, good));
    }

    private static async Task<HttpStatusCode> AskAsync(HttpClient http, string? proof)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/index");
        request.Headers.TryAddWithoutValidation(KeyProof.Header, proof is null ? [] : [proof]);
        return (await http.SendAsync(request)).StatusCode;
    }
}
