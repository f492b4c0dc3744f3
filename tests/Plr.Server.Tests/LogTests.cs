using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plr.Store;
using Plr.Testing;

namespace Plr.Server.Tests;

/// <summary>Every test with a site fails when its log holds something personal; here is seen that the search finds it.</summary>
public sealed class LogTests
{
    [Fact]
    public async Task What_is_personal_is_found_in_a_log()
    {
        await using var site = await TestSite.StartAsync();
        var by = await site.Seed.CollegePersonAsync(await site.Seed.CollegeAsync());
        var learner = await site.Seed.RegisterAsync(A.Learner("Beca", "Rees"), by);
        using var log = new LogCapture();
        var logger = log.CreateLogger("Test");
        logger.LogInformation("The trees stand in the year {Year} at {Place}.", 2008, "LL57");
        logger.LogInformation("Request {Id}.", "0199aaaa-beca-7000-8000-000000000009");
        Assert.Empty(await log.PersonalAsync(site.Services.GetRequiredService<Engine>()));
        logger.LogInformation("Found {Name}.", "REES");
        logger.LogInformation("Found {Uln}.", learner.ToString());
        logger.LogError(new InvalidOperationException("born 2008-02-29"), "It failed.");
        using (logger.BeginScope(new Dictionary<string, object?> { ["postcode"] = "LL57 1DT" }))
        {
            Assert.Equal(4, (await log.PersonalAsync(site.Services.GetRequiredService<Engine>())).Count);
        }
    }
}
