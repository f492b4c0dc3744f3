using Plr.Core;
using Plr.Core.Accounts;
using Plr.Core.Organisations;

namespace Plr.Server.Tests.OfficePages;

/// <summary>A register with a college, a senior officer, an agent and an auditor. One for each test class.</summary>
public sealed class OfficeRegister : IAsyncLifetime
{
    public TestSite Site { get; private set; } = null!;

    public Organisation College { get; private set; } = null!;

    public Account Olwen { get; private set; } = null!;

    public Account Agent { get; private set; } = null!;

    public Account Auditor { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Site = await TestSite.StartAsync();
        College = await Site.Seed.CollegeAsync();
        Olwen = await Site.Seed.AccountAsync("Olwen Rees", Roles.OfficeSenior);
        Agent = await Site.Seed.AccountAsync("Alun Agent", Roles.OfficeAgent);
        Auditor = await Site.Seed.AccountAsync("Aud Auditor", Roles.Auditor);
    }

    public ValueTask DisposeAsync() => Site.DisposeAsync();
}
